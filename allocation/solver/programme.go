package solver

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// Programme is a lexicographic minimum-cost flow: minimise Levels[0].Cost·f, then among its optima
// Levels[1].Cost·f, and so on, subject to
//
//	out(v) − in(v) = Supply[v],   0 ≤ f_a ≤ Upper[a].
//
// Nodes are 0..len(Supply)−1 and arcs 0..len(Tail)−1. Parallel arcs, self-loops, arcs of no capacity, negative
// costs and nodes without arcs are all allowed. A backend reads a programme and never changes it.
type Programme struct {
	Supply []int64 // by node, positive where flow enters; sums to 0
	Tail   []int32 // by arc
	Head   []int32 // by arc
	Upper  []int64 // by arc, ≥ 0
	Levels []Level // at least one, at most MaxLevels
	Start  []int64 // by arc: a feasible flow to begin with (an incumbent); nil begins cold

	Columns      []Column // integer variables beside the arcs
	Rows         []Row    // side rows over arcs and columns; the flow must obey them too
	StartColumns []int64  // by column, with Start: the columns of the incumbent, which obeys every row
}

// Level is one objective of a programme.
type Level struct {
	Name string  // for messages and results
	Cost []int64 // by arc; nil is zero everywhere
	// Constant is what the objective leaves out as nothing changes it, such as the cost of all posts empty, within ±MaxTotal. No
	// objective and no bound has it; a gap is relative to the objective with it.
	Constant int64
}

const (
	// MaxLevels keeps the level that fixed an arc in one byte.
	MaxLevels = 255
	// MaxTotal bounds every sum a solver forms: total supply, total capacity, Σ|cost|·capacity of a level and
	// (nodes+1)·max|cost| of a level. Potentials then stay within ±MaxTotal, reduced costs within ±3·MaxTotal, and
	// no int64 can overflow.
	MaxTotal = 1 << 60
)

// FieldError says which datum of a programme, of options or of a solution is wrong and what would be right.
type FieldError struct {
	Field string // such as "Upper" or "Levels[2].Cost"
	Index int    // of the node or arc; −1 when the field as a whole is wrong
	Value string
	Want  string
}

func (e *FieldError) Error() string {
	if e.Index < 0 {
		return fmt.Sprintf("solver: %s is %s, want %s", e.Field, e.Value, e.Want)
	}
	return fmt.Sprintf("solver: %s[%d] is %s, want %s", e.Field, e.Index, e.Value, e.Want)
}

// Validate reports what is wrong with the programme: the first fault of every kind, joined, each a [*FieldError]. A
// programme that passes can be solved and verified without overflow. It takes O(nodes + arcs × levels).
func (p *Programme) Validate() error {
	if err := p.validateShape(); err != nil {
		return err // the other checks index by arc
	}
	errs := []error{p.validateEnds(), p.validateUpper(), p.validateSupply()}
	for k := range p.Levels {
		errs = append(errs, p.validateCost(k))
		if c := p.Levels[k].Constant; c < -MaxTotal || c > MaxTotal {
			errs = append(errs, &FieldError{fmt.Sprintf("Levels[%d].Constant", k), -1, fmt.Sprint(c), fmt.Sprintf("at most %d in magnitude", int64(MaxTotal))})
		}
	}
	errs = append(errs, p.validateRows())
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if p.Start == nil {
		return nil
	}
	if err := p.validateFlow("Start", p.Start); err != nil {
		return err
	}
	return p.validateColumns("StartColumns", p.Start, p.StartColumns)
}

func (p *Programme) validateShape() error {
	var errs []error
	length := func(field string, got, want int, of string) {
		if got != want {
			errs = append(errs, &FieldError{field, -1, fmt.Sprintf("%d long", got), fmt.Sprintf("%d, one for each %s", want, of)})
		}
	}
	arcs := len(p.Tail)
	length("Head", len(p.Head), arcs, "arc of Tail")
	length("Upper", len(p.Upper), arcs, "arc of Tail")
	for k, level := range p.Levels {
		if level.Cost != nil {
			length(costField(k), len(level.Cost), arcs, "arc of Tail, or nil")
		}
	}
	if p.Start != nil {
		length("Start", len(p.Start), arcs, "arc of Tail, or nil")
	}
	if n := len(p.Levels); n < 1 || n > MaxLevels {
		errs = append(errs, &FieldError{"Levels", -1, fmt.Sprintf("%d long", n), fmt.Sprintf("1 to %d levels", MaxLevels)})
	}
	// One index is kept for a root, and arcs are marked by the complement of their index.
	if n := len(p.Supply); n >= math.MaxInt32 {
		errs = append(errs, &FieldError{"Supply", -1, fmt.Sprintf("%d long", n), fmt.Sprintf("fewer than %d nodes", math.MaxInt32)})
	}
	if arcs >= math.MaxInt32 {
		errs = append(errs, &FieldError{"Tail", -1, fmt.Sprintf("%d long", arcs), fmt.Sprintf("fewer than %d arcs", math.MaxInt32)})
	}
	return errors.Join(errs...)
}

