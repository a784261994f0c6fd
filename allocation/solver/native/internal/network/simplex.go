// Package network is a primal network simplex for lexicographic minimum-cost flows.
//
// # The basis
//
// A basis is a spanning tree over the nodes and one extra node, the root (Dantzig 1951; Ahuja, Magnanti and Orlin
// 1993, ch. 11). Every other arc is empty or full. The tree is kept by parent, subtree size and a doubly linked
// thread in preorder with the last node of each subtree (Bradley, Brown and Graves 1977; Barr, Glover and Klingman
// 1979).
//
// # Residual arcs
//
// Every arc is stored as the residual arc that a pivot could use: an empty arc as it is, a full one turned round
// with its cost negated. So an arc may enter if and only if its stored reduced cost is negative. A tree arc has
// reduced cost zero and never looks attractive. Pricing therefore needs neither a state nor a flow: it reads 16
// bytes an arc in sequence and two potentials. Flow lives where it changes, with the nodes: each node knows the
// room left on its tree arc towards the parent (up) and from the parent (down), and a pivot walks the nodes without
// touching the arcs.
//
// # Strong feasibility
//
// The tree is kept strongly feasible (Cunningham 1976): from every node a positive amount can be sent to the root,
// which here reads up > 0 at every node. The leaving arc is the last that blocks on the cycle when one goes round
// from the apex in the direction of the flow. That rules out cycling with any pricing rule, without perturbation.
//
// # Sources
//
// R. K. Ahuja, T. L. Magnanti and J. B. Orlin, Network Flows, 1993, ch. 11. W. H. Cunningham, A network simplex
// method, Mathematical Programming 11 (1976). M. D. Grigoriadis, An efficient implementation of the network simplex
// method, Mathematical Programming Study 26 (1986), for pricing by blocks. D. J. Kelly and G. M. O'Neill, The
// minimum cost flow problem and the network simplex solution method, 1991. Z. Király and P. Kovács, Efficient
// implementations of minimum-cost flow algorithms, Acta Univ. Sapientiae Informatica 4 (2012), for an experimental
// study.
package network

import (
	"context"

	"github.com/xianguan/xianguan/allocation/solver"
)

// arc is a residual arc: pushing a unit from → to costs cost. Four fill a cache line.
type arc struct {
	from, to int32
	cost     int64
}

// node is a node of the tree with the arc to its parent.
type node struct {
	parent int32
	size   int32 // nodes in the subtree, this one included
	up     int64 // room on the tree arc towards the parent
	down   int64 // room on the tree arc from the parent; up + down is its capacity
	next   int32 // in preorder, cyclic: the root follows the last
	prev   int32
	last   int32 // of the subtree, in preorder
	arc    int32 // position of the tree arc in arcs, or one of the artificial arcs below
}

// Artificial arcs join a node to the root. They need no record: once one leaves the tree it is gone for good.
const (
	surplusArc = -1 // node → root: takes the supply that real arcs do not carry yet
	deficitArc = -2 // root → node: gives the demand that real arcs do not bring yet
)

// unlimited is the capacity of an artificial arc. No flow reaches it, as total supply is at most solver.MaxTotal.
const unlimited = 2 * solver.MaxTotal

// Simplex holds a spanning tree of one programme. It is not safe for concurrent use.
type Simplex struct {
	programme *solver.Programme
	root      int32

	// By position. The first open arcs may enter the tree; behind them lie those that a level has fixed.
	arcs  []arc
	upper []int64
	ids   []int32 // index in the programme, complemented while the arc is turned round
	open  int
	block int // arcs priced at a time
	next  int // position at which pricing goes on

	nodes     []node
	potential []int64 // by node, apart from the nodes so that pricing has them dense

	feasible  bool  // the tree carries a feasible flow
	objective int64 // of the tree's flow at the level under way
	pivots    int64
	priced    int64   // arcs looked at
	fixed     []uint8 // by arc of the programme
}

// New prepares a simplex for p, which must have passed Validate. It keeps p and reads its costs at each Solve.
// Memory is 28 bytes an arc and 48 a node, and 9 bytes an arc for each Solution.
func New(p *solver.Programme) *Simplex {
	n := len(p.Supply)
	s := &Simplex{
		programme: p,
		root:      int32(n),
		nodes:     make([]node, n+1),
		potential: make([]int64, n+1),
		fixed:     make([]uint8, len(p.Tail)),
	}
	s.listArcs()
	s.hangOnRoot()
	if p.Start != nil {
		s.adopt(p.Start)
		s.feasible = true
	}
	return s
}

// listArcs lists every arc that can carry flow, all empty.
func (s *Simplex) listArcs() {
	p := s.programme
	count := 0
	for _, u := range p.Upper {
		if u > 0 {
			count++
		}
	}
	s.arcs = make([]arc, 0, count)
	s.upper = make([]int64, 0, count)
	s.ids = make([]int32, 0, count)
	for a, u := range p.Upper {
		if u > 0 {
			s.arcs = append(s.arcs, arc{from: p.Tail[a], to: p.Head[a]})
			s.upper = append(s.upper, u)
			s.ids = append(s.ids, int32(a))
		}
	}
	s.setOpen(count)
}

// hangOnRoot makes the tree a star of artificial arcs. They carry the whole supply, or nothing when a flow is
// given.
func (s *Simplex) hangOnRoot() {
	p := s.programme
	n := s.root
	for v := range n {
		s.nodes[v] = node{
			parent: n, size: 1,
			up: unlimited, down: 0,
			next: v + 1, prev: v - 1, last: v,
			arc: surplusArc,
		}
		if p.Start != nil {
			continue
		}
		switch b := p.Supply[v]; {
		case b > 0:
			s.nodes[v].up, s.nodes[v].down = unlimited-b, b
		case b < 0:
			// Flow root → v of −b: it can be taken back, so the node can still send towards the root.
			s.nodes[v].up, s.nodes[v].down = -b, unlimited+b
			s.nodes[v].arc = deficitArc
		}
	}
	s.nodes[n] = node{parent: -1, size: n + 1, next: 0, prev: n - 1, last: n - 1, arc: surplusArc}
	if n > 0 {
		s.nodes[0].prev = n
	} else {
		s.nodes[n] = node{parent: -1, size: 1, arc: surplusArc}
	}
}

// turn reverses a residual arc. Only an arc out of the tree, or one that leaves it, is ever turned.
func (s *Simplex) turn(pos int32) {
	a := &s.arcs[pos]
	a.from, a.to, a.cost = a.to, a.from, -a.cost
	s.ids[pos] = ^s.ids[pos]
}

// Solve prepares the tree, sees to it that it carries a feasible flow, and takes the levels in turn. It may be
// called again after the costs of the programme have changed, or after a stop: it goes on from the tree it holds.
// Errors are those of [solver.Backend].
func (s *Simplex) Solve(ctx context.Context, o solver.Options) (*solver.Solution, error) {
	s.pivots, s.priced = 0, 0
	clear(s.fixed)
	s.setOpen(len(s.arcs))
	w := newWatch(ctx, o)
	s.blend(w)
	if !s.feasible {
		if err := s.findFlow(w); err != nil {
			return nil, err
		}
	}
	return s.solveLevels(w), nil
}
