package branch

import (
	"container/heap"
	"math"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// The best bound comes first; in a large programme without a solution the youngest node does.
func TestNext(t *testing.T) {
	for _, c := range []struct {
		reason     string
		ascentFrom int
		incumbent  []int64
		want       []int64 // ids
	}{
		{"small", math.MaxInt, nil, []int64{1, 3, 2}},
		{"large, with a solution", 10, []int64{0}, []int64{1, 3, 2}},
		{"large, without", 10, nil, []int64{3, 2, 1}},
	} {
		s := &search{problem: &problem{sizes: Sizes{Ascent: c.ascentFrom}}, incumbent: c.incumbent}
		for _, n := range []*node{{id: 1, bound: 5}, {id: 2, bound: 7}, {id: 3, bound: 5}} {
			heap.Push(&s.open, n)
		}
		for _, want := range c.want {
			if got := s.next().id; got != want {
				t.Errorf("%s: node %d is next, want %d", c.reason, got, want)
			}
		}
	}
}

// A kind of candidate competes with those before it once enough of its branches are known, and the pseudo-cost of a kind stands for
// that of a variable that has not been branched on.
func TestKinds(t *testing.T) {
	s := rooted(solvertest.CountyRows(60, 1))
	arc := int32(-1)
	for a, c := range s.problem.cost[0][:s.arcs] {
		if c != 0 {
			arc = int32(a)
		}
	}
	if got := s.kindOf(arc); got != priced {
		t.Fatalf("an arc with a cost is of kind %d, want %d", got, priced)
	}
	if r := s.branching.rows[0]; s.kindOf(int32(s.structural)+r) != classed {
		t.Errorf("a class is of kind %d, want %d", s.kindOf(int32(s.structural)+r), classed)
	}
	for i := range int64(2 * leastKnown) {
		if s.known(priced) {
			t.Fatalf("known after %d branches", i)
		}
		s.learn(&node{variable: arc, distance: 0.5, upwards: i%2 == 0}, 6)
	}
	if !s.known(priced) || s.known(counts) || s.known(free) {
		t.Errorf("known %v, %v, %v, want the arcs with a cost alone", s.known(priced), s.known(counts), s.known(free))
	}
	// A unit of either branch has cost 12, so halves promise 6 each.
	if got := s.promise(arc-1, priced, 0.5); got != 36 {
		t.Errorf("another arc promises %v, want 36", got)
	}
	if got := s.promise(arc-1, classed, 0.5); got != 0.25 {
		t.Errorf("a kind that is not known promises %v, want 0.25", got)
	}
}
