package allocation_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
	"github.com/xianguan/xianguan/model/synthetic"
)

// ring is a county of n schools with one post of Chinese each. Teacher Ti of school Si asks for the next school, and the
// last of them for the first. The first school is in town, the others are rural.
func ring(t *testing.T, n int) *model.County {
	t.Helper()
	pack, err := policy.Load("national")
	if err != nil {
		t.Fatal(err)
	}
	c := &model.County{Format: model.Format, ID: "ring", Name: "环县", Date: 20260901, Policy: "national",
		Subjects: []model.Subject{{ID: "chinese", Name: "语文"}}}
	if c.Rules, err = pack.Resolve(nil); err != nil {
		t.Fatal(err)
	}
	c.Rules.BackboneShare = 0
	for i := range n {
		s := model.School{ID: model.SchoolID(fmt.Sprintf("S%d", i+1)), Name: "小学", Town: i == 0, Rural: i > 0, Quota: 4,
			Grades: []model.Grade{{Grade: 1, Pupils: 40}}}
		c.Schools = append(c.Schools, s)
		c.Posts = append(c.Posts, model.ApprovedPost{PostID: chinese(s.ID), Need: 1})
		c.Teachers = append(c.Teachers, model.Teacher{ID: model.TeacherID(fmt.Sprintf("T%d", i+1)), School: s.ID, Stages: []model.Stage{model.StagePrimary},
			Main: "chinese", Born: 19850301, YearsHere: 3, Volunteer: true, Preferences: []model.SchoolID{model.SchoolID(fmt.Sprintf("S%d", (i+1)%n+1))}})
	}
	return c
}

func chinese(s model.SchoolID) model.PostID {
	return model.PostID{School: s, Stage: model.StagePrimary, Subject: "chinese"}
}

// shape writes cycles as (T1 T2) and chains as T1<T2.
func shape(e *allocation.ExchangePlan) (text []string) {
	for _, chain := range e.Chains {
		open, between, end := "(", " ", ")"
		if !chain.Cycle {
			open, between, end = "", "<", ""
		}
		line := open
		for i, m := range chain.Moves {
			if i > 0 {
				line += between
			}
			line += string(m.Teacher)
		}
		text = append(text, line+end)
	}
	return text
}

