package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// records are the rows of a table with the row number of each.
type records[R any] struct {
	list []R
	rows []int
}

// row gives the row number of a record, or 0 where there is none.
func (r *records[R]) row(i int) int {
	if i < 0 || i >= len(r.rows) {
		return 0
	}
	return r.rows[i]
}

// readRows reads the rows of a file by its columns. It reports every bad cell;
// where the header is wrong, it reports that and the list is nil. It takes time
// linear in the size of the file.
func readRows[R any](f *file, columns []column[R]) (found records[R]) {
	if f == nil {
		return found
	}
	lines := scanner{text: f.text}
	header, wrong, more := lines.next()
	if !more || wrong != "" {
		f.fault(1, "", "", "a header with the names of the columns", nil)
		return found
	}
	names := append([]string{}, header...)
	order, ok := arrange(f, lines.row, names, columns)
	if !ok {
		return found
	}
	paired := pair(names)
	capacity := min(strings.Count(f.text, "\n"), len(f.text)/len(names), maxRows) // a row has a byte a cell
	found = records[R]{make([]R, 0, capacity), make([]int, 0, capacity)}
	for {
		cells, wrong, more := lines.next()
		switch {
		case !more:
			return found
		case wrong != "":
			f.fault(lines.row, "", "", wrong, nil)
			continue
		case len(cells) != len(names):
			f.fault(lines.row, "", fmt.Sprintf("%d cells", len(cells)), fmt.Sprintf("%d cells, as in the header", len(names)), nil)
			continue
		case len(found.list) == maxRows:
			f.fault(lines.row, "", "", fmt.Sprintf("at most %d rows", maxRows), nil)
			return found
		}
		found.list = append(found.list, *new(R))
		found.rows = append(found.rows, lines.row)
		record := &found.list[len(found.list)-1]
		for i, cell := range cells {
			readCell(f, lines.row, &columns[order[i]], record, cell)
		}
		paired.check(f, lines.row, cells)
	}
}

// readCell reads one cell and reports what is wrong with it.
func readCell[R any](f *file, row int, c *column[R], record *R, cell string) {
	if cell == "" {
		if c.needed {
			f.fault(row, c.name, "", "a value", nil)
		}
		return
	}
	err := c.read(record, cell)
	switch {
	case err == nil:
	case f.errors.full():
		f.errors.Total++ // without the work for a hint that nobody sees
	default:
		f.fault(row, c.name, cell, hintOf(err), err)
	}
}

// arrange finds the column of each name in the header, and reports unknown,
// repeated and missing ones.
func arrange[R any](f *file, row int, names []string, columns []column[R]) (order []int, ok bool) {
	place := map[string]int{}
	known := make([]string, len(columns))
	for i, c := range columns {
		place[c.name], known[i] = i, c.name
	}
	before := f.errors.Total
	seen := map[string]bool{}
	order = make([]int, len(names))
	for i, name := range names {
		at, found := place[name]
		switch {
		case !found:
			unknown := &model.UnknownWordError{What: "column", Word: name, Known: known}
			hint := "a column of this table"
			if suggestions := f.errors.Total - before; suggestions < shown {
				hint += ": " + unknown.Hint()
			}
			f.fault(row, "column "+strconv.Itoa(i+1), name, hint, unknown)
		case seen[name]:
			f.fault(row, "column "+strconv.Itoa(i+1), name, "each column once", nil)
		}
		seen[name], order[i] = true, at
	}
	for _, c := range columns {
		if c.needed && !seen[c.name] {
			f.fault(row, c.name, "", "this column in the header", nil)
		}
	}
	return order, f.errors.Total == before
}

// latLon are the places of lat and lon in the header, or -1.
type latLon struct{ lat, lon int }

func pair(names []string) latLon {
	p := latLon{-1, -1}
	for i, name := range names {
		switch name {
		case "lat":
			p.lat = i
		case "lon":
			p.lon = i
		}
	}
	return p
}

// check reports one coordinate without the other.
func (p latLon) check(f *file, row int, cells []string) {
	lat := p.lat >= 0 && cells[p.lat] != ""
	lon := p.lon >= 0 && cells[p.lon] != ""
	switch {
	case lat && !lon:
		f.fault(row, "lon", "", "a longitude beside the latitude", nil)
	case lon && !lat:
		f.fault(row, "lat", "", "a latitude beside the longitude", nil)
	}
}

// writeRows writes a table with all its columns but the sparse ones in which no record has a value.
func writeRows[R any](list []R, columns []column[R]) []byte {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c column[R]) bool {
		return c.sparse && !slices.ContainsFunc(list, func(r R) bool { return c.write(&r) != "" })
	})
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	out := appendRow(nil, cells)
	for i := range list {
		for j, c := range columns {
			cells[j] = c.write(&list[i])
		}
		out = appendRow(out, cells)
	}
	return out
}
