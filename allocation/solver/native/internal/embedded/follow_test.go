package embedded

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawnActive is ready to solve, with every row in the basis.
func drawnActive(rng *rand.Rand) *LP {
	lp, _, _, _, cost := drawn(rng)
	lp.SetCost(cost)
	lp.Rebound()
	for r := range lp.rows {
		lp.Activate(r)
	}
	return lp
}

// After every pivot the values are those that follow from the nonbasic ones, and what the choice of the leaving variable goes by is what they say.
func TestPivotsKeepValues(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	pivots, beyond := 0, 0
	for range 200 {
		lp := drawnActive(rng)
		for lp.Solve(1, func() bool { return false }) == Limited {
			pivots++
			x, treeX, gauged := slices.Clone(lp.x), slices.Clone(lp.treeX), slices.Clone(lp.beyond)
			lp.computeValues()
			for j := range x {
				if lp.where[j] != outside && math.Abs(x[j]-lp.x[j]) > 1e-6 {
					t.Fatalf("variable %d is %v after a pivot, want %v", j, x[j], lp.x[j])
				}
			}
			for v := range treeX {
				if lp.tree.arc[v] < 0 && math.Abs(treeX[v]-lp.treeX[v]) > 1e-6 || math.Abs(gauged[v]-lp.beyond[v]) > 1e-6 {
					t.Fatalf("above node %d the flow is %v and %v beyond, want %v and %v", v, treeX[v], gauged[v], lp.treeX[v], lp.beyond[v])
				}
				if gauged[v] > 0 {
					beyond++
				}
			}
		}
	}
	if pivots < 1000 || beyond < 1000 {
		t.Errorf("%d pivots with %d values beyond their bounds say too little", pivots, beyond)
	}
}

// Changes that are followed round their cycles come to the same as those that are followed through the whole tree.
func TestFollowsAlike(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	compared := 0
	for range 200 {
		lp := drawnActive(rng)
		lp.Solve(10_000, func() bool { return false })
		w := &lp.work
		clear(w.flow)
		clear(w.g)
		var changed []int32
		for j := range int32(lp.structural) {
			if lp.where[j] == nonbasic && rng.IntN(3) == 0 {
				changed = append(changed, j)
				lp.disturb(w.flow, w.g, j, float64(j%3)+1)
			}
		}
		lp.follow(w.flow, w.g)
		tree, comp := slices.Clone(w.treeDelta), slices.Clone(w.compDelta)
		lp.beginCycles()
		for _, j := range changed {
			lp.roundCycles(j, float64(j%3)+1)
		}
		lp.endCycles()
		for v := range lp.nodes {
			if math.Abs(tree[v]-w.treeDelta[v]) > 1e-6 {
				t.Fatalf("above node %d the flow changes by %v and by %v", v, tree[v], w.treeDelta[v])
			}
		}
		for i := range comp {
			if math.Abs(comp[i]-w.compDelta[i]) > 1e-6 {
				t.Fatalf("the variable at place %d changes by %v and by %v", i, comp[i], w.compDelta[i])
			}
		}
		compared += len(changed)
	}
	if compared < 1000 {
		t.Errorf("%d changes say too little", compared)
	}
}

// Where fresh numbers ask for another pivot every time that the ones at hand say that all is well, it ends, and says so.
func TestStalls(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	stalled := 0
	for range 100 {
		lp, _, _, _, cost := drawn(rng)
		lp.SetCost(cost)
		lp.Rebound()
		outcome := lp.Solve(10_000, func() bool {
			clear(lp.beyond) // the numbers at hand
			lp.pivots = 1
			return false
		})
		if outcome == Stalled {
			stalled++
		} else if outcome == Optimal {
			if _, found := lp.leave(); found {
				t.Fatal("optimal with a value beyond its bounds")
			}
		}
	}
	if stalled < 10 {
		t.Errorf("%d of 100 stalled, which says too little", stalled)
	}
}
