package allocation

import (
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// addRows adds a row for each group of a rule that cuts across the network, with a
// column for its shortfall where the rule is soft. A group that no assignment can
// break needs no row. It takes O(pairs) time for each rule.
func (g *programme) addRows(rule *Rule) {
	n := g.instance
	groups := rule.groups(n)
	rows := make([]solver.Row, len(groups))
	reach := make([]struct{ least, most int64 }, len(groups)) // of the sum, over all assignments
	var seen tally
	for t := range n.people {
		pairs := g.pairs.of(t)
		seen.reset()
		for i, p := range pairs {
			place, count := rule.member(n, int32(t), p)
			if place == none || count == 0 {
				continue
			}
			rows[place].Arc = append(rows[place].Arc, g.pairArc[t]+int32(i))
			rows[place].ArcCoef = append(rows[place].ArcCoef, count)
			seen.add(place, count)
		}
		mayBeOut := n.people[t].present < 0
		for _, s := range seen {
			if s.pairs < len(pairs) || mayBeOut { // the teacher may count for nothing here
				s.low, s.high = min(0, s.low), max(0, s.high)
			}
			reach[s.place].least += s.low
			reach[s.place].most += s.high
		}
	}
	for i := range groups {
		if c := &groups[i]; c.floor && reach[i].least < c.bound {
			g.addRow(rule, c, rows[i], c.bound-reach[i].least)
		} else if !c.floor && reach[i].most > c.bound {
			g.addRow(rule, c, rows[i], reach[i].most-c.bound)
		}
	}
}

// addRow completes a row whose arcs are there. lack is how far its sum can be from
// the bound.
func (g *programme) addRow(rule *Rule, c *group, row solver.Row, lack int64) {
	setting := rule.setting(&g.instance.county.Rules)
	row.Name = string(rule.ID)
	if c.school >= 0 {
		row.Name = fmt.Sprintf("%s %s", rule.ID, g.instance.schools[c.school].ID)
	}
	row.Lower, row.Upper = solver.NoLower, c.bound
	unit := -c.unit
	if c.floor {
		row.Lower, row.Upper = c.bound, solver.NoUpper
		unit = c.unit
	}
	if setting.Force == model.ForceSoft {
		cost := make([]int64, len(g.Levels))
		cost[levelSoft] = int64(setting.Weight)
		row.Column, row.ColumnCoef = []int32{int32(len(g.Columns))}, []int64{unit}
		g.Columns = append(g.Columns, solver.Column{Name: row.Name, Upper: (lack + c.unit - 1) / c.unit, Cost: cost})
		g.slack = append(g.slack, slack{row: len(g.Rows), group: *c})
	}
	g.Rows = append(g.Rows, row)
}

// slack is the row of a column, and the group whose shortfall the column is.
type slack struct {
	row   int
	group group
}

// shortfalls gives the least columns for a flow.
func (g *programme) shortfalls(flow []int64) []int64 {
	columns := make([]int64, len(g.Columns))
	for i, s := range g.slack {
		sum := g.Rows[s.row].Activity(flow, columns) // without the column, which is still 0
		columns[i] = s.group.shortfall(sum)
	}
	return columns
}

// tally sums up what one teacher can count for in each group of a rule. A teacher's
// pairs touch few groups.
type tally []touch

type touch struct {
	place     int
	pairs     int
	low, high int64
}

func (s *tally) reset() { *s = (*s)[:0] }

func (s *tally) add(place int, count int64) {
	for i := range *s {
		if t := &(*s)[i]; t.place == place {
			t.pairs++
			t.low, t.high = min(t.low, count), max(t.high, count)
			return
		}
	}
	*s = append(*s, touch{place, 1, count, count})
}
