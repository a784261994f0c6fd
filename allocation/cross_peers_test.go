package allocation_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/highs"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
	"github.com/xianguan/xianguan/model"
)

// solvedCounty is a county with the best objective of all assignments, nil where none
// obeys the rules.
type solvedCounty struct {
	seed    uint64
	county  *model.County
	options model.Options
	want    []int64
}

// batch is how many counties a peer solves at a time: a process for each would take
// longer than the solving.
const batch = 50

// peersAgree has the other solvers that are installed solve the same counties. Where
// XIANGUAN_REQUIRE_ORTOOLS or XIANGUAN_REQUIRE_HIGHS is 1, the absence of one is a failure.
func peersAgree(t *testing.T, counties []solvedCounty) {
	t.Run("ortools", func(t *testing.T) {
		worker := filepath.Join(t.TempDir(), "ortools-worker")
		if out, err := exec.Command("go", "build", "-o", worker, module+"cmd/ortools-worker").CombinedOutput(); err != nil {
			t.Fatalf("go build: %v\n%s", err, out)
		}
		b := ortools.Solver{Worker: worker}
		_, err := b.Solve(context.Background(), &solver.Programme{Levels: []solver.Level{{}}}, solver.Options{})
		present(t, err, "XIANGUAN_REQUIRE_ORTOOLS")
		agree(t, b, counties)
	})
	t.Run("highs", func(t *testing.T) {
		b, err := highs.New(highs.Options{Threads: 1})
		present(t, err, "XIANGUAN_REQUIRE_HIGHS")
		agree(t, b, counties)
	})
}

// present skips a test whose backend is not installed, unless the variable asks for it.
func present(t *testing.T, err error, variable string) {
	t.Helper()
	var unavailable *solver.UnavailableError
	if errors.As(err, &unavailable) && os.Getenv(variable) != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// agree compares a backend with the best of all assignments. The feasible counties are
// solved side by side, as blocks of one programme: the sums of a level are least exactly where every
// block's is.
func agree(t *testing.T, b solver.Backend, counties []solvedCounty) {
	var feasible []solvedCounty
	infeasible := 0
	for _, c := range counties {
		if c.want != nil {
			feasible = append(feasible, c)
			continue
		}
		infeasible++
		_, err := b.Solve(context.Background(), programmeOf(t, &c), solver.Options{})
		var none *solver.InfeasibleError
		if !errors.As(err, &none) {
			t.Errorf("county %d: no assignment obeys the rules, but the error is %v", c.seed, err)
		}
	}
	for first := 0; first < len(feasible); first += batch {
		solveBlocks(t, b, feasible[first:min(first+batch, len(feasible))])
	}
	t.Logf("%d counties, the same at every level; %d more infeasible", len(feasible), infeasible)
}

func programmeOf(t *testing.T, c *solvedCounty) *solver.Programme {
	t.Helper()
	p, err := allocation.Programme(c.county, &c.options)
	if err != nil {
		t.Fatalf("county %d: %v", c.seed, err)
	}
	return p
}

// solveBlocks solves counties as one programme and reads the objective of each.
func solveBlocks(t *testing.T, b solver.Backend, counties []solvedCounty) {
	const levels = 5
	all := &solver.Programme{Levels: make([]solver.Level, levels)}
	blocks := make([]*solver.Programme, len(counties))
	for i := range counties {
		blocks[i] = programmeOf(t, &counties[i])
		addBlock(all, blocks[i])
	}
	s, err := b.Solve(context.Background(), all, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	arcs, columns := 0, 0
	for i, p := range blocks {
		flow, values := s.Flow[arcs:arcs+len(p.Tail)], s.Columns[columns:columns+len(p.Columns)]
		arcs, columns = arcs+len(p.Tail), columns+len(p.Columns)
		var got []int64
		for k := range p.Levels {
			got = append(got, p.Objective(k, flow, values))
		}
		// The programme's shortage leaves out that of every post empty.
		got[0] += check.NewEvaluator(counties[i].county, counties[i].options).Appraise(nil).Levels[0]
		if diff := cmp.Diff(counties[i].want, got); diff != "" {
			t.Errorf("county %d: objective (-best of all +%s)\n%s", counties[i].seed, b.Name(), diff)
		}
	}
}

// addBlock puts a programme beside those in all. Where it has fewer levels, the others
// cost it nothing.
func addBlock(all, p *solver.Programme) {
	node, arc, column := int32(len(all.Supply)), int32(len(all.Tail)), int32(len(all.Columns))
	all.Supply = append(all.Supply, p.Supply...)
	all.Upper = append(all.Upper, p.Upper...)
	for a := range p.Tail {
		all.Tail, all.Head = append(all.Tail, node+p.Tail[a]), append(all.Head, node+p.Head[a])
	}
	for k := range all.Levels {
		cost := make([]int64, len(p.Tail))
		if k < len(p.Levels) {
			copy(cost, p.Levels[k].Cost)
		}
		all.Levels[k].Cost = append(all.Levels[k].Cost, cost...)
	}
	for _, c := range p.Columns {
		cost := make([]int64, len(all.Levels))
		copy(cost, c.Cost)
		c.Cost = cost
		all.Columns = append(all.Columns, c)
	}
	for _, r := range p.Rows {
		r.Arc, r.Column = shift(r.Arc, arc), shift(r.Column, column)
		all.Rows = append(all.Rows, r)
	}
}

func shift(list []int32, by int32) []int32 {
	moved := make([]int32, len(list))
	for i, v := range list {
		moved[i] = v + by
	}
	return moved
}
