package solvertest

import (
	"fmt"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Shape bounds the random networks of Draw and Random.
type Shape struct {
	Nodes, Arcs int   // at most
	Upper       int64 // largest capacity
	Cost        int64 // largest cost in magnitude
	Levels      int   // at most
}

// Small networks can be enumerated or given to a dense simplex.
var Small = Shape{Nodes: 6, Arcs: 10, Upper: 3, Cost: 4, Levels: 4}

// Draw draws a network by rapid, which shrinks what fails. It has parallel arcs, self-loops, arcs without capacity,
// nodes without arcs and negative costs. A Start, which is any flow at all within the bounds, gives the supplies,
// so a network is feasible unless spoilt; one in four is spoilt by extra supply, and then has no Start.
func Draw(t *rapid.T, s Shape) *solver.Programme {
	nodes := rapid.IntRange(1, s.Nodes).Draw(t, "nodes")
	arcs := rapid.IntRange(0, s.Arcs).Draw(t, "arcs")
	levels := rapid.IntRange(1, s.Levels).Draw(t, "levels")
	draw := func(from, to int64, label string) int64 { return rapid.Int64Range(from, to).Draw(t, label) }
	return build(s, nodes, arcs, levels, draw)
}

// Random is Draw from a seed, for networks too large to be worth shrinking.
func Random(seed uint64, s Shape) *solver.Programme {
	rng := rand.New(rand.NewPCG(seed, 1))
	draw := func(from, to int64, _ string) int64 { return from + rng.Int64N(to-from+1) }
	return build(s, 1+rng.IntN(s.Nodes), rng.IntN(s.Arcs+1), 1+rng.IntN(s.Levels), draw)
}

func build(s Shape, nodes, arcs, levels int, draw draw) *solver.Programme {
	p := arbitrary(s, nodes, arcs, levels, draw)
	if draw(0, 3, "spoilt") == 3 {
		spoilSupply(p, 2*s.Upper+1, draw)
	}
	return p
}

// draw gives an integer from a range; the label tells rapid what it is for.
type draw func(from, to int64, label string) int64

// arbitrary draws a network with a flow, its Start, that gives the supplies.
func arbitrary(s Shape, nodes, arcs, levels int, draw draw) *solver.Programme {
	p := &solver.Programme{Supply: make([]int64, nodes), Start: make([]int64, arcs)}
	for k := range levels {
		level := solver.Level{Name: fmt.Sprint("level ", k)}
		if draw(0, 9, "nil cost") > 0 {
			level.Cost = make([]int64, arcs)
		}
		p.Levels = append(p.Levels, level)
	}
	for a := range arcs {
		tail, head := draw(0, int64(nodes-1), "tail"), draw(0, int64(nodes-1), "head")
		upper := draw(0, s.Upper, "upper")
		flow := draw(0, upper, "flow")
		p.Tail, p.Head = append(p.Tail, int32(tail)), append(p.Head, int32(head))
		p.Upper = append(p.Upper, upper)
		p.Start[a] = flow
		p.Supply[tail] += flow
		p.Supply[head] -= flow
		for _, level := range p.Levels {
			if level.Cost != nil {
				level.Cost[a] = draw(-s.Cost, s.Cost, "cost")
			}
		}
	}
	return p
}

// spoilSupply moves up to most units of supply from one node to another. There may or may not be a flow for them.
func spoilSupply(p *solver.Programme, most int64, draw draw) {
	amount, last := draw(1, most, "extra"), int64(len(p.Supply)-1)
	p.Supply[draw(0, last, "source")] += amount
	p.Supply[draw(0, last, "sink")] -= amount
	p.Start, p.StartColumns = nil, nil
}

// Assignment is a network of the shape of an assignment problem: people of supply 1, posts with a capacity, one arc
// from each person to a pool that takes everyone.
func Assignment(seed uint64, people, posts, eligible int, levels int) *solver.Programme {
	rng := rand.New(rand.NewPCG(seed, 2))
	p := &solver.Programme{Supply: make([]int64, people+posts+1), Levels: make([]solver.Level, levels)}
	sink := int32(people + posts)
	add := func(tail, head int32, upper int64, cost func(k int) int64) {
		p.Tail, p.Head, p.Upper = append(p.Tail, tail), append(p.Head, head), append(p.Upper, upper)
		for k := range p.Levels {
			p.Levels[k].Cost = append(p.Levels[k].Cost, cost(k))
		}
	}
	for i := range int32(people) {
		p.Supply[i] = 1
		p.Supply[sink]--
		for range eligible {
			add(i, int32(people+rng.IntN(posts)), 1, func(k int) int64 { return rng.Int64N(int64(3 + 50*k)) })
		}
		add(i, sink, 1, func(k int) int64 { return int64(3 * (levels - k)) })
	}
	for j := range posts {
		add(int32(people+j), sink, 1+rng.Int64N(2), func(int) int64 { return 0 })
	}
	return p
}
