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

func TestExp(t *testing.T) {
	for _, n := range []int{500, 5000, 20000} {
		for _, kind := range []string{"mixed", "lex"} {
			for _, st := range []string{"cold", "unplaced", "stay"} {
				p := solvertest.County(n, 1)
				if kind == "mixed" {
					for a := range p.Levels[3].Cost {
						p.Levels[3].Cost[a] += 2000*p.Levels[0].Cost[a] + 2000000*p.Levels[1].Cost[a] + p.Levels[2].Cost[a]
					}
					p.Levels = p.Levels[3:]
				}
				switch st {
				case "cold":
					p.Start = nil
				case "unplaced":
					for a := range p.Start {
						p.Start[a] = 0
						if p.Tail[a] < int32(n) && int(p.Head[a]) == len(p.Supply)-1 {
							p.Start[a] = 1
						}
					}
				}
				if st == "cold" && n > 5000 {
					continue
				}
				t0 := time.Now()
				s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
				if err != nil {
					t.Fatal(err)
				}
				d := time.Since(t0)
				pv := []int64{s.Stats.FeasibilityPivots}
				for _, l := range s.Levels {
					pv = append(pv, l.Pivots)
				}
				fmt.Println(n, kind, st, d.Round(10*time.Microsecond), "pivots", s.Stats.Pivots, pv)
			}
		}
	}
}
