package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Every exchange of 1,000 random counties is as good as the best of all sets of moves, at every
// level, with limits and without, and where no set obeys the rules there is no exchange. The enumeration asks package check about
// the rules and the cost, and works out for itself who would be worse off, which posts lose people and
// whether cycles and chains can be as short as asked.
func TestExchangeEqualsBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	const counties = 1000
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 4))
		c := exchangeCounty(r)
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d is not valid: %v", seed, err)
		}
		o := exchangeOptions(r, c)
		b := newExchangeContest(c, &o)
		want := b.best()
		e, err := allocation.Exchange(context.Background(), c, &o)
		var infeasible *allocation.InfeasibleError
		switch {
		case want == nil:
			seen["infeasible"]++
			if !errors.As(err, &infeasible) || len(infeasible.Conflicts) == 0 {
				t.Fatalf("county %d: no set of moves obeys the rules, but Exchange gives %v, %v", seed, e, err)
			}
			continue
		case err != nil:
			t.Fatalf("county %d: %v, but an exchange with objective %v obeys the rules", seed, err, want)
		}
		var got []int64
		for _, level := range e.Levels {
			got = append(got, level.Objective)
			if !level.Proven {
				t.Fatalf("county %d: level %s is not proven", seed, level.Name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("county %d, %+v: objective of %v (-best of %d sets +exchange)\n%s", seed, o, e.Chains, b.tried, diff)
		}
		certify(t, c, e)
		countExchange(seen, e)
	}
	t.Logf("counties that had: %v", seen)
	for _, what := range []string{"infeasible", "cycle", "chain", "long cycle", "long chain", "several", "none", "rotation", "volunteer", "short", "met", "limits", "gain"} {
		if seen[what] < counties/75 {
			t.Errorf("only %d of %d counties had %q: the set no longer tests it", seen[what], counties, what)
		}
	}
}

func countExchange(seen map[string]int, e *allocation.ExchangePlan) {
	has := map[string]bool{"none": len(e.Chains) == 0, "several": len(e.Chains) > 1, "short": e.Shares[0].Short > 0, "gain": e.Gain > 0,
		"met": e.Shares[0].Asked > 0 && e.Shares[0].Short == 0, "limits": e.Options.LongestChain > 0 || e.Options.LongestCycle > 0}
	for _, chain := range e.Chains {
		has["cycle"] = has["cycle"] || chain.Cycle
		has["chain"] = has["chain"] || !chain.Cycle
		has["long cycle"] = has["long cycle"] || (chain.Cycle && len(chain.Moves) > 2)
		has["long chain"] = has["long chain"] || (!chain.Cycle && len(chain.Moves) > 1)
		for _, m := range chain.Moves {
			has[m.Ground.String()] = true
		}
	}
	for what, yes := range has {
		if yes {
			seen[what]++
		}
	}
}

// exchangeContest holds what the brute force knows of a county.
type exchangeContest struct {
	c           *model.County // the two shares soft, of weight 1, unless hard
	o           *allocation.ExchangeOptions
	evaluator   *check.Evaluator
	stay        map[model.TeacherID]model.PostID
	before      check.Appraisal
	held        map[model.PostID]int
	open, spare map[model.PostID]int
	tried       int
}

func newExchangeContest(c *model.County, o *allocation.ExchangeOptions) *exchangeContest {
	asked := *c
	for _, setting := range []*model.RuleSetting{&asked.Rules.Exchange, &asked.Rules.Backbone} {
		if setting.Force != model.ForceHard {
			*setting = model.RuleSetting{Force: model.ForceSoft, Weight: 1}
		}
	}
	b := &exchangeContest{c: &asked, o: o, stay: map[model.TeacherID]model.PostID{}, held: map[model.PostID]int{},
		open: map[model.PostID]int{}, spare: map[model.PostID]int{}}
	b.evaluator = check.NewEvaluator(b.c, model.Options{Pins: o.Pins, Bans: o.Bans, Seed: o.Seed})
	for i := range c.Teachers {
		p := presentPost(c, &c.Teachers[i])
		b.stay[c.Teachers[i].ID] = p
		b.held[p]++
	}
	b.before = b.evaluator.Appraise(b.stay)
	need := map[model.PostID]int{}
	for _, p := range allocation.Demand(c).Posts {
		need[p.PostID] = p.Need
		b.open[p.PostID] = max(0, p.Need-b.held[p.PostID])
	}
	for p, held := range b.held {
		least := min(held, need[p])
		if least > 0 {
			least = max(1, least-o.Uncovered)
		}
		b.spare[p] = held - least
	}
	return b
}

// best is the least objective of all sets of moves that are allowed, nil where there is none.
func (b *exchangeContest) best() (best []int64) {
	to := map[model.TeacherID]model.PostID{}
	var moves []exchangeStep
	choices := make([][]exchangeStep, len(b.c.Teachers))
	for i := range choices {
		choices[i] = b.moves(i)
	}
	var try func(i int)
	try = func(i int) {
		if i == len(b.c.Teachers) {
			b.tried++
			if levels := b.appraise(to, moves); levels != nil && (best == nil || slices.Compare(levels, best) < 0) {
				best = levels
			}
			return
		}
		id := b.c.Teachers[i].ID
		to[id] = b.stay[id]
		try(i + 1)
		for _, m := range choices[i] {
			to[id], moves = m.to, append(moves, m)
			try(i + 1)
			moves = moves[:len(moves)-1]
		}
	}
	try(0)
	return best
}

