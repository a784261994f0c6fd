package allocation

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// BenchmarkSolve plans synthetic counties end to end, from a county in memory to
// a plan proven optimal at every level: validation, demand, pairs, network,
// four levels, and the plan with the county's hash. B/pair is all memory that a plan
// allocates, for each eligible pair of a teacher and a post.
func BenchmarkSolve(b *testing.B) {
	for _, teachers := range []int{500, 2_000, 5_000, 20_000} {
		b.Run(fmt.Sprintf("teachers=%d", teachers), func(b *testing.B) {
			county := benchmarkCounty(b, teachers)
			pairs, pivots := networkFacts(b, county)
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b.ResetTimer()
			for range b.N {
				plan, err := Solve(context.Background(), county, nil)
				if err != nil || plan.Stop != model.StopOptimal {
					b.Fatal(plan, err)
				}
			}
			b.StopTimer()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(pivots), "pivots")
			b.ReportMetric(float64(pairs)/float64(teachers), "pairs/teacher")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/float64(pairs), "B/pair")
		})
	}
}

// BenchmarkCrossRules plans the two counties of Fuxin with six rules that cut across
// the network, all soft, to proven optimality at every level.
func BenchmarkCrossRules(b *testing.B) {
	for name, read := range map[string]func() (*model.County, error){"zhangwu": synthetic.Zhangwu, "fumeng": synthetic.Fumeng} {
		b.Run(name, func(b *testing.B) {
			county, err := read()
			if err != nil {
				b.Fatal(err)
			}
			rules := &county.Rules
			for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Backbone, &rules.Housing, &rules.Outflow,
				&rules.RuralFirst, &rules.Experience} {
				setting.Force = model.ForceSoft
			}
			b.ReportAllocs()
			for b.Loop() {
				plan, err := Solve(context.Background(), county, nil)
				if err != nil || plan.Stop != model.StopOptimal {
					b.Fatal(plan, err)
				}
			}
		})
	}
}

// BenchmarkCancel cancels the plan of a county of 5,000 teachers with soft rules across schools and a tight budget at
// several moments: while the programme is stated, in the opening, in the first relaxation. ms/latest is the longest time from
// the cancellation to the plan that comes back.
func BenchmarkCancel(b *testing.B) {
	county := benchmarkCounty(b, 5_000)
	rules := &county.Rules
	for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Backbone, &rules.Housing, &rules.Outflow,
		&rules.Rotation, &rules.Support, &rules.Partners, &rules.Experience} {
		setting.Force = model.ForceSoft
	}
	var latest time.Duration
	for b.Loop() {
		for _, after := range []time.Duration{0, 25, 50, 100, 200, 300, 400, 500, 700, 1_000, 2_000} {
			ctx, cancel := context.WithCancel(context.Background())
			var cancelled time.Time
			time.AfterFunc(after*time.Millisecond, func() {
				cancelled = time.Now()
				cancel()
			})
			plan, err := Solve(ctx, county, nil)
			if err != nil || plan.Stop != model.StopCancelled {
				b.Fatal(plan, err)
			}
			latest = max(latest, time.Since(cancelled))
		}
	}
	b.ReportMetric(float64(latest.Microseconds())/1000, "ms/latest")
}

// BenchmarkDemand derives the posts of a county of 5,000 teachers.
func BenchmarkDemand(b *testing.B) {
	county := benchmarkCounty(b, 5_000)
	b.ReportAllocs()
	for b.Loop() {
		Demand(county)
	}
}

func benchmarkCounty(b *testing.B, teachers int) *model.County {
	county, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	return county
}

// networkFacts counts the eligible pairs and the pivots of a county's network.
func networkFacts(b *testing.B, county *model.County) (pairs int, pivots int64) {
	n := newInstance(county, &model.Options{})
	n.setPins()
	g := newProgramme(n, n.eligiblePairs())
	g.Start = g.flow(n.asTheyAre())
	solution, err := native.Solver{}.Solve(context.Background(), g.Programme, solver.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return len(g.pairs.post), solution.Stats.Pivots
}
