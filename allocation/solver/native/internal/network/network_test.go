package network

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

var shape = solvertest.Shape{Nodes: 9, Arcs: 30, Upper: 4, Cost: 5, Levels: 3}

// checkTree recomputes all that the tree keeps from the parents alone.
func checkTree(t rapid.TB, s *Simplex) {
	t.Helper()
	n := int(s.root) + 1
	size := make([]int32, n)
	for v := range n {
		steps := 0
		for u := int32(v); u >= 0; u = s.nodes[u].parent {
			size[u]++
			if steps++; steps > n {
				t.Fatalf("the parents above node %d go round in a circle", v)
			}
		}
	}
	seen := make([]bool, n)
	v := s.root
	for range n {
		node := &s.nodes[v]
		if seen[v] {
			t.Fatalf("the thread meets node %d twice", v)
		}
		seen[v] = true
		if node.parent >= 0 && !seen[node.parent] {
			t.Fatalf("the thread meets node %d before its parent", v)
		}
		if node.size != size[v] {
			t.Fatalf("size of node %d is %d, want %d", v, node.size, size[v])
		}
		if s.nodes[node.next].prev != v {
			t.Fatalf("the thread from node %d does not lead back", v)
		}
		last := v
		for range node.size - 1 {
			last = s.nodes[last].next
		}
		if node.last != last {
			t.Fatalf("last of node %d is %d, want %d: its subtree is not in one piece", v, node.last, last)
		}
		checkBranch(t, s, v)
		v = node.next
	}
	if v != s.root {
		t.Fatal("the thread does not come back to the root")
	}
}

// checkBranch checks the tree arc above v: its ends, its room, that the tree is strongly feasible, and that its
// reduced cost is zero.
func checkBranch(t rapid.TB, s *Simplex, v int32) {
	t.Helper()
	node := &s.nodes[v]
	if v == s.root {
		return
	}
	if node.up <= 0 || node.down < 0 {
		t.Fatalf("node %d has room %d up and %d down: the tree is not strongly feasible", v, node.up, node.down)
	}
	if node.arc < 0 {
		if node.parent != s.root || node.up+node.down != unlimited {
			t.Fatalf("node %d has a bad artificial arc: %+v", v, *node)
		}
		return
	}
	a := s.arcs[node.arc]
	if !(a.from == v && a.to == node.parent) && !(a.to == v && a.from == node.parent) {
		t.Fatalf("the tree arc above node %d joins %d and %d", v, a.from, a.to)
	}
	if node.up+node.down != s.upper[node.arc] {
		t.Fatalf("the room above node %d is %d + %d, want the capacity %d in sum", v, node.up, node.down, s.upper[node.arc])
	}
	if rc := a.cost - s.potential[a.from] + s.potential[a.to]; rc != 0 {
		t.Fatalf("the tree arc above node %d has reduced cost %d", v, rc)
	}
}

// checkFlow checks that the flow of the tree, with what the artificial arcs carry, meets every supply.
func checkFlow(t rapid.TB, s *Simplex) {
	t.Helper()
	p := s.programme
	net := make([]int64, len(p.Supply))
	for a, f := range s.flow() {
		if f < 0 || f > p.Upper[a] {
			t.Fatalf("flow %d on arc %d of capacity %d", f, a, p.Upper[a])
		}
		net[p.Tail[a]] += f
		net[p.Head[a]] -= f
	}
	for v := range net {
		switch n := &s.nodes[v]; n.arc {
		case surplusArc:
			net[v] += n.down
		case deficitArc:
			net[v] -= n.up
		}
	}
	if diff := cmp.Diff(p.Supply, net); diff != "" {
		t.Fatalf("net flow out of the nodes (-supply +got):\n%s", diff)
	}
}

// After every pivot, from either kind of start, the tree is sound and strongly feasible and carries a flow, and the
// objective has moved by what the pivot says.
func TestEveryPivot(t *testing.T) {
	pivots, degenerate := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		for range 10 { // so many that -short, too, meets every kind
			p := solvertest.Draw(t, shape)
			p.Levels = []solver.Level{{Cost: p.Levels[0].Cost}}
			if p.Levels[0].Cost == nil {
				p.Levels[0].Cost = make([]int64, len(p.Tail))
			}
			s := New(p)
			s.install(0)
			checkTree(t, s)
			checkFlow(t, s)
			for {
				enter, rc := s.price()
				if enter < 0 {
					break
				}
				delta := s.pivot(enter, s.upper[enter], 0, rc)
				s.objective += rc * delta
				if pivots++; delta == 0 {
					degenerate++
				}
				checkTree(t, s)
				checkFlow(t, s)
			}
			if got := p.Objective(0, s.flow(), nil); got != s.objective {
				t.Fatalf("objective kept as %d, recomputed %d", s.objective, got)
			}
			if bound := s.bound(); bound != s.objective {
				t.Fatalf("bound %d of an optimal tree, objective %d", bound, s.objective)
			}
		}
	})
	if degenerate == 0 || degenerate == pivots {
		t.Errorf("%d pivots, %d degenerate: these networks try one kind alone", pivots, degenerate)
	}
}

