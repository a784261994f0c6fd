package policy

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/xianguan/xianguan/model"
)

// KeyError says which key or value of the policy is wrong and what would be
// right. It wraps a *[model.UnknownWordError] where the key is unknown.
type KeyError struct {
	Key      string
	Value    string // as it was written
	Want     string // what would be right
	Repeated bool   // the key was given before
	Err      error  // the cause, where there is one
}

// Unknown reports whether the key itself is the fault.
func (e *KeyError) Unknown() bool {
	var word *model.UnknownWordError
	return errors.As(e.Err, &word) && word.What == keyWord
}

func (e *KeyError) Error() string {
	if e.Unknown() {
		return e.Err.Error()
	}
	return fmt.Sprintf("policy key %s %q: want %s", e.Key, shorten(e.Value), e.Want)
}

func (e *KeyError) Unwrap() error { return e.Err }

const keyWord = "policy key"

func unknownKey(key, value string) *KeyError {
	word := &model.UnknownWordError{What: keyWord, Word: shorten(key), Known: append(Keys(), ProcedureKeys()...)}
	return &KeyError{Key: key, Value: value, Want: "a known policy key", Err: word}
}

// shorten keeps an error readable whatever was written.
func shorten(text string) string {
	const limit = 60
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit]) + "…"
}
