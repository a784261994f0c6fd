package allocation_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// asked counts what the answers were.
type asked struct{ same, forbidden, conflict, exact, open, tie, displaced int }

// askWhyNot asks about a pair and compares the answer with a plan of the whole county with the pair pinned. The county with the changes made is appraised by the
// checker, which shares no code with the answer: it must cost what is said, and obey every rule.
func askWhyNot(t *testing.T, e *allocation.Explainer, c *model.County, plan *model.Plan, evaluator *check.Evaluator, teacher model.TeacherID, post model.PostID, seen *asked) {
	t.Helper()
	w, err := e.WhyNot(t.Context(), teacher, post)
	if err != nil {
		t.Fatalf("%s to %s: %v", teacher, post, err)
	}
	to := map[model.TeacherID]model.PostID{}
	for i := range plan.Assignments {
		to[plan.Assignments[i].Teacher] = plan.Assignments[i].To
	}
	if w.Same != (to[teacher] == post) || w.Planned != to[teacher] {
		t.Fatalf("%s to %s: same %v, planned %s, the plan has %s", teacher, post, w.Same, w.Planned, to[teacher])
	}
	options := plan.Options
	options.Pins = nil
	for _, pin := range plan.Options.Pins {
		if pin.Teacher != teacher {
			options.Pins = append(options.Pins, pin)
		} else if len(w.Forbidden) > 0 {
			return // one pin a teacher: the rule on pins is tested with the others
		}
	}
	options.Pins = append(options.Pins, model.Pin{Teacher: teacher, Post: post})
	forced, err := allocation.Solve(t.Context(), c, &options)
	var infeasible *allocation.InfeasibleError
	var field *model.FieldError
	switch {
	case w.Same:
		seen.same++
	case len(w.Forbidden) > 0:
		if seen.forbidden++; !errors.As(err, &infeasible) && !errors.As(err, &field) {
			t.Fatalf("%s to %s is said to be forbidden by %v, but can be had: %v", teacher, post, w.Forbidden, err)
		}
	case w.Conflict != nil:
		if seen.conflict++; !errors.As(err, &infeasible) {
			t.Fatalf("%s to %s is said to have no plan, but has: %v", teacher, post, err)
		}
	case err != nil:
		t.Fatalf("%s to %s: %v, but %+v is said", teacher, post, err, w)
	default:
		costed(t, w, plan, forced, evaluator, to, seen)
	}
}

func costed(t *testing.T, w *allocation.WhyNot, plan, forced *model.Plan, evaluator *check.Evaluator, to map[model.TeacherID]model.PostID, seen *asked) {
	t.Helper()
	tie, exact := true, true
	var want, got, levels []int64
	for k, level := range forced.Levels {
		extra := level.Objective - plan.Levels[k].Objective
		want, got = append(want, extra), append(got, w.Extra[k].High)
		levels = append(levels, plan.Levels[k].Objective+extra)
		tie, exact = tie && extra == 0, exact && w.Extra[k].Exact()
	}
	if diff := cmp.Diff(want, got); diff != "" || w.Tie != tie {
		t.Fatalf("%s to %s, tie %v: extra (-planned again +said)\n%s", w.Teacher, w.Post, w.Tie, diff)
	}
	if exact {
		seen.exact++
	} else {
		seen.open++
	}
	if tie {
		seen.tie++
	}
	if w.Changes[0] != (allocation.Displacement{Teacher: w.Teacher, From: w.Planned, To: w.Post}) {
		t.Fatalf("%s to %s: the first change is %+v", w.Teacher, w.Post, w.Changes[0])
	}
	for _, change := range w.Changes {
		if to[change.Teacher] != change.From || change.From == change.To {
			t.Fatalf("%s to %s: %+v, in the plan %s", w.Teacher, w.Post, change, to[change.Teacher])
		}
		to[change.Teacher] = change.To
	}
	seen.displaced += len(w.Changes) - 1
	a := evaluator.Appraise(to)
	if len(a.Violations) > 0 {
		t.Fatalf("%s to %s: with the changes %v, %v", w.Teacher, w.Post, w.Changes, a.Violations)
	}
	if diff := cmp.Diff(levels, a.Levels); diff != "" {
		t.Fatalf("%s to %s: levels with the changes (-said +appraised)\n%s", w.Teacher, w.Post, diff)
	}
}

