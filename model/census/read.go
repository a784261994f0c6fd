package census

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xianguan/xianguan/model"
)

// Limits that no real census comes near. They keep a damaged file from asking
// for a million teachers.
const (
	censusLimit  = 64 << 20 // bytes of a census
	maxPupils    = 20_000   // of one school
	maxTeachers  = 5_000    // of one school
	maxClassSize = 200      // pupils
	maxPeriods   = 600      // tenths of a weekly period
	minCell      = 10_000   // millionths of a degree: about a kilometre
)

// school is a row of the census that is imported.
type school struct {
	state    string
	district string
	id       model.SchoolID
	name     string
	kind     int // index into the kinds of the mapping
	pupils   int // over all columns of pupils
	teachers int
	position model.Position
	urban    bool
	weak     bool
}

// reading is the state of reading one census.
type reading struct {
	*scheme
	column   columnPlaces
	faults   faultList
	findings []Finding
	schools  []school
	leftOut  map[string]int // by district
	ids      map[string]bool
	treat    map[Fault]faultRule
}

// columnPlaces says where in a row each column stands; -1 where there is none.
type columnPlaces struct {
	state, district, id, name, level, kind, teachers, lat, lon, urban, underEnrolled int
	pupils                                                                           []int
}

// readSchools reads the whole census. Every bad cell is an error, up to a number.
func readSchools(r io.Reader, s *scheme) (*reading, error) {
	limited := &io.LimitedReader{R: r, N: censusLimit + 1}
	rows := csv.NewReader(limited)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err == io.EOF {
		return nil, &CellError{Row: 1, Column: s.Columns.District, Want: "a header line; the census is empty"}
	}
	if limited.N <= 0 {
		return nil, &SizeError{What: "census", Limit: censusLimit}
	}
	if err != nil {
		return nil, fmt.Errorf("census: %w", err)
	}
	d := &reading{scheme: s, leftOut: map[string]int{}, ids: map[string]bool{}, treat: map[Fault]faultRule{}}
	for _, rule := range s.Faults.rules() {
		d.treat[rule.fault] = rule
	}
	if err := d.header(slices.Clone(header)); err != nil {
		return nil, err
	}
	for {
		cells, err := rows.Read()
		if limited.N <= 0 {
			return nil, &SizeError{What: "census", Limit: censusLimit}
		}
		if err == io.EOF {
			return d, d.faults.err()
		}
		if err != nil {
			d.faults.add(fmt.Errorf("census: %w", err))
			return nil, d.faults.err()
		}
		line, _ := rows.FieldPos(0)
		d.row(line, cells)
	}
}

// header finds the columns of the mapping.
func (d *reading) header(names []string) error {
	names[0] = strings.TrimPrefix(names[0], "\ufeff") // the mark that spreadsheets write
	var faults faultList
	place := func(path, column string) int {
		if column == "" {
			return -1
		}
		at := slices.Index(names, column)
		if at < 0 {
			faults.add(&ColumnError{Path: path, Column: column,
				Err: &model.UnknownWordError{What: "column", Word: column, Known: names}})
		} else if slices.Contains(names[at+1:], column) {
			faults.add(&ColumnError{Path: path, Column: column, Repeated: true})
		}
		return at
	}
	c := &d.Columns
	d.column = columnPlaces{
		state: place("columns.state", c.State), district: place("columns.district", c.District), id: place("columns.id", c.ID),
		name: place("columns.name", c.Name), level: place("columns.level", c.Level),
		kind: place("columns.type", c.Type), teachers: place("columns.teachers", c.Teachers),
		lat: place("columns.lat", c.Lat), lon: place("columns.lon", c.Lon),
		urban:         place("urban.column", d.Urban.Column),
		underEnrolled: place("under_enrolled.column", d.UnderEnrolled.Column),
	}
	for i, column := range c.Pupils {
		d.column.pupils = append(d.column.pupils, place(fmt.Sprintf("columns.pupils[%d]", i), column))
	}
	return faults.err()
}

// line is one row while it is read.
type line struct {
	*reading
	at     int // line of the file
	cells  []string
	broken bool // a cell is wrong; the error is noted
}

func (l *line) fault(column, value, want string, args ...any) {
	l.broken = true
	l.faults.add(&CellError{Row: l.at, Column: column, Value: value, Want: fmt.Sprintf(want, args...)})
}