// A start with flow round cycles becomes a tree that is no worse at any level, in lexicographic order.
func TestAdopt(t *testing.T) {
	changed := 0
	rapid.Check(t, func(t *rapid.T) {
		for range 10 { // so many that -short, too, meets every kind
			p := solvertest.Draw(t, shape)
			if p.Start == nil {
				continue
			}
			s := New(p)
			s.setPotentials(0)
			checkTree(t, s)
			checkFlow(t, s)
			flow := s.flow()
			var before, after []int64
			for k := range p.Levels {
				before = append(before, p.Objective(k, p.Start, nil))
				after = append(after, p.Objective(k, flow, nil))
			}
			if slices.Compare(after, before) > 0 {
				t.Fatalf("objectives %v of the start became %v", before, after)
			}
			if !slices.Equal(flow, p.Start) {
				changed++
			}
		}
	})
	if changed == 0 {
		t.Error("no start had a cycle to be pushed round")
	}
}

// A simplex solves again from the tree it holds when costs have changed, and from where it was stopped.
func TestSolveAgain(t *testing.T) {
	p := solvertest.County(150, 1)
	p.Start = nil
	s := New(p)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	var stopped *solver.StoppedError
	if _, err := s.Solve(cancelled, solver.Options{}); !errors.As(err, &stopped) {
		t.Fatalf("error = %v, want a StoppedError", err)
	}
	cold := again(t, s)
	if same := again(t, s); same.Stats.Pivots != 0 {
		t.Errorf("%d pivots to solve a programme that is solved", same.Stats.Pivots)
	}
	for a := range p.Tail {
		if a%7 == 0 {
			p.Levels[3].Cost[a] += int64(a % 1000)
			p.Levels[0].Cost[a] /= 2
		}
	}
	warm, fresh := again(t, s), again(t, New(p))
	for k := range p.Levels {
		if warm.Levels[k].Objective != fresh.Levels[k].Objective {
			t.Errorf("level %d: %d on the old tree, %d on a new one", k, warm.Levels[k].Objective, fresh.Levels[k].Objective)
		}
	}
	if warm.Stats.Pivots >= cold.Stats.Pivots {
		t.Errorf("%d pivots on the old tree, %d at first: the tree was not used", warm.Stats.Pivots, cold.Stats.Pivots)
	}
}

func again(t *testing.T, s *Simplex) *solver.Solution {
	t.Helper()
	sol, err := s.Solve(context.Background(), solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(s.programme, sol); err != nil {
		t.Fatal(err)
	}
	return sol
}

// Phase 0 alone decides what is feasible, also when costs are too large for any blend.
func TestWithoutBlend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := solvertest.Draw(t, shape)
		p.Start = nil
		blended, blendedErr := New(p).Solve(context.Background(), solver.Options{})
		scale := solver.MaxTotal / int64(len(p.Supply)+1) / shape.Cost / (shape.Upper * int64(shape.Arcs)) // as Validate allows
		for _, level := range p.Levels {
			for a := range level.Cost {
				level.Cost[a] *= scale
			}
		}
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		scaled, err := New(p).Solve(context.Background(), solver.Options{})
		var witness *solver.InfeasibleError
		if errors.As(err, &witness) {
			if err := witness.Verify(p); err != nil {
				t.Fatal(err)
			}
		}
		if (err == nil) != (blendedErr == nil) {
			t.Fatalf("error %v, and %v with larger costs", blendedErr, err)
		}
		if err != nil {
			return
		}
		if err := solver.Verify(p, scaled); err != nil {
			t.Fatal(err)
		}
		for k := range p.Levels {
			if scaled.Levels[k].Objective != scale*blended.Levels[k].Objective {
				t.Fatalf("level %d: %d, and %d with costs %d times larger", k, blended.Levels[k].Objective, scaled.Levels[k].Objective, scale)
			}
		}
	})
}

func TestWeightsFit(t *testing.T) {
	for _, test := range []struct {
		reason string
		cost   []int64 // one arc, by level
		want   int     // levels blended
	}{
		{"small costs all fit", []int64{5, 1, 7, 1_000_000}, 4},
		{"two levels of large costs do not fit together, so the later waits", []int64{solver.MaxTotal / 1_000, solver.MaxTotal / 1_000}, 1},
		{"a cost at the limit leaves no room for the artificial arcs", []int64{solver.MaxTotal / 3}, 0},
		{"a level of zeros takes next to no room", []int64{3, 0, 3}, 3},
	} {
		p := &solver.Programme{Supply: []int64{0, 0}, Tail: []int32{0}, Head: []int32{1}, Upper: []int64{1}}
		for _, c := range test.cost {
			p.Levels = append(p.Levels, solver.Level{Cost: []int64{c}})
		}
		weights, deficit := New(p).weights()
		if len(weights) != test.want {
			t.Errorf("%s: %d levels blended, want %d", test.reason, len(weights), test.want)
		}
		size := deficit
		for k, w := range weights {
			size += w * test.cost[k]
		}
		if 3*size > solver.MaxTotal {
			t.Errorf("%s: blended costs of %d over 3 nodes do not fit", test.reason, size)
		}
	}
}

func TestProgress(t *testing.T) {
	p := solvertest.County(100, 1)
	p.Start = nil
	s := New(p)
	if g := s.progress(-1, 0); g.Level != -1 || g.Objective != 100 {
		t.Errorf("before the first flow: %+v, want level -1 and 100 teachers without a place", g)
	}
	sol := again(t, s)
	if g := s.progress(-1, 0); g.Level != 0 || g.Objective != sol.Levels[0].Objective || g.Bound > g.Objective {
		t.Errorf("with a flow: %+v, want level 0 at %d", g, sol.Levels[0].Objective)
	}
	s.setOpen(len(s.arcs))
	clear(s.fixed)
	s.install(0)
	if g := s.progress(0, 0); g.Objective != sol.Levels[0].Objective || g.Bound != g.Objective {
		t.Errorf("at an optimal level 0: %+v, want objective and bound %d", g, sol.Levels[0].Objective)
	}
}
