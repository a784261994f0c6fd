package native_test

import (
	"context"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"testing"
	"time"
)

func TestQuick(t *testing.T) {
	for _, n := range []int{50, 500, 2000, 5000} {
		for _, cold := range []bool{true, false} {
			p := solvertest.County(n, 1)
			if cold {
				p.Start = nil
			}
			t0 := time.Now()
			s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d := time.Since(t0)
			if err := solver.Verify(p, s); err != nil {
				t.Fatal(err)
			}
			t.Log(n, cold, len(p.Tail), d, s.Stats, s.Stop)
			for _, l := range s.Levels {
				t.Log(l)
			}
		}
	}
}
