package subsidy

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// A file of choices is read up to this size.
const maxFile = 256 << 20

// keptErrors is how many faults of a file are listed; the others are counted.
const keptErrors = 1000

// sheet is a CSV file by rows.
type sheet struct {
	file    string
	columns []string
	place   map[string]int
	rows    [][]string // row i is row i+2 of the spreadsheet
	faults  *table.Errors
}

// readSheet reads a CSV file with a header: UTF-8 with or without a byte order mark, all rows of one length.
func readSheet(r io.Reader, file string) (*sheet, error) {
	s := &sheet{file: file, place: map[string]int{}, faults: &table.Errors{}}
	limited := &io.LimitedReader{R: r, N: maxFile + 1}
	reader := csv.NewReader(limited)
	reader.ReuseRecord = false
	for row := 1; ; row++ {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var bad *csv.ParseError
			if !errors.As(err, &bad) {
				return nil, err
			}
			s.fault(row, "", "", fmt.Sprintf("%d cells, quoted as in CSV (%v)", len(s.columns), bad.Err))
			return nil, s.faults
		}
		if s.columns == nil {
			s.header(record)
			continue
		}
		s.rows = append(s.rows, record)
	}
	if limited.N == 0 {
		return nil, &table.SizeError{File: file, Limit: maxFile}
	}
	if s.columns == nil {
		s.fault(0, "", "", "a header and rows")
	}
	return s, s.err()
}

func (s *sheet) header(record []string) {
	record[0] = strings.TrimPrefix(record[0], "\ufeff")
	s.columns = record
	for i, name := range record {
		if _, twice := s.place[name]; twice {
			s.fault(1, name, name, "each column once")
		}
		s.place[name] = i
	}
}

// fault notes a bad cell.
func (s *sheet) fault(row int, column, value, hint string) {
	s.because(row, column, value, hint, nil)
}

func (s *sheet) because(row int, column, value, hint string, cause error) {
	if s.faults.Total++; len(s.faults.List) < keptErrors {
		s.faults.List = append(s.faults.List, &table.CellError{File: s.file, Row: row, Column: column, Value: value, Hint: hint, Err: cause})
	}
}

func (s *sheet) err() error {
	if s.faults.Total == 0 {
		return nil
	}
	return s.faults
}

// want holds the columns to those that are known, so that a misspelt one never passes for an absent one.
func (s *sheet) want(required, optional []string) error {
	known := slices.Concat(required, optional)
	for _, name := range s.columns {
		if !slices.Contains(known, name) {
			s.fault(1, name, name, "a known column"+didYouMean(name, known))
		}
	}
	for _, name := range required {
		if _, found := s.place[name]; !found {
			s.fault(1, name, "", "this column")
		}
	}
	return s.err()
}

func didYouMean(word string, known []string) string {
	if near := model.Nearest(word, known); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ": " + strings.Join(known, ", ")
}

// cell gives a cell of a row; "" where the column is left out.
func (s *sheet) cell(row int, column string) string {
	i, found := s.place[column]
	if !found {
		return ""
	}
	return strings.TrimSpace(s.rows[row][i])
}

// bad notes a bad cell of row i of rows.
func (s *sheet) bad(row int, column, hint string) { s.fault(row+2, column, s.cell(row, column), hint) }

// number reads a finite number within bounds.
func (s *sheet) number(row int, column string, least, greatest float64) float64 {
	x, err := strconv.ParseFloat(s.cell(row, column), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || x < least || x > greatest {
		hint := fmt.Sprintf("a number from %g to %g", least, greatest)
		if math.IsInf(least, -1) {
			hint = "a number"
		}
		s.bad(row, column, hint)
		return 0
	}
	return x
}

// yes reads yes or no; an empty cell is no.
func (s *sheet) yes(row int, column string) bool {
	switch s.cell(row, column) {
	case "yes":
		return true
	case "", "no":
		return false
	}
	s.bad(row, column, "yes or no")
	return false
}

func unknown(what, word string, known []string) error {
	return &model.UnknownWordError{What: what, Word: word, Known: known}
}
