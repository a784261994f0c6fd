package sharing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

func planned(t testing.TB, c *model.County) *model.Plan {
	t.Helper()
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func county(t testing.TB, name string) *model.County {
	t.Helper()
	c, err := table.Read("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// small is a random county of a few schools.
func small(t testing.TB, seed uint64) (*model.County, *model.Plan) {
	t.Helper()
	c, err := synthetic.Generate(synthetic.Options{Teachers: 20 + int(seed%30), Landscape: synthetic.Plain, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return c, planned(t, c)
}

// The sharing of small counties against every way to give out days: for each, what can then be taught is a flow with the days fixed.
func TestShareEqualsEveryWayToVisit(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	compared, visited := 0, 0
	for seed := range uint64(400) {
		c, p := small(t, seed)
		o := Options{Days: 1 + int(seed%2), Schools: 1 + int(seed/2%2), Joined: 1, NoNetwork: seed%3 == 0, NetworkShare: []model.Share{0, 3000}[seed/3%2], PeriodsADay: 4, Rounds: 100, Proof: 20 * time.Second}
		filled, err := o.filled()
		if err != nil {
			t.Fatal(err)
		}
		g, _, _, err := prepare(t.Context(), c, p, filled)
		if err != nil {
			t.Fatal(err)
		}
		ways := 1
		for _, column := range g.Columns {
			if ways *= int(column.Upper) + 1; ways > 600 {
				break
			}
		}
		if ways > 600 || len(g.visits) == 0 {
			continue
		}
		r, err := Share(t.Context(), c, p, &o)
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, p, r); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want := everyWay(t, g)
		for k, level := range r.Levels {
			if level.Value != want[k] || !level.Proven {
				t.Fatalf("seed %d, level %s: %d, proven %v, want %d", seed, level.Name, level.Value, level.Proven, want[k])
			}
		}
		compared++
		if len(r.Visits) > 0 {
			visited++
		}
	}
	t.Logf("%d counties, %d with visits", compared, visited)
	if compared < 40 || visited < 20 {
		t.Errorf("%d counties, %d with visits: too few to mean anything", compared, visited)
	}
}

// everyWay fixes the columns in every way, and gives the best objective.
func everyWay(t *testing.T, g *problem) []int64 {
	t.Helper()
	var best []int64
	fixed := *g.Programme
	fixed.Start, fixed.StartColumns = nil, nil
	fixed.Columns = slices.Clone(g.Columns)
	var walk func(k int)
	walk = func(k int) {
		if k < len(fixed.Columns) {
			for v := int64(0); v <= g.Columns[k].Upper; v++ {
				fixed.Columns[k].Lower, fixed.Columns[k].Upper = v, v
				walk(k + 1)
			}
			return
		}
		s, err := native.Solver{}.Solve(t.Context(), &fixed, solver.Options{})
		if err != nil {
			return // these days break a bound
		}
		var value []int64
		for _, level := range s.Levels {
			value = append(value, level.Objective)
		}
		if best == nil || slices.Compare(value, best) < 0 {
			best = value
		}
	}
	walk(0)
	return best
}

// With visits and lessons over the network every class of the sample counties has its full periods (开齐开足), or what is missing has a remedy, and less is
// missing the more may be shared.
func TestFullCurriculum(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	for _, name := range []string{"zhangwu", "fumeng"} {
		c := county(t, name)
		p := planned(t, c)
		before := int64(-1)
		ways := []Options{{NoVisits: true, NoNetwork: true}, {NoNetwork: true}, {}}
		if name == "fumeng" {
			ways = ways[2:]
		}
		for _, o := range ways {
			o.Proof, o.Rounds = time.Second, 150
			r, err := Share(t.Context(), c, p, &o)
			if err != nil {
				t.Fatal(err)
			}
			if err := Verify(c, p, r); err != nil {
				t.Fatal(err)
			}
			missing := r.Levels[levelMissing]
			t.Logf("%s: alone %s, missing %d, bound %d; network %d, bound %d; %d visits, %d joins, %d remedies", name, r.Alone, missing.Value, missing.Bound,
				r.Levels[levelNetwork].Value, r.Levels[levelNetwork].Bound, len(r.Visits), len(r.Joins), len(r.Missing))
			if before >= 0 && missing.Value >= before || o.NoVisits && missing.Value != int64(r.Alone) {
				t.Errorf("%s: %d tenths are missing, %d with less shared, %s alone", name, missing.Value, before, r.Alone)
			}
			before = missing.Value
		}
		if most := map[string]int64{"zhangwu": 0, "fumeng": 250}[name]; before > most { // Mongolian at the only host of its stage
			t.Errorf("%s: %d tenths of periods are missing", name, before)
		}
	}
}

func TestShareIsTheSameAgain(t *testing.T) {
	c := county(t, "zhangwu")
	p := planned(t, c)
	var texts [2]string
	for i := range texts {
		r, err := Share(t.Context(), c, p, &Options{NoNetwork: true, Rounds: 100, Proof: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		r.Levels = nil // their bounds depend on the time for the proof
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(text)
	}
	if texts[0] != texts[1] {
		t.Error("the same county, plan and options give another sharing")
	}
}

// Every fault in a good result is found.
func TestVerifyFindsFaults(t *testing.T) {
	c := county(t, "zhangwu")
	p := planned(t, c)
	good, err := Share(t.Context(), c, p, &Options{Joined: 1, Rounds: 50, Proof: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(c, p, good); err != nil || len(good.Visits) == 0 || len(good.Joins) == 0 {
		t.Fatalf("%v, %d visits, %d joins", err, len(good.Visits), len(good.Joins))
	}
	text, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	for reason, spoil := range map[string]func(r *Result){
		"more taught than there is":       func(r *Result) { r.Teaching[0].Periods += 200 },
		"taught by somebody unqualified":  func(r *Result) { r.Teaching[0].Subject = "mongolian" },
		"taught by nobody":                func(r *Result) { r.Teaching[0].Teacher = "nobody" },
		"a visit without a day":           func(r *Result) { r.Visits[0].Days = 0 },
		"a visit that is shorter":         func(r *Result) { r.Visits[0].Metres -= 1000 },
		"a visit that is not there":       func(r *Result) { r.Visits = r.Visits[1:] },
		"a visit from elsewhere":          func(r *Result) { r.Visits[0].Home = r.Visits[0].School },
		"more days than may be":           func(r *Result) { r.Options.Days = 0 },
		"farther than may be":             func(r *Result) { r.Options.Reach = 1 },
		"more periods a day":              func(r *Result) { r.Options.PeriodsADay = 1 },
		"more schools than may be":        func(r *Result) { r.Options.Schools = 0 },
		"more classes joined than may be": func(r *Result) { r.Options.Joined = 0 },
		"a host that is none":             func(r *Result) { r.Joins[0].Host = r.Joins[0].School },
		"more over the network":           func(r *Result) { r.Joins[0].Periods += 10 },
		"a lesson that is shorter":        func(r *Result) { r.Lessons[0].Periods-- },
		"a lesson that is left out":       func(r *Result) { r.Lessons = r.Lessons[1:] },
		"a sum that is wrong":             func(r *Result) { r.Lessons[0].Own++ },
		"a level that is too good":        func(r *Result) { r.Levels[levelNetwork].Value-- },
		"a bound above the value":         func(r *Result) { r.Levels[levelMissing].Bound = r.Levels[levelMissing].Value + 1 },
		"a remedy for nothing":            func(r *Result) { r.Missing = append(r.Missing, Remedy{PostID: r.Lessons[0].PostID, Periods: 5}) },
		"the network though it is off":    func(r *Result) { r.Options.NoNetwork = true },
		"visits though they are off":      func(r *Result) { r.Options.NoVisits = true },
		"more of a lesson on the network": func(r *Result) { r.Options.NetworkShare = 1 },
	} {
		r := &Result{}
		if err := json.Unmarshal(text, r); err != nil {
			t.Fatal(err)
		}
		spoil(r)
		var fault *FaultError
		if err := Verify(c, p, r); !errors.As(err, &fault) {
			t.Errorf("%s passes: %v", reason, err)
		}
	}
}

func TestShareRefuses(t *testing.T) {
	c := county(t, "tiny")
	p := planned(t, c)
	var field *model.FieldError
	if _, err := Share(t.Context(), c, p, &Options{Days: 6}); !errors.As(err, &field) || field.Field != "days" {
		t.Error(err)
	}
	if _, err := Share(t.Context(), county(t, "zhangwu"), p, nil); !errors.Is(err, ErrOtherCounty) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Share(ctx, c, p, nil); err == nil {
		t.Log("a county as small as this is done before anybody looks at the context")
	}
	r, err := Share(t.Context(), c, p, nil)
	if err != nil || Verify(c, p, r) != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(p.CountyHash, r.CountyHash); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkShare(b *testing.B) {
	c := county(b, "fumeng")
	p := planned(b, c)
	for b.Loop() {
		r, err := Share(b.Context(), c, p, &Options{Proof: time.Millisecond})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Levels[levelMissing].Value)/10, "periods-missing")
		b.ReportMetric(float64(r.Levels[levelNetwork].Value)/10, "periods-network")
	}
}
