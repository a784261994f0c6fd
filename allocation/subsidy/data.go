package subsidy

import (
	"fmt"
	"math"
	"slices"
)

// Data is choices in numbers, the input of Fit. A row is one alternative of one choice.
type Data struct {
	Columns []string  // names of the coefficients
	X       []float64 // rows × columns, row by row
	First   []int     // the rows of choice n are First[n] to First[n+1]−1; one more entry than choices
	Chosen  []int     // by choice: the row that was chosen

	// Person numbers the people who chose, by choice; the choices of a person stand together.
	// A person's choices count as one observation in robust errors, and share one taste in a
	// mixed logit. nil: each choice is another person's.
	Person []int
	// Offset is added to the utility of each row: a correction for sampled alternatives
	// (McFadden 1978), or a term whose coefficient is known. nil: none.
	Offset []float64
	// Constants are the columns that are constants of alternatives; the model with these alone
	// is the yardstick "at constants".
	Constants []int
}

// Choices is the number of choices.
func (d *Data) Choices() int { return len(d.Chosen) }

// Rows is the number of alternatives of all choices.
func (d *Data) Rows() int { return len(d.X) / max(1, len(d.Columns)) }

func (d *Data) row(i int) []float64 {
	k := len(d.Columns)
	return d.X[i*k : (i+1)*k : (i+1)*k]
}

// Select keeps some columns, in the order given.
func (d *Data) Select(columns []int) *Data {
	kept := *d
	kept.Columns, kept.Constants = nil, nil
	kept.X = make([]float64, 0, d.Rows()*len(columns))
	for i, c := range columns {
		kept.Columns = append(kept.Columns, d.Columns[c])
		if slices.Contains(d.Constants, c) {
			kept.Constants = append(kept.Constants, i)
		}
	}
	for i := range d.Rows() {
		row := d.row(i)
		for _, c := range columns {
			kept.X = append(kept.X, row[c])
		}
	}
	return &kept
}

// Fix takes a column out and adds its known coefficient times its values to the offset.
func (d *Data) Fix(column int, coefficient float64) *Data {
	rest := make([]int, 0, len(d.Columns))
	for c := range d.Columns {
		if c != column {
			rest = append(rest, c)
		}
	}
	fixed := d.Select(rest)
	fixed.Offset = make([]float64, d.Rows())
	copy(fixed.Offset, d.Offset)
	for i := range fixed.Offset {
		fixed.Offset[i] += coefficient * d.row(i)[column]
	}
	return fixed
}

// people gives the first choice of each person, and the number of choices at the end.
func (d *Data) people() []int {
	first := make([]int, 0, d.Choices()+1)
	for n := range d.Chosen {
		if d.Person == nil || n == 0 || d.Person[n] != d.Person[n-1] {
			first = append(first, n)
		}
	}
	return append(first, d.Choices())
}

// validate checks the shape of the data and that every number is finite.
func (d *Data) validate() error {
	k := len(d.Columns)
	fault := func(choice int, format string, args ...any) error {
		return &DataError{Choice: choice, Problem: fmt.Sprintf(format, args...)}
	}
	switch {
	case k == 0:
		return fault(-1, "no columns: want at least one attribute")
	case len(d.First) != d.Choices()+1 || len(d.X) != d.First[d.Choices()]*k:
		return fault(-1, "%d numbers, %d choices and %d bounds do not fit together", len(d.X), d.Choices(), len(d.First))
	case d.Person != nil && len(d.Person) != d.Choices():
		return fault(-1, "%d people for %d choices", len(d.Person), d.Choices())
	case d.Offset != nil && len(d.Offset) != d.Rows():
		return fault(-1, "%d offsets for %d rows", len(d.Offset), d.Rows())
	}
	seen := map[int]bool{}
	for n, chosen := range d.Chosen {
		if d.First[n+1]-d.First[n] < 1 || d.First[n] < 0 {
			return fault(n, "no alternatives")
		}
		if chosen < d.First[n] || chosen >= d.First[n+1] {
			return fault(n, "row %d was chosen: want one of %d to %d", chosen, d.First[n], d.First[n+1]-1)
		}
		if d.Person != nil && (n == 0 || d.Person[n] != d.Person[n-1]) {
			if seen[d.Person[n]] {
				return fault(n, "the choices of person %d do not stand together", d.Person[n])
			}
			seen[d.Person[n]] = true
		}
	}
	for n := range d.Chosen {
		for i := d.First[n]; i < d.First[n+1]; i++ {
			for c, x := range d.row(i) {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					return fault(n, "%s is %v: want a number", d.Columns[c], x)
				}
			}
			if d.Offset != nil && (math.IsNaN(d.Offset[i]) || math.IsInf(d.Offset[i], 0)) {
				return fault(n, "the offset is %v: want a number", d.Offset[i])
			}
		}
	}
	return nil
}

// scales gives the root mean square of each column within choices, which measures how much it
// can tell; 0 where a column never differs between the alternatives of a choice.
func (d *Data) scales() []float64 {
	k := len(d.Columns)
	scales, mean := make([]float64, k), make([]float64, k)
	rows := 0
	for n := range d.Chosen {
		d.centre(n, mean)
		for i := d.First[n]; i < d.First[n+1]; i++ {
			for c, x := range d.row(i) {
				scales[c] += (x - mean[c]) * (x - mean[c])
			}
			rows++
		}
	}
	for c := range scales {
		if scales[c] = math.Sqrt(scales[c] / float64(max(1, rows))); scales[c] < leastScale {
			scales[c] = 0
		}
	}
	return scales
}

// leastScale is the rounding error that passes for no difference at all.
const leastScale = 1e-12

// centre writes the mean of each column over the alternatives of choice n. Where all are alike the
// mean is that value exactly, so no rounding passes for a difference.
func (d *Data) centre(n int, mean []float64) {
	first := d.row(d.First[n])
	copy(mean, first)
	size := float64(d.First[n+1] - d.First[n])
	for i := d.First[n] + 1; i < d.First[n+1]; i++ {
		for c, x := range d.row(i) {
			mean[c] += (x - first[c]) / size
		}
	}
}
