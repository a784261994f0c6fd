package subsidy

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strings"
)

// Layout names the columns of a file with one row for each choice and alternative.
type Layout struct {
	Choice      string // who chose, or which choice: rows of one choice stand together
	Alternative string // what the row is of
	Chosen      string // yes or no
}

// Long is any table of choices in long form: the research data of others. The county's own
// choices are read by ReadHistory.
type Long struct {
	sheet        *sheet
	layout       Layout
	alternatives []string // names, in order
	first        []int
	chosen       []int
}

// ReadLong reads a table of choices. The error is a *table.Errors of *table.CellError.
func ReadLong(r io.Reader, file string, layout Layout) (*Long, error) {
	s, err := readSheet(r, file)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{layout.Choice, layout.Alternative, layout.Chosen} {
		if _, found := s.place[name]; !found {
			s.fault(1, name, "", "this column"+didYouMean(name, s.columns))
		}
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	l := &Long{sheet: s, layout: layout}
	l.first, l.chosen = s.group(func(row int) string { return s.cell(row, layout.Choice) },
		func(row int) string { return s.cell(row, layout.Alternative) }, layout.Choice, layout.Alternative, layout.Chosen)
	for row := range s.rows {
		if name := s.cell(row, layout.Alternative); !slices.Contains(l.alternatives, name) {
			l.alternatives = append(l.alternatives, name)
		}
	}
	slices.Sort(l.alternatives)
	return l, s.err()
}

// group finds the choices: runs of rows with one key, one of which was chosen, with different alternatives.
func (s *sheet) group(key, alternative func(row int) string, keyColumn, column, chosenColumn string) (first, chosen []int) {
	seen, offered := map[string]bool{}, map[string]bool{}
	for row := range s.rows {
		k := key(row)
		if row == 0 || k != key(row-1) {
			if seen[k] {
				s.bad(row, keyColumn, "the rows of one choice together")
			}
			seen[k] = true
			if len(chosen) < len(first) {
				s.bad(row-1, chosenColumn, "one alternative of the choice that was chosen")
				chosen = append(chosen, row-1)
			}
			first = append(first, row)
			clear(offered)
		}
		if name := alternative(row); offered[name] {
			s.bad(row, column, "each alternative once in a choice")
		} else {
			offered[name] = true
		}
		if s.yes(row, chosenColumn) {
			if len(chosen) == len(first) {
				s.bad(row, chosenColumn, "no: another alternative of the choice was chosen")
				continue
			}
			chosen = append(chosen, row)
		}
	}
	if len(s.rows) == 0 {
		s.fault(0, "", "", "at least one choice")
	} else if len(chosen) < len(first) {
		s.bad(len(s.rows)-1, chosenColumn, "one alternative of the choice that was chosen")
	}
	return append(first, len(s.rows)), chosen
}

// Data makes numbers of a table. A term is a column ("gcost"), an alternative, which is
// its constant ("air"), or a column times the constant of an alternative ("income:air"). The error
// is a *table.Errors, or a *model.UnknownWordError for a term that is nothing of these.
func (l *Long) Data(terms ...string) (*Data, error) {
	d := &Data{Columns: terms, First: l.first, Chosen: l.chosen}
	parsed := make([]longTerm, len(terms))
	for i, term := range terms {
		var err error
		if parsed[i], err = l.parse(term); err != nil {
			return nil, err
		}
		if parsed[i].column == "" {
			d.Constants = append(d.Constants, i)
		}
	}
	for row := range l.sheet.rows {
		for _, t := range parsed {
			x := 0.0
			if t.alternative == "" || t.alternative == l.sheet.cell(row, l.layout.Alternative) {
				if x = 1; t.column != "" {
					x = l.sheet.number(row, t.column, math.Inf(-1), math.Inf(1))
				}
			}
			d.X = append(d.X, x)
		}
	}
	if err := l.sheet.err(); err != nil {
		return nil, err
	}
	return d, nil
}

type longTerm struct{ column, alternative string }

func (l *Long) parse(term string) (longTerm, error) {
	column, alternative, product := strings.Cut(term, ":")
	_, isColumn := l.sheet.place[column]
	if !product && isColumn {
		return longTerm{column: column}, nil
	}
	if !product {
		column, alternative = "", term
	} else if !isColumn {
		return longTerm{}, unknown("column", column, l.sheet.columns)
	}
	if _, known := slices.BinarySearchFunc(l.alternatives, alternative, cmp.Compare[string]); !known {
		return longTerm{}, unknown("column or alternative", alternative, slices.Concat(l.sheet.columns, l.alternatives))
	}
	return longTerm{column, alternative}, nil
}
