package native_test

import (
	"context"
	"fmt"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"os"
	"sort"
	"testing"
	"time"
)

func TestDump(t *testing.T) {
	for _, n := range []int{500, 5000, 20000, 50000} {
		p := solvertest.County(n, 1)
		p.Levels = p.Levels[3:]
		f, _ := os.Create(fmt.Sprintf("/tmp/lemon/c%d.min", n))
		solvertest.WriteDIMACS(f, p, 0)
		f.Close()
		p = solvertest.County(n, 1)
		for a := range p.Levels[3].Cost {
			p.Levels[3].Cost[a] += 2000*p.Levels[0].Cost[a] + 2000000*p.Levels[1].Cost[a] + p.Levels[2].Cost[a]
		}
		p.Levels = p.Levels[3:]
		f, _ = os.Create(fmt.Sprintf("/tmp/lemon/m%d.min", n))
		solvertest.WriteDIMACS(f, p, 0)
		f.Close()
	}
}
func TestTime(t *testing.T) {
	for _, n := range []int{500, 5000, 20000, 50000} {
		for _, kind := range []string{"single", "mixed", "lex"} {
			for _, cold := range []bool{true, false} {
				p := solvertest.County(n, 1)
				if kind == "mixed" {
					for a := range p.Levels[3].Cost {
						p.Levels[3].Cost[a] += 2000*p.Levels[0].Cost[a] + 2000000*p.Levels[1].Cost[a] + p.Levels[2].Cost[a]
					}
				}
				if kind != "lex" {
					p.Levels = p.Levels[3:]
				}
				if cold {
					p.Start = nil
				}
				var ds []time.Duration
				var s *solver.Solution
				for range 5 {
					t0 := time.Now()
					var err error
					s, err = native.Solver{}.Solve(context.Background(), p, solver.Options{})
					if err != nil {
						t.Fatal(err)
					}
					ds = append(ds, time.Since(t0))
					if n > 5000 {
						break
					}
				}
				sort.Slice(ds, func(i, j int) bool { return ds[i] < ds[j] })
				pv := []int64{s.Stats.FeasibilityPivots}
				for _, l := range s.Levels {
					pv = append(pv, l.Pivots)
				}
				fmt.Println(n, kind, "cold", cold, ds[len(ds)/2].Round(time.Microsecond*10), "pivots", s.Stats.Pivots, pv, "obj", s.Levels[len(s.Levels)-1].Objective)
			}
		}
	}
}
