package subsidy

import (
	"io"
	"slices"
)

// greatestValues bounds the attributes in files: above them a number is in a wrong unit.
var greatestValues = [AttributeCount]float64{1000, 5000, 6, 1, 1, 1, 1, 1, 1}

// ReadHistory reads the choices of a county, one row for each alternative: columns choice, teacher,
// alternative, chosen, subsidy, any other attributes, and synthetic. Attributes that are left out
// are not in the data. The choices of a teacher stand together. The error is a *table.Errors
// of *table.CellError. A file of which any row is synthetic is synthetic.
func ReadHistory(r io.Reader, file string) (*History, error) {
	s, err := readSheet(r, file)
	if err != nil {
		return nil, err
	}
	names := make([]string, AttributeCount)
	for i, a := range Attributes() {
		names[i] = a.String()
	}
	required := []string{columnChoice, columnTeacher, columnAlternative, columnChosen, AttributeSubsidy.String()}
	if err := s.want(required, append([]string{columnSynthetic}, names[1:]...)); err != nil {
		return nil, err
	}
	h := &History{Data: &Data{}}
	d := h.Data
	d.First, d.Chosen = s.group(func(row int) string { return s.cell(row, columnChoice) },
		func(row int) string { return s.cell(row, columnAlternative) }, columnChoice, columnAlternative, columnChosen)
	for _, a := range Attributes() {
		if _, found := s.place[a.String()]; !found {
			continue
		}
		if a == AttributeOutside {
			d.Constants = append(d.Constants, len(d.Columns))
		}
		d.Columns = append(d.Columns, a.String())
	}
	for row := range s.rows {
		h.Alternatives = append(h.Alternatives, s.cell(row, columnAlternative))
		h.Synthetic = s.yes(row, columnSynthetic) || h.Synthetic
		for _, name := range d.Columns {
			d.X = append(d.X, s.number(row, name, 0, greatestValues[slices.Index(names, name)]))
		}
	}
	s.teachers(h)
	if err := s.err(); err != nil {
		return nil, err
	}
	return h, nil
}

// teachers numbers the people, whose choices have to stand together.
func (s *sheet) teachers(h *History) {
	number := map[string]int{}
	for n := range len(h.Data.First) - 1 {
		first := h.Data.First[n]
		teacher := s.cell(first, columnTeacher)
		if teacher == "" {
			s.bad(first, columnTeacher, "the id of the teacher who chose")
		}
		for row := first + 1; row < h.Data.First[n+1]; row++ {
			if s.cell(row, columnTeacher) != teacher {
				s.bad(row, columnTeacher, teacher+": one choice is of one teacher")
			}
		}
		if _, seen := number[teacher]; !seen {
			number[teacher] = len(number)
		} else if h.Teachers[n-1] != teacher {
			s.bad(first, columnTeacher, "the choices of one teacher together")
		}
		h.Data.Person = append(h.Data.Person, number[teacher])
		h.Teachers = append(h.Teachers, teacher)
	}
}