func (p *Programme) validateEnds() error {
	nodes := int32(len(p.Supply))
	check := func(field string, ends []int32) error {
		for a, v := range ends {
			if v < 0 || v >= nodes {
				return &FieldError{field, a, fmt.Sprint(v), fmt.Sprintf("a node from 0 to %d", nodes-1)}
			}
		}
		return nil
	}
	return errors.Join(check("Tail", p.Tail), check("Head", p.Head))
}

func (p *Programme) validateUpper() error {
	total := int64(0)
	for a, u := range p.Upper {
		if u < 0 {
			return &FieldError{"Upper", a, fmt.Sprint(u), "0 or more"}
		}
		if u > MaxTotal-total {
			return &FieldError{"Upper", a, fmt.Sprint(u), fmt.Sprintf("a sum of capacities of at most %d: use a capacity that a flow can reach", int64(MaxTotal))}
		}
		total += u
	}
	return nil
}

func (p *Programme) validateSupply() error {
	in, out := int64(0), int64(0)
	for v, b := range p.Supply {
		side := &in
		if b < 0 {
			side, b = &out, -b
		}
		if b < 0 || b > MaxTotal-*side { // −MinInt64 is negative
			return &FieldError{"Supply", v, fmt.Sprint(p.Supply[v]), fmt.Sprintf("a total of at most %d", int64(MaxTotal))}
		}
		*side += b
	}
	if in != out {
		return &FieldError{"Supply", -1, fmt.Sprintf("%d in sum", in-out), "0 in sum: what enters must leave"}
	}
	return nil
}

func costField(k int) string { return fmt.Sprintf("Levels[%d].Cost", k) }

// validateCost sees to it that (nodes+1)·max|c| and Σ|c|·u stay within MaxTotal. A tree path has fewer arcs than
// there are nodes, so the first bounds the potentials of every basis; the second bounds every objective.
func (p *Programme) validateCost(k int) error {
	cost := p.Levels[k].Cost
	highest := uint64(MaxTotal) / uint64(len(p.Supply)+1)
	var sum uint64
	for a, c := range cost {
		size := magnitude(c)
		if size > highest {
			return &FieldError{costField(k), a, fmt.Sprint(c), fmt.Sprintf("at most %d in magnitude, so that potentials fit", highest)}
		}
		hi, lo := bits.Mul64(size, uint64(max(0, p.Upper[a])))
		if hi != 0 || lo > MaxTotal-sum {
			return &FieldError{costField(k), a, fmt.Sprint(c), fmt.Sprintf("Σ|cost|·capacity of at most %d, so that the objective fits: scale the costs or lower the capacities", int64(MaxTotal))}
		}
		sum += lo
	}
	return nil
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// validateFlow reports the first arc outside its bounds, or else the first node where the flow is not conserved.
func (p *Programme) validateFlow(field string, flow []int64) error {
	net := make([]int64, len(p.Supply))
	for a, f := range flow {
		if f < 0 || f > p.Upper[a] {
			return &FieldError{field, a, fmt.Sprint(f), fmt.Sprintf("0 to the capacity %d", p.Upper[a])}
		}
		net[p.Tail[a]] += f
		net[p.Head[a]] -= f
	}
	for v, b := range p.Supply {
		if net[v] != b {
			return &FieldError{field, -1, fmt.Sprintf("a flow of net %d out of node %d", net[v], v), fmt.Sprintf("its supply %d", b)}
		}
	}
	return nil
}

// Gap is how far an objective is from a bound, relative to the objective with the constant of the level.
func (l *Level) Gap(objective, bound int64) float64 {
	if bound >= objective {
		return 0
	}
	return (float64(objective) - float64(bound)) / max(1, math.Abs(float64(objective+l.Constant)))
}

// Objective is the cost of a flow and of columns at one level, without its constant.
func (p *Programme) Objective(level int, flow, columns []int64) int64 {
	sum := int64(0)
	for a, c := range p.Levels[level].Cost {
		sum += c * flow[a]
	}
	for i, y := range columns {
		sum += p.Columns[i].cost(level) * y
	}
	return sum
}
