package solvertest

import (
	"fmt"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
)

// DrawRows draws, by rapid, a programme small enough for Enumerate: an arbitrary network or one like a county's,
// with 1 to 4 levels, 1 to 5 side rows of every shape and the columns that these want. It is built around a Start,
// so it is feasible unless spoilt: one in four has a row moved away from the Start or extra supply, and then has no
// Start.
func DrawRows(t *rapid.T) *solver.Programme {
	return buildRows(func(from, to int64, label string) int64 { return rapid.Int64Range(from, to).Draw(t, label) })
}

// RandomRows is DrawRows from a seed.
func RandomRows(seed uint64) *solver.Programme {
	rng := rand.New(rand.NewPCG(seed, 3))
	return buildRows(func(from, to int64, _ string) int64 { return from + rng.Int64N(to-from+1) })
}

// mostColumn keeps the range of a column small enough to enumerate.
const mostColumn = 8

func buildRows(draw draw) *solver.Programme {
	b := &rowsBuilder{draw: draw}
	if draw(0, 1, "county") == 1 {
		b.p = tinyCounty(draw)
	} else {
		b.p = arbitrary(Shape{Upper: 2, Cost: 4}, int(draw(1, 5, "nodes")), int(draw(1, 8, "arcs")), int(draw(1, 4, "levels")), draw)
	}
	b.p.StartColumns = []int64{}
	for range draw(1, 5, "rows") {
		b.row()
	}
	switch draw(0, 7, "spoilt") {
	case 0:
		b.spoilRow()
	case 1:
		spoilSupply(b.p, 2, draw)
	}
	return b.p
}

// tinyCounty sends each teacher to one of some posts or to none. A post has a unit arc of falling worth for each
// place, and level 1, if there is one, counts those without a post.
func tinyCounty(draw draw) *solver.Programme {
	teachers, posts, levels := draw(2, 4, "teachers"), draw(1, 3, "posts"), draw(1, 4, "levels")
	sink := teachers + posts
	p := &solver.Programme{Supply: make([]int64, sink+1), Levels: make([]solver.Level, levels)}
	add := func(tail, head, start int64, cost func(k int) int64) {
		p.Tail, p.Head, p.Upper = append(p.Tail, int32(tail)), append(p.Head, int32(head)), append(p.Upper, 1)
		p.Start = append(p.Start, start)
		for k := range p.Levels {
			p.Levels[k].Cost = append(p.Levels[k].Cost, cost(k))
		}
	}
	for k := range p.Levels {
		p.Levels[k].Name = fmt.Sprint("level ", k)
	}
	held := make([]int64, posts)
	for t := range teachers {
		p.Supply[t] = 1
		p.Supply[sink]--
		home := draw(0, posts, "home") // posts: none
		for j := range posts {
			stays := int64(0)
			if j == home {
				stays, held[j] = 1, held[j]+1
			}
			add(t, teachers+j, stays, func(k int) int64 { return draw(0, 1, "moves") * draw(0, int64(5*k), "fen") })
		}
		add(t, sink, 1-min(1, posts-home), func(k int) int64 { return int64(k) })
	}
	for j := range posts {
		for i := range held[j] + draw(0, 1, "vacant") {
			add(teachers+j, sink, min(1, max(0, held[j]-i)), func(k int) int64 {
				if k > 0 {
					return 0
				}
				return -draw(1, 3, "tier") * 60 / (i + 1)
			})
		}
	}
	return p
}

type rowsBuilder struct {
	p    *solver.Programme
	draw draw
}

