package allocation

import (
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Amend plans anew for the appellants of a published plan, in the county as it is now that their objections were upheld, and touches as
// few other people as it can: before all else, and with proof by the level of changes, whose bound nothing comes before. The appellants' own changes don't
// count; in Changes they have the reason ChangeAppeal. Everything else is as in [Planner.Replan]. Options.Keep may be
// nil; with Keep.First false and Keep not nil the others come after shortage and unplaced, as there.
//
// Ids that the published plan does not plan are no appellants. Errors are those of [Solve].
func (planner *Planner) Amend(ctx context.Context, c *model.County, published *model.Plan, appellants []model.TeacherID) (*model.Plan, *Changes, error) {
	again := *planner
	if again.Options.Keep == nil {
		again.Options.Keep = &model.Keep{First: true}
	}
	return again.replan(ctx, c, published, appellants)
}

// setApart takes the posts of some people out of a list.
func setApart(posts []model.Pin, apart []model.TeacherID) (others, own []model.Pin) {
	for _, pin := range posts {
		if slices.Contains(apart, pin.Teacher) {
			own = append(own, pin)
		} else {
			others = append(others, pin)
		}
	}
	return others, own
}
