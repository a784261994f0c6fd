package allocation

import (
	"errors"
	"fmt"
	"time"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// A plan and the options that it was made with are values of package model; they
// are named here too, so that callers of Solve need one import less.
type (
	Plan    = model.Plan
	Options = model.Options
)

// Progress is a glimpse of a search under way.
type Progress struct {
	Level     string        // of the objective; "" while a first plan is sought
	Objective int64         // of the best plan so far at this level
	Bound     int64         // proven so far at this level
	Pivots    int64         // of the network simplex, over all levels
	Elapsed   time.Duration // since the search began
}

// validateOptions reports every fault of the options, each a *model.FieldError.
func validateOptions(n *instance, o *model.Options) error {
	var faults []error
	fault := func(index int, field string, value any, want string, args ...any) {
		faults = append(faults, &model.FieldError{Table: "options", Index: index, Field: field,
			Value: fmt.Sprint(value), Want: fmt.Sprintf(want, args...)})
	}
	if o.TimeLimit < 0 {
		fault(-1, "time_limit", o.TimeLimit, "0 (none) or more")
	}
	if !(o.Gap >= 0 && o.Gap <= 1) {
		fault(-1, "gap", o.Gap, "a share from 0 to 1")
	}
	if o.Workers < 0 {
		fault(-1, "workers", o.Workers, "0 (one for each processor) or more")
	}
	weight := func(field string, share model.Share) {
		if share < 0 || share > maxWeight {
			fault(-1, field, share, "a share from 0%% to %s", maxWeight)
		}
	}
	if o.Weights.TierStep != nil {
		weight("weights.tier_step", *o.Weights.TierStep)
	}
	if o.Weights.School != nil {
		weight("weights.school", *o.Weights.School)
	}
	for _, id := range sortedKeys(o.Weights.Subject) {
		weight("weights.subject."+string(id), o.Weights.Subject[id])
		if _, found := n.subjects[id]; !found {
			fault(-1, "weights.subject", id, "a subject of the curriculum%s", didYouMean(id, sortedKeys(n.subjects)))
		}
	}
	seen := map[model.TeacherID]bool{}
	for i, pin := range o.Pins {
		if seen[pin.Teacher] {
			fault(i, "pins.teacher", pin.Teacher, "each teacher pinned once")
		}
		seen[pin.Teacher] = true
		faults = append(faults, n.validatePin(i, "pins", pin)...)
	}
	for i, ban := range o.Bans {
		if ban.Post.IsZero() {
			fault(i, "bans.post", ban.Post, "a post")
		}
		faults = append(faults, n.validatePin(i, "bans", ban)...)
	}
	return errors.Join(append(faults, validateKeep(o.Keep)...)...)
}

// maxWeight keeps shortage points far inside int64.
const maxWeight model.Share = 100_000

// validatePin checks that a pin or a ban names a teacher who is planned and a
// post that exists.
func (n *instance) validatePin(i int, list string, pin model.Pin) (faults []error) {
	fault := func(field string, value any, want string) {
		faults = append(faults, &model.FieldError{Table: "options", Index: i, Field: list + field, Value: fmt.Sprint(value), Want: want})
	}
	person, found := n.byTeacher[pin.Teacher]
	switch {
	case !found:
		fault(".teacher", pin.Teacher, "a teacher of the county"+didYouMean(pin.Teacher, sortedKeys(n.byTeacher)))
	case person < 0:
		fault(".teacher", pin.Teacher, "a teacher who is not on leave, seconded or retired")
	case pin.Post.IsZero() && n.people[person].present < 0:
		fault(".post", pin.Post, "a post: the teacher has none to keep")
	}
	if _, found := n.byPost[pin.Post]; !pin.Post.IsZero() && !found {
		fault(".post", pin.Post, "a post with a need or a holder, as `xianguan demand` lists them")
	}
	return faults
}

func didYouMean[T ~string](word T, known []T) string {
	texts := lo.Map(known, func(k T, _ int) string { return string(k) })
	if near := model.Nearest(string(word), texts); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
