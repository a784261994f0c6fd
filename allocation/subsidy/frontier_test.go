package subsidy

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// lively is a designer whose county answers money: twice what the synthetic model has, with more to be had elsewhere.
func lively(t testing.TB, teachers int, seed uint64, weights [model.MaxTier + 1]model.Share) *Designer {
	t.Helper()
	county, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: synthetic.Mountain, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	m := SyntheticModel()
	m.Mean[AttributeSubsidy] *= 2
	m.Mean[AttributeOutside] += 2
	greatest := slices.Max(func() []model.Fen { a := BaseAmounts(county.Subsidy); return a[:] }())
	d, err := NewDesigner(county, m, DesignOptions{Step: 15_000, Ceiling: greatest + 90_000, Weights: weights, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// paretoFront picks from all schedules those that none dominates, from a fill on: pairs of weight and cost.
func paretoFront(all []Outcome, least int64) (front [][2]int64) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(x, y Outcome) int { return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.Cost, y.Cost)) })
	for _, o := range all {
		if n := len(front); o.Weight >= least && (n == 0 || int64(o.Cost) < front[n-1][1]) {
			front = append(front, [2]int64{o.Weight, int64(o.Cost)})
		}
	}
	slices.Reverse(front)
	return front
}

// With points enough the front is that of all schedules of the grid; with fewer it is part of that, with both ends.
func TestFrontierEqualsEnumeration(t *testing.T) {
	found, some := 0, 0
	for seed := range uint64(12) {
		var weights [model.MaxTier + 1]model.Share
		if seed%2 == 1 {
			weights = TierWeights(&model.Rules{TierWeightStep: 2500})
		}
		d := lively(t, 100+50*int(seed%3), seed+1, weights)
		want := paretoFront(everySchedule(d), d.At(d.Grid.Amounts(d.Grid.lowest())).Weight)
		f, err := d.Frontier(t.Context(), FrontierOptions{Points: len(want) + 1})
		if err != nil {
			t.Fatal(err)
		}
		var got [][2]int64
		for _, p := range f.Points {
			got = append(got, [2]int64{p.Weight, int64(p.Cost)})
			if !p.Proven || p.Bound != p.Cost {
				t.Errorf("seed %d, weight %d: proven %v, cost %s, bound %s", seed+1, p.Weight, p.Proven, p.Cost, p.Bound)
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" || !f.Complete {
			t.Errorf("seed %d: complete %v, front (-want +got):\n%s", seed+1, f.Complete, diff)
		}
		found += len(got)
		few, err := d.Frontier(t.Context(), FrontierOptions{Points: 4})
		if err != nil {
			t.Fatal(err)
		}
		if len(few.Points) > 4 {
			t.Errorf("seed %d: %d points, want 4 at most", seed+1, len(few.Points))
		}
		for i, p := range few.Points {
			some++
			pair := [2]int64{p.Weight, int64(p.Cost)}
			if !slices.Contains(want, pair) {
				t.Errorf("seed %d: %v is not on the front", seed+1, pair)
			}
			if i == 0 && pair != want[0] || i == len(few.Points)-1 && pair != want[len(want)-1] {
				t.Errorf("seed %d: end %v of the front %v", seed+1, pair, want)
			}
		}
	}
	t.Logf("%d points of complete fronts, %d of short ones", found, some)
}

// A marginal is the slope to each neighbour, and a budget cuts the front off.
func TestFrontierBudget(t *testing.T) {
	d := lively(t, 200, 5, [model.MaxTier + 1]model.Share{})
	whole, err := d.Frontier(t.Context(), FrontierOptions{Points: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.Points) < 4 {
		t.Fatalf("%d points: too few to cut", len(whole.Points))
	}
	for i, p := range whole.Points[1 : len(whole.Points)-1] {
		for _, near := range []FrontierPoint{whole.Points[i], whole.Points[i+2]} {
			slope := float64(p.Cost-near.Cost) / (float64(p.Weight-near.Weight) / float64(model.Whole))
			if slope < float64(p.Yuan.Low)-1 || slope > float64(p.Yuan.High) {
				t.Errorf("point %d: slope %.1f is not in %+v", i+1, slope, *p.Yuan)
			}
		}
	}
	middle := whole.Points[len(whole.Points)/2]
	part, err := d.Frontier(t.Context(), FrontierOptions{Points: 1000, Budget: middle.Cost})
	if err != nil {
		t.Fatal(err)
	}
	if got := part.Points[len(part.Points)-1]; got.Cost != middle.Cost || got.Weight != middle.Weight || len(part.Points) != len(whole.Points)/2+1 {
		t.Errorf("budget %s: %d points, the last %d at %s; want %d, the last %d", middle.Cost, len(part.Points), got.Weight, got.Cost, len(whole.Points)/2+1, middle.Weight)
	}
	var unreachable *UnreachableError
	if _, err := d.Frontier(t.Context(), FrontierOptions{Budget: 1}); !errors.As(err, &unreachable) {
		t.Errorf("budget of a fen: error %v, want an UnreachableError", err)
	}
}

// BenchmarkFrontier traces 20 points for synthetic counties, with every alternative worked out anew.
func BenchmarkFrontier(b *testing.B) {
	for _, teachers := range []int{1000, 5000} {
		b.Run(fmt.Sprintf("teachers=%d", teachers), func(b *testing.B) {
			county, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: synthetic.Mountain, Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d, err := NewDesigner(county, SyntheticModel(), DesignOptions{})
				if err != nil {
					b.Fatal(err)
				}
				f, err := d.Frontier(b.Context(), FrontierOptions{})
				if err != nil {
					b.Fatal(err)
				}
				proven, gap := 0, 0.0
				for _, p := range f.Points {
					if gap = max(gap, p.Gap()); p.Proven {
						proven++
					}
				}
				b.ReportMetric(float64(len(f.Points)), "points")
				b.ReportMetric(float64(proven), "proven")
				b.ReportMetric(100*gap, "gap-%")
				b.ReportMetric(float64(f.Nodes), "nodes")
				b.ReportMetric(float64(f.Schedules), "schedules")
			}
		})
	}
}
