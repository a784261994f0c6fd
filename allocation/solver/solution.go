package solver

import (
	"context"
	"fmt"
	"time"
)

// StopReason says why a solver returned. It is separate from what is proven, which each level says for itself.
type StopReason uint8

const (
	// StopOptimal: every level is proven optimal.
	StopOptimal StopReason = iota + 1
	// StopGap: every level is within the gap that was asked for, and not all are proven.
	StopGap
	// StopTime: the time limit, or the deadline of the context, passed.
	StopTime
	// StopCancelled: the context was cancelled.
	StopCancelled
)

var stopNames = [...]string{StopOptimal: "optimal", StopGap: "gap", StopTime: "time", StopCancelled: "cancelled"}

func (s StopReason) String() string {
	if s < StopOptimal || s > StopCancelled {
		return fmt.Sprintf("StopReason(%d)", uint8(s))
	}
	return stopNames[s]
}

// MarshalText writes the reason in one lower-case word.
func (s StopReason) MarshalText() ([]byte, error) {
	if s < StopOptimal || s > StopCancelled {
		return nil, &FieldError{"StopReason", -1, fmt.Sprint(uint8(s)), "one of optimal, gap, time, cancelled"}
	}
	return []byte(stopNames[s]), nil
}

// UnmarshalText reads what MarshalText writes.
func (s *StopReason) UnmarshalText(text []byte) error {
	for r := StopOptimal; r <= StopCancelled; r++ {
		if stopNames[r] == string(text) {
			*s = r
			return nil
		}
	}
	return &FieldError{"StopReason", -1, fmt.Sprintf("%q", text), "one of optimal, gap, time, cancelled"}
}

// Options says how far to solve. The zero value solves to proven optimality without a time limit.
type Options struct {
	TimeLimit time.Duration  // 0 is none
	Gap       float64        // relative gap accepted at every level; see [Level.Gap]
	LastGap   float64        // likewise at the last level, where it is larger
	Progress  func(Progress) // called now and then from the solving goroutine; may be nil. It cannot change the result.
}

// GapAt is the gap accepted at level k of n.
func (o Options) GapAt(k, n int) float64 {
	if k == n-1 {
		return max(o.Gap, o.LastGap)
	}
	return o.Gap
}

// Validate reports a negative time limit or a gap that is negative or not a number.
func (o Options) Validate() error {
	if o.TimeLimit < 0 {
		return &FieldError{"TimeLimit", -1, o.TimeLimit.String(), "0 (none) or more"}
	}
	if !(o.Gap >= 0) {
		return &FieldError{"Gap", -1, fmt.Sprint(o.Gap), "0 or more"}
	}
	if !(o.LastGap >= 0) {
		return &FieldError{"LastGap", -1, fmt.Sprint(o.LastGap), "0 or more"}
	}
	return nil
}

// Progress is a glimpse of a solver at work.
type Progress struct {
	Level     int   // first not proven; −1 while a first flow is sought, and Objective is the supply not yet placed
	Pivots    int64 // so far, over all levels
	Objective int64
	Bound     int64
	Elapsed   time.Duration
}

// Solution is a feasible flow and the certificate of how good it is, which [Verify] checks.
type Solution struct {
	Flow    []int64 // by arc
	Columns []int64 // by column
	Levels  []LevelResult
	// Potentials certifies the bound of each level by node (see the package comment for signs). A nil entry stands
	// for potentials of zero. They are one optimal dual; where the dual is not unique others would do as well.
	Potentials [][]int64
	// Fixed says for each arc which level holds it at its bound: k+1 for level k, 0 for an arc that stayed free.
	Fixed []uint8
	Stop  StopReason
	Stats Stats
}

// LevelResult is the outcome of one level.
type LevelResult struct {
	Name        string
	Objective   int64
	Bound       int64   // no flow that costs at most as much as this one at every level before has a lower objective
	Gap         float64 // that of the level, see Level.Gap
	Proven      bool    // Objective == Bound
	Conditional bool    // a level before is not proven
	Certified   bool    // Potentials prove the bound; otherwise the backend vouches for it
	Pivots      int64
}

// Stats counts what a solver did. All but the pivots are sizes of the programme.
type Stats struct {
	Nodes, Arcs       int
	Pivots            int64 // over all levels and the search for a first flow
	PreparationPivots int64 // of these, those before the first level
}

// RelativeGap is (objective − bound) / max(1, |objective|).
func RelativeGap(objective, bound int64) float64 { return new(Level).Gap(objective, bound) }

// Capabilities says what a backend can do.
type Capabilities struct {
	Rows          bool // side rows and columns
	Certificates  bool // bounds of pure networks come with potentials that prove them
	Deterministic bool // the same input gives the same bytes, unless time runs out
}

// Backend solves programmes.
//
// Solve returns a solution and no error as soon as a feasible flow is known, even when time is up. Otherwise the
// error is an [*InfeasibleError], a [*StoppedError], an [*UnavailableError], an [*UnsupportedError], or what
// [Programme.Validate] and [Options.Validate] report.
type Backend interface {
	Name() string
	Capabilities() Capabilities
	Solve(ctx context.Context, p *Programme, o Options) (*Solution, error)
}
