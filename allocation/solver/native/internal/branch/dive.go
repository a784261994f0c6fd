package branch

import (
	"math"
	"slices"
)

const (
	diveSteps = 400 // relaxations of one dive, at most
	diveBack  = 8   // of these, those that may be taken back
	diveSure  = 0.8 // value of an arc from which a dive fills it without asking one by one
)

// trial is a bound that a dive tries: that of a variable, and the opposite in case it does not work out.
type trial struct {
	variable       int32
	lower, upper   int64
	lower2, upper2 int64
}

// dive looks for an incumbent from the present values down: it settles the sum, or the arcs, nearest to an integer,
// solves again, and goes on until all is integral. What proves empty is reversed, a few times at most. It leaves the
// bounds changed.
func (s *search) dive() {
	back := 0
	for range diveSteps {
		trials := s.trials()
		if len(trials) == 0 {
			s.offer()
			return
		}
		for _, t := range trials {
			s.lower[t.variable], s.upper[t.variable] = t.lower, t.upper
		}
		saved := node{variable: 0, bound: math.MinInt64}
		state := s.relax(&saved)
		if state == empty {
			if back++; back > diveBack {
				return
			}
			// Only the first is reversed; the others are asked again.
			for i, t := range slices.Backward(trials) {
				s.lower[t.variable], s.upper[t.variable] = min(t.lower, t.lower2), max(t.upper, t.upper2)
				if i == 0 {
					s.lower[t.variable], s.upper[t.variable] = t.lower2, t.upper2
				}
			}
			state = s.relax(&saved)
		}
		if state != solved {
			return
		}
	}
}

// trials chooses what a dive settles next: a column or a sum at its nearest value, else every arc that is nearly
// full, else the arc that is fullest of those that are not whole.
func (s *search) trials() []trial {
	j, value, found := s.fractional()
	if !found {
		return nil
	}
	if int(j) >= s.arcs {
		return []trial{s.trial(j, value)}
	}
	var out []trial
	best := -1.0
	first := j
	for a := range s.arcs {
		x := s.lp.Value(a)
		part := x - math.Floor(x)
		if part < integral || part > 1-integral {
			continue
		}
		if part >= diveSure {
			out = append(out, s.trial(int32(a), x))
		}
		if part > best {
			best, first = part, int32(a)
		}
	}
	if len(out) == 0 {
		x := s.lp.Value(int(first))
		out = []trial{s.trial(first, math.Floor(x)+0.75)} // upwards
	}
	return out
}

func (s *search) trial(j int32, value float64) trial {
	step := s.stepOf(j)
	low := int64(math.Floor(value/float64(step))) * step
	below := trial{j, s.lower[j], low, low + step, s.upper[j]}
	if value-float64(low) <= float64(step)/2 {
		return below
	}
	return trial{j, below.lower2, below.upper2, below.lower, below.upper}
}
