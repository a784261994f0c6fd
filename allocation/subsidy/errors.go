package subsidy

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNotIdentified says that data cannot tell what the subsidy does. The error is a
// *[FixedByTierError], which more data of the kind do not cure, or a *[NoMoneyError].
var ErrNotIdentified = errors.New("the effect of the subsidy is not identified")

// DataError says that choices don't make sense.
type DataError struct {
	Choice  int // from 0; -1 for the data as a whole
	Problem string
}

func (e *DataError) Error() string {
	if e.Choice < 0 {
		return "choices: " + e.Problem
	}
	return fmt.Sprintf("choice %d: %s", e.Choice+1, e.Problem)
}

// TooFewError says that there are not enough choices for so many coefficients.
type TooFewError struct {
	Choices      int // with more than one alternative
	Coefficients int
	Want         int // choices for this many coefficients
}

func (e *TooFewError) Error() string {
	text := fmt.Sprintf("%d choices for %d coefficients: want at least %d choices", e.Choices, e.Coefficients, e.Want)
	if affordable := e.Choices * e.Coefficients / e.Want; affordable > 0 {
		text += fmt.Sprintf(", or drop all but %d attributes", affordable)
	}
	return text
}

// CollinearError says that columns say the same thing, so that their coefficients cannot be
// told apart.
type CollinearError struct {
	Drop []Dependence // one of each is to be dropped
}

// Dependence is a column that is a sum of others wherever alternatives differ.
type Dependence struct {
	Column string
	Sum    []Term // none: the column never differs between the alternatives of a choice
}

// Term is a multiple of a column.
type Term struct {
	Factor float64
	Column string
}

func (e *CollinearError) Error() string {
	var lines []string
	for _, d := range e.Drop {
		if len(d.Sum) == 0 {
			lines = append(lines, fmt.Sprintf("%s never differs between the alternatives of a choice: drop it", d.Column))
			continue
		}
		var sum, names []string
		for _, t := range d.Sum {
			sum = append(sum, fmt.Sprintf("%.4g %s", t.Factor, t.Column))
			names = append(names, t.Column)
		}
		lines = append(lines, fmt.Sprintf("%s = %s + a constant of each choice: drop it, or one of %s",
			d.Column, strings.Join(sum, " + "), strings.Join(names, ", ")))
	}
	return strings.Join(lines, "; ")
}

// SeparatedError says that columns predict choices without a fault: the likelihood grows
// for ever as their coefficients do, so there is no estimate.
type SeparatedError struct {
	Direction []Term // no choice goes against this sum, and some follow it
	Perfect   bool   // it predicts every choice, not some only
}

func (e *SeparatedError) Error() string {
	what := "no choice ever goes against"
	if e.Perfect {
		what = "every choice is predicted by"
	}
	if len(e.Direction) == 1 {
		more := "more"
		if e.Direction[0].Factor < 0 {
			more = "less"
		}
		return fmt.Sprintf("%s %s %s, so its coefficient has no bound: drop %[3]s, or find choices that go against it",
			what, more, e.Direction[0].Column)
	}
	var sum, names []string
	for _, t := range e.Direction {
		sum = append(sum, fmt.Sprintf("%.4g %s", t.Factor, t.Column))
		names = append(names, t.Column)
	}
	return fmt.Sprintf("%s %s, so these coefficients have no bound: drop one of %s, or find choices that go against it",
		what, strings.Join(sum, " + "), strings.Join(names, ", "))
}

// NotConvergedError says that the search for the greatest likelihood ended elsewhere.
type NotConvergedError struct {
	Iterations int
	Gradient   float64 // greatest entry, by choice and in units of the columns' spread
	Flat       []string
}

func (e *NotConvergedError) Error() string {
	text := fmt.Sprintf("the likelihood has no clear maximum after %d steps (gradient %.2g)", e.Iterations, e.Gradient)
	if len(e.Flat) > 0 {
		text += ": it hardly depends on " + strings.Join(e.Flat, ", ") + "; drop what matters least, or let fewer coefficients differ between people"
	}
	return text
}
