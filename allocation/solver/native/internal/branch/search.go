package branch

import (
	"container/heap"
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	integral    = 1e-6 // distance from an integer that counts as none for an arc or a column
	mostEmpties = 4    // attempts whose relaxation is empty, after which that of the whole is solved
	sumIntegral = 1e-5 // likewise for a sum, in steps
)

// search solves one level on the face of the levels before.
type search struct {
	*problem
	w     *watch
	level int
	last  bool // nothing comes after the level
	slack bool // a level before has ended within the gap, not proven
	pure  bool // the costs are those of the level alone, without a trace of the later ones

	incumbent    []int64 // by arc and column; nil before there is one
	value        int64   // of it, at the level
	cutoff       int64   // what the attempt under way looks below; MaxInt64 for none
	rest         *levels // what went on with a smaller programme and found a solution there
	ceiling      int64   // solutions that cost as much are none; MaxInt64 where that is not known
	relaxedBound int64   // of the root before any cut, after an ascent
	floor        int64   // solutions of interest cost no less, as has been proven otherwise
	reach        int64   // of the cutoff above the bound; 0 before the first attempt
	near         int64   // a reach within which any solution ends the level; 0 where no ascent asks for it
	same         int     // attempts in a row with the same reach
	tooWide      bool    // whether the last one was given up
	effort       int64   // pivots of the last smaller programme

	baseLower, baseUpper []int64 // the face, and what only solutions as good as the incumbent keep to
	lower, upper         []int64 // of the node under way
	entered              *node   // whose they are

	open      nodeHeap
	leaves    []*node // what is left of the tree: together they hold every solution that is as good as the incumbent
	nodesMade int64

	matters          []bool    // by variable: whether to branch on it
	cost, blend      []float64 // of the level, without and with a trace of the later ones
	certificate      lagrange.Certificate
	potential, price []float64
	relaxed          []float64 // potentials of the network alone, or empty
	rootPotential    []float64 // the multipliers of the best bound of the root
	rootPrice        []float64
	rootBound        int64
	seen             []multipliers // the last of the relaxations of the whole
	nextSeen         int
	activity         []float64
	dual             *dual     // of an ascent at this level; nil for none
	ascent           *ascent   // whose it is, where that was here and not in a larger programme
	restPrice        []float64 // by row: of the relaxation of the last smaller programme; nil for none
	networkPivots    int64     // of the ascent
	installed        bool      // whether the linear programme has the costs of the level
	allowance        int64     // pivots after which an attempt is given up
	relaxing         relaxation
	other            *seat // for a second node at the same time; nil before a tree is worth it
	visited          int   // nodes of the attempt
	begun, reachedAt int64 // pivots of the linear programme when the level began, and when it came within the gap; −1 before
	gaveUp           bool  // whether the last attempt was, or the smaller programme of it
	emptyAtRoot      bool  // whether the last smaller programme, or this one, was empty before any cut or branch
}

func newSearch(p *problem, w *watch, level int, incumbent []int64, leaves []*node) *search {
	s := &search{
		problem: p, w: w, level: level, last: level == len(p.Levels)-1, incumbent: incumbent, rootBound: math.MinInt64,
		leaves: leaves, allowance: attemptPivots, cutoff: math.MaxInt64, ceiling: math.MaxInt64, floor: math.MinInt64, relaxedBound: math.MinInt64, begun: p.lp.Pivots, reachedAt: -1,
		cost: floats(p.cost[level]), activity: make([]float64, len(p.rows)),
		potential: make([]float64, len(p.Supply)), price: make([]float64, len(p.rows)),
		lower: make([]int64, len(p.lower)), upper: make([]int64, len(p.upper)),
	}
	s.baseLower = append([]int64(nil), p.lower...)
	s.baseUpper = append([]int64(nil), p.upper...)
	if incumbent != nil {
		s.value = p.value(level, incumbent)
	}
	clear(p.branching.gains) // they are in units of the level before
	p.branching.typical = [kinds]gain{}
	for _, leaf := range leaves { // so are their bounds
		leaf.bound, leaf.basis, leaf.at = math.MinInt64, nil, multipliers{}
	}
	s.settle()
	return s
}