// cell gives the text of a cell without blanks around it, "" where there is no
// such column.
func (l *line) cell(at int) string {
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(l.cells[at])
}

// text gives a cell that must hold text.
func (l *line) text(at int, column string) string {
	text := l.cell(at)
	if text == "" {
		l.fault(column, text, "text")
	} else if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		l.fault(column, text, "UTF-8 text on one line, without control characters")
	}
	return strings.Clone(text) // or the whole row would be held
}

// state gives what the district belongs to, "" where the mapping has no column for it.
func (l *line) state() string {
	if l.column.state < 0 {
		return ""
	}
	return l.text(l.column.state, l.Columns.State)
}

// number gives a whole number; an empty cell is 0.
func (l *line) number(at int, column string, limit int) int {
	text := l.cell(at)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > limit || text[0] == '+' || text[0] == '-' {
		l.fault(column, text, "a whole number from 0 to %d", limit)
		return 0
	}
	return n
}

// flag reads a column with two meanings.
func (l *line) flag(at int, f *Flag) bool {
	if at < 0 {
		return false
	}
	text := l.cell(at)
	if slices.Contains(f.Yes, text) {
		return true
	}
	if !slices.Contains(f.No, text) {
		words := &model.UnknownWordError{What: "value", Word: text, Known: slices.Concat(f.Yes, f.No)}
		l.fault(f.Column, text, "a value with a meaning in the mapping; %s", words.Hint())
	}
	return false
}

// position reads the two coordinates; where a cell is empty, the position is
// unknown. Both may be up to 180 degrees, so that swapped ones are seen as such.
func (l *line) position() model.Position {
	degrees := func(at int, column string) (int32, bool) {
		text := l.cell(at)
		if text == "" {
			return 0, false
		}
		d, err := model.ParseDegrees(text, 180)
		if err != nil {
			l.fault(column, text, "degrees from -180 to 180")
		}
		return d, true
	}
	lat, hasLat := degrees(l.column.lat, l.Columns.Lat)
	lon, hasLon := degrees(l.column.lon, l.Columns.Lon)
	if !hasLat || !hasLon {
		return model.Position{}
	}
	return model.Position{Lat: lat, Lon: lon}
}

// row reads one row and deals with its faults.
func (d *reading) row(at int, cells []string) {
	l := &line{reading: d, at: at, cells: cells}
	s := school{
		state:    l.state(),
		district: l.text(d.column.district, d.Columns.District),
		id:       model.SchoolID(l.text(d.column.id, d.Columns.ID)),
		name:     l.text(d.column.name, d.Columns.Name),
		kind:     l.kindOf(),
		urban:    l.flag(d.column.urban, &d.Urban),
		weak:     l.flag(d.column.underEnrolled, &d.UnderEnrolled.Flag),
		teachers: l.number(d.column.teachers, d.Columns.Teachers, maxTeachers),
		position: l.position(),
	}
	if strings.ContainsAny(string(s.id), ";,\"/") {
		l.fault(d.Columns.ID, string(s.id), "an id without any of ; , / and quotes")
	}
	main := 0
	for i, at := range d.column.pupils {
		n := l.number(at, d.Columns.Pupils[i], maxPupils)
		if i == 0 {
			main = n
		}
		s.pupils += n
	}
	if s.pupils > maxPupils {
		l.fault(d.Columns.Pupils[0], l.cell(d.column.pupils[0]), "at most %d pupils of a school in all", maxPupils)
	}
	if !l.broken && l.treated(&s, main) {
		d.schools = append(d.schools, s)
	}
}

// kindOf gives the kind of the row's school.
func (l *line) kindOf() int {
	level, kind := l.cell(l.column.level), l.cell(l.column.kind)
	for i := range l.Kinds {
		if l.Kinds[i].fits(level, kind) {
			return i
		}
	}
	words := &model.UnknownWordError{What: "kind", Word: strings.TrimSpace(level + " " + kind)}
	for i := range l.Kinds {
		words.Known = append(words.Known, l.Kinds[i].String())
	}
	column := l.Columns.Type
	if column == "" {
		column = l.Columns.Level
	}
	l.fault(column, words.Word, "a level and type that a kind of the mapping fits; %s", words.Hint())
	return 0
}
