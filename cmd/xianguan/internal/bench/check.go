package bench

import (
	"errors"
	"fmt"
	"slices"
)

// Fault says that a result and what is known of its instance can't both stand.
type Fault struct {
	Instance Instance
	Backend  string
	Level    string // "" where no level is meant
	Problem  string
}

func (e *Fault) Error() string {
	text := fmt.Sprintf("bench: %s, %s", e.Instance, e.Backend)
	if e.Level != "" {
		text += ", level " + e.Level
	}
	return text + ": " + e.Problem
}

// Check holds results against the book, and joins all faults, each a *[Fault]: a failed cell; a county that is not the
// one that the book knows; a plan that is worse than the best known by more than the gap that the cell was asked
// for; a bound above the objective of a plan. Results without a line
// in the book are not looked at.
func (b Book) Check(results []Result) error {
	var faults []error
	for i := range results {
		r := &results[i]
		if known := b.Find(r.Instance); known != nil {
			faults = append(faults, known.check(r))
		}
	}
	return errors.Join(faults...)
}

func (b *Best) check(r *Result) error {
	fault := func(level int, format string, args ...any) error {
		e := &Fault{Instance: r.Instance, Backend: r.Backend, Problem: fmt.Sprintf(format, args...)}
		if level >= 0 {
			e.Level = levels[level]
		}
		return e
	}
	switch {
	case r.Failure != "":
		return fault(-1, "%s", r.Failure)
	case r.County != b.County:
		return fault(-1, "the county is %.12s, the best known is of %.12s: where counties or rules have changed, take the line out and measure again", r.County, b.County)
	case len(r.Levels) != len(levels):
		return fault(0, "no plan (%s), the best known has %d", r.Stop, b.Objective[0])
	}
	own := bestOf(r)
	if k := own.contradiction(b.Objective); k >= 0 {
		return fault(k, "its bound is %d, but a plan with %d is known, found by %v: one of them is wrong", own.Bound[k], b.Objective[k], b.FoundBy)
	}
	if k := b.contradiction(own.Objective); k >= 0 {
		return fault(k, "its plan has %d, but the bound %d is known, proved by %v: one of them is wrong", own.Objective[k], b.Bound[k], b.ProvedBy)
	}
	for k, known := range b.Objective {
		got := own.Objective[k]
		if got > known+int64(r.Gap*float64(max(1, got, -got))) {
			return fault(k, "its plan has %d, worse than the best known %d", got, known)
		}
		if got != known {
			return nil // the levels after it are of another face
		}
	}
	return nil
}

// Improve gives a book with what the results add to it, which is never worse. It fails where [Book.Check] finds a
// contradiction or another county, and on results that contradict each other; a plan that is worse than the best known is no fault here.
func (b Book) Improve(results []Result) (Book, error) {
	improved := slices.Clone(b)
	var faults []error
	for i := range results {
		r := &results[i]
		if len(r.Levels) != len(levels) || r.Failure != "" {
			continue
		}
		own := bestOf(r)
		at, found := slices.BinarySearchFunc(improved, r.Instance, func(best Best, i Instance) int { return compare(best.Instance, i) })
		if !found {
			improved = slices.Insert(improved, at, own)
			continue
		}
		known := &improved[at]
		if known.County != own.County || known.contradiction(own.Objective) >= 0 || own.contradiction(known.Objective) >= 0 {
			faults = append(faults, known.check(r))
			continue
		}
		*known = known.join(own)
	}
	return improved, errors.Join(faults...)
}
