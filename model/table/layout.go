package table

import (
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Form says what the cells of a column look like.
type Form uint8

const (
	FormText   Form = iota // a name or an id
	FormTexts              // ids, separated by ";"
	FormWord               // one of Words
	FormWords              // some of Words, separated by ";"
	FormCount              // a whole number from 0 up
	FormNumber             // a number with decimal places
	FormDay                // a day
	FormYesNo              // yes, or empty for no
)

// Word is a value of a closed vocabulary: as it is written, and the Chinese term, which is read as well.
type Word struct{ Word, Chinese string }

// Layout describes one table of a county, for programs that show or write an empty one.
type Layout struct {
	Name     string   // as in teachers.csv, without the ending
	Chinese  string   // the title of its sheet in a Chinese workbook
	Also     []string // other titles that are read
	Optional bool
	Headings []Heading
}

// Heading describes one column of a table.
type Heading struct {
	Name     string   // the header, and the name in errors
	Chinese  string   // the Chinese header
	Also     []string // other headers that are read
	Note     string   // what stands in the column: unit, meaning of an empty cell
	NoteZH   string
	Required bool // a value in every row
	Form     Form
	Words    []Word // for FormWord and FormWords
	Refers   string // the table whose ids, or names, stand in the cells, or ""
}

// Layouts describes the tables of a county in the order in which a person fills them in, and people, which is read apart.
func Layouts() []Layout {
	return []Layout{
		layoutOf("settings", false, settingColumns()),
		layoutOf("townships", true, townshipColumns()),
		layoutOf("schools", false, schoolColumns()),
		layoutOf("teachers", false, teacherColumns()),
		layoutOf("curriculum", false, curriculumColumns()),
		layoutOf("subsidies", false, subsidyColumns()),
		layoutOf("posts", true, postColumns()),
		layoutOf("outside", true, outsideColumns()),
		layoutOf("people", true, personColumns()),
	}
}

func layoutOf[R any](name string, optional bool, columns []column[R]) Layout {
	title := titles[name]
	l := Layout{Name: name, Chinese: title.zh, Also: title.also, Optional: optional}
	for i, c := range columns {
		n := namings(name)[c.name]
		h := Heading{Name: c.name, Chinese: n.zh, Also: n.also, Note: n.note, NoteZH: n.noteZH, Required: c.needed, Form: c.form, Words: c.words, Refers: c.refers}
		if i == 0 && c.refers == name { // its own id
			h.Refers = ""
		}
		l.Headings = append(l.Headings, h)
	}
	return l
}

// headings finds the column of a header.
type headings struct {
	names   map[string]naming // of the table
	columns []string
	at      map[string]int // by the key of a header
}

func headingsOf[R any](table string, columns []column[R]) headings {
	h := headings{names: namings(table), at: map[string]int{}}
	for i, c := range columns {
		h.columns = append(h.columns, c.name)
		n := h.names[c.name]
		for _, header := range append([]string{c.name, n.zh}, n.also...) {
			if key := headerKey(header); key != "" {
				h.at[key] = i
			}
		}
	}
	return h
}

func (h *headings) find(header string) (int, bool) {
	at, found := h.at[headerKey(header)]
	return at, found
}

func (h *headings) chinese(column string) string { return h.names[column].zh }

// unknown suggests a column, in the language of the header.
func (h *headings) unknown(header string) *model.UnknownWordError {
	known := slices.Clone(h.columns)
	if chinese(header) {
		known = known[:0]
		for _, name := range h.columns {
			n := h.names[name]
			known = append(known, append([]string{n.zh}, n.also...)...)
		}
	}
	return &model.UnknownWordError{What: "column", Word: header, Known: known}
}

// headerKey is what headers are compared by: case, blanks, underscores and the star of a required column don't count, and neither does
// a unit in brackets at the end.
func headerKey(header string) string {
	key := strings.ToLower(plain(header))
	if bracket := strings.IndexByte(key, '('); bracket > 0 {
		key = key[:bracket]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n_*\u00a0", r) {
			return -1
		}
		return r
	}, key)
}
