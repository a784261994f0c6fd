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
	exact  bool // the cell counts as it stands, blanks and all: a name
	secret bool // errors mask the cell
	form   Form
	refers string // the table whose ids stand in the cells, or ""
	words  []Word // that the cells may hold
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

// textColumn is a name, which is kept as it stands, or an id, around which blanks don't count.
func textColumn[R any, S ~string](name string, at func(*R) *S) column[R] {
	_, exact := any(*new(S)).(string)
	return column[R]{name: name, exact: exact, form: FormText, refers: tableOf[S](),
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

// tableOf names the table whose ids have a type, or is "".
func tableOf[S ~string]() string {
	switch any(*new(S)).(type) {
	case model.SchoolID:
		return "schools"
	case model.TeacherID:
		return "teachers"
	case model.SubjectID:
		return "curriculum"
	case model.TownshipID:
		return "townships"
	case model.OutsideID:
		return "outside"
	}
	return ""
}

// spoken makes a column one of words.
func (c column[R]) spoken(words []Word) column[R] {
	c.form, c.words = FormWord, words
	return c
}

// as sets the form of a column.
func (c column[R]) as(form Form) column[R] {
	c.form = form
	return c
}

func countColumn[R any](name string, at func(*R) *int) column[R] {
	return valueColumn(name, at, parseCount, strconv.Itoa).as(FormCount)
}

// optionalCount is a count that may be absent, which is not 0.
func optionalCount[R any](name string, at func(*R) **int) column[R] {
	return column[R]{name: name, form: FormCount,
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

func tenthsColumn[R any](name string, at func(*R) *model.Tenths) column[R] {
	return valueColumn(name, at, parseTenths, model.Tenths.String).as(FormNumber)
}

func boolColumn[R any](name string, at func(*R) *bool) column[R] {
	return valueColumn(name, at, parseBool, formatBool).as(FormYesNo)
}

func dayColumn[R any](name string, at func(*R) *model.Date) column[R] {
	return valueColumn(name, at, parseDay, model.Date.String).as(FormDay)
}

// vocabulary is a type of the model that is written as a word.
type vocabulary[V any] interface {
	*V
	encoding.TextMarshaler
	encoding.TextUnmarshaler
	fmt.Stringer
	Chinese() string
}

// wordsOf lists the words of a vocabulary, whose values count up from 0. The empty word is none.
func wordsOf[V ~uint8, P vocabulary[V]]() (words []Word) {
	for v := V(0); ; v++ {
		word, err := P(&v).MarshalText()
		if err != nil {
			return words
		}
		if len(word) > 0 {
			words = append(words, Word{string(word), P(&v).Chinese()})
		}
	}
}

func wordColumn[R any, V ~uint8, P vocabulary[V]](name string, at func(*R) *V) column[R] {
	return column[R]{name: name, form: FormWord, words: wordsOf[V, P](),
		read:  func(r *R, cell string) error { return P(at(r)).UnmarshalText([]byte(cell)) },
		write: func(r *R) string { return P(at(r)).String() }}
}

func wordsColumn[R any, V ~uint8, P vocabulary[V]](name string, at func(*R) *[]V) column[R] {
	return column[R]{name: name, form: FormWords, words: wordsOf[V, P](),
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
	return column[R]{name: name, form: FormTexts, refers: tableOf[S](),
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
		return column[R]{name: name, form: FormNumber,
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