// moves lists the moves that a teacher may make and is not worse off by.
func (b *exchangeContest) moves(i int) (moves []exchangeStep) {
	t := &b.c.Teachers[i]
	from := b.stay[t.ID]
	if from.IsZero() {
		return nil
	}
	for _, p := range openPosts(b.c, b.evaluator, b.stay, t) {
		if p.IsZero() || p.School == from.School {
			continue
		}
		if gain, ok := gainOf(b.c, t, from.School, p.School); ok {
			moves = append(moves, exchangeStep{i, from, p, gain})
		}
	}
	return moves
}

// appraise gives the levels of a set of moves, nil where it is not allowed.
func (b *exchangeContest) appraise(to map[model.TeacherID]model.PostID, moves []exchangeStep) []int64 {
	if !divides(moves, b.o, b.open, b.spare) {
		return nil
	}
	a := b.evaluator.Appraise(to)
	if len(a.Violations) > 0 {
		return nil
	}
	points := func(conditions []model.Condition, share bool) (sum int64) {
		for _, c := range conditions {
			if share == (c.Rule == model.RuleExchange || c.Rule == model.RuleBackbone) {
				sum += c.Points
			}
		}
		return sum
	}
	short := func(rule model.RuleID) (sum int64) {
		for _, c := range a.Conditions {
			if c.Rule == rule {
				sum += c.Short
			}
		}
		return sum
	}
	personal := func(a check.Appraisal) int64 { // soft points of people by themselves
		return a.Levels[2] - points(a.Conditions, true) - points(a.Conditions, false)
	}
	gain := int64(0)
	for _, m := range moves {
		gain += m.gain
	}
	cost := a.Levels[3] - b.before.Levels[3]
	levels := []int64{short(model.RuleExchange), short(model.RuleBackbone),
		personal(a) - personal(b.before) + points(a.Conditions, false), cost, -gain, int64(len(moves))}
	if b.o.Aim == allocation.AimGain {
		levels[3], levels[4] = -gain, cost
	}
	if b.o.Seed != 0 {
		levels = append(levels, a.Levels[4]-b.before.Levels[4])
	}
	return levels
}

// certify checks an exchange by the county alone.
func certify(t *testing.T, c *model.County, e *allocation.ExchangePlan) {
	t.Helper()
	b := newExchangeContest(c, &e.Options)
	if report := check.Plan(c, e.Plan); report.Err() != nil {
		t.Fatalf("the plan of the exchange: %v", report.Err())
	}
	moved := map[model.TeacherID]model.PostID{}
	change := map[model.PostID]int{}
	gain := model.Fen(0)
	cost := model.Cost{}
	for _, chain := range e.Chains {
		limit := e.Options.LongestChain
		if chain.Cycle {
			limit = e.Options.LongestCycle
		}
		if limit > 0 && len(chain.Moves) > limit {
			t.Fatalf("a chain or cycle of %d people is longer than %d", len(chain.Moves), limit)
		}
		for i, m := range chain.Moves {
			if _, twice := moved[m.Teacher]; twice {
				t.Fatalf("%s moves twice", m.Teacher)
			}
			moved[m.Teacher] = m.To
			change[m.From]--
			change[m.To]++
			gain, cost = gain+m.Gain, cost.Add(m.Cost)
			teacher := &c.Teachers[slices.IndexFunc(c.Teachers, func(t model.Teacher) bool { return t.ID == m.Teacher })]
			if want, ok := gainOf(c, teacher, m.From.School, m.To.School); !ok || int64(m.Gain) != want || b.stay[m.Teacher] != m.From {
				t.Fatalf("%s is worse off, or gains %d and not %d, or does not come from %s", m.Teacher, want, m.Gain, m.From)
			}
			next := chain.Moves[(i+1)%len(chain.Moves)]
			if (i+1 < len(chain.Moves) || chain.Cycle) && next.To != m.From {
				t.Fatalf("%s leaves %s, but the next in the chain comes to %s", m.Teacher, m.From, next.To)
			}
		}
		first, last := chain.Moves[0], chain.Moves[len(chain.Moves)-1]
		if !chain.Cycle && (b.open[first.To] == 0 || b.spare[last.From] == 0 || e.Options.NoChains) {
			t.Fatalf("the chain %v begins at no vacancy or ends at a post that can spare nobody", chain)
		}
	}
	for i := range e.Plan.Assignments {
		if a := &e.Plan.Assignments[i]; a.Moved() != (moved[a.Teacher] != model.PostID{}) || (a.Moved() && a.To != moved[a.Teacher]) {
			t.Fatalf("%s moves in the plan or in the chains, but not in both: %+v", a.Teacher, a)
		}
	}
	for p, n := range change {
		if n > b.open[p] || -n > b.spare[p] {
			t.Fatalf("post %s has %+d people, with %d vacancies and %d to spare", p, n, b.open[p], b.spare[p])
		}
	}
	if gain != e.Gain || cost != e.Cost {
		t.Fatalf("gain %d and cost %v of the moves, but %d and %v in sum", gain, cost, e.Gain, e.Cost)
	}
}
