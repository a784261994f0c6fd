package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
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
	lines := f.lines()
	header, wrong, more := lines.next()
	if !more || wrong != "" {
		f.fault(1, "", "", "a header with the names of the columns", nil)
		return found
	}
	names := append([]string{}, header...)
	order, ok := arrange(f, lines.number(), names, columns)
	if !ok {
		return found
	}
	paired := pair(order, columns)
	capacity := f.rowsAtMost(len(names))
	found = records[R]{make([]R, 0, capacity), make([]int, 0, capacity)}
	for {
		cells, wrong, more := lines.next()
		row := lines.number()
		switch {
		case !more:
			return found
		case wrong != "":
			f.fault(row, "", "", wrong, nil)
			continue
		case len(cells) != len(names):
			f.fault(row, "", fmt.Sprintf("%d cells", len(cells)), fmt.Sprintf("%d cells, as in the header", len(names)), nil)
			continue
		case len(found.list) == maxRows:
			f.fault(row, "", "", fmt.Sprintf("at most %d rows", maxRows), nil)
			return found
		}
		found.list = append(found.list, *new(R))
		found.rows = append(found.rows, row)
		record := &found.list[len(found.list)-1]
		for i, cell := range cells {
			readCell(f, row, &columns[order[i]], record, cell)
		}
		paired.check(f, row, cells)
	}
}

// readCell reads one cell and reports what is wrong with it.
func readCell[R any](f *file, row int, c *column[R], record *R, cell string) {
	as := cell
	if !c.exact {
		if cell = strings.TrimSpace(cell); c.form != FormText && c.form != FormTexts {
			cell = plain(cell)
		}
	}
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
	case c.secret:
		f.fault(row, c.name, masked(as), hintOf(err), nil)
	default:
		f.fault(row, c.name, as, hintOf(err), err)
	}
}

// arrange finds the column of each header, by its name, its Chinese name or one of the other names that are usual, and
// reports unknown, repeated and missing ones.
func arrange[R any](f *file, row int, headers []string, columns []column[R]) (order []int, ok bool) {
	book := headingsOf(f.table, columns)
	before := f.errors.Total
	seen := map[int]int{} // the header of each column, from 1
	order = make([]int, len(headers))
	f.headers = map[string]string{}
	if len(headers) > 0 && !slices.ContainsFunc(headers, func(header string) bool { _, found := book.find(header); return found }) && f.sheet != "" {
		f.fault(row, "", headers[0], "the names of the columns in this row; a title belongs in a sheet of its own", nil)
		return nil, false
	}
	for i, header := range headers {
		at, found := book.find(header)
		switch {
		case !found:
			unknown := book.unknown(header)
			hint := "a column of this table"
			if suggestions := f.errors.Total - before; suggestions < shown {
				hint += ": " + unknown.Hint()
			}
			f.fault(row, "column "+strconv.Itoa(i+1), header, hint, unknown)
		case seen[at] > 0 && headers[seen[at]-1] == header:
			f.fault(row, "column "+strconv.Itoa(i+1), header, "each column once", nil)
		case seen[at] > 0:
			f.fault(row, "column "+strconv.Itoa(i+1), header, fmt.Sprintf("each column once; %q is the same column", headers[seen[at]-1]), nil)
		case header != columns[at].name:
			f.headers[columns[at].name] = strings.TrimSpace(header)
		}
		if found {
			seen[at], order[i] = i+1, at
		}
	}
	for i, c := range columns {
		if c.needed && seen[i] == 0 {
			hint := "this column in the header"
			if zh := book.chinese(c.name); f.sheet != "" && zh != "" {
				hint += ", as " + zh
			}
			f.fault(row, c.name, "", hint, nil)
		}
	}
	return order, f.errors.Total == before
}

// latLon are the places of lat and lon in the header, or -1.
type latLon struct{ lat, lon int }

func pair[R any](order []int, columns []column[R]) latLon {
	p := latLon{-1, -1}
	for i, at := range order {
		switch columns[at].name {
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
	columns = present(list, columns)
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

// present leaves out the sparse columns in which no record has a value.
func present[R any](list []R, columns []column[R]) []column[R] {
	return slices.DeleteFunc(slices.Clone(columns), func(c column[R]) bool {
		return c.sparse && !slices.ContainsFunc(list, func(r R) bool { return c.write(&r) != "" })
	})
}
