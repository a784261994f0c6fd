package native_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// BenchmarkCounty solves networks of the shape of a county, with four levels and with the levels weighted into one,
// cold and from the flow in which everybody stays. B/arc is all that is allocated, the solution included.
func BenchmarkCounty(b *testing.B) {
	for _, teachers := range []int{500, 2_000, 5_000, 20_000} {
		county := solvertest.County(teachers, 1)
		for _, shape := range []struct {
			name      string
			programme *solver.Programme
		}{{"levels=4", county}, {"levels=1", solvertest.Weighted(county)}} {
			cold := *shape.programme
			cold.Start = nil
			name := fmt.Sprintf("teachers=%d/%s", teachers, shape.name)
			b.Run(name+"/cold", func(b *testing.B) { benchmark(b, &cold) })
			b.Run(name+"/start", func(b *testing.B) { benchmark(b, shape.programme) })
		}
	}
}

func benchmark(b *testing.B, p *solver.Programme) {
	b.ReportAllocs()
	var pivots int64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
		if err != nil {
			b.Fatal(err)
		}
		pivots = s.Stats.Pivots
	}
	runtime.ReadMemStats(&after)
	arcs := float64(len(p.Tail))
	b.ReportMetric(float64(pivots), "pivots")
	b.ReportMetric(arcs, "arcs")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/arcs, "B/arc")
}
