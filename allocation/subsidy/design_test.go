package subsidy

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// smallDesigner has a grid that can be enumerated.
func smallDesigner(t testing.TB, teachers int, seed uint64, workers int) *Designer {
	t.Helper()
	county, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: "mountain", Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	greatest := slices.Max(func() []model.Fen { a := BaseAmounts(county.Subsidy); return a[:] }())
	d, err := NewDesigner(county, SyntheticModel(), DesignOptions{Step: 15_000, Ceiling: greatest + 90_000, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// everySchedule works out every schedule of the grid.
func everySchedule(d *Designer) (all []Outcome) {
	d.Grid.each(1, func(levels []int) bool {
		all = append(all, d.At(d.Grid.Amounts(levels)))
		return true
	})
	return all
}

// A design is the best of all schedules of the grid, and says that it is proven.
func TestDesignEqualsEnumeration(t *testing.T) {
	schedules, designs := 0, 0
	for seed := range uint64(12) {
		d := smallDesigner(t, 60, seed+1, 2)
		all := everySchedule(d)
		schedules += len(all)
		cheapest, dearest := slices.MinFunc(all, byCost).Cost, slices.MaxFunc(all, byCost).Cost
		for _, share := range []model.Share{0, 2_500, 5_000, 10_000} {
			budget := cheapest + model.Fen(share.Of(int64(dearest-cheapest)))
			most := int64(-1)
			for _, o := range all {
				if o.Cost <= budget {
					most = max(most, o.Weight)
				}
			}
			least := model.Fen(-1)
			for _, o := range all {
				if o.Weight == most && (least < 0 || o.Cost < least) {
					least = o.Cost
				}
			}
			got, err := d.MostFilled(t.Context(), budget)
			if err != nil {
				t.Fatal(err)
			}
			designs++
			if got.Weight != most || got.Cost != least || !got.Proven || got.Bound != most {
				t.Errorf("seed %d, budget %s: weight %d at %s, bound %d, proven %v; want %d at %s", seed+1, budget, got.Weight, got.Cost, got.Bound, got.Proven, most, least)
			}
		}
		filled := slices.MaxFunc(all, func(x, y Outcome) int { return cmp.Compare(x.Filled, y.Filled) }).Filled
		got, err := d.LeastCost(t.Context(), filled, 0)
		if err != nil {
			t.Fatal(err)
		}
		designs++
		least := model.Fen(-1)
		for _, o := range all {
			if o.Weight >= d.weightOf(filled) && (least < 0 || o.Cost < least) {
				least = o.Cost
			}
		}
		if got.Cost != least || !got.Proven || model.Fen(got.Bound) != least {
			t.Errorf("seed %d, %d people: %s, bound %d, proven %v; want %s", seed+1, filled, got.Cost, got.Bound, got.Proven, least)
		}
		var unreachable *UnreachableError
		if need := d.response.need; filled < need {
			if _, err := d.LeastCost(t.Context(), need, 0); !errors.As(err, &unreachable) {
				t.Errorf("seed %d: all %d people: error %v, want an UnreachableError", seed+1, need, err)
			}
		}
	}
	t.Logf("%d designs of grids of %d schedules in all", designs, schedules)
}

func byCost(x, y Outcome) int { return cmp.Compare(x.Cost, y.Cost) }

// Every schedule of a grid rises strictly from tier to tier and is nowhere below last year's.
func TestSchedulesRiseStrictly(t *testing.T) {
	for seed := range uint64(5) {
		d := smallDesigner(t, 60, seed+1, 1)
		for _, o := range everySchedule(d) {
			for years := range 31 {
				for k := model.Tier(1); k <= model.MaxTier; k++ {
					amount, before := o.Schedule.Monthly(k, years), o.Schedule.Monthly(k-1, years)
					last := d.County.Subsidy.Monthly(k, years)
					if amount < last || amount <= before && slices.Contains(d.Grid.Tiers, k) {
						t.Fatalf("seed %d, %v: tier %d after %d years pays %s, the tier before %s, last year %s", seed+1, o.Amounts, k, years, amount, before, last)
					}
				}
			}
		}
	}
}

// The number of workers never changes a design.
func TestDesignWorkers(t *testing.T) {
	var first *Design
	for _, workers := range []int{1, 2, 4} {
		d := smallDesigner(t, 200, 3, workers)
		design, err := d.MostFilled(t.Context(), d.At(d.Grid.Last).Cost*11/10)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = design
		}
		if design.Cost != first.Cost || design.Amounts != first.Amounts || design.Nodes != first.Nodes || design.Bound != first.Bound {
			t.Errorf("%d workers: %+v, want %+v", workers, design, first)
		}
	}
}