// run solves the level. It returns a bound that holds on the face, and whether the face has any solution. Without a
// stop the bound is the optimum, or within the gap of the incumbent.
func (s *search) run(gap float64) (bound int64, feasible bool) {
	s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, nil, nil)
	s.rootBound = s.roundUp(s.certificate.Value())
	if len(s.relaxed) > 0 {
		s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, s.relaxed, nil)
		if value := s.roundUp(s.certificate.Value()); value > s.rootBound {
			s.rootBound, s.rootPotential = value, s.relaxed
		}
	}
	if s.closed(s.rootBound, gap) || s.w.stop() {
		return s.rootBound, true
	}
	if s.leaves == nil && s.level > 0 && s.incumbent != nil {
		if rest := s.compact(); rest != nil { // what the levels before have settled
			bound, _ := s.goOver(rest)
			return bound, true
		}
	}
	if s.ascends() {
		if s.ascend(); s.w.stopped != 0 || s.closed(s.rootBound, gap) {
			return s.rootBound, true
		}
	}
	if s.ascent == nil { // else the relaxation of what is left in the first attempt will do
		if s.incumbent != nil && !s.slack && 0 < len(s.leaves) && len(s.leaves) <= mostLeaves {
			s.relaxLeaves()
		} else {
			s.relaxRoot()
		}
		if s.w.stopped != 0 {
			return s.rootBound, true
		}
		if s.settledFor(s.rootBound, gap) {
			return s.rootBound, true
		}
	}
	leaves := s.leaves
	if s.ceiling < math.MaxInt64 {
		s.cutoff = s.ceiling
		if s.farBelow() {
			s.gaveUp = true
			return s.rootBound, true
		}
		return s.attempt(leaves, gap)
	}
	empties := 0
	for s.raise(gap); ; s.raise(gap) {
		bound, ended := s.attempt(leaves, gap)
		if s.rest != nil {
			return bound, true
		}
		if ended || s.cutoff == math.MaxInt64 && !s.gaveUp {
			return bound, s.incumbent != nil || s.w.stopped != 0
		}
		if s.gaveUp {
			s.rootBound = max(s.rootBound, bound)
			s.allowance *= 2
		} else {
			s.rootBound = max(s.rootBound, s.cutoff)
		}
		s.tooWide, s.gaveUp = s.gaveUp, false
		if s.settledFor(s.rootBound, gap) {
			s.leaves = nil // of an attempt that has looked below the incumbent only
			return s.rootBound, true
		}
		if s.emptyAtRoot {
			empties++
		}
		if s.ascent != nil && !s.installed && s.ascent.goOn(s.restPrice) > float64(s.reach)/2 {
			s.reach, s.allowance, empties = 0, attemptPivots, 0 // the ascent had ended far from the relaxation, from which a narrow cutoff leaves few arcs again
		}
		if empties == mostEmpties && !s.installed {
			s.relaxWhole() // the ascent has ended far from the relaxation
			s.reach = 0
		}
	}
}

// relaxWhole solves the relaxation of the whole face after attempts below cutoffs: within its own bounds, as what it proves is to hold above them too,
// and below no cutoff, where it would end with prices that are far from its own.
func (s *search) relaxWhole() {
	copy(s.baseLower, s.problem.lower)
	copy(s.baseUpper, s.problem.upper)
	s.cutoff = math.MaxInt64
	s.relaxRoot()
}

// relaxRoot solves the relaxation of the face, and adds cuts.
func (s *search) relaxRoot() {
	s.install()
	root := &node{variable: -1, bound: s.rootBound}
	s.enter(root)
	state := s.relax(root)
	s.emptyAtRoot = state == empty
	if state == solved && s.dual != nil {
		s.relaxedBound = root.bound
		s.lp.Prices(s.blend, s.potential, s.dual.price)
		for j := range s.dual.wanted {
			s.dual.wanted[j] = fraction(s.lp.Value(j))
		}
	}
	if state == solved && !s.mayShrink() {
		if _, _, found := s.fractional(); found {
			state = s.strengthen(root, rootRounds)
		}
	}
	if state == solved {
		s.rooted = s.lp.Basis()
		if _, _, found := s.fractional(); !found {
			s.offer()
		}
	}
}

// best is what a solution has to be below to be of interest.
func (s *search) best() int64 {
	if s.incumbent == nil {
		return s.cutoff
	}
	return min(s.value, s.cutoff)
}

