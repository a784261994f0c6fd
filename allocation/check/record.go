package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// record checks that the plan's own figures are those of the county and of its
// assignments.
func (a *audit) record(p *model.Plan, found outcome) {
	a.heading(p)
	a.settings(p)
	a.levels(p, found.levels)
	a.agree("ledger", found.ledger, p.Ledger)
	a.agree("cost", found.cost, p.Cost)
	a.agree("number of conditions", len(a.conditions), len(p.Conditions))
	for i := range min(len(a.conditions), len(p.Conditions)) {
		a.figure(Violation{School: a.conditions[i].School}, "condition", a.conditions[i], p.Conditions[i])
	}
	a.listedPosts(p)
	a.spareTime(p)
	a.assignments(p, found.costs)
}

// figure checks one figure of the plan: at is where, for a report.
func (a *audit) figure(at Violation, name string, want, got any) {
	if !a.holds(model.RuleRecord, want == got) {
		at.Rule = model.RuleRecord
		at.Want, at.Got = fmt.Sprintf("%s %+v", name, want), fmt.Sprintf("%+v", got)
		a.fault(at)
	}
}

// agree checks one figure of the plan as a whole.
func (a *audit) agree(name string, want, got any) { a.figure(Violation{}, name, want, got) }

// require checks a condition that is no equality.
func (a *audit) require(ok bool, want string, got any) { a.requireAt(Violation{}, ok, want, got) }

// requireAt is require in one place.
func (a *audit) requireAt(at Violation, ok bool, want string, got any) {
	if !a.holds(model.RuleRecord, ok) {
		at.Rule, at.Want, at.Got = model.RuleRecord, want, fmt.Sprint(got)
		a.fault(at)
	}
}

// heading checks what the plan says of the county. A plan of a synthetic county
// says so, with every assumption.
func (a *audit) heading(p *model.Plan) {
	a.agree("format", model.Format, p.Format)
	a.agree("county", a.ID, p.County)
	a.agree("county_name", a.Name, p.CountyName)
	a.agree("county_hash", a.Hash(), p.CountyHash)
	a.agree("date", a.Date, p.Date)
	a.agree("policy", a.Policy, p.Policy)
	a.agree("origin", jsonText(a.Origin), jsonText(p.Origin))
}

// jsonText compares values field by field, whether their lists are nil or empty.
func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// settings checks the options that no county allows: nothing weighs less than 0.
func (a *audit) settings(p *model.Plan) {
	o := &p.Options
	a.require(o.TimeLimit >= 0, "options.time_limit of 0 or more", o.TimeLimit)
	a.require(o.Gap >= 0, "options.gap of 0 or more", o.Gap)
	weigh := func(name string, w model.Share) {
		a.require(w >= 0, "options.weights."+name+" of 0 or more", w)
	}
	if w := o.Weights.TierStep; w != nil {
		weigh("tier_step", *w)
	}
	if w := o.Weights.School; w != nil {
		weigh("school", *w)
	}
	for _, subject := range slices.Sorted(maps.Keys(o.Weights.Subject)) {
		weigh("subject "+string(subject), o.Weights.Subject[subject])
	}
	a.published(o.Keep)
}

// levels checks the names, the objectives, and that bound, gap, proof and stop
// reason go together.
func (a *audit) levels(p *model.Plan, levels []level) {
	proven := true
	for k, want := range levels {
		if k >= len(p.Levels) {
			break
		}
		got := &p.Levels[k]
		name := fmt.Sprintf("levels[%d].", k)
		a.agree(name+"name", want.name, got.Name)
		a.agree(name+"objective", want.value, got.Objective)
		a.require(got.Bound <= got.Objective, fmt.Sprintf("%sbound of at most the objective %d", name, got.Objective), got.Bound)
		gap := relativeGap(got.Objective, got.Bound)
		a.require(math.Abs(got.Gap-gap) <= gapTolerance*max(1, gap), fmt.Sprintf("%sgap %g", name, gap), got.Gap)
		a.agree(name+"proven", got.Bound == got.Objective, got.Proven)
		a.agree(name+"conditional", !proven, got.Conditional)
		proven = proven && got.Proven
	}
	a.agree("number of levels", len(levels), len(p.Levels))
	a.stop(p, proven)
}

// gapTolerance is the relative error allowed in a stated gap: some roundings
// of a float64.
const gapTolerance = 1e-9

// relativeGap is (objective − bound) / max(1, |objective|).
func relativeGap(objective, bound int64) float64 {
	return (float64(objective) - float64(bound)) / max(1, math.Abs(float64(objective)))
}

