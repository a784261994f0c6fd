package allocation_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// vacancy is an empty post of a plan and what the best of all assignments say about it.
type vacancy struct {
	filled    int
	room      int     // people that the school's quota still allows
	more      []int64 // best levels with a place more; nil: none obeys the rules
	moreQuota []int64 // the same where the school may have a person more than its quota
}

// vacancies tries every assignment on every vacancy of a plan.
func vacancies(c *model.County, plan *model.Plan, room map[model.SchoolID]int) map[model.PostID]*vacancy {
	all, staff := map[model.PostID]*vacancy{}, map[model.SchoolID]int{}
	for i := range plan.Posts {
		p := &plan.Posts[i]
		if staff[p.School] += p.Filled; p.Short() > 0 {
			all[p.PostID] = &vacancy{filled: p.Filled, room: room[p.School]}
		}
	}
	less := func(best *[]int64, levels []int64) {
		if *best == nil || slices.Compare(levels, *best) < 0 {
			*best = levels
		}
	}
	appraiseMappings(c, plan.Options, func(to map[model.TeacherID]model.PostID, a check.Appraisal) {
		in, people := map[model.PostID]int{}, map[model.SchoolID]int{}
		for _, p := range to {
			in[p]++
			people[p.School]++
		}
		for id, v := range all {
			beyond := len(a.Violations) == 1 && a.Violations[0].Rule == model.RuleQuota && a.Violations[0].School == id.School && people[id.School] == staff[id.School]+v.room+1
			switch {
			case in[id] <= v.filled:
			case len(a.Violations) == 0:
				less(&v.more, a.Levels)
				less(&v.moreQuota, a.Levels)
			case beyond:
				less(&v.moreQuota, a.Levels)
			}
		}
	})
	return all
}

// emptyPosts asks about every school, and checks that every vacancy of the plan is told once, with its numbers.
func emptyPosts(t *testing.T, c *model.County, plan *model.Plan) (e *allocation.Explainer, empty []allocation.EmptyPost, room map[model.SchoolID]int) {
	t.Helper()
	e, err := allocation.NewExplainer(t.Context(), c, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	vacant := map[model.PostID]int{}
	for i := range plan.Posts {
		if n := plan.Posts[i].Short(); n > 0 {
			vacant[plan.Posts[i].PostID] = n
		}
	}
	room = map[model.SchoolID]int{}
	for i := range c.Schools {
		s, err := e.School(t.Context(), c.Schools[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		room[s.School] = s.Room
		for _, x := range s.Empty {
			if x.Vacant != vacant[x.Post] {
				t.Fatalf("%s: %d vacant, the plan has %d", x.Post, x.Vacant, vacant[x.Post])
			}
			delete(vacant, x.Post)
			counted(t, e, c, &x)
		}
		empty = append(empty, s.Empty...)
	}
	if len(vacant) > 0 {
		t.Fatalf("%v are empty, and nothing says why", vacant)
	}
	return e, empty, room
}

// counted counts again, person by person, who could have an empty post.
func counted(t *testing.T, e *allocation.Explainer, c *model.County, x *allocation.EmptyPost) {
	t.Helper()
	possible, excluded, distant := 0, 0, 0
	for j := range c.Teachers {
		w, err := e.WhyNot(t.Context(), c.Teachers[j].ID, x.Post)
		if err != nil {
			t.Fatal(err)
		}
		if !w.Same && len(w.Forbidden) == 0 {
			possible++
		}
		if len(w.Forbidden) == 1 && w.Forbidden[0].Rule == model.RuleDistance {
			distant++
		}
	}
	for _, count := range x.Excluded {
		excluded += count.People
	}
	if possible != x.Eligible || excluded != x.Qualified-x.Eligible || distant != x.Distant {
		t.Fatalf("%+v: %d could have it, %d but for the distance", x, possible, distant)
	}
	if (x.Reason == allocation.EmptyReach) != (x.Qualified > 0 && x.Eligible == 0 && distant > 0) {
		t.Fatalf("%+v: %d are too far", x, distant)
	}
}

// placedMore checks what a place more costs against the best of all assignments, and that the changes give a lawful plan that costs so much.
func placedMore(t *testing.T, plan *model.Plan, evaluator *check.Evaluator, x *allocation.EmptyPost, v *vacancy) {
	t.Helper()
	if (x.More == nil) != (v.more == nil) {
		t.Fatalf("%s: %+v, the best of all is %v", x.Post, x.More, v.more)
	}
	if x.More == nil {
		return
	}
	var levels []int64
	for k, extra := range x.More.Extra {
		if !extra.Exact() {
			t.Fatalf("%s: %+v is not exact", x.Post, extra)
		}
		levels = append(levels, plan.Levels[k].Objective+extra.High)
	}
	if diff := cmp.Diff(v.more, levels); diff != "" {
		t.Fatalf("%s: a place more (-best of all +said)\n%s", x.Post, diff)
	}
	to := map[model.TeacherID]model.PostID{}
	for i := range plan.Assignments {
		to[plan.Assignments[i].Teacher] = plan.Assignments[i].To
	}
	if len(x.More.Changes) == 0 || x.More.Changes[0].To != x.Post {
		t.Fatalf("%s: nobody comes: %+v", x.Post, x.More.Changes)
	}
	for _, change := range x.More.Changes {
		if to[change.Teacher] != change.From || change.From == change.To {
			t.Fatalf("%s: %+v, in the plan %s", x.Post, change, to[change.Teacher])
		}
		to[change.Teacher] = change.To
	}
	a := evaluator.Appraise(to)
	if diff := cmp.Diff(levels, a.Levels); diff != "" || len(a.Violations) > 0 {
		t.Fatalf("%s: with the changes %v, %v\n%s", x.Post, x.More.Changes, a.Violations, diff)
	}
}

// quotaBinds checks that the quota is the reason where one person more in the school betters the best of all assignments, and only there.
func quotaBinds(t *testing.T, plan *model.Plan, x *allocation.EmptyPost, v *vacancy) {
	t.Helper()
	var now []int64
	for _, level := range plan.Levels {
		now = append(now, level.Objective)
	}
	if binds := x.Eligible > 0 && v.moreQuota != nil && slices.Compare(v.moreQuota, now) < 0; binds != (x.Reason == allocation.EmptyQuota) {
		t.Fatalf("%+v, with one person more in the school %v, now %v", x, v.moreQuota, now)
	}
}

// Every vacancy of random counties: its reason, and what a place more costs, against all assignments.
func TestWhyAPostIsEmpty(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	reasons := map[allocation.EmptyReason]int{}
	chains := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 77))
		c := randomCounty(r)
		o := randomOptions(r, c)
		plan, err := allocation.Solve(t.Context(), c, &o)
		if err != nil {
			continue
		}
		_, empty, room := emptyPosts(t, c, plan)
		all, evaluator := vacancies(c, plan, room), check.NewEvaluator(c, plan.Options)
		for i := range empty {
			x := &empty[i]
			v := all[x.Post]
			reasons[x.Reason]++
			placedMore(t, plan, evaluator, x, v)
			if x.More != nil && len(x.More.Changes) > 1 {
				chains++
			}
			quotaBinds(t, plan, x, v)
		}
	}
	t.Logf("%v, %d with others who give way", reasons, chains)
	for _, reason := range []allocation.EmptyReason{allocation.EmptyUnqualified, allocation.EmptyReach, allocation.EmptyForbidden, allocation.EmptyQuota, allocation.EmptyElsewhere} {
		if reasons[reason] < 10 {
			t.Errorf("%s: seen %d times, too few to mean anything", reason, reasons[reason])
		}
	}
	if chains < 10 {
		t.Errorf("only %d chains", chains)
	}
}

