package allocation

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// addSums gives a budget the numbers that it makes fractional: for each hardship tier k the
// filled posts f_k and the people g_k of its schools, and in all the steps h by which years of
// service raise the subsidies. Each is an integer column that a row ties to the arcs. With b_k the
// subsidy of the tier without service and d the greatest common divisor of what service adds,
//
//	Σ filled need of tier k − f_k = 0,   Σ people of tier k − g_k = 0,   Σ (subsidy_tp − b_k) / d · x_tp − h = 0,
//
// so the budget reads Σ b_k g_k + d h ≤ budget. They change neither plans nor costs. But in a linear
// relaxation it is these few sums that come out fractional: to branch on one of them says more than to branch on
// a thousand pairs, and once all g_k are settled, h is rounded down to what the budget really leaves. Every
// backend gets them.
func (g *programme) addSums() {
	n := g.instance
	if n.county.Rules.SubsidyBudget == 0 || slices.Contains(n.lifted, model.RuleBudget) {
		return
	}
	needs, people := make([][]int32, model.MaxTier+1), make([][]int32, model.MaxTier+1)
	for p := range n.posts {
		tier := n.schools[n.posts[p].school].Tier
		for a := g.needArc[p]; a < g.needEnd(int32(p)); a++ {
			needs[tier] = append(needs[tier], a)
		}
	}
	for s := range n.schools {
		people[n.schools[s].Tier] = append(people[n.schools[s].Tier], g.capArc[s])
	}
	for tier := range needs {
		g.addSum(fmt.Sprintf("filled posts of tier %d", tier), needs[tier], nil)
		g.addSum(fmt.Sprintf("people of tier %d", tier), people[tier], nil)
	}
	g.addService()
}

// addService adds the sum of the steps that years of service add to subsidies.
func (g *programme) addService() {
	n := g.instance
	var arcs []int32
	var steps []int64
	divisor := int64(0)
	for t := range n.people {
		for i, p := range g.pairs.of(t) {
			tier := n.schools[n.posts[p].school].Tier
			schedule := n.county.Subsidy
			if extra := int64(schedule.Monthly(tier, n.people[t].RuralYears) - schedule.Monthly(tier, 0)); extra != 0 {
				arcs, steps = append(arcs, g.pairArc[t]+int32(i)), append(steps, extra)
				divisor = gcd(divisor, extra)
			}
		}
	}
	for i := range steps {
		steps[i] /= divisor
	}
	g.addSum("steps of service", arcs, steps)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// needEnd is the arc behind the last vacancy of a post.
func (g *programme) needEnd(p int32) int32 {
	a, to := g.needArc[p], g.needNode(g.instance.posts[p].school)
	for int(a) < len(g.Tail) && g.Tail[a] == g.postNode(p) && g.Head[a] == to {
		a++
	}
	return a
}

// addSum adds a column that counts the flow of some arcs, each once unless steps say how often.
func (g *programme) addSum(name string, arcs []int32, steps []int64) {
	if len(arcs) < 2 {
		return
	}
	if steps == nil {
		steps = slices.Repeat([]int64{1}, len(arcs))
	}
	least, most := int64(0), int64(0)
	for i, a := range arcs {
		least += min(0, steps[i]*g.Upper[a])
		most += max(0, steps[i]*g.Upper[a])
	}
	g.slack = append(g.slack, slack{row: len(g.Rows), sum: true})
	g.Rows = append(g.Rows, solver.Row{Name: name, Arc: arcs, ArcCoef: steps,
		Column: []int32{int32(len(g.Columns))}, ColumnCoef: []int64{-1}})
	g.Columns = append(g.Columns, solver.Column{Name: name, Lower: least, Upper: most})
}