// askAll asks about every teacher and every post of the plan.
func askAll(t *testing.T, c *model.County, plan *model.Plan, seen *asked) *allocation.Explainer {
	t.Helper()
	e, err := allocation.NewExplainer(t.Context(), c, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	evaluator := check.NewEvaluator(c, plan.Options)
	for i := range plan.Assignments {
		for p := range plan.Posts {
			askWhyNot(t, e, c, plan, evaluator, plan.Assignments[i].Teacher, plan.Posts[p].PostID, seen)
		}
	}
	return e
}

func TestWhyNotEqualsPlanningAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	var seen asked
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	askAll(t, c, plan, &seen)
	counties := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 77))
		c := randomCounty(r)
		o := randomOptions(r, c)
		plan, err := allocation.Solve(t.Context(), c, &o)
		if err != nil {
			continue
		}
		counties++
		e := askAll(t, c, plan, &seen)
		rankings(t, e, plan)
		if again, _, err := allocation.Replan(t.Context(), c, plan, &model.Options{Keep: &model.Keep{First: seed%2 == 0}, Pins: plan.Options.Pins}); err == nil && seed%5 == 0 {
			askAll(t, c, again, &seen) // with the changes as a level
		}
	}
	t.Logf("%d counties: %+v", counties, seen)
	if counties < 200 || seen.exact < 500 || seen.displaced < 100 || seen.tie < 5 || seen.conflict < 20 || seen.forbidden < 1000 || seen.open > 0 {
		t.Errorf("too few answers of a kind to mean anything, or some not exact: %+v", seen)
	}
}

// rankings checks that lists of alternatives say what WhyNot says, in order, and leave nothing out.
func rankings(t *testing.T, e *allocation.Explainer, plan *model.Plan) {
	t.Helper()
	type pair struct {
		teacher model.TeacherID
		post    model.PostID
	}
	listed := map[pair]bool{}
	take := func(list []allocation.Alternative) {
		for i, x := range list {
			listed[pair{x.Teacher, x.Post}] = true
			w, err := e.WhyNot(t.Context(), x.Teacher, x.Post)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(w.Extra, x.Extra); diff != "" {
				t.Fatalf("%s to %s (-why not +listed)\n%s", x.Teacher, x.Post, diff)
			}
			if i > 0 && dearer(list[i-1].Extra, x.Extra) {
				t.Fatalf("%+v is listed before %+v", list[i-1], x)
			}
		}
	}
	for i := range plan.Assignments {
		reasons, err := e.Teacher(t.Context(), plan.Assignments[i].Teacher, 1000)
		if err != nil {
			t.Fatal(err)
		}
		take(reasons.Alternatives)
	}
	byTeacher := len(listed)
	for i := range plan.Posts {
		list, err := e.Candidates(t.Context(), plan.Posts[i].PostID, 1000)
		if err != nil {
			t.Fatal(err)
		}
		take(list)
	}
	if len(listed) != byTeacher {
		t.Fatalf("posts list %d pairs that teachers do not", len(listed)-byTeacher)
	}
	for i := range plan.Assignments {
		for p := range plan.Posts {
			w, err := e.WhyNot(t.Context(), plan.Assignments[i].Teacher, plan.Posts[p].PostID)
			if err != nil {
				t.Fatal(err)
			}
			if listed[pair{w.Teacher, w.Post}] != (w.Extra != nil) {
				t.Fatalf("%s to %s: listed %v, extra %v", w.Teacher, w.Post, !(w.Extra != nil), w.Extra)
			}
		}
	}
}

func dearer(a, b []allocation.Extra) bool {
	for k := range a {
		if a[k].High != b[k].High {
			return a[k].High > b[k].High
		}
	}
	return false
}

// With rules across schools an answer is a plan made again.
func TestWhyNotWithRulesAcrossSchools(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	var seen asked
	counties := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 5))
		c := randomCounty(r)
		crossRandom(r, c)
		plan, err := allocation.Solve(t.Context(), c, nil)
		if err != nil {
			continue
		}
		counties++
		askAll(t, c, plan, &seen)
	}
	t.Logf("%d counties: %+v", counties, seen)
	if counties < 20 || seen.exact < 30 || seen.conflict < 3 {
		t.Errorf("too few answers to mean anything: %+v", seen)
	}
}

