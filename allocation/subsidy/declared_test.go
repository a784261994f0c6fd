package subsidy

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// tiered makes up choices among posts of tiers 1 to 3 and the outside option; pay gives the subsidy of a tier in a
// choice, in hundreds of yuan. The taste is that of SyntheticModel for subsidy, distance, remoteness and outside.
func tiered(seed uint64, choices int, pay func(choice, tier int) float64) *Data {
	random := rand.New(rand.NewPCG(seed, 2))
	truth := SyntheticModel().Mean
	d := &Data{Columns: []string{"subsidy", "distance", "remoteness", "outside"}, First: []int{0}, Constants: []int{3}}
	for n := range choices {
		var v []float64
		add := func(row ...float64) {
			d.X = append(d.X, row...)
			v = append(v, truth[AttributeSubsidy]*row[0]+truth[AttributeDistance]*row[1]+truth[AttributeRemoteness]*row[2]+truth[AttributeOutside]*row[3])
		}
		for range 6 {
			tier := 1 + random.IntN(3)
			add(pay(n, tier), math.Round(60*random.Float64()), float64(tier), 0)
		}
		add(0, 0, 0, 1)
		softmax(v)
		d.Chosen = append(d.Chosen, d.First[n]+pick(v, random.Float64()))
		d.First = append(d.First, d.Rows())
	}
	return d
}

func TestIdentified(t *testing.T) {
	fixed := []float64{0, 3, 5, 10}
	for _, test := range []struct {
		reason     string
		identified bool
		pay        func(choice, tier int) float64
	}{
		{"one table of amounts", false, func(_, tier int) float64 { return fixed[tier] }},
		{"amounts in proportion to the tier", false, func(_, tier int) float64 { return 2 * float64(tier) }},
		{"a fen of rounding is no variation", false, func(n, tier int) float64 { return fixed[tier] + 0.0001*float64(n%2) }},
		{"another multiple each year", true, func(n, tier int) float64 { return fixed[tier] * float64(1+n%3) }},
		{"the outside option stands still while all tiers rise", true, func(n, tier int) float64 { return fixed[tier] + float64(n%3) }},
		{"one tier rose once", true, func(n, tier int) float64 {
			if n == 7 && tier == 2 {
				return fixed[tier] + 1
			}
			return fixed[tier]
		}},
	} {
		err := tiered(1, 60, test.pay).Identified()
		if (err == nil) != test.identified || (err != nil && !errors.Is(err, ErrNotIdentified)) {
			t.Errorf("%s: got %v, want identified %t", test.reason, err, test.identified)
		}
	}
	var refused *FixedByTierError
	_, err := Estimate(t.Context(), tiered(1, 400, func(_, tier int) float64 { return fixed[tier] }), Options{})
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a %T", err, refused)
	}
	want := []TierAmount{{1, 30000}, {2, 50000}, {3, 100000}} // the outside option pays nothing
	if diff := cmp.Diff(want, refused.Amounts); diff != "" {
		t.Errorf("amounts (-want +got)\n%s", diff)
	}
	// Where no choice has the outside option, only differences are known.
	if within := tiered(1, 60, func(n, tier int) float64 { return fixed[tier] + float64(n%3) }); within.withoutOutside().Identified() == nil {
		t.Error("all tiers rose together, and nobody could choose otherwise: want not identified")
	}
}

// withoutOutside leaves out the last alternative of each choice; where it was chosen the first stands in.
func (d *Data) withoutOutside() *Data {
	rest := &Data{Columns: d.Columns, First: []int{0}}
	for n, chosen := range d.Chosen {
		for i := d.First[n]; i < d.First[n+1]-1; i++ {
			rest.X = append(rest.X, d.row(i)...)
		}
		if chosen == d.First[n+1]-1 {
			chosen = d.First[n]
		}
		rest.Chosen = append(rest.Chosen, chosen-n)
		rest.First = append(rest.First, rest.Rows())
	}
	return rest
}

