package bench

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
	"github.com/xianguan/xianguan/model/synthetic"
)

func prepare(t *testing.T, i Instance) (Instance, *model.County) {
	t.Helper()
	i, err := i.Prepare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	county, err := i.County()
	if err != nil {
		t.Fatal(err)
	}
	if err := county.Validate(); err != nil {
		t.Fatal(err)
	}
	return i, county
}

// With all rules every rule that can be switched is on, in every landscape, and everybody staying is a plan. The
// same instance gives the same county.
func TestAllRules(t *testing.T) {
	for _, landscape := range synthetic.Landscapes() {
		asked := Instance{Landscape: landscape, Teachers: 120, Seed: 3, Rules: AllRules, Tightness: 5000}
		i, county := prepare(t, asked)
		if len(forceKeys()) < 6 {
			t.Fatalf("only the keys %v switch a rule", forceKeys())
		}
		for _, key := range forceKeys() {
			want := model.ForceSoft
			if slices.Contains(i.Hard, key) {
				want = model.ForceHard
			}
			if got, _ := policy.Text(&county.Rules, key); got != want.String() {
				t.Errorf("%s: %s is %s, want %s", landscape, key, got, want)
			}
		}
		if diff := cmp.Diff(hardKeys, i.Hard); diff != "" {
			t.Errorf("%s: everybody staying obeys what is held hard (-want +got)\n%s", landscape, diff)
		}
		p, err := allocation.Programme(county, nil)
		if err != nil {
			t.Fatal(err)
		}
		if p.Start == nil {
			t.Errorf("%s: everybody staying breaks a rule", landscape)
		}
		again, other := prepare(t, asked)
		if diff := cmp.Diff(i, again); diff != "" || county.Hash() != other.Hash() {
			t.Errorf("%s: another county the second time\n%s", landscape, diff)
		}
	}
}

// No budget is as tight as 0 %: everybody staying keeps to it, and not to a yuan less. At 100 % the best plan of the
// network keeps to it, and a higher tightness never means a lower budget.
func TestBudget(t *testing.T) {
	instance := Instance{Landscape: synthetic.Mountain, Teachers: 120, Seed: 5, Rules: NoRules, Tightness: 0}
	stays := func(budget model.Fen) bool {
		i := instance
		i.Budget = budget
		county, err := i.County()
		if err != nil {
			t.Fatal(err)
		}
		p, err := allocation.Programme(county, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p.Start != nil
	}
	lowest, _ := prepare(t, instance)
	if !stays(lowest.Budget) || stays(lowest.Budget-100) {
		t.Errorf("a budget of %s is not what everybody staying costs", lowest.Budget)
	}
	instance.Tightness = Loose
	_, loose := prepare(t, instance)
	plan, err := allocation.Solve(context.Background(), loose, nil)
	if err != nil {
		t.Fatal(err)
	}
	instance.Tightness = model.Whole
	highest, _ := prepare(t, instance)
	if highest.Budget != plan.Cost.Subsidy {
		t.Errorf("a budget of %s at 100%%, want the subsidies of the optimal plan %s", highest.Budget, plan.Cost.Subsidy)
	}
	instance.Tightness = 3333
	middle, _ := prepare(t, instance)
	exact := lowest.Budget + (highest.Budget-lowest.Budget)*3333/10000
	if middle.Budget != exact-exact%100 || middle.Budget <= lowest.Budget || middle.Budget >= highest.Budget {
		t.Errorf("a budget of %s at 33.33%%, want %s in whole yuan, between %s and %s", middle.Budget, exact, lowest.Budget, highest.Budget)
	}
}

// A budget that was not worked out because the context ended is an error, not a wrong budget.
func TestPrepareCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if i, err := (Instance{Landscape: synthetic.Plain, Teachers: 120, Rules: AllRules, Tightness: 5000}).Prepare(ctx); err == nil {
		t.Errorf("budget %s", i.Budget)
	}
}

func TestParseTightness(t *testing.T) {
	for _, test := range []struct {
		text string
		want model.Share
		ok   bool
	}{{"50%", 5000, true}, {"0%", 0, true}, {"none", Loose, true}, {"100%", 10000, true}, {"101%", 0, false}, {"half", 0, false}, {"-1%", 0, false}} {
		if got, err := ParseTightness(test.text); (err == nil) != test.ok || (test.ok && got != test.want) {
			t.Errorf("%q: %v, %v, want %v", test.text, got, err, test.want)
		}
	}
}