// Three posts of every 50th teacher of zhangwu, or with XIANGUAN_ALL_TEACHERS of each: two that the teacher could have, where there are any, and one of all.
func TestWhyNotInZhangwu(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	c, err := table.Read("../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	e, err := allocation.NewExplainer(t.Context(), c, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	evaluator := check.NewEvaluator(c, plan.Options)
	var seen asked
	random := rand.New(rand.NewPCG(3, 1))
	stride := 50
	if os.Getenv("XIANGUAN_ALL_TEACHERS") != "" {
		stride = 1
	}
	for i := 0; i < len(plan.Assignments); i += stride {
		teacher := plan.Assignments[i].Teacher
		posts := []model.PostID{plan.Posts[random.IntN(len(plan.Posts))].PostID}
		reasons, err := e.Teacher(t.Context(), teacher, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for range min(2, len(reasons.Alternatives)) {
			posts = append(posts, reasons.Alternatives[random.IntN(len(reasons.Alternatives))].Post)
		}
		for _, post := range posts {
			askWhyNot(t, e, c, plan, evaluator, teacher, post, &seen)
		}
	}
	t.Logf("%+v", seen)
	if seen.exact < 10 || seen.displaced < 10 {
		t.Errorf("too few answers to mean anything: %+v", seen)
	}
}

func TestExplainerRefuses(t *testing.T) {
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	good, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		spoil  func(p *model.Plan)
		want   string
	}{
		{"a plan of other data", func(p *model.Plan) { p.CountyHash = "0" }, `plan: county_hash "0": want`},
		{"a teacher who is not there", func(p *model.Plan) { p.Assignments[1].Teacher = "T22" }, "did you mean"},
		{"a post that no rule allows", func(p *model.Plan) { p.Assignments[3].To = p.Assignments[1].To }, "that the rules allow"},
		{"somebody left out", func(p *model.Plan) { p.Assignments[0].To = model.PostID{} }, "everybody who has one now"},
		{"too many in a post", func(p *model.Plan) { p.Assignments[5].To = p.Assignments[1].To }, "xianguan verify"},
		{"a plan that can be bettered", func(p *model.Plan) { p.Assignments[1].To = p.Assignments[1].From }, "not optimal: its shortage"},
	} {
		spoilt := *good
		spoilt.Assignments = append([]model.Assignment(nil), good.Assignments...)
		test.spoil(&spoilt)
		if _, err := allocation.NewExplainer(t.Context(), c, &spoilt, nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.reason, err, test.want)
		}
	}
	e, err := allocation.NewExplainer(t.Context(), c, good, nil)
	if err != nil {
		t.Fatal(err)
	}
	var unknown *model.UnknownWordError
	if _, err := e.WhyNot(t.Context(), "T11", good.Posts[0].PostID); !errors.As(err, &unknown) {
		t.Errorf("unknown teacher: %v", err)
	}
	if _, err := e.WhyNot(t.Context(), "T1", model.PostID{School: "S9"}); !errors.As(err, &unknown) {
		t.Errorf("unknown post: %v", err)
	}
	if _, err := e.School(t.Context(), "S11"); !errors.As(err, &unknown) {
		t.Errorf("unknown school: %v", err)
	}
}

func BenchmarkWhyNot(b *testing.B) {
	c, err := synthetic.Generate(synthetic.Options{Teachers: 5000, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	plan, err := allocation.Solve(b.Context(), c, nil)
	if err != nil {
		b.Fatal(err)
	}
	e, err := allocation.NewExplainer(b.Context(), c, plan, nil)
	if err != nil {
		b.Fatal(err)
	}
	var pairs []allocation.Alternative
	for i := range plan.Assignments {
		reasons, err := e.Teacher(b.Context(), plan.Assignments[i].Teacher, 1)
		if err != nil {
			b.Fatal(err)
		}
		if pairs = append(pairs, reasons.Alternatives...); len(pairs) > 50 {
			break
		}
	}
	for i := 0; b.Loop(); i++ {
		pair := pairs[i%len(pairs)]
		if _, err := e.WhyNot(b.Context(), pair.Teacher, pair.Post); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWhyNotAcrossSchools asks about pairs of zhangwu with six soft rules across schools. people/answer is how many a pair changes.
func BenchmarkWhyNotAcrossSchools(b *testing.B) {
	c, err := synthetic.Zhangwu()
	if err != nil {
		b.Fatal(err)
	}
	rules := &c.Rules
	for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Backbone, &rules.Housing, &rules.Outflow, &rules.RuralFirst, &rules.Experience} {
		setting.Force = model.ForceSoft
	}
	plan, err := allocation.Solve(b.Context(), c, nil)
	if err != nil {
		b.Fatal(err)
	}
	e, err := allocation.NewExplainer(b.Context(), c, plan, nil)
	if err != nil {
		b.Fatal(err)
	}
	var pairs []allocation.Alternative
	for i := 0; i < len(plan.Assignments) && len(pairs) < 25; i += 50 {
		reasons, err := e.Teacher(b.Context(), plan.Assignments[i].Teacher, 3)
		if err != nil {
			b.Fatal(err)
		}
		pairs = append(pairs, reasons.Alternatives...)
	}
	asked, people := 0, 0
	for b.Loop() {
		for _, pair := range pairs {
			w, err := e.WhyNot(b.Context(), pair.Teacher, pair.Post)
			if err != nil || len(w.Extra) == 0 {
				b.Fatal(w, err)
			}
			asked, people = asked+1, people+len(w.Changes)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(asked), "ms/answer")
	b.ReportMetric(float64(people)/float64(asked), "people/answer")
}