// roundUp gives the least value that the level can take from a bound on: its costs may have a common divisor.
func (s *search) roundUp(bound int64) int64 {
	step := s.step[s.levelRow(s.level)-s.structural]
	if bound < -solver.MaxTotal || bound > solver.MaxTotal {
		return bound
	}
	return ceilDiv(bound, step) * step
}

// limit is the most that a solution of interest may cost: on the last level it has to be better than the incumbent.
func (s *search) limit() int64 {
	if s.incumbent == nil || s.cutoff <= s.value {
		return s.cutoff - 1
	}
	if s.last {
		return s.value - 1
	}
	return s.value
}

// visit relaxes a node and returns the child to follow at once, or nil.
func (s *search) visit(n *node) *node {
	for {
		if state := s.further(n); state != underWay {
			return s.conclude(n, state)
		}
	}
}

// further begins the first relaxation of a node, or goes on with it. It changes nothing that is not of the seat or of the node.
func (s *search) further(n *node) state {
	if s.relaxing.of != n {
		if !s.enter(n) {
			return gone
		}
		if n.basis != nil {
			s.lp.SetBasis(n.basis)
			n.basis = nil
		}
		s.start(n)
	}
	return s.pursue()
}

// conclude takes what comes of a node whose first relaxation came to a state. It returns the child to follow at once, or nil.
func (s *search) conclude(n *node, state state) *node {
	s.visited++
	if state == gone {
		return nil
	}
	value := s.best()
	defer func() {
		if s.best() < value {
			s.tightenBase()
		}
	}()
	rounds := 0 // a cut at every node would make the tree smaller, but cost as much as the nodes that it saves
	if n.variable == unbranched || s.onPlateau(n, state) {
		rounds, n.cut = leafRounds, true
	}
	exact := false
	if state != stopped {
		s.learn(n, s.lp.Objective())
	}
	for state == solved && n.bound < s.best() {
		if s.purify(n) {
			state = s.relax(n)
			continue
		}
		if j, value, found := s.fractional(); found {
			if rounds > 0 {
				state, rounds = s.strengthen(n, rounds), 0
				continue
			}
			return s.split(n, j, value)
		}
		s.offer()
		if n.bound >= s.best() || exact {
			break
		}
		switch { // what stands in the way: the trace of the later levels, then the noise on the costs
		case !s.pure && !s.last:
			s.lp.SetCost(s.cost)
		default:
			s.lp.SetExactCost(s.cost)
			exact = true
		}
		s.pure = true
		state = s.relax(n)
	}
	if s.pure {
		s.pure = false
		s.lp.SetCost(s.blend)
	}
	if state == tired {
		if j, value, found := s.fractional(); found {
			return s.split(n, j, value)
		}
	}
	switch {
	case state == stopped:
		heap.Push(&s.open, n)
		return nil
	case n.bound >= s.best():
		s.leave(n)
		return nil
	case state == empty:
		return nil
	}
	return s.splitBlindly(n)
}

// purify goes over to the costs of the level alone where these may cut a node off whose costs with a trace of the later
// levels do not: the optimum without the trace is at most what the values at hand cost at the level. It
// matters where a level counts few things, as teachers without a post. In a large programme, without the trace the simplex wanders
// for longer than another branch takes.
func (s *search) purify(n *node) bool {
	if s.pure || s.large() {
		return false
	}
	most := 0.0
	for j, c := range s.cost {
		if c != 0 {
			most += c * s.lp.Value(j)
		}
	}
	if most > float64(solver.MaxTotal) || s.roundUp(int64(math.Ceil(most-integral))) < s.best() {
		return false
	}
	s.pure = true
	s.lp.SetCost(s.cost)
	return true
}

// offer takes the relaxed values as an incumbent if their nearest integers are one: with the columns as they are, or
// as the flow asks for.
func (s *search) offer() bool {
	x := make([]int64, s.structural)
	for j := range x {
		x[j] = int64(math.Round(s.lp.Value(j)))
	}
	return s.accept(s.complete(x[:s.arcs], x[s.arcs:])) || s.accept(s.define(x))
}

// accept takes a solution that is better than the incumbent and obeys everything.
func (s *search) accept(x []int64) bool {
	if x == nil || !s.holds(x) {
		return false
	}
	if value := s.problem.value(s.level, x); s.incumbent == nil || value < s.value {
		s.incumbent, s.value, s.leaves = x, value, nil
		return true
	}
	return false
}
