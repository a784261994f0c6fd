package solvertest

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
)

// requireOracles is the environment variable that makes the absence of glpsol a failure.
const requireOracles = "XIANGUAN_REQUIRE_ORACLES"

// Glpsol runs the stand-alone solver of the GNU Linear Programming Kit.
type Glpsol struct{ program, dir string }

// FindGlpsol skips the test when glpsol is not installed, or fails it when XIANGUAN_REQUIRE_ORACLES=1.
func FindGlpsol(t testing.TB) Glpsol {
	t.Helper()
	program, err := exec.LookPath("glpsol")
	if err != nil {
		if os.Getenv(requireOracles) == "1" {
			t.Fatalf("%s=1 but glpsol is not installed: %v", requireOracles, err)
		}
		t.Skip("glpsol is not installed")
	}
	return Glpsol{program, t.TempDir()}
}

// Levels is the oracle that solves every level as a linear programme, with a row for each level before.
func (g Glpsol) Levels(p *solver.Programme) ([]int64, bool, error) {
	if len(p.Tail) == 0 {
		return Enumerate(p)
	}
	return levelByLevel(p, func(k int, optima []int64) (float64, bool, error) {
		return g.run("--lp", linearProgramme(p, k, optima))
	})
}

// MinCost is the oracle for the first level alone, read as a minimum-cost flow.
func (g Glpsol) MinCost(p *solver.Programme) ([]int64, bool, error) {
	if isLoops(p) { // glpsol wants an arc
		still := !slices.ContainsFunc(p.Supply, func(b int64) bool { return b != 0 })
		return []int64{SelfLoopCost(p, 0)}, still, nil
	}
	var file bytes.Buffer
	if err := WriteDIMACS(&file, p, 0); err != nil {
		return nil, false, err
	}
	z, feasible, err := g.run("--mincost", file.Bytes())
	if err != nil || !feasible {
		return nil, false, err
	}
	return []int64{int64(z) + SelfLoopCost(p, 0)}, true, nil
}

func isLoops(p *solver.Programme) bool {
	for a := range p.Tail {
		if p.Tail[a] != p.Head[a] {
			return false
		}
	}
	return true
}

// run solves one file and reads the solution in the plain format of glp_write_sol, of which the line
//
//	s bas ROWS COLS PRIMAL DUAL OBJECTIVE
//
// says all that is wanted.
func (g Glpsol) run(format string, file []byte) (z float64, feasible bool, err error) {
	in, out := filepath.Join(g.dir, "in"), filepath.Join(g.dir, "out")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		return 0, false, err
	}
	if said, err := exec.Command(g.program, "--nopresol", format, in, "--write", out).CombinedOutput(); err != nil {
		return 0, false, fmt.Errorf("glpsol: %w\n%s", err, said)
	}
	solution, err := os.ReadFile(out)
	if err != nil {
		return 0, false, err
	}
	lines := bufio.NewScanner(bytes.NewReader(solution))
	for lines.Scan() {
		f := bytes.Fields(lines.Bytes())
		if len(f) != 7 || string(f[0]) != "s" {
			continue
		}
		switch primal, dual := string(f[4]), string(f[5]); {
		case primal == "f" && dual == "f":
			z, err := strconv.ParseFloat(string(f[6]), 64)
			return z, true, err
		case primal == "i" || primal == "n":
			return 0, false, nil
		}
		return 0, false, ErrUndecided
	}
	return 0, false, fmt.Errorf("glpsol: no status in %q", solution)
}

// linearProgramme writes level k in the CPLEX LP format.
func linearProgramme(p *solver.Programme, k int, optima []int64) []byte {
	var b bytes.Buffer
	term := func(c int64, a int) { fmt.Fprintf(&b, " %+d x%d\n", c, a) }
	row := func(level int) {
		for a := range p.Tail {
			term(cost(p, level, a), a)
		}
	}
	b.WriteString("Minimize\n z:")
	row(k)
	b.WriteString("Subject To\n")
	// A row needs a term even when the node has no arc: the variable none is fixed at 0.
	rows := make([]bytes.Buffer, len(p.Supply))
	for a := range p.Tail {
		if p.Tail[a] != p.Head[a] {
			fmt.Fprintf(&rows[p.Tail[a]], " + x%d\n", a)
			fmt.Fprintf(&rows[p.Head[a]], " - x%d\n", a)
		}
	}
	for v, supply := range p.Supply {
		fmt.Fprintf(&b, " n%d: none\n%s = %d\n", v, rows[v].Bytes(), supply)
	}
	for l, optimum := range optima {
		fmt.Fprintf(&b, " l%d:", l)
		row(l)
		fmt.Fprintf(&b, " <= %d\n", optimum)
	}
	b.WriteString("Bounds\n none = 0\n")
	for a, u := range p.Upper {
		fmt.Fprintf(&b, " 0 <= x%d <= %d\n", a, u)
	}
	b.WriteString("End\n")
	return b.Bytes()
}
