package subsidy

import (
	"math"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Chances sum to 1, and more money for a tier draws people to it.
func TestProbabilities(t *testing.T) {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 60, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	supply := NewSupply(county, OfferedAll)
	m := SyntheticModel()
	m.Spread[AttributeDistance] = 0.02
	tastes := m.Tastes(50, 7)
	raised := BaseAmounts(county.Subsidy)
	for k := range raised {
		if k >= 2 {
			raised[k] += 100_000
		}
	}
	rose := 0
	for person := range supply.People {
		var share [2]float64
		for i, schedule := range []model.SubsidySchedule{county.Subsidy, raised.Schedule(county.Subsidy)} {
			alternatives := supply.Alternatives(nil, person, schedule)
			total := 0.0
			for a, p := range Probabilities(nil, tastes, alternatives) {
				total += p
				if alternatives[a].Tier >= 2 && a+1 < len(alternatives) {
					share[i] += p
				}
			}
			if math.Abs(total-1) > 1e-12 {
				t.Fatalf("person %d: chances sum to %v", person, total)
			}
		}
		if share[1] < share[0] {
			t.Errorf("person %d: %v of tier 2 and harder before the raise, %v after it", person, share[0], share[1])
		}
		if share[1] > share[0] {
			rose++
		}
	}
	if rose == 0 {
		t.Error("nobody answers the raise")
	}
}

// The 5 % and 1 % points of chi-squared, as tables print them.
func TestLikelihoodRatio(t *testing.T) {
	for _, test := range []struct {
		statistic float64
		freedom   int
		p         float64
	}{{3.841, 1, 0.05}, {5.991, 2, 0.05}, {13.277, 4, 0.01}} {
		got := NewLikelihoodRatio(-100, -100+test.statistic/2, test.freedom)
		if math.Abs(got.P-test.p) > 1e-4 || math.Abs(got.Statistic-test.statistic) > 1e-12 {
			t.Errorf("%v with %d degrees of freedom: %+v, want p %v", test.statistic, test.freedom, got, test.p)
		}
	}
}

// Weights rise with the tier by the planner's step.
func TestTierWeights(t *testing.T) {
	w := TierWeights(&model.Rules{TierWeightStep: 2_000})
	if w[0] != model.Whole || w[3] != model.Whole+6_000 {
		t.Errorf("weights %v, want 100%% and 160%% for tiers 0 and 3", w)
	}
}