// row adds a row of a drawn shape that the Start obeys, and at times only just.
func (b *rowsBuilder) row() {
	draw := b.draw
	slack := func(most int64) int64 { return draw(0, 1, "loose") * draw(0, most, "slack") }
	shape := draw(0, 5, "shape")
	switch shape {
	case 0:
		row, at := b.terms("knapsack", func() int64 { return draw(20_000, 140_000, "fen") })
		row.Upper = at + slack(100_000)
	case 1: // selected − a fifth of all ≥ 0, times a hundred
		row, at := b.terms("share", func() int64 { return 100*draw(0, 1, "counts") - 20 })
		row.Lower = at - slack(120)
	case 2:
		row, at := b.terms("equality", func() int64 { return draw(-1, 1, "coefficient") })
		row.Lower, row.Upper = at, at
	case 3:
		row, at := b.terms("range", func() int64 { return draw(-3, 5, "coefficient") })
		row.Lower, row.Upper = at-slack(3), at+slack(3)
	case 4: // a floor, and a column for what is missing, which costs
		row, at := b.terms("soft", func() int64 { return draw(0, 2, "coefficient") })
		missing := draw(0, mostColumn/2, "missing")
		row.Lower = at + missing
		b.column(row, 1, solver.Column{Name: "shortfall", Upper: missing + slack(mostColumn/2)}, missing, draw(1, 4, "cost"))
	default: // a column that is the sum of some flows
		row, at := b.terms("aggregate", func() int64 { return 1 })
		row.Lower, row.Upper = 0, 0
		below, above := slack(mostColumn/2), slack(mostColumn/2)
		b.column(row, -1, solver.Column{Name: "sum", Lower: at - below, Upper: at + above}, at, draw(-2, 2, "cost"))
	}
}

// terms adds an open row over some of the arcs, and now and then over columns of the rows before; an arc may be
// listed twice. It returns the activity of the Start too.
func (b *rowsBuilder) terms(name string, coefficient func() int64) (row *solver.Row, at int64) {
	r := solver.Row{Name: fmt.Sprintf("%s %d", name, len(b.p.Rows)), Lower: solver.NoLower, Upper: solver.NoUpper}
	for a := range b.p.Tail {
		for range []int{0, 0, 0, 1, 1, 1, 1, 1, 1, 2}[b.draw(0, 9, "times")] {
			r.Arc, r.ArcCoef = append(r.Arc, int32(a)), append(r.ArcCoef, coefficient())
		}
	}
	if name != "aggregate" && b.draw(0, 3, "over columns") == 0 {
		for c := range b.p.Columns {
			r.Column, r.ColumnCoef = append(r.Column, int32(c)), append(r.ColumnCoef, coefficient())
		}
	}
	b.p.Rows = append(b.p.Rows, r)
	return &b.p.Rows[len(b.p.Rows)-1], r.Activity(b.p.Start, b.p.StartColumns)
}

// column adds a column to the programme and to a row, with a cost at one level.
func (b *rowsBuilder) column(row *solver.Row, coefficient int64, c solver.Column, start, cost int64) {
	if cost != 0 {
		c.Cost = make([]int64, len(b.p.Levels))
		c.Cost[b.draw(0, int64(len(c.Cost)-1), "level")] = cost
	}
	c.Name = fmt.Sprintf("%s %d", c.Name, len(b.p.Columns))
	row.Column = append(row.Column, int32(len(b.p.Columns)))
	row.ColumnCoef = append(row.ColumnCoef, coefficient)
	b.p.Columns = append(b.p.Columns, c)
	b.p.StartColumns = append(b.p.StartColumns, start)
}

// spoilRow moves both bounds of a row up, away from the Start, perhaps beyond what any flow can do.
func (b *rowsBuilder) spoilRow() {
	row := &b.p.Rows[b.draw(0, int64(len(b.p.Rows)-1), "row")]
	reach := int64(1)
	for i, a := range row.Arc {
		reach += max(0, row.ArcCoef[i]*b.p.Upper[a])
	}
	shift := b.draw(1, reach, "shift")
	if row.Lower == solver.NoLower {
		row.Lower = row.Upper + 1 // a ceiling becomes a floor above it
		row.Upper = solver.NoUpper
	} else {
		row.Lower += shift
		if row.Upper != solver.NoUpper {
			row.Upper += shift
		}
	}
	b.p.Start, b.p.StartColumns = nil, nil
}
