package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Rules says which of the rules that cut across the network an instance has.
type Rules string

const (
	NoRules  Rules = "none" // the network alone
	AllRules Rules = "all"  // every one, soft with the weight of the policy pack but for those that stay hard
)

// Loose is the tightness of an instance without a budget.
const Loose model.Share = -1

// Instance is a synthetic county and the rules that it is planned under. It is complete once it is prepared; then
// it gives the same county, byte for byte.
type Instance struct {
	Landscape synthetic.Landscape `json:"landscape"`
	Teachers  int                 `json:"teachers"`
	Seed      uint64              `json:"seed"`
	Rules     Rules               `json:"rules"`
	Tightness model.Share         `json:"tightness"` // of the budget, or Loose

	// What Prepare works out, or the best-known file gives.
	Hard   []string  `json:"hard,omitempty"`   // policy keys of rules that are hard, as in housing.force
	Budget model.Fen `json:"budget,omitempty"` // a month; 0 is none
}

// String names the instance, as in "plain-2000-7 all 50%".
func (i Instance) String() string {
	return fmt.Sprintf("%s-%d-%d %s", i.Landscape, i.Teachers, i.Seed, i.rulesText())
}

// rulesText is the rules and the tightness of the budget where there is one.
func (i Instance) rulesText() string {
	if i.Tightness == Loose {
		return string(i.Rules)
	}
	return string(i.Rules) + " " + i.Tightness.String()
}

func tightnessText(t model.Share) string {
	if t == Loose {
		return "none"
	}
	return t.String()
}

// ParseTightness reads what --budget takes: a percentage, or "none".
func ParseTightness(text string) (model.Share, error) {
	if text == "none" {
		return Loose, nil
	}
	t, err := model.ParseShare(text)
	if err == nil && t > model.Whole {
		err = fmt.Errorf("%q is above 100%%", text)
	}
	return t, err
}

// key is what tells instances apart.
func (i Instance) key() Instance {
	i.Hard, i.Budget = nil, 0
	return i
}

// compare orders instances: by rules, landscape, size, budget and seed.
func compare(a, b Instance) int {
	return cmp.Or(-cmp.Compare(a.Rules, b.Rules), cmp.Compare(place(a.Landscape), place(b.Landscape)), cmp.Compare(a.Teachers, b.Teachers),
		cmp.Compare(a.Tightness, b.Tightness), cmp.Compare(a.Seed, b.Seed))
}

func place(l synthetic.Landscape) int { return slices.Index(synthetic.Landscapes(), l) }

// County makes the county of a prepared instance.
func (i Instance) County() (*model.County, error) {
	c, err := synthetic.Generate(synthetic.Options{Teachers: i.Teachers, Landscape: i.Landscape, Seed: i.Seed})
	if err != nil {
		return nil, err
	}
	return c, i.impose(c)
}

// impose puts the rules of the instance in the place of the county's own.
func (i Instance) impose(c *model.County) error {
	own := i.overrides()
	c.Overrides = slices.DeleteFunc(slices.Clone(c.Overrides), func(o model.Override) bool {
		return slices.ContainsFunc(own, func(new model.Override) bool { return new.Key == o.Key })
	})
	c.Overrides = append(c.Overrides, own...)
	pack, err := policy.Load(c.Policy)
	if err != nil {
		return err
	}
	c.Rules, err = pack.Resolve(c.Overrides)
	return err
}

// overrides switches the rules on: every key that says whether a rule binds, so that a rule that is new to the
// policy takes part by itself.
func (i Instance) overrides() []model.Override {
	var all []model.Override
	if i.Rules == AllRules {
		for _, key := range forceKeys() {
			force := model.ForceSoft
			if slices.Contains(i.Hard, key) {
				force = model.ForceHard
			}
			all = append(all, model.Override{Key: key, Value: force.String()})
		}
	}
	if i.Budget > 0 {
		all = append(all, model.Override{Key: "subsidy.budget", Value: i.Budget.String()})
	}
	return all
}

// forceKeys are the policy keys that switch a rule off, soft or hard.
func forceKeys() []string {
	return slices.DeleteFunc(policy.Keys(), func(key string) bool { return !strings.HasSuffix(key, ".force") })
}

// hardKeys are the rules that a county rather holds than weighs, where everybody staying obeys them.
var hardKeys = []string{"housing.force", "outflow.force"}

// Prepare works out which rules are hard and the budget. It plans the county's network once, and
// with rules states its programme once for each of the hard ones.
func (i Instance) Prepare(ctx context.Context) (Instance, error) {
	i = i.key()
	c, err := i.County()
	if err != nil {
		return i, err
	}
	if i.Tightness != Loose {
		if i.Budget, err = i.budget(ctx); err != nil {
			return i, err
		}
	}
	if i.Rules != AllRules {
		return i, nil
	}
	for _, key := range hardKeys {
		trial := i
		trial.Hard, trial.Budget = []string{key}, 0
		if err := trial.impose(c); err != nil {
			return i, err
		}
		p, err := allocation.Programme(c, nil)
		if err != nil {
			return i, err
		}
		if p.Start != nil { // everybody stays
			i.Hard = append(i.Hard, key)
		}
	}
	return i, nil
}

// budget works out the tight budget; see the package comment.
func (i Instance) budget(ctx context.Context) (model.Fen, error) {
	network := i.key()
	network.Rules, network.Tightness = NoRules, Loose
	c, err := network.County()
	if err != nil {
		return 0, err
	}
	plan, err := allocation.Solve(ctx, c, nil)
	if err != nil {
		return 0, err
	}
	if plan.Stop != model.StopOptimal {
		return 0, fmt.Errorf("bench: the budget of %s: stopped (%s) before the optimal plan was proven: %w", i, plan.Stop, context.Cause(ctx))
	}
	stay, optimal := subsidies(c, plan)
	budget := stay + model.Fen(i.Tightness.Of(int64(optimal-stay)))
	return budget - budget%100, nil
}

// subsidies gives the county's subsidies a month if everybody stays, and those of a plan.
func subsidies(c *model.County, plan *model.Plan) (stay, planned model.Fen) {
	tier := map[model.SchoolID]model.Tier{}
	for i := range c.Schools {
		tier[c.Schools[i].ID] = c.Schools[i].Tier
	}
	years := map[model.TeacherID]int{}
	for i := range c.Teachers {
		years[c.Teachers[i].ID] = c.Teachers[i].RuralYears
	}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		if a.Ground != model.GroundAway && !a.From.IsZero() {
			stay += c.Subsidy.Monthly(tier[a.From.School], years[a.Teacher])
		}
	}
	return stay, plan.Cost.Subsidy
}
