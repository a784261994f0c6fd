package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Book is a workbook whose cells have been read as text: one sheet a table. Package workbook makes it of an XLSX file.
type Book struct {
	Name   string // of the file, for errors
	Sheets []Sheet
}

// Sheet is one table of a [Book]. The title is the name of the table, in English or Chinese, see [Layouts].
type Sheet struct {
	Title  string
	Rows   [][]string   // from row 1, the header; short rows end in empty cells
	Faults []*CellError // cells that have no text, such as errors of a formula; File and Sheet are filled in
}

// guides are the titles of sheets for people, which hold no table.
var guides = []string{"说明", "填表说明", "填写说明", "instructions", "guide", "readme"}

// County reads the county that the sheets hold, as [Read] does from a folder: each fault with sheet, row, column, value and what would be right.
// Sheets without cells and a guide (说明) are passed over; a sheet that is no table is an error. A reference may give the name of a school,
// a subject or a township in place of its id. The error is an *[Errors].
func (b *Book) County() (*model.County, error) {
	found := &Errors{}
	sheets := b.tables(found)
	b.report(found, sheets)
	if found.Total > 0 {
		return nil, found
	}
	c := &model.County{Format: model.Format}
	return readTables(c, found, func(name string, optional bool) *file {
		return b.open(sheets, strings.TrimSuffix(name, ".csv"), optional, found)
	})
}

// People reads names and ID numbers from the sheet people (人员), as [ReadPeople] does.
func (b *Book) People() ([]model.Person, error) {
	found := &Errors{}
	sheets := b.tables(found)
	b.report(found, map[string]*Sheet{"people": sheets["people"]})
	if found.Total == 0 {
		people := parsePeople(b.open(sheets, "people", false, found))
		if found.Total == 0 {
			return people, nil
		}
	}
	return nil, found
}

// Assignments reads who has which post, as [ReadAssignments] does, from the sheet assignments (调配), or where no sheet is called so from the
// first that has cells and is no guide.
func (b *Book) Assignments(c *model.County) ([]model.Pin, error) {
	found := &Errors{}
	s := b.assignments()
	if s == nil {
		found.add(&CellError{File: b.Name, Hint: "a sheet with the columns teacher and post"})
		return nil, found
	}
	b.report(found, map[string]*Sheet{"assignments": s})
	if found.Total > 0 {
		return nil, found
	}
	return parseAssignments(&file{name: b.Name, sheet: s.Title, table: "assignments", grid: s.Rows, errors: found}, c)
}

func (b *Book) assignments() (first *Sheet) {
	title := titles["assignments"]
	for i := range b.Sheets {
		s := &b.Sheets[i]
		switch key := headerKey(s.Title); {
		case s.empty() || s.guide():
		case key == "assignments" || key == title.zh || slices.Contains(title.also, key):
			return s
		case first == nil:
			first = s
		}
	}
	return first
}

func (s *Sheet) guide() bool {
	return slices.Contains(guides, strings.ToLower(strings.TrimSpace(s.Title)))
}

// empty reports whether no cell holds anything.
func (s *Sheet) empty() bool {
	return len(s.Faults) == 0 && !slices.ContainsFunc(s.Rows, func(row []string) bool {
		return slices.ContainsFunc(row, func(cell string) bool { return cell != "" })
	})
}

// tables finds the table of each sheet.
func (b *Book) tables(found *Errors) map[string]*Sheet {
	names := map[string]string{}
	var known, knownZH []string
	for name, title := range titles {
		if name == "assignments" {
			continue
		}
		known, knownZH = append(known, name), append(knownZH, title.zh)
		for _, text := range append([]string{name, title.zh}, title.also...) {
			names[headerKey(text)] = name
		}
	}
	slices.Sort(known)
	slices.Sort(knownZH)
	tables := map[string]*Sheet{}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		name, isTable := names[headerKey(s.Title)]
		switch other := tables[name]; {
		case s.empty() || s.guide():
		case !isTable:
			unknown := &model.UnknownWordError{What: "sheet", Word: s.Title, Known: known}
			if chinese(s.Title) {
				unknown.Known = knownZH
			}
			found.add(&CellError{File: b.Name, Sheet: s.Title, Hint: "only sheets that hold a table of a county: " + unknown.Hint(), Err: unknown})
		case other != nil:
			found.add(&CellError{File: b.Name, Sheet: s.Title, Hint: fmt.Sprintf("each table once; sheet %s is the same one", other.Title)})
		default:
			tables[name] = s
		}
	}
	return tables
}

// report adds the faults of cells that could not be read as text.
func (b *Book) report(found *Errors, sheets map[string]*Sheet) {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for _, used := range sheets {
			if used != s {
				continue
			}
			for _, fault := range s.Faults {
				fault.File, fault.Sheet = b.Name, s.Title
				found.add(fault)
			}
		}
	}
}

// open gives the sheet of a table as a file, or nil, having reported it where the table is needed.
func (b *Book) open(sheets map[string]*Sheet, table string, optional bool, found *Errors) *file {
	s := sheets[table]
	if s == nil {
		if !optional {
			found.add(&CellError{File: b.Name, Sheet: titles[table].zh, Hint: fmt.Sprintf("this sheet in the workbook, or %s in English", table)})
		}
		return nil
	}
	return &file{name: b.Name, sheet: s.Title, table: table, grid: s.Rows, errors: found}
}

// gridLines gives the rows of a sheet that are not empty, each as long as the header.
type gridLines struct {
	grid  [][]string
	row   int
	width int // of the header
	cells []string
}

func (g *gridLines) number() int { return g.row }

func (g *gridLines) next() (cells []string, wrong string, more bool) {
	for g.row < len(g.grid) {
		cells := g.grid[g.row]
		g.row++
		for len(cells) > g.width && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if g.width == 0 { // the header ends with its last name
			g.width = len(cells)
			if g.width > 0 {
				return cells, "", true
			}
			return nil, "a header with the names of the columns in row 1", true
		}
		if !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" }) {
			continue
		}
		g.cells = append(append(g.cells[:0], cells...), make([]string, max(0, g.width-len(cells)))...)
		return g.cells, "", true
	}
	return nil, "", false
}
