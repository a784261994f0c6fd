package native_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// BenchmarkCounty solves networks of the shape of a county, all four levels or the last alone, cold and from the flow in which
// everybody stays.
func BenchmarkCounty(b *testing.B) {
	for _, teachers := range []int{500, 2_000, 5_000, 20_000, 50_000} {
		for _, levels := range []string{"lexicographic", "single"} {
			for _, start := range []string{"cold", "warm"} {
				b.Run(fmt.Sprintf("teachers=%d/%s/%s", teachers, levels, start), func(b *testing.B) {
					p := solvertest.County(teachers, 1)
					if levels == "single" {
						p.Levels = p.Levels[3:]
					}
					if start == "cold" {
						p.Start = nil
					}
					benchmark(b, p)
				})
			}
		}
	}
}

func benchmark(b *testing.B, p *solver.Programme) {
	b.ReportAllocs()
	var pivots int64
	for b.Loop() {
		s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
		if err != nil {
			b.Fatal(err)
		}
		pivots = s.Stats.Pivots
	}
	b.ReportMetric(float64(pivots), "pivots")
	b.ReportMetric(float64(len(p.Tail)), "arcs")
}
