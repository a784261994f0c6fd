package table

import (
	"encoding"
	"fmt"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// column says how one column of a table is read into a record and written from
// it. An empty cell is never read: the record keeps its zero value.
type column[R any] struct {
	name   string
	needed bool // the column must be there and no cell of it empty
	sparse bool // the column is written only where a record has a value
	read   func(record *R, cell string) error
	write  func(record *R) string
}

// required gives a column that must be there, with a value in every cell.
func required[R any](c column[R]) column[R] {
	c.needed = true
	return c
}

// sparse gives a column that is written only where some record has a value.
func sparse[R any](c column[R]) column[R] {
	c.sparse = true
	return c
}

func textColumn[R any, S ~string](name string, at func(*R) *S) column[R] {
	return column[R]{name: name,
		read:  func(r *R, cell string) error { *at(r) = S(cell); return nil },
		write: func(r *R) string { return string(*at(r)) }}
}

// valueColumn is a column whose zero value is an empty cell.
func valueColumn[R any, V comparable](name string, at func(*R) *V, parse func(string) (V, error), format func(V) string) column[R] {
	return column[R]{name: name,
		read: func(r *R, cell string) (err error) {
			*at(r), err = parse(cell)
			return err
		},
		write: func(r *R) string {
			var zero V
			if *at(r) == zero {
				return ""
			}
			return format(*at(r))
		}}
}

func countColumn[R any](name string, at func(*R) *int) column[R] {
	return valueColumn(name, at, parseCount, strconv.Itoa)
}

// optionalCount is a count that may be absent, which is not 0.
func optionalCount[R any](name string, at func(*R) **int) column[R] {
	return column[R]{name: name,
		read: func(r *R, cell string) error {
			v, err := parseCount(cell)
			*at(r) = &v
			return err
		},
		write: func(r *R) string {
			if *at(r) == nil {
				return ""
			}
			return strconv.Itoa(**at(r))
		}}
}

// numberColumn is a count that is written also when it is 0.
func numberColumn[R any](name string, at func(*R) *int) column[R] {
	c := countColumn(name, at)
	c.write = func(r *R) string { return strconv.Itoa(*at(r)) }
	return c
}

func boolColumn[R any](name string, at func(*R) *bool) column[R] {
	return valueColumn(name, at, parseBool, formatBool)
}

func dayColumn[R any](name string, at func(*R) *model.Date) column[R] {
	return valueColumn(name, at, parseDay, model.Date.String)
}

// vocabulary is a type of the model that is written as a word.
type vocabulary[V any] interface {
	*V
	encoding.TextUnmarshaler
	fmt.Stringer
}

func wordColumn[R, V any, P vocabulary[V]](name string, at func(*R) *V) column[R] {
	return column[R]{name: name,
		read:  func(r *R, cell string) error { return P(at(r)).UnmarshalText([]byte(cell)) },
		write: func(r *R) string { return P(at(r)).String() }}
}

func wordsColumn[R, V any, P vocabulary[V]](name string, at func(*R) *[]V) column[R] {
	return column[R]{name: name,
		read: func(r *R, cell string) error {
			elements, err := parseList(cell)
			if err != nil {
				return err
			}
			words := make([]V, len(elements))
			for i, e := range elements {
				if err := P(&words[i]).UnmarshalText([]byte(e)); err != nil {
					return err
				}
			}
			*at(r) = words
			return nil
		},
		write: func(r *R) string {
			words := make([]string, len(*at(r)))
			for i := range *at(r) {
				words[i] = P(&(*at(r))[i]).String()
			}
			return strings.Join(words, ";")
		}}
}

func textsColumn[R any, S ~string](name string, at func(*R) *[]S) column[R] {
	return column[R]{name: name,
		read: func(r *R, cell string) error {
			elements, err := parseList(cell)
			if err != nil {
				return err
			}
			texts := make([]S, len(elements))
			for i, e := range elements {
				texts[i] = S(e)
			}
			*at(r) = texts
			return nil
		},
		write: func(r *R) string {
			texts := make([]string, len(*at(r)))
			for i, s := range *at(r) {
				texts[i] = string(s)
			}
			return strings.Join(texts, ";")
		}}
}

// positionColumns are lat and lon: both or neither, since the zero position
// means that the place is not known.
func positionColumns[R any](at func(*R) *model.Position) []column[R] {
	degrees := func(name string, limit int32, part func(*model.Position) *int32) column[R] {
		return column[R]{name: name,
			read: func(r *R, cell string) (err error) {
				*part(at(r)), err = parseDegrees(cell, limit)
				return err
			},
			write: func(r *R) string {
				if at(r).IsZero() {
					return ""
				}
				return model.FormatDegrees(*part(at(r)))
			}}
	}
	return []column[R]{
		degrees("lat", 90, func(p *model.Position) *int32 { return &p.Lat }),
		degrees("lon", 180, func(p *model.Position) *int32 { return &p.Lon }),
	}
}