func TestExchangeShapes(t *testing.T) {
	// vacate takes the first teacher away, so that the others form a chain to S1. Nobody follows the last of them.
	vacate := func(c *model.County) { c.Teachers = c.Teachers[1:] }
	// crowd puts two more people, who stay, at the last school but one's post, so that it can spare somebody.
	crowd := func(c *model.County) {
		extra := c.Teachers[0]
		extra.ID, extra.Volunteer, extra.Preferences = "X", false, nil
		c.Teachers = append(c.Teachers, extra)
	}
	tests := []struct {
		reason  string
		people  int
		change  func(c *model.County)
		options allocation.ExchangeOptions
		want    []string
	}{
		{"two who want each other's school swap", 2, nil, allocation.ExchangeOptions{}, []string{"(T1 T2)"}},
		{"a ring is a cycle", 5, nil, allocation.ExchangeOptions{}, []string{"(T1 T5 T4 T3 T2)"}},
		{"a ring as long as the limit", 5, nil, allocation.ExchangeOptions{LongestCycle: 5}, []string{"(T1 T5 T4 T3 T2)"}},
		{"a ring longer than the limit, also where chains may be long", 5, nil, allocation.ExchangeOptions{LongestCycle: 4}, nil},
		{"a ring longer than the limit, with short chains", 5, nil, allocation.ExchangeOptions{LongestCycle: 4, LongestChain: 3}, nil},
		{"a limit on chains leaves cycles alone", 5, nil, allocation.ExchangeOptions{LongestChain: 1}, []string{"(T1 T5 T4 T3 T2)"}},
		{"no cycles", 2, nil, allocation.ExchangeOptions{LongestCycle: 1}, nil},
		{"no chains, no cycles", 2, nil, allocation.ExchangeOptions{LongestCycle: 1, NoChains: true}, nil},
		{"a vacancy, but nobody who could be spared", 4, vacate, allocation.ExchangeOptions{}, nil},
		{"the last of a chain may leave a post uncovered only where somebody stays", 4, vacate, allocation.ExchangeOptions{Uncovered: 1}, nil},
		{"a post with one too many lets a chain end", 4, func(c *model.County) { crowd(c); c.Teachers = append(c.Teachers[:3:3], c.Teachers[4]) },
			allocation.ExchangeOptions{}, []string{"T3<T2<T1"}},
		{"the chain is longer than the limit", 4, func(c *model.County) { crowd(c); c.Teachers = append(c.Teachers[:3:3], c.Teachers[4]) },
			allocation.ExchangeOptions{LongestChain: 2}, nil},
		{"cycles only", 4, func(c *model.County) { crowd(c); c.Teachers = append(c.Teachers[:3:3], c.Teachers[4]) },
			allocation.ExchangeOptions{NoChains: true}, nil},
		{"a pin keeps somebody, and the ring with them", 3, nil, allocation.ExchangeOptions{Pins: []model.Pin{{Teacher: "T2"}}}, nil},
		{"a ban does so too", 3, nil, allocation.ExchangeOptions{Bans: []model.Pin{{Teacher: "T2", Post: chinese("S3")}}}, nil},
		{"whose term runs stays", 3, func(c *model.County) {
			c.Teachers[1].Term, c.Teachers[1].TermEnds = model.TermDirected, 20290831
		}, allocation.ExchangeOptions{}, nil},
		{"who did not ask and is not due stays", 3, func(c *model.County) { c.Teachers[1].Volunteer = false }, allocation.ExchangeOptions{}, nil},
		{"who is due and has a list takes part, where the share asks for it", 2, func(c *model.County) {
			c.Teachers[0].Volunteer, c.Teachers[0].YearsHere = false, 8
		}, allocation.ExchangeOptions{}, []string{"(T1 T2)"}},
		{"the present school is first on the list", 2, func(c *model.County) {
			c.Teachers[0].Preferences = []model.SchoolID{"S1", "S2"}
		}, allocation.ExchangeOptions{}, nil},
		{"nobody is exchanged who would leave too few backbone teachers among the exchanged", 2, func(c *model.County) { c.Rules.BackboneShare = 2000 },
			allocation.ExchangeOptions{}, nil},
		{"a backbone teacher is", 2, func(c *model.County) {
			c.Rules.BackboneShare, c.Teachers[0].Backbone = 2000, model.BackboneCounty
		}, allocation.ExchangeOptions{}, []string{"(T1 T2)"}},
		{"a ring that is too long moves where a chain from outside passes it, though another would have filled the vacancy", 6, func(c *model.County) {
			place := func(i int, school model.SchoolID, list ...model.SchoolID) {
				c.Teachers[i].School, c.Teachers[i].Preferences = school, list
			}
			place(3, "S4", "S1")                           // T1 to T4 are a ring
			place(4, "S2", "S6", "S5")                     // T5 shares the post of T2, which needs one, and would fill the vacancy
			place(5, "S6", "S5")                           // T6 would be happier there
			c.Teachers = append(c.Teachers, c.Teachers[5]) // and shares a post too
			c.Teachers[6].ID, c.Teachers[6].Volunteer = "T7", false
		}, allocation.ExchangeOptions{LongestCycle: 3, Bans: []model.Pin{{Teacher: "T5", Post: chinese("S6")}}}, []string{"T5<T1<T4<T3<T2"}},
		{"a part of a ring that is too long moves as a chain from a vacancy of its own", 4, func(c *model.County) {
			c.Posts[1].Need = 2
			c.Teachers = append(c.Teachers, c.Teachers[3]) // T5 stays with T4, one too many
			c.Teachers[4].ID, c.Teachers[4].Volunteer = "T5", false
		}, allocation.ExchangeOptions{LongestCycle: 3}, []string{"T1<T4"}},
		{"a swap at the post that a chain leaves is a swap by itself", 4, func(c *model.County) {
			c.Teachers = c.Teachers[:3]
			c.Teachers[1].Preferences[0] = "S1"
			c.Teachers[2].School, c.Teachers[2].Preferences[0] = "S2", "S3"
		}, allocation.ExchangeOptions{LongestCycle: 2}, []string{"(T1 T2)", "T3"}},
		{"two posts at one school let a ring of four fall into two swaps", 4, func(c *model.County) {
			c.Posts = c.Posts[:3]
			c.Posts[0].Need, c.Schools = 2, c.Schools[:3]
			c.Teachers[3].School = "S1"
			c.Teachers[1].Preferences[0], c.Teachers[2].Preferences[0], c.Teachers[3].Preferences[0] = "S1", "S1", "S3"
		}, allocation.ExchangeOptions{LongestCycle: 2}, []string{"(T1 T2)", "(T3 T4)"}},
	}
	for _, test := range tests {
		c := ring(t, test.people)
		if test.change != nil {
			test.change(c)
		}
		e, err := allocation.Exchange(context.Background(), c, &test.options)
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		if diff := cmp.Diff(test.want, shape(e)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
		certify(t, c, e)
	}
}

// The shares are met by who is paid to go, and a share that can't be met is short by what is missing, or no exchange where
// it is hard.
func TestExchangeShares(t *testing.T) {
	build := func(force model.Force, yuan model.Fen) *model.County {
		c := ring(t, 3)
		for i := range c.Teachers {
			c.Teachers[i].Volunteer, c.Teachers[i].Preferences, c.Teachers[i].YearsHere = false, nil, 8
		}
		c.Schools[1].Tier, c.Schools[2].Tier = 2, 3
		c.Subsidy = model.SubsidySchedule{{Tier: 2, Monthly: yuan * 100}, {Tier: 3, Monthly: yuan*100 + 1}}
		c.Teachers[1].School = "S1" // two in town, a vacancy at S2
		c.Rules.ExchangeShare, c.Rules.Exchange = model.Whole, model.RuleSetting{Force: force, Weight: 1}
		return c
	}
	tests := []struct {
		reason            string
		force             model.Force
		yuan              model.Fen
		asked, got, lacks int64
		noPlan            bool
	}{
		{"of two due, one can be spared; the share of both is one short", model.ForceSoft, 300, 2, 1, 1, false},
		{"the share is a goal also where the county's rule is off", model.ForceOff, 300, 2, 1, 1, false},
		{"without a subsidy the move pays nothing, but takes nothing away either", model.ForceOff, 0, 2, 1, 1, false},
		{"a hard share that can't be met", model.ForceHard, 300, 0, 0, 0, true},
	}
	for _, test := range tests {
		c := build(test.force, test.yuan)
		e, err := allocation.Exchange(context.Background(), c, nil)
		var infeasible *allocation.InfeasibleError
		if test.noPlan {
			if !errors.As(err, &infeasible) || infeasible.Conflicts[0].Members[0].Rule != model.RuleExchange {
				t.Errorf("%s: %v, want the exchange rule in conflict", test.reason, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		share := e.Shares[0]
		if share.Of != 2 || share.Asked != test.asked || share.Got != test.got || share.Short != test.lacks || e.Levels[0].Objective != test.lacks {
			t.Errorf("%s: %+v", test.reason, share)
		}
		certify(t, c, e)
	}
}

func TestExchangeFaults(t *testing.T) {
	c := ring(t, 3)
	pool := c.Teachers[0]
	pool.ID, pool.School, pool.Pool, pool.YearsHere = "P", "", model.PoolUnplaced, 0
	c.Teachers = append(c.Teachers, pool)
	tests := []struct {
		reason  string
		options allocation.ExchangeOptions
		field   string
	}{
		{"a negative limit on cycles", allocation.ExchangeOptions{LongestCycle: -1}, "longest_cycle"},
		{"a negative limit on chains", allocation.ExchangeOptions{LongestChain: -2}, "longest_chain"},
		{"negative cover", allocation.ExchangeOptions{Uncovered: -1}, "uncovered"},
		{"a negative time limit", allocation.ExchangeOptions{TimeLimit: -1}, "time_limit"},
		{"an aim that does not exist", allocation.ExchangeOptions{Aim: "gian"}, "aim"},
		{"a pin of somebody unknown", allocation.ExchangeOptions{Pins: []model.Pin{{Teacher: "T9"}}}, "pins.teacher"},
		{"a ban from an unknown post", allocation.ExchangeOptions{Bans: []model.Pin{{Teacher: "T1", Post: chinese("S9")}}}, "bans.post"},
		{"a pin of somebody in the pool", allocation.ExchangeOptions{Pins: []model.Pin{{Teacher: "P", Post: chinese("S1")}}}, "pins.teacher"},
	}
	for _, test := range tests {
		_, err := allocation.Exchange(context.Background(), c, &test.options)
		if faults := model.FieldErrors(err); len(faults) != 1 || faults[0].Field != test.field {
			t.Errorf("%s: %v, want one fault of %s", test.reason, err, test.field)
		}
	}
	c.Teachers[0].Preferences = nil // T1 may go anywhere that pays as well
	c.Subsidy = model.SubsidySchedule{{Tier: 1, Monthly: 50_000}}
	c.Schools[0].Tier = 1
	_, err := allocation.Exchange(context.Background(), c, &allocation.ExchangeOptions{Pins: []model.Pin{{Teacher: "T1", Post: chinese("S2")}}})
	if faults := model.FieldErrors(err); len(faults) != 1 || faults[0].Field != "pins.post" {
		t.Errorf("a pin to a post that pays less: %v", err)
	}
	c.Schools[0].ID = ""
	if _, err := allocation.Exchange(context.Background(), c, nil); len(model.FieldErrors(err)) == 0 {
		t.Errorf("a county that is not valid: %v", err)
	}
}

// A county of 600 people, with several limits, obeys everything that certify asks for; the number of workers shows
// nowhere; and two formulations agree: a limit that the unlimited optimum keeps changes no level.
func TestExchangeOfCounties(t *testing.T) {
	c, err := synthetic.Generate(synthetic.Options{Teachers: 600, Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	run := func(o allocation.ExchangeOptions) *allocation.ExchangePlan {
		t.Helper()
		e, err := allocation.Exchange(context.Background(), c, &o)
		if err != nil {
			t.Fatal(err)
		}
		if e.Stop != model.StopOptimal {
			t.Fatalf("%+v: stopped for %s", o, e.Stop)
		}
		return e
	}
	for _, o := range []allocation.ExchangeOptions{{}, {Aim: allocation.AimGain, LongestCycle: 3, LongestChain: 3}, {LongestCycle: 3}, {LongestChain: 2},
		{NoChains: true, LongestCycle: 4}, {LongestCycle: 1}, {Uncovered: 1, LongestCycle: 2}} {
		e := run(o)
		if len(e.Chains) == 0 {
			t.Fatalf("%+v: nobody moves", o)
		}
		certify(t, c, e)
		o.Workers = 1
		one := text(t, run(o))
		o.Workers = 7
		if seven := text(t, run(o)); seven != one {
			t.Errorf("%+v: another exchange with 7 workers than with 1", o)
		}
		longest := map[bool]int{false: 1, true: 2}
		for _, chain := range e.Chains {
			longest[chain.Cycle] = max(longest[chain.Cycle], len(chain.Moves))
		}
		o.LongestCycle, o.LongestChain = longest[true], longest[false]
		if diff := cmp.Diff(e.Levels, run(o).Levels); e.Options.LongestCycle != 1 && diff != "" {
			t.Errorf("limits %v that the exchange keeps change its levels: (-without +with)\n%s", longest, diff)
		}
	}
}

// text is an exchange as JSON, without the number of workers.
func text(t *testing.T, e *allocation.ExchangePlan) string {
	t.Helper()
	e.Options.Workers = 0
	all, err := json.Marshal([]any{e, e.Plan.Assignments})
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// A search that is cut short gives what it has, and says so: bounds that hold, and nobody worse off.
func TestExchangeStopped(t *testing.T) {
	c, err := synthetic.Zhangwu()
	if err != nil {
		t.Fatal(err)
	}
	best, err := allocation.Exchange(context.Background(), c, &allocation.ExchangeOptions{LongestCycle: 3})
	if err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, limit := range []time.Duration{1, 10 * time.Millisecond, 30 * time.Millisecond, 60 * time.Millisecond} {
		ctx := context.Background()
		if limit == 1 {
			ctx = cancelled
		}
		e, err := allocation.Exchange(ctx, c, &allocation.ExchangeOptions{LongestCycle: 3, TimeLimit: limit})
		if err != nil {
			t.Fatalf("limit %s: %v", limit, err)
		}
		certify(t, c, e)
		if e.Stop == model.StopOptimal {
			continue
		}
		if k := 0; e.Levels[k].Bound > best.Levels[k].Objective || e.Levels[k].Objective < best.Levels[k].Objective {
			t.Errorf("limit %s: level %s has %d and bound %d, but the optimum is %d", limit, e.Levels[k].Name, e.Levels[k].Objective, e.Levels[k].Bound, best.Levels[k].Objective)
		}
		if limit == 1 && e.Stop != model.StopCancelled {
			t.Errorf("stopped for %s, want cancelled", e.Stop)
		}
	}
}

// hasty is a backend whose first answer came at the last moment.
type hasty struct{ native.Solver }

func (h hasty) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	s, err := h.Solver.Solve(ctx, p, o)
	if err == nil {
		last := &s.Levels[len(s.Levels)-1]
		last.Bound--
		last.Gap, last.Proven, last.Certified = solver.RelativeGap(last.Objective, last.Bound), false, false
		s.Stop = solver.StopTime
	}
	return s, err
}

// Where time ends before a cycle that is too long is cut off, it is undone, what else was found stays, and the bounds are
// those of the programme without the cut.
func TestExchangeUndoesLongCycles(t *testing.T) {
	c := ring(t, 7) // a ring of five, and a swap of the other two
	for i, next := range []model.SchoolID{"S2", "S3", "S4", "S5", "S1", "S7", "S6"} {
		c.Teachers[i].Preferences[0] = next
	}
	e := allocation.Exchanger{Options: allocation.ExchangeOptions{LongestCycle: 3}, Backend: hasty{}}
	got, err := e.Exchange(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"(T6 T7)"}, shape(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	certify(t, c, got)
	cost := got.Levels[3]
	if got.Stop != model.StopTime || cost.Proven || cost.Bound >= cost.Objective || !got.Levels[4].Conditional {
		t.Errorf("stopped for %s with cost %+v", got.Stop, cost)
	}
	e.Backend = nil
	if got, err = e.Exchange(context.Background(), c); err != nil || got.Stop != model.StopOptimal || !got.Levels[3].Proven || got.Levels[3].Objective != cost.Objective {
		t.Errorf("with time: %+v, %v", got, err)
	}
}

func TestExchangeProgress(t *testing.T) {
	c := ring(t, 4)
	levels := map[string]bool{}
	e := allocation.Exchanger{Progress: func(p allocation.Progress) { levels[p.Level] = true }}
	if _, err := e.Exchange(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if !levels[""] || !levels[allocation.ExchangeLevelMoves] {
		t.Errorf("progress was shown of levels %v", levels)
	}
}

// A county of 5,000 teachers runs, and a limit that is too long for a network by positions is refused.
func TestExchangeOfManyPeople(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	c, err := synthetic.Generate(synthetic.Options{Teachers: 5000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	e, err := allocation.Exchange(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e.Stop != model.StopOptimal || len(e.Chains) < 50 {
		t.Errorf("stopped for %s with %d cycles and chains", e.Stop, len(e.Chains))
	}
	certify(t, c, e)
	_, err = allocation.Exchange(context.Background(), c, &allocation.ExchangeOptions{LongestChain: 1000})
	if faults := model.FieldErrors(err); len(faults) != 1 || faults[0].Field != "longest_chain" {
		t.Errorf("chains of 1,000: %v", err)
	}
}