// The same with rules across schools. Where one is said to keep a post empty, the best of all assignments without it includes one that fills more of the post.
func TestWhyAPostIsEmptyWithRulesAcrossSchools(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	reasons := map[allocation.EmptyReason]int{}
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 6))
		c := randomCounty(r)
		crossRandom(r, c)
		if seed%2 == 0 { // the budget alone
			c.Rules = randomRules(r)
			c.Rules.ForcedDistance = 60_000
		}
		free, err := allocation.Solve(t.Context(), c, nil)
		if err != nil {
			continue
		}
		if c.Rules.SubsidyBudget = free.Cost.Subsidy * 2 / 3; c.Rules.SubsidyBudget == 0 {
			continue
		}
		plan, err := allocation.Solve(t.Context(), c, nil)
		if err != nil {
			continue
		}
		e, empty, room := emptyPosts(t, c, plan)
		all, evaluator := vacancies(c, plan, room), check.NewEvaluator(c, plan.Options)
		for i := range empty {
			x := &empty[i]
			reasons[x.Reason]++
			placedMore(t, plan, evaluator, x, all[x.Post])
			quotaBinds(t, plan, x, all[x.Post])
			if x.Reason == allocation.EmptyElsewhere && x.More == nil {
				t.Errorf("county %d, %s: better used elsewhere, though no plan fills it", seed, x.Post)
			}
			if x.Reason == allocation.EmptyBudget {
				more := *c
				more.Rules.SubsidyBudget = 0
				best, _ := bestOfAll(&more, plan.Options)
				filled := vacancies(&more, plan, room)[x.Post].more
				if diff := cmp.Diff(best, filled); diff != "" && (filled == nil || x.More != nil) {
					t.Errorf("county %d, %s: without the budget (-best +best with a place more)\n%s", seed, x.Post, diff)
				}
			}
		}
		rankings(t, e, plan)
	}
	t.Logf("%v", reasons)
	for _, reason := range []allocation.EmptyReason{allocation.EmptyBudget, allocation.EmptyElsewhere} {
		if reasons[reason] < 4 {
			t.Errorf("%s: seen %d times, too few to mean anything", reason, reasons[reason])
		}
	}
}

// Several goroutines may ask one Explainer at once, also where answers are searched for and some of what is found is kept.
func TestExplainerTogether(t *testing.T) {
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	c.Rules.SubsidyBudget = 70_000
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(e *allocation.Explainer) (answers []any) {
		for i := range c.Schools {
			s, err := e.School(t.Context(), c.Schools[i].ID)
			answers = append(answers, s, err)
		}
		for i := range c.Teachers {
			r, err := e.Teacher(t.Context(), c.Teachers[i].ID, 10)
			answers = append(answers, r, err)
		}
		return answers
	}
	alone, err := allocation.NewExplainer(t.Context(), c, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := ask(alone)
	shared, err := allocation.NewExplainer(t.Context(), c, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make([][]any, 4)
	var group sync.WaitGroup
	for i := range got {
		group.Go(func() { got[i] = ask(shared) })
	}
	group.Wait()
	for i := range got {
		if diff := cmp.Diff(want, got[i]); diff != "" {
			t.Errorf("goroutine %d (-alone +together)\n%s", i, diff)
		}
	}
}