// Declared ends on both sides of the true effect hold the true willingness to pay; and the more money moves
// people, the less of it makes up for a kilometre.
func TestEstimateDeclared(t *testing.T) {
	data := tiered(3, 4000, func(_, tier int) float64 { return []float64{0, 3, 5, 10}[tier] })
	declared, err := EstimateDeclared(t.Context(), data, Options{}, Elasticity{0.05, 0.2})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range declared.Willingness() {
		truth := -SyntheticModel().Mean[attribute(t, w.Attribute)] / 0.1 * 100
		if w.Attribute == "distance" && (!w.Range.Holds(truth) || w.AtLow <= w.AtMiddle || w.AtMiddle <= w.AtHigh) {
			t.Errorf("%+v: want %v in the range, and less of it for a greater effect", w, truth)
		}
		if w.AtLow < w.Range.Low || w.AtLow > w.Range.High || w.AtHigh < w.Range.Low || w.AtHigh > w.Range.High {
			t.Errorf("%+v: the range leaves out an end", w)
		}
	}
	// With the true effect declared the others are recovered.
	exact, err := EstimateDeclared(t.Context(), data, Options{}, Elasticity{0.099, 0.101})
	if err != nil {
		t.Fatal(err)
	}
	low, middle, high, err := exact.Models(Observe(data), "a test", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range exact.Middle.Coefficients {
		if truth := SyntheticModel().Mean[attribute(t, c.Name)]; !c.Interval().Holds(truth) {
			t.Errorf("%s: %v does not hold %v", c.Name, c.Interval(), truth)
		}
	}
	if low.Mean[AttributeSubsidy] != 0.099 || middle.Mean[AttributeSubsidy] != 0.1 || high.Mean[AttributeSubsidy] != 0.101 || !middle.Declared || middle.Elasticity != exact.Elasticity || middle.Covariance != nil {
		t.Errorf("got %v, %v, %v, declared %t", low.Mean, middle.Mean, high.Mean, middle.Declared)
	}
	if _, err := EstimateDeclared(t.Context(), data, Options{Random: []int{0}}, Elasticity{0.05, 0.2}); err == nil || !strings.Contains(err.Error(), "not both") {
		t.Errorf("a random subsidy: got %v", err)
	}
	if _, err := EstimateDeclared(t.Context(), data.Select([]int{1, 2, 3}), Options{}, Elasticity{0.05, 0.2}); !errors.Is(err, ErrNotIdentified) {
		t.Errorf("no subsidy: got %v", err)
	}
}

// A spread after the subsidy's column keeps its column when that is taken out.
func TestDeclaredRandomColumn(t *testing.T) {
	data := drawn(5, 300, 6, 4, []float64{0.5, -1}, []float64{0, 0.9})
	declared, err := EstimateDeclared(t.Context(), data, Options{Random: []int{1}, Draws: 50}, Elasticity{0.49, 0.51})
	if err != nil {
		t.Fatal(err)
	}
	if c := declared.Middle.Coefficients; len(c) != 2 || c[1].Name != "distance" || !c[1].Spread || !c[1].Interval().Holds(0.9) {
		t.Errorf("got %+v, want a spread of distance of 0.9", c)
	}
}

func attribute(t testing.TB, name string) Attribute {
	a, err := ParseAttribute(name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestParseElasticity(t *testing.T) {
	if e, err := ParseElasticity("0.05:0.15"); err != nil || e != (Elasticity{0.05, 0.15}) || e.String() != "0.05:0.15" {
		t.Errorf("got %v, %v", e, err)
	}
	for _, text := range []string{"", "0.1", "0.2:0.1", "0.1:0.1", "0:1", "-1:1", "a:b", "0.1:b", "0.1:NaN", "NaN:1", "1:6", "0.1:0.2:0.3"} {
		var bad *ElasticityError
		if _, err := ParseElasticity(text); !errors.As(err, &bad) {
			t.Errorf("%q: got %v, want a %T", text, err, bad)
		}
	}
}

// A model comes back from JSON as it was written, alone or as a member of what a command prints.
func TestModelRoundTrip(t *testing.T) {
	data := drawn(5, 200, 4, 4, []float64{0.5, -1}, []float64{0, 0.9})
	fit, err := Estimate(t.Context(), data, Options{Random: []int{1}, Draws: 50})
	if err != nil {
		t.Fatal(err)
	}
	m, err := fit.Model(Observe(data), "a test", true)
	if err != nil {
		t.Fatal(err)
	}
	distance := int(AttributeDistance)
	if m.Covariance[distance][distance] != fit.Robust[1][1] || m.Covariance[distance][AttributeCount+distance] != fit.Robust[1][2] ||
		m.Spread[AttributeDistance] != fit.Coefficients[2].Value || m.Covariance[distance][2] != 0 {
		t.Errorf("the covariance stands elsewhere: %v of %v", m.Covariance, fit.Robust)
	}
	for _, value := range []any{m, map[string]any{"fit": fit, "model": m}} {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadModel(bytes.NewReader(text), "model.json")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, back); diff != "" {
			t.Errorf("(-written +read)\n%s", diff)
		}
	}
	if _, err := (&Fit{Coefficients: []Coefficient{{Name: "gcost"}}}).Model(Observed{}, "", false); err == nil {
		t.Error("a coefficient of no attribute passed")
	}
}

const soundModel = `{"mean":{"subsidy":0.1,"distance":-0.03},"spread":{},"source":"a test"}`

func TestReadModelRefuses(t *testing.T) {
	for _, test := range []struct{ reason, old, replacement, says string }{
		{"no JSON", "{", "[", "coefficients"},
		{"a misspelt member", `"mean"`, `"maen"`, "maen"},
		{"a misspelt attribute", `"distance"`, `"distanse"`, "distance"},
		{"a spread below 0", `"spread":{}`, `"spread":{"town":-1}`, "spread.town"},
		{"a range that leaves out the coefficient", `"source"`, `"elasticity":{"low":0.2,"high":0.3},"source"`, "0.2:0.3"},
		{"a covariance too small", `"source"`, `"covariance":[[1]],"source"`, "18 rows"},
		{"null", soundModel, "null", "coefficients"},
		{"a model that is null", soundModel, `{"model":null}`, "coefficients"},
	} {
		_, err := ReadModel(strings.NewReader(strings.Replace(soundModel, test.old, test.replacement, 1)), "model.json")
		if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "model.json") {
			t.Errorf("%s: got %v, want one that says %q", test.reason, err, test.says)
		}
	}
	if m, err := ReadModel(strings.NewReader(soundModel), "model.json"); err != nil || m.Mean[AttributeDistance] != -0.03 {
		t.Errorf("the sound model: %v, %v", m, err)
	}
}

func FuzzReadModel(f *testing.F) {
	f.Add([]byte(soundModel))
	f.Add([]byte(`{"model":` + soundModel + `}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ReadModel(bytes.NewReader(text), "model.json")
		if err != nil {
			return
		}
		again, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadModel(bytes.NewReader(again), "model.json")
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, again)
		}
		if diff := cmp.Diff(m, back); diff != "" {
			t.Errorf("(-read +again)\n%s", diff)
		}
	})
}

// What was observed is the amounts that could be chosen, by tier, without the outside option.
func TestObserve(t *testing.T) {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 60, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	supply := NewSupply(county, OfferedVacant)
	o := Observe(Simulate(SyntheticModel(), supply, SimulateOptions{Years: 1}).Data)
	var want Observed
	want.Choices = len(supply.People)
	want.Least = math.MaxInt64
	for person := range supply.People {
		for _, a := range supply.Alternatives(nil, person, county.Subsidy) {
			if a.Post < 0 {
				continue
			}
			amount := county.Subsidy.Monthly(a.Tier, supply.People[person].RuralYears)
			want.Least, want.Greatest = min(want.Least, amount), max(want.Greatest, amount)
			tier := &want.Tiers[a.Tier]
			if tier.Alternatives++; tier.Alternatives == 1 {
				tier.Least, tier.Greatest = amount, amount
			}
			tier.Least, tier.Greatest = min(tier.Least, amount), max(tier.Greatest, amount)
		}
	}
	if diff := cmp.Diff(want, o); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	tier := model.Tier(1)
	if seen := o.Tiers[tier]; seen.Alternatives == 0 || !o.CoversTier(tier, seen.Greatest) || o.CoversTier(tier, seen.Greatest+1) || o.CoversTier(tier, seen.Least-1) {
		t.Errorf("tier 1 %+v: want its amounts covered and no others", seen)
	}
	if o.Greatest > o.Tiers[tier].Greatest && !o.Covers(o.Tiers[tier].Greatest+1) {
		t.Error("an amount of another tier is not covered at all")
	}
}
