package sharing

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/xianguan/xianguan/model"
)

// The cheapest remedies against every way to give out days and hosts: for each the rest is a flow of least cost.
func TestRemediesEqualEveryWay(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	compared, means := 0, map[Means]int{}
	for seed := range uint64(200) {
		c, _ := small(t, 2000+seed)
		random := rand.New(rand.NewPCG(seed, 9))
		for i := range c.Teachers { // so that something stays missing beside people with time
			if random.IntN(3) == 0 {
				c.Teachers[i].Release.Mentoring = model.Tenths(10 * random.IntN(12))
			}
		}
		p := planned(t, c)
		o := Options{NoVisits: true, NoNetwork: seed%3 > 0, Joined: 1, NetworkShare: 3000, Proof: 20 * time.Second,
			PostCost: model.Fen(1+random.IntN(50)) * 40_00, JoinCost: model.Fen(1 + random.IntN(600)), HostCost: model.Fen(1 + random.IntN(5000))}
		r, err := Share(t.Context(), c, p, &o)
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, p, r); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		filled, _ := o.filled()
		g, _, _, err := prepare(t.Context(), c, p, filled)
		if err != nil {
			t.Fatal(err)
		}
		m := g.newRemedyProgramme(r, flowOf(g, r))
		if len(m.short) == 0 || len(m.Columns) == 0 || ways(&m.Programme) > 500 {
			continue
		}
		want := everyWay(t, &m.Programme)
		if r.Remedies.Value != want[0] || !r.Remedies.Proven {
			t.Fatalf("seed %d: %d fen, proven %v, want %d", seed, r.Remedies.Value, r.Remedies.Proven, want[0])
		}
		if m.begin(); m.Objective(0, m.Start, m.StartColumns) < want[0] {
			t.Fatalf("seed %d: the start costs less than the least", seed)
		}
		compared++
		for _, x := range r.Missing {
			means[x.Means]++
		}
	}
	t.Logf("%d counties, %v", compared, means)
	if compared < 30 || means[MeansVisit] < 10 || means[MeansRecruit] < 10 || means[MeansHost]+means[MeansJoin] < 10 {
		t.Error("too few to mean anything")
	}
}

// flowOf gives the time to spare of a result, all that remedies look at.
func flowOf(g *problem, r *Result) []int64 {
	flow := make([]int64, len(g.Tail))
	taught := map[model.TeacherID]int64{}
	for _, x := range r.Teaching {
		taught[x.Teacher] += int64(x.Periods)
	}
	for i := range g.teachers {
		flow[g.spare[i]] = int64(g.teachers[i].load) - taught[g.teachers[i].ID]
	}
	return flow
}

// Every fault in good remedies and in the list of classes is found.
func TestVerifyFindsFaultsOfRemedies(t *testing.T) {
	c := county(t, "fumeng")
	p := planned(t, c)
	good, err := Share(t.Context(), c, p, &Options{NoVisits: true, NetworkShare: 400, Proof: time.Millisecond, HostCost: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(c, p, good); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	first := func(r *Result, means Means) *Remedy {
		for i := range r.Missing {
			if r.Missing[i].Means == means && (means != MeansVisit || r.Missing[i].Monthly > 0) {
				return &r.Missing[i]
			}
		}
		t.Fatalf("no remedy is to %s", means)
		return nil
	}
	for reason, spoil := range map[string]func(r *Result){
		"a class that misses less":      func(r *Result) { r.Classes[0].Missing-- },
		"a class that nobody knows":     func(r *Result) { r.Classes[0].School = "S999" },
		"a class left out":              func(r *Result) { r.Classes = r.Classes[1:] },
		"a remedy left out":             func(r *Result) { r.Missing = r.Missing[1:] },
		"a remedy for more":             func(r *Result) { r.Missing[0].Periods++ },
		"a cheaper post":                func(r *Result) { first(r, MeansRecruit).Monthly-- },
		"a visit by nobody":             func(r *Result) { first(r, MeansVisit).Teacher = "nobody" },
		"a visit of fewer days":         func(r *Result) { first(r, MeansVisit).Days = 0 },
		"a visit that is nearer":        func(r *Result) { first(r, MeansVisit).Metres-- },
		"a visit for nothing":           func(r *Result) { first(r, MeansVisit).Monthly = 0 },
		"another sum":                   func(r *Result) { r.Remedies.Value++ },
		"a bound above the value":       func(r *Result) { r.Remedies.Bound = r.Remedies.Value + 1 },
		"a means that nobody knows":     func(r *Result) { r.Missing[0].Means = "pray" },
		"a lesson joined at the school": func(r *Result) { x := first(r, MeansRecruit); x.Means, x.Host = MeansJoin, x.School },
	} {
		var r Result
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		spoil(&r)
		if Verify(c, p, &r) == nil {
			t.Errorf("%s: found right", reason)
		}
	}
}
