package subsidy

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Amounts is the monthly amount of each hardship tier before any years of service; that of
// tier 0 is what the county's schedule has for it, as a rule nothing.
type Amounts [model.MaxTier + 1]model.Fen

// BaseAmounts are the amounts of a schedule without years of service.
func BaseAmounts(s model.SubsidySchedule) (a Amounts) {
	for k := range a {
		a[k] = s.Monthly(model.Tier(k), 0)
	}
	return a
}

// Schedule writes amounts out as a schedule that has the same steps with years of service as last
// year's: every line of a tier rises by as much as the tier does. A tier without lines gets one.
// Tiers above the last one that is paid are left out.
func (a Amounts) Schedule(last model.SubsidySchedule) model.SubsidySchedule {
	top := 0
	for k, amount := range a {
		if amount > 0 {
			top = k
		}
	}
	var out model.SubsidySchedule
	for k := model.Tier(1); int(k) <= top; k++ {
		from, found := last.Monthly(k, 0), false
		for _, line := range last {
			if line.Tier == k {
				found = true
				out = append(out, model.SubsidyLine{Tier: k, FromYears: line.FromYears, Monthly: line.Monthly - from + a[k]})
			}
		}
		if !found {
			out = append(out, model.SubsidyLine{Tier: k, Monthly: a[k]})
		}
	}
	return out
}

// Grid is the set of schedules that a design chooses from: each tier pays last year's amount
// and a whole number of steps more, up to the greatest raise and the ceiling, and every tier
// more than the one before, at every number of years of service. A schedule is written as levels, the steps
// of each tier that has posts; a tier without posts follows: last year's amount, or as many
// steps more as the order asks for. The order is not tested afterwards: levels that break it
// can't be reached.
type Grid struct {
	Last    Amounts
	Step    model.Fen
	Raise   model.Fen // of a tier, at most
	Ceiling model.Fen
	Tiers   []model.Tier // that have posts, ascending, from 1 on
	rise    Amounts      // what each tier must pay above the one before, at least
	most    []int        // the highest level of each of Tiers
}

// newGrid makes the grid above last year's schedule. Raise and ceiling bind tiers that have posts.
func newGrid(last model.SubsidySchedule, used []bool, step, raise, ceiling model.Fen) (*Grid, error) {
	g := &Grid{Last: BaseAmounts(last), Step: step, Raise: raise, Ceiling: ceiling}
	for k := 1; k < len(g.Last); k++ {
		g.rise[k] = 1
		for _, line := range last {
			lower := last.Monthly(model.Tier(k-1), line.FromYears) - g.Last[k-1]
			own := last.Monthly(model.Tier(k), line.FromYears) - g.Last[k]
			g.rise[k] = max(g.rise[k], lower-own+1)
		}
		if used[k] {
			g.Tiers = append(g.Tiers, model.Tier(k))
		}
	}
	if len(g.Tiers) == 0 {
		return nil, &DesignError{Field: "county", Value: "no post at a school of tier 1 or higher", Want: "schools with a hardship tier"}
	}
	g.most = make([]int, len(g.Tiers))
	for i, k := range g.Tiers {
		if ceiling < g.Last[k] {
			return nil, &DesignError{Field: "ceiling", Value: ceiling.String(), Want: fmt.Sprintf("at least last year's %s of tier %d", g.Last[k], k)}
		}
		g.most[i] = int(min(raise, ceiling-g.Last[k]) / step)
	}
	low := g.lowest()
	for i, level := range low {
		if level > g.most[i] {
			return nil, &DesignError{Field: "ceiling or raise", Value: ceiling.String() + ", " + raise.String(),
				Want: fmt.Sprintf("room for %s, so that tier %d is above the tier before", g.Last[g.Tiers[i]]+model.Fen(level)*step, g.Tiers[i])}
		}
	}
	g.lowerFrom(g.most)
	return g, nil
}

// lowest are the least levels: last year's schedule, where its order holds.
func (g *Grid) lowest() []int {
	levels := make([]int, len(g.Tiers))
	g.raise(levels)
	return levels
}

// highest are the greatest levels of each tier, which together are a schedule too.
func (g *Grid) highest() []int { return slices.Clone(g.most) }

// raise lifts levels to the least schedule at or above them.
func (g *Grid) raise(levels []int) {
	for i := range levels {
		levels[i] = max(levels[i], g.least(levels, i))
	}
}

// lowerFrom brings levels down to the greatest schedule at or below them. There must be one.
func (g *Grid) lowerFrom(levels []int) {
	for i := len(levels) - 2; i >= 0; i-- {
		for levels[i] > 0 && g.least(levels, i+1) > levels[i+1] {
			levels[i]--
		}
	}
}

// least is the lowest level of the i-th tier above those of the tiers before it.
func (g *Grid) least(levels []int, i int) int {
	amount, k := g.Last[0], model.Tier(0)
	if i > 0 {
		k = g.Tiers[i-1]
		amount = g.Last[k] + model.Fen(levels[i-1])*g.Step
	}
	level := 0
	for k++; k <= g.Tiers[i]; k++ {
		level = g.stepsTo(k, amount+g.rise[k])
		amount = g.Last[k] + model.Fen(level)*g.Step
	}
	return level
}

// stepsTo is the least number of steps by which tier k pays an amount.
func (g *Grid) stepsTo(k model.Tier, amount model.Fen) int {
	return int((max(0, amount-g.Last[k]) + g.Step - 1) / g.Step)
}

// Amounts gives the amounts of levels. Tiers above the last one with posts follow too, so that the
// schedule stays in order.
func (g *Grid) Amounts(levels []int) Amounts {
	a := g.Last
	i := 0
	for k := model.Tier(1); k <= model.MaxTier; k++ {
		switch {
		case i < len(g.Tiers) && g.Tiers[i] == k:
			a[k] = g.Last[k] + model.Fen(levels[i])*g.Step
			i++
		case i < len(g.Tiers) || g.Last[k] > 0:
			a[k] = g.Last[k] + model.Fen(g.stepsTo(k, a[k-1]+g.rise[k]))*g.Step
		}
	}
	return a
}

// Count is the number of schedules of the grid, or limit where there are more.
func (g *Grid) Count(limit int) int {
	count := 0
	g.each(1, func([]int) bool {
		count++
		return count < limit
	})
	return count
}

// each visits the schedules whose levels are multiples of `every`, and the highest, in order, until
// visit says no. Levels are rounded up where the order asks for more.
func (g *Grid) each(every int, visit func(levels []int) bool) {
	levels := make([]int, len(g.Tiers))
	var walk func(i int) bool
	walk = func(i int) bool {
		if i == len(levels) {
			return visit(levels)
		}
		low := g.least(levels, i)
		for level := low; level <= g.most[i]; {
			levels[i] = level
			if !walk(i + 1) {
				return false
			}
			if level == g.most[i] {
				break
			}
			level = min(g.most[i], (level/every+1)*every)
		}
		return true
	}
	walk(0)
}

// DesignError says which setting of a design is wrong and what would be right.
type DesignError struct {
	Field, Value, Want string
}

func (e *DesignError) Error() string {
	return fmt.Sprintf("subsidy: design %s %q: want %s", e.Field, e.Value, e.Want)
}
