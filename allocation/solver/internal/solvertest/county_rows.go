package solvertest

import (
	"fmt"
	"math/rand/v2"

	"github.com/xianguan/xianguan/allocation/solver"
)

// What CountyRows draws and asks for.
const (
	eligibleShare = 0.2  // of teachers in post in a town, about a tenth of all
	backboneDrawn = 0.12 // of all teachers in post
	beyondRange   = 0.6  // of (teacher, rural school) pairs, too far to commute
	tiers         = 5
	fenATier      = 20_000
	budgetShare   = 0.4 // of the money that the vacant rural posts would take
)

// CountyRows is County with the side rows that cut across a county's network, and a Start that obeys them all:
//
//	exchange  at least a tenth of the eligible teachers of towns go to rural schools
//	backbone  at least a fifth of those who do are backbone teachers, 80 Σ backbone − 20 Σ others ≥ 0
//	housing   for each rural school, newcomers from beyond commuting range ≤ its beds
//	outflow   for each school, at most 15 % of its staff leave
//	budget    Σ subsidy over all pairs with a rural school, 20,000 to 140,000 fen each, ≤ a tight sum
//	filled    for each hardship tier, a column that is the number of its filled posts
//
// In the start a few of the eligible have gone already and the others stay. Everything follows from the arguments.
func CountyRows(teachers int, seed uint64) *solver.Programme {
	c := &countyRows{
		county: newCounty(teachers, seed),
		rng:    rand.New(rand.NewPCG(seed, ^uint64(teachers))),
		home:   make([]int32, teachers), posted: make([]bool, teachers),
		eligible: make([]bool, teachers), backbone: make([]bool, teachers), years: make([]int64, teachers),
	}
	c.schools = max(3, c.schools) // a town at least
	c.tier = make([]int64, c.schools)
	for s := c.towns(); s < c.schools; s++ {
		c.tier[s] = 1 + c.rng.Int64N(tiers)
	}
	c.settle = c.draw
	c.build(teachers)
	c.exchangeRows()
	c.housingRows()
	c.outflowRows()
	c.budgetRow()
	c.filledRows()
	return c.p
}

type countyRows struct {
	*county
	rng      *rand.Rand
	tier     []int64 // by school, 0 in towns
	home     []int32 // by teacher, a school
	posted   []bool  // by teacher: has a post at home, perhaps left in the start
	eligible []bool
	backbone []bool
	years    []int64 // by teacher: steps of the subsidy schedule, 0 to 2

	seen, gone, goneBackbone int // eligible teachers drawn so far, and how many have gone in the start
}

// schoolOf is the school that an arc of a teacher leads to, −1 for the sink.
func (c *countyRows) schoolOf(a int) int32 {
	if c.p.Head[a] >= c.school {
		return -1
	}
	return (c.p.Head[a] - c.post) / countySubjects
}

// draw gives a teacher what the rows ask of. When fewer than an eighth of the eligible have gone, this one goes, as
// a backbone teacher when fewer than a fifth of those are.
func (c *countyRows) draw(t int32, first int) {
	c.home[t], c.posted[t] = c.schoolOf(first), c.p.Start[first] == 1
	c.years[t] = c.rng.Int64N(3)
	c.backbone[t] = c.rng.Float64() < backboneDrawn
	drawn := c.rng.Float64() < eligibleShare
	if !c.posted[t] || int(c.home[t]) >= c.towns() || !drawn && c.seen > 0 {
		return
	}
	c.eligible[t] = true
	c.seen++
	if 8*c.gone >= c.seen {
		return
	}
	for a := first + 1; a < len(c.p.Tail); a++ {
		if s := c.schoolOf(a); s >= 0 && c.tier[s] > 0 {
			c.p.Start[first], c.p.Start[a] = 0, 1
			c.staff[c.p.Head[first]-c.post]--
			c.staff[c.p.Head[a]-c.post]++
			c.gone++
			c.backbone[t] = c.backbone[t] || 5*c.goneBackbone < c.gone
			if c.backbone[t] {
				c.goneBackbone++
			}
			return
		}
	}
}

// pairs calls visit for every arc from a teacher, with the school it leads to or −1.
func (c *countyRows) pairs(visit func(a int, t, school int32)) {
	for a, t := range c.p.Tail {
		if int(t) < len(c.home) {
			visit(a, t, c.schoolOf(a))
		}
	}
}

