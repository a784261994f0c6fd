package check

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// For the tests of solved plans, which see the package from outside.
var (
	GoodCounty  = goodCounty
	GoodPlan    = goodPlan
	GoodOptions = func() model.Options { return goodPlan(goodCounty()).Options }
)

// Mutation is a mutation as the outside sees it.
type Mutation struct {
	Rule   model.RuleID
	Reason string
	Apply  func(*model.County, *model.Plan)
}

// Mutations gives every mutation of the tests inside.
func Mutations() []Mutation {
	var list []Mutation
	for _, m := range slices.Concat(peopleMutations(), placeMutations(), recordMutations()) {
		list = append(list, Mutation{m.rule, m.reason, func(c *model.County, p *model.Plan) {
			m.change(p)
			if m.seal {
				seal(c, p)
			}
		}})
	}
	return list
}