// stop checks that the search may have ended for the reason given: optimal only
// with every level proven, and gap only with every level within the accepted gap.
func (a *audit) stop(p *model.Plan, proven bool) {
	switch p.Stop {
	case model.StopOptimal:
		a.require(proven, "stop optimal only where every level is proven", "a level that is not")
	case model.StopGap:
		for _, level := range p.Levels {
			a.require(level.Gap <= p.Options.Gap+gapTolerance,
				"stop gap only where every level is within options.gap", fmt.Sprintf("%s with gap %g", level.Name, level.Gap))
		}
	default:
		a.require(p.Stop == model.StopTime || p.Stop == model.StopCancelled, "a known stop reason", p.Stop)
	}
}

// listedPosts checks that the plan lists exactly the right posts, in order, with
// their need, incumbents and people.
func (a *audit) listedPosts(p *model.Plan) {
	listed := make(map[model.PostID]bool, len(p.Posts))
	for i := range p.Posts {
		post := &p.Posts[i]
		at := Violation{Post: post.PostID}
		if i > 0 {
			a.requireAt(at, p.Posts[i-1].Compare(post.PostID) < 0, "posts in order, each once", "it after "+p.Posts[i-1].String())
		}
		a.requireAt(at, a.need[post.PostID] > 0 || a.incumbents[post.PostID] > 0, "posts with a need or an incumbent", "one without")
		a.figure(at, "need", a.need[post.PostID], post.Need)
		a.figure(at, "incumbent", a.incumbents[post.PostID], post.Incumbent)
		a.figure(at, "filled", a.filled[post.PostID], post.Filled)
		listed[post.PostID] = true
	}
	for _, post := range a.posts {
		a.requireAt(Violation{Post: post}, listed[post], "it in the list of posts", "nothing")
	}
}

// spareTime bounds the second subjects (兼教). With N_j people in subject j of a
// stage and P_j its periods, they carry at most max(0, P_j − N_j · load) of each
// subject, and a post carries at most its spare max(0, N_j · load − P_j).
func (a *audit) spareTime(p *model.Plan) {
	carried := map[model.PostID]int64{}
	for i := range p.Posts {
		post := &p.Posts[i]
		at, sum := Violation{Post: post.PostID}, int64(0)
		for _, second := range post.Second {
			a.requireAt(at, second.Periods > 0, "second subjects with periods above 0", fmt.Sprintf("%s of %s", second.Periods, second.Subject))
			other, periods := post.PostID, max(0, int64(second.Periods))
			other.Subject = second.Subject
			carried[other] += periods
			sum += periods
			if left := max(0, -a.time(other)); !a.holds(model.RuleRecord, carried[other] <= left) {
				a.fault(Violation{Rule: model.RuleRecord, Post: post.PostID,
					Want: fmt.Sprintf("at most %s periods of %s as a second subject, which its own posts leave over", tenths(left), second.Subject),
					Got:  tenths(carried[other])})
			}
		}
		if spare := max(0, a.time(post.PostID)); !a.holds(model.RuleRecord, sum <= spare) {
			a.fault(Violation{Rule: model.RuleRecord, Post: post.PostID,
				Want: fmt.Sprintf("second subjects of at most %s periods, the time to spare", tenths(spare)), Got: tenths(sum)})
		}
	}
}

// time is N_j · load − P_j of a post in tenths of a period: time to spare above
// 0, periods left over below.
func (a *audit) time(post model.PostID) int64 {
	return int64(a.need[post])*int64(a.Rules.TeacherLoad.At(post.Stage)) - int64(a.periods[post])
}

// tenths writes a quantity in tenths, which need not fit model.Tenths.
func tenths(n int64) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

// assignments checks that there is one line for each teacher, in order, with
// the present post and the costs.
func (a *audit) assignments(p *model.Plan, costs []model.Cost) {
	a.agree("number of assignments", len(a.Teachers), len(p.Assignments))
	for i := 1; i < len(p.Assignments); i++ {
		before, id := p.Assignments[i-1].Teacher, p.Assignments[i].Teacher
		a.requireAt(Violation{Teacher: id}, before < id, "assignments in order of teachers, each once", "it after "+string(before))
	}
	for i := range a.seats {
		s := &a.seats[i]
		at := Violation{Teacher: s.given.Teacher, Post: s.to}
		a.figure(at, "from", a.present[s.teacher], s.given.From)
		a.figure(at, "cost", costs[i], s.given.Cost)
	}
}
