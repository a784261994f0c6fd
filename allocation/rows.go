package allocation

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// scan is what the arcs count for in each group of a rule, and the range of its sum over all assignments.
type scan struct {
	rows   []solver.Row // arcs alone
	ranges []reach
}

// scanRules scans the pairs for each rule that cuts across the network. It takes O(pairs) time for each; the workers take the rules in turn.
func (g *programme) scanRules() []scan {
	scans := make([]scan, len(g.asked))
	var next atomic.Int32
	var group sync.WaitGroup
	for range min(g.instance.workers(), len(scans)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(scans); i = int(next.Add(1)) - 1 {
				scans[i] = g.scan(&g.asked[i])
			}
		})
	}
	group.Wait()
	return scans
}

func (g *programme) scan(rule *askedRule) scan {
	rows := make([]solver.Row, len(rule.groups))
	ranges := make([]reach, len(rule.groups))
	var seen tally
	var counted []entry
	for t := range g.instance.people {
		seen = seen[:0]
		choices := g.pairs.of(t)
		for i, p := range choices {
			counted = rule.count(counted[:0], int32(t), p)
			seen.add(counted)
			extend(rows, counted, g.pairArc[t]+int32(i))
		}
		ways := len(choices)
		if g.mayBeOut(int32(t)) {
			ways++
			if rule.without != nil {
				counted = rule.without(counted[:0], int32(t))
				seen.add(counted)
				extend(rows, counted, g.pairArc[t]+int32(len(choices)))
			}
		}
		for i := range seen {
			seen[i].widen(ranges, ways)
		}
	}
	return scan{rows, ranges}
}

// addRows adds a row for each group of a rule that cuts across the network, with a
// column for its shortfall where the rule is soft. A group that no assignment can
// break needs no row, and one whose sum is its own shortfall is a cost of its arcs.
func (g *programme) addRows(rule *askedRule, of scan) {
	for i := range rule.groups {
		c, row, sum := &rule.groups[i], of.rows[i], of.ranges[i]
		switch {
		case c.floor && sum.least < c.bound:
			g.addRow(rule, c, row, c.bound-sum.least)
		case !c.floor && sum.most > c.bound:
			if rule.Force == model.ForceSoft && c.bound == 0 && c.unit == 1 && sum.least >= 0 {
				g.addCosts(&row, int64(rule.Weight))
				continue
			}
			g.addRow(rule, c, row, sum.most-c.bound)
		}
	}
}

// extend lets an arc count in rows.
func extend(rows []solver.Row, counted []entry, arc int32) {
	for _, c := range counted {
		rows[c.group].Arc = append(rows[c.group].Arc, arc)
		rows[c.group].ArcCoef = append(rows[c.group].ArcCoef, c.count)
	}
}

// addCosts prices a soft ceiling of 0 on a sum that is never below 0: the shortfall is
// the sum, so that it needs no row and the network stays pure.
func (g *programme) addCosts(row *solver.Row, weight int64) {
	for i, a := range row.Arc {
		g.price(levelSoft, a, weight*row.ArcCoef[i])
	}
}

// addRow completes a row whose arcs are there. lack is how far its sum can be from
// the bound.
func (g *programme) addRow(rule *askedRule, c *group, row solver.Row, lack int64) {
	row.Name = g.instance.rowName(rule.ID, c)
	row.Lower, row.Upper = solver.NoLower, c.bound
	unit := -c.unit
	if c.floor {
		row.Lower, row.Upper = c.bound, solver.NoUpper
		unit = c.unit
	}
	if rule.Force == model.ForceSoft {
		cost := make([]int64, len(g.Levels))
		cost[g.place[levelSoft]] = int64(rule.Weight)
		row.Column, row.ColumnCoef = []int32{int32(len(g.Columns))}, []int64{unit}
		g.Columns = append(g.Columns, solver.Column{Name: row.Name, Upper: (lack + c.unit - 1) / c.unit, Cost: cost})
		g.slack = append(g.slack, slack{row: len(g.Rows), group: *c})
	}
	g.Rows = append(g.Rows, row)
}

// rowName names the row of a group: the rule, and the couple, school and stage that it is about.
func (n *instance) rowName(rule model.RuleID, c *group) string {
	name := string(rule)
	if c.teacher != "" {
		name += " " + string(c.teacher)
	}
	if c.school >= 0 {
		name += " " + string(n.schools[c.school].ID)
	}
	if c.stage != 0 {
		name += fmt.Sprintf(" %s", c.stage)
	}
	return name
}

// slack is the row of a column, and the group whose shortfall the column is, unless it is a sum.
type slack struct {
	row   int
	group group
	sum   bool // the column is no shortfall but the sum itself
}

// shortfalls gives the columns of a flow: the least shortfalls, and the sums.
func (g *programme) shortfalls(flow []int64) []int64 {
	columns := make([]int64, len(g.Columns))
	for i, s := range g.slack {
		sum := g.Rows[s.row].Activity(flow, columns) // without the column, which is still 0
		if columns[i] = sum; !s.sum {
			columns[i] = s.group.shortfall(sum)
		}
	}
	return columns
}

// reach is the range of a group's sum over all assignments.
type reach struct{ least, most int64 }

// tally sums up what one teacher can count for in each group of a rule. A teacher's
// pairs touch few groups.
type tally []touch

type touch struct {
	group     int32
	ways      int // in which the teacher counts here
	low, high int64
}

// add takes in what one way of placing the teacher counts for.
func (s *tally) add(counted []entry) {
next:
	for _, c := range counted {
		for i := range *s {
			if t := &(*s)[i]; t.group == c.group {
				t.ways++
				t.low, t.high = min(t.low, c.count), max(t.high, c.count)
				continue next
			}
		}
		*s = append(*s, touch{c.group, 1, c.count, c.count})
	}
}

// widen adds one teacher to the range of a sum. Who has further ways may count for
// nothing.
func (t *touch) widen(all []reach, ways int) {
	if t.ways < ways {
		t.low, t.high = min(0, t.low), max(0, t.high)
	}
	all[t.group].least += t.low
	all[t.group].most += t.high
}
