package solver_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

const taxedMPS = `* z: second
* h0: first
* r0: count
* r1: ceiling
* r2: floor of two lines
* r4: range
* y0: passed
* y1: shortfall
NAME level1 FREE
ROWS
 N z
 E n0
 E n1
 E n2
 E n3
 L h0
 E r0
 L r1
 G r2
 L r4
COLUMNS
 M0 'MARKER' 'INTORG'
 a0 z 0
 a0 n0 1
 a0 n1 -1
 a0 h0 1
 a0 r2 1
 a1 z 0
 a1 n0 1
 a1 n2 -1
 a1 h0 3
 a2 z 5
 a2 n1 1
 a2 n3 -1
 a2 h0 1
 a2 r0 1
 a3 z 2
 a3 n2 1
 a3 n3 -1
 a3 h0 1
 a3 r1 2
 a3 r4 3
 a4 z 1
 a4 n1 1
 a4 n2 -1
 a4 r0 1
 y0 z 2
 y0 r0 -1
 y0 r1 2
 y1 z 0
 y1 r2 1
 M1 'MARKER' 'INTEND'
RHS
 RHS n0 3
 RHS n3 -3
 RHS h0 8
 RHS r1 8
 RHS r2 1
 RHS r4 7
RANGES
 RNG r4 9
BOUNDS
 UP BND a0 2
 UP BND a1 2
 UP BND a2 2
 FX BND a3 0
 UP BND a4 2
 UP BND y0 3
 LO BND y1 -2
 UP BND y1 2
ENDATA
`

