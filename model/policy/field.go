package policy

import (
	"fmt"
	"strconv"

	"github.com/xianguan/xianguan/model"
)

// field is one value of the rules, read and written as text in its unit.
type field interface {
	set(text string) error // leaves the value alone when the text is wrong
	String() string
	number() int64 // for comparison with a range
	ranged() bool  // whether there is a range
	form() string  // what a text must look like
}

// number is an integer field with its text form.
type number[T ~int | ~int32 | ~int64] struct {
	at   *T
	read func(string) (T, error)
	show func(T) string
	what string
}

func (n number[T]) set(text string) error {
	v, err := n.read(text)
	if err == nil {
		*n.at = v
	}
	return err
}

func (n number[T]) String() string { return n.show(*n.at) }
func (n number[T]) number() int64  { return int64(*n.at) }
func (n number[T]) ranged() bool   { return true }
func (n number[T]) form() string   { return n.what }

func whole(at *int) field { return number[int]{at, parseWhole, strconv.Itoa, "a whole number"} }

func metres(at *model.Metres) field {
	read := func(text string) (model.Metres, error) {
		v, err := parseWhole(text)
		return model.Metres(v), err
	}
	show := func(m model.Metres) string { return strconv.FormatInt(int64(m), 10) }
	return number[model.Metres]{at, read, show, "a whole number of metres"}
}

func tenths(at *model.Tenths) field {
	return number[model.Tenths]{at, model.ParseTenths, model.Tenths.String, "a number with at most one decimal place"}
}

func share(at *model.Share) field {
	return number[model.Share]{at, model.ParseShare, model.Share.String, "a percentage such as 9%"}
}

func money(at *model.Fen) field {
	return number[model.Fen]{at, model.ParseYuan, model.Fen.String, "an amount in yuan with at most two decimal places"}
}

// hundredths is a number for each 100 pupils with at most two decimal places.
func hundredths(at *int) field {
	read := func(text string) (int, error) {
		// Yuan and fen have the same two places.
		v, err := model.ParseYuan(text)
		return int(v), err
	}
	show := func(v int) string { return model.Fen(v).String() }
	return number[int]{at, read, show, "a number with at most two decimal places"}
}

// parseWhole reads digits alone: no sign, blank, separator or exponent.
func parseWhole(text string) (int, error) {
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%q is not a whole number", shorten(text))
		}
	}
	v, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number below two thousand million", shorten(text))
	}
	return int(v), nil
}

// word is a field that takes one of a few words.
type word[T ~uint8] struct {
	at   *T
	text interface {
		UnmarshalText([]byte) error
		String() string
	}
	what string
}

func scope(at *model.ShareScope) field {
	return word[model.ShareScope]{at, at, "county or school"}
}

func rotationFrom(at *model.RotationFrom) field {
	return word[model.RotationFrom]{at, at, "town or all"}
}

func force(at *model.Force) field { return word[model.Force]{at, at, "off, soft or hard"} }

func (w word[T]) set(text string) error { return w.text.UnmarshalText([]byte(text)) }
func (w word[T]) String() string        { return w.text.String() }
func (w word[T]) number() int64         { return int64(*w.at) }
func (w word[T]) ranged() bool          { return false }
func (w word[T]) form() string          { return w.what }