func term(row *solver.Row, a int, coefficient int64) {
	row.Arc, row.ArcCoef = append(row.Arc, int32(a)), append(row.ArcCoef, coefficient)
}

// add adds a row, with the activity of the start.
func (c *countyRows) add(row solver.Row, bound func(row *solver.Row, start int64)) {
	bound(&row, row.Activity(c.p.Start, c.p.StartColumns))
	c.p.Rows = append(c.p.Rows, row)
}

func ceiling(least int64) func(*solver.Row, int64) {
	return func(row *solver.Row, start int64) { row.Lower, row.Upper = solver.NoLower, max(start, least) }
}

func floor(most int64) func(*solver.Row, int64) {
	return func(row *solver.Row, start int64) { row.Lower, row.Upper = min(start, most), solver.NoUpper }
}

func (c *countyRows) exchangeRows() {
	exchange, backbone := solver.Row{Name: "exchange"}, solver.Row{Name: "backbone"}
	c.pairs(func(a int, t, s int32) {
		if !c.eligible[t] || s < 0 || c.tier[s] == 0 {
			return
		}
		term(&exchange, a, 1)
		if c.backbone[t] {
			term(&backbone, a, 80)
		} else {
			term(&backbone, a, -20)
		}
	})
	c.add(exchange, floor((int64(c.seen)+9)/10))
	c.add(backbone, floor(0))
}

func (c *countyRows) housingRows() {
	rows := make([]solver.Row, c.schools)
	far := map[[2]int32]bool{}
	c.pairs(func(a int, t, s int32) {
		if s < 0 || s == c.home[t] || c.tier[s] == 0 {
			return
		}
		beyond, drawn := far[[2]int32{t, s}]
		if !drawn {
			beyond = c.rng.Float64() < beyondRange
			far[[2]int32{t, s}] = beyond
		}
		if beyond {
			term(&rows[s], a, 1)
		}
	})
	for s := c.towns(); s < c.schools; s++ {
		rows[s].Name = fmt.Sprint("housing ", s)
		beds := c.rng.Int64N(3)
		c.add(rows[s], func(row *solver.Row, start int64) { row.Lower, row.Upper = solver.NoLower, start+beds })
	}
}

func (c *countyRows) outflowRows() {
	rows, staff := make([]solver.Row, c.schools), make([]int64, c.schools)
	c.pairs(func(a int, t, s int32) {
		switch home := c.home[t]; {
		case !c.posted[t]:
		case s < 0:
			staff[home]++
			term(&rows[home], a, 1)
		case s != home:
			term(&rows[home], a, 1)
		}
	})
	for s := range rows {
		rows[s].Name = fmt.Sprint("outflow ", s)
		c.add(rows[s], ceiling(staff[s]*15/100))
	}
}

// budgetRow pays for what the start pays and a part of what is vacant.
func (c *countyRows) budgetRow() {
	budget := solver.Row{Name: "budget"}
	c.pairs(func(a int, t, s int32) {
		if s >= 0 && c.tier[s] > 0 {
			term(&budget, a, fenATier*(c.tier[s]+c.years[t]))
		}
	})
	vacant := int64(0)
	for post, need := range c.need {
		vacant += int64(max(0, need-c.staff[post])) * fenATier * c.tier[post/countySubjects]
	}
	c.add(budget, func(row *solver.Row, start int64) {
		row.Lower, row.Upper = solver.NoLower, start+int64(budgetShare*float64(vacant))
	})
}

func (c *countyRows) filledRows() {
	c.p.StartColumns = []int64{}
	for tier := int64(1); tier <= tiers; tier++ {
		row := solver.Row{Name: fmt.Sprint("filled ", tier)}
		need := int64(0)
		for a, head := range c.p.Head {
			// Only the arcs of the need lead from a post to a school.
			if head >= c.school && head < c.quota && c.tier[head-c.school] == tier {
				term(&row, a, 1)
				need += c.p.Upper[a]
			}
		}
		filled := row.Activity(c.p.Start, nil)
		row.Column, row.ColumnCoef = []int32{int32(len(c.p.Columns))}, []int64{-1}
		c.p.Columns = append(c.p.Columns, solver.Column{Name: row.Name, Upper: need})
		c.p.StartColumns = append(c.p.StartColumns, filled)
		c.p.Rows = append(c.p.Rows, row)
	}
}