func TestWriteMPS(t *testing.T) {
	p := taxed()
	p.Upper[3], p.Start = 0, nil
	p.Rows[2].Name = "floor\nof two  lines"
	p.Rows = append(p.Rows, solver.Row{Lower: solver.NoLower, Upper: solver.NoUpper, Arc: []int32{0}, ArcCoef: []int64{5}},
		solver.Row{Name: "range", Lower: -2, Upper: 7, Arc: []int32{3, 2, 3, 2}, ArcCoef: []int64{1, 4, 2, -4}})
	var file bytes.Buffer
	if err := solver.WriteMPS(&file, p, 1, []int64{8}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(taxedMPS, file.String()); diff != "" {
		t.Errorf("MPS (-want +got):\n%s", diff)
	}
}

// A bound beyond every activity is brought in, so that the width of a range can be written.
func TestWriteMPSFarBounds(t *testing.T) {
	for _, test := range []struct {
		reason       string
		lower, upper int64
		want         string // lines of r0
	}{
		{"a floor out of reach stays out of reach", math.MaxInt64 - 1, solver.NoUpper, "G r0;a0 r0 1;RHS r0 1152921504606846977"},
		{"a ceiling out of reach stays out of reach", solver.NoLower, math.MinInt64 + 1, "L r0;a0 r0 1;RHS r0 -1152921504606846977"},
		{"a range as wide as integers go bounds nothing", math.MinInt64 + 1, math.MaxInt64 - 1, ""},
		{"a far floor under a ceiling is none", math.MinInt64 + 1, 4, "L r0;a0 r0 1;RHS r0 4"},
		{"the widest range that binds", -solver.MaxTotal, solver.MaxTotal, "L r0;a0 r0 1;RHS r0 1152921504606846976;RNG r0 2305843009213693952"},
	} {
		p := diamond()
		p.Start = nil
		p.Rows = []solver.Row{{Lower: test.lower, Upper: test.upper, Arc: []int32{0}, ArcCoef: []int64{1}}}
		var file bytes.Buffer
		if err := solver.WriteMPS(&file, p, 0, nil); err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(file.String()) {
			if strings.Contains(line, " r0") {
				got = append(got, strings.TrimSpace(line))
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ";")); diff != "" {
			t.Errorf("%s: lines (-want +got):\n%s", test.reason, diff)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteMPSErrors(t *testing.T) {
	for _, test := range []struct {
		level int
		held  []int64
		want  string
	}{{-1, nil, "level"}, {2, []int64{1, 2}, "level"}, {1, nil, "held"}, {0, []int64{8}, "held"}} {
		if got := fault(solver.WriteMPS(&bytes.Buffer{}, taxed(), test.level, test.held)); got != test.want {
			t.Errorf("level %d with %v held: a fault of %q, want of %q", test.level, test.held, got, test.want)
		}
	}
	if err := solver.WriteMPS(full{}, taxed(), 0, nil); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a writer that fails: error %v", err)
	}
	if err := solver.WriteAnswer(full{}, []int64{1}, nil); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a writer that fails: error %v", err)
	}
}

// exported is one level of a programme as a file for another solver, with the answer that it must give.
type exported struct {
	p              *solver.Programme
	level          int
	optima         []int64 // of this level and those before; nil where there is no flow
	file, solution string
}

// export writes every level of small random programmes, and of the networks that are hard to write.
func export(t *testing.T, programmes uint64) []exported {
	t.Helper()
	dir := t.TempDir()
	var all []exported
	for seed := range programmes {
		p := solvertest.RandomRows(1_000_000 + seed)
		optima, feasible, err := solvertest.Enumerate(p)
		if err != nil {
			t.Fatal(err)
		}
		levels := len(p.Levels)
		if !feasible {
			levels = 1
		}
		for k := range levels {
			name := filepath.Join(dir, fmt.Sprintf("%d-%d", seed, k))
			e := exported{p: p, level: k, file: name + ".mps", solution: name + ".sol"}
			if feasible {
				e.optima = optima[:k+1]
			}
			var file bytes.Buffer
			if err := solver.WriteMPS(&file, p, k, optima[:k]); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(e.file, file.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
		}
	}
	return all
}

// check reads an answer and compares every level that it should have reached.
func (e *exported) check(t *testing.T, answer string) {
	t.Helper()
	flow, columns, err := solver.ReadAnswer(strings.NewReader(answer), e.p)
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.CheckAnswer(e.p, flow, columns); err != nil {
		t.Fatal(err)
	}
	for k, want := range e.optima {
		if got := e.p.Objective(k, flow, columns); got != want {
			t.Fatalf("level %d of %d costs %d, want %d\n%+v", k, e.level, got, want, e.p)
		}
	}
}

// What glpsol finds in our files is what enumeration finds in the programme.
func TestMPSThroughGlpsol(t *testing.T) {
	solvertest.FindGlpsol(t)
	infeasible := 0
	for _, e := range export(t, 150) {
		if said, err := exec.Command("glpsol", "--freemps", e.file, "--write", e.solution).CombinedOutput(); err != nil {
			t.Fatalf("glpsol: %v\n%s", err, said)
		}
		text, err := os.ReadFile(e.solution)
		if err != nil {
			t.Fatal(err)
		}
		answer, feasible := glpsolAnswer(t, e.p, string(text))
		if feasible != (e.optima != nil) {
			t.Fatalf("feasible: %v by glpsol, %v by enumeration\n%+v", feasible, e.optima != nil, e.p)
		}
		if !feasible {
			infeasible++
			continue
		}
		e.check(t, answer)
	}
	if infeasible == 0 {
		t.Error("every programme was feasible")
	}
}

// glpsolAnswer turns the lines "j INDEX VALUE" of glp_write_mip into lines "name value". The line
// "s mip ROWS COLS STATUS OBJECTIVE" says o for optimal and n for infeasible.
func glpsolAnswer(t *testing.T, p *solver.Programme, text string) (answer string, feasible bool) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(text) {
		var rows, columns, index int
		var status, value string
		if _, err := fmt.Sscanf(line, "s mip %d %d %1s", &rows, &columns, &status); err == nil {
			if columns != len(p.Tail)+len(p.Columns) {
				t.Fatalf("glpsol read %d columns of %d", columns, len(p.Tail)+len(p.Columns))
			}
			feasible = status == "o"
		}
		if _, err := fmt.Sscanf(line, "j %d %s", &index, &value); err != nil {
			continue
		}
		if index--; index < len(p.Tail) {
			lines = append(lines, fmt.Sprintf("a%d %s", index, value))
		} else {
			lines = append(lines, fmt.Sprintf("y%d %s", index-len(p.Tail), value))
		}
	}
	return strings.Join(lines, "\n"), feasible
}

const (
	highsPython  = "XIANGUAN_HIGHS_PYTHON"
	requireHighs = "XIANGUAN_REQUIRE_HIGHS"
	solveAll     = `
import sys, highspy
for name in sys.stdin.read().split():
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("mip_rel_gap", 0.0)
    assert h.readModel(name + ".mps") == highspy.HighsStatus.kOk, name
    h.run()
    h.writeSolution(name + ".sol", 0)
`
)

// What HiGHS finds in our files is what enumeration finds, and we read its own solution files.
func TestMPSThroughHighs(t *testing.T) {
	python := os.Getenv(highsPython)
	if python == "" {
		if os.Getenv(requireHighs) == "1" {
			t.Fatalf("%s=1 but %s names no Python with highspy", requireHighs, highsPython)
		}
		t.Skipf("%s names no Python with highspy", highsPython)
	}
	all := export(t, 150)
	var names []string
	for _, e := range all {
		names = append(names, strings.TrimSuffix(e.file, ".mps"))
	}
	command := exec.Command(python, "-c", solveAll)
	command.Stdin = strings.NewReader(strings.Join(names, "\n"))
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("HiGHS: %v\n%s", err, said)
	}
	for _, e := range all {
		text, err := os.ReadFile(e.solution)
		if err != nil {
			t.Fatal(err)
		}
		if e.optima != nil {
			e.check(t, string(text))
			continue
		}
		var answer *solver.AnswerError
		if _, _, err := solver.ReadAnswer(bytes.NewReader(text), e.p); !errors.As(err, &answer) || !strings.Contains(answer.Value, "Infeasible") {
			t.Errorf("the answer to an infeasible programme: error %v, want one that says so", err)
		}
	}
}
