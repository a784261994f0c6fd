package native_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// BenchmarkCountyRows solves counties with exchange, backbone, housing, outflow and budget rows, every level, to a gap
// of 0.01 % at the last, within a limit.
func BenchmarkCountyRows(b *testing.B) {
	for _, teachers := range []int{200, 500, 1_000, 2_000} {
		p := solvertest.CountyRows(teachers, 1)
		b.Run(fmt.Sprintf("teachers=%d", teachers), func(b *testing.B) {
			var s *solver.Solution
			for b.Loop() {
				var err error
				if s, err = (native.Solver{}).Solve(context.Background(), p, solver.Options{Gap: 1e-4, TimeLimit: time.Minute}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(s.Stats.Pivots), "pivots")
			b.ReportMetric(float64(len(p.Tail)), "arcs")
			b.ReportMetric(float64(len(p.Rows)), "rows")
			proven := 0
			for _, r := range s.Levels {
				if r.Proven {
					proven++
				}
			}
			b.ReportMetric(float64(proven), "proven")
			b.ReportMetric(s.Levels[len(s.Levels)-1].Gap, "gap")
		})
	}
}
