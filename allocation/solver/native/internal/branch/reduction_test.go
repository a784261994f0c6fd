package branch

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// A flow that is within the bounds survives the way to the smaller programme and back, and costs and rows come out the
// same there, up to the constants.
func TestReduce(t *testing.T) {
	p := solvertest.CountyRows(120, 3)
	b := newProblem(p)
	flow := p.Start
	if flow == nil {
		t.Fatal("the county has no start")
	}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 7))
		lower, upper := make([]int64, b.arcs), append([]int64(nil), p.Upper...)
		for a := range lower {
			if r.IntN(3) > 0 { // draw the bounds in around the flow
				lower[a], upper[a] = flow[a]-min(flow[a], int64(r.IntN(2))), min(p.Upper[a], flow[a]+int64(r.IntN(2)))
			}
		}
		red := reduce(p, lower, upper)
		if red == nil {
			t.Fatalf("seed %d: the flow is within the bounds, yet nothing is left", seed)
		}
		if err := red.small.Validate(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		small := append(red.shrink(flow), p.StartColumns...)
		whole := append(append([]int64(nil), flow...), p.StartColumns...)
		if diff := cmp.Diff(whole, red.restore(small)); diff != "" {
			t.Fatalf("seed %d: (-given +restored)\n%s", seed, diff)
		}
		if !newProblem(red.small).holds(small) {
			t.Fatalf("seed %d: the flow breaks the smaller programme", seed)
		}
		for k := range p.Levels {
			want := p.Objective(k, flow, p.StartColumns)
			if got := red.small.Objective(k, small[:len(red.arc)], p.StartColumns) + red.constant[k]; got != want {
				t.Fatalf("seed %d: level %d costs %d, want %d", seed, k, got, want)
			}
		}
		if seed%10 == 0 && len(red.arc) >= b.arcs {
			t.Errorf("seed %d: %d of %d arcs are left", seed, len(red.arc), b.arcs)
		}
	}
}

// Bounds that no flow keeps are found out as far as single arcs show it.
func TestReduceInfeasible(t *testing.T) {
	p := &solver.Programme{Supply: []int64{2, -2}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{2, 2},
		Levels: []solver.Level{{Cost: []int64{1, 2}}}}
	if red := reduce(p, []int64{0, 0}, []int64{1, 0}); red != nil {
		t.Error("one arc of capacity 1 can't carry 2")
	}
	red := reduce(p, []int64{0, 0}, []int64{2, 0})
	if red == nil || len(red.arc) != 0 || red.constant[0] != 2 {
		t.Errorf("one arc is left, so its flow is known: %+v", red)
	}
}

// The search for a multiplier ends at two neighbouring pieces on either side of the row, and its bound holds.
func TestMultiplier(t *testing.T) {
	items := []struct{ value, weight int64 }{{60, 30}, {50, 20}, {45, 25}, {40, 10}, {12, 15}, {9, 5}}
	p := &solver.Programme{Supply: []int64{6, -6}, Levels: []solver.Level{{Cost: make([]int64, 12)}}}
	row := solver.Row{Lower: solver.NoLower}
	for i, item := range items { // each item is taken by its arc, or left by an arc of its own
		for range 2 {
			p.Tail, p.Head, p.Upper = append(p.Tail, 0), append(p.Head, 1), append(p.Upper, 1)
		}
		p.Levels[0].Cost[2*i] = -item.value
		row.Arc, row.ArcCoef = append(row.Arc, int32(2*i)), append(row.ArcCoef, item.weight)
	}
	for capacity := int64(5); capacity < 100; capacity += 5 {
		row.Upper = capacity
		p.Rows = []solver.Row{row}
		best := int64(0)
		for taken := range 1 << len(items) {
			value, weight := int64(0), int64(0)
			for i, item := range items {
				if taken>>i&1 == 1 {
					value, weight = value+item.value, weight+item.weight
				}
			}
			if weight <= capacity {
				best = max(best, value)
			}
		}
		over, within := newMultiplier(p, 0, true).maximise(context.Background())
		if over == nil || within == nil || over.slope <= 0 || within.slope > 0 || over.multiplier >= within.multiplier {
			t.Fatalf("capacity %d: pieces %+v and %+v", capacity, over, within)
		}
		b := newProblem(p)
		if x := b.complete(within.flow, nil); x == nil {
			t.Fatalf("capacity %d: what is within the row breaks it", capacity)
		}
		lower, upper := newMultiplier(p, 0, true).fix(b, within, -best)
		w := &watch{ctx: context.Background(), began: time.Now()}
		first, err := open(w, p, false)
		if err != nil || first.incumbent == nil {
			t.Fatalf("capacity %d: no incumbent: %v", capacity, err)
		}
		if red := reduce(p, lower, upper); red == nil {
			t.Fatalf("capacity %d: the optimum of %d was cut off", capacity, best)
		}
		sol, err := Solve(context.Background(), p, solver.Options{})
		if err != nil || sol.Levels[0].Objective != -best || !sol.Levels[0].Proven {
			t.Fatalf("capacity %d: got %+v, %v, want %d", capacity, sol, err, -best)
		}
	}
}
