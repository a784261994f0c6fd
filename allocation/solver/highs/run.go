package highs

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	// killDelay is how long a killed program may hold its output open.
	killDelay = 50 * time.Millisecond
	// reserve is what a run is given beyond the time limit of HiGHS, to start and to read and write files.
	reserve = 400 * time.Millisecond
)

// The model statuses that HiGHS writes and that mean something here.
const (
	optimal               = "Optimal"
	infeasible            = "Infeasible"
	infeasibleOrUnbounded = "Primal infeasible or unbounded"
	timeReached           = "Time limit reached"
)

// task is one level to solve.
type task struct {
	level         int
	held          []int64
	gap           float64
	flow, columns []int64 // to begin with; nil begins cold
}

// answer is what a run says, before anything of it is checked.
type answer struct {
	status        string
	flow, columns []int64 // nil without a solution
	bound         float64 // −∞ when HiGHS gives none
}

// run writes the files of a level into the directory, runs HiGHS on them and reads what it wrote. When the context
// ends, HiGHS is killed and the error is the context's.
func (s *Solver) run(ctx context.Context, dir string, p *solver.Programme, t task) (*answer, error) {
	f := filesIn(dir)
	if err := f.write(ctx, p, t, s.threads); err != nil {
		return nil, err
	}
	arguments := []string{f.model, f.options, f.solution, ""}
	if t.flow != nil {
		arguments[3] = f.start
	}
	if !s.python {
		arguments = []string{"--model_file", f.model, "--options_file", f.options, "--solution_file", f.solution}
		if t.flow != nil {
			arguments = append(arguments, "--read_solution_file", f.start)
		}
	}
	command := exec.CommandContext(ctx, s.command[0], slices.Concat(s.command[1:], arguments)...)
	command.Dir = dir
	said, err := spoken(command)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && f.timeoutReading() {
		return &answer{status: timeReached, bound: math.Inf(-1)}, nil
	}
	if err != nil {
		return nil, &AnswerError{p.Levels[t.level].Name, "", fmt.Sprintf("HiGHS failed, saying %q", lastLine(string(said))), err}
	}
	return f.read(p, t)
}

// files of one run.
type files struct{ model, options, start, solution, log string }

func filesIn(dir string) files {
	in := func(file string) string { return filepath.Join(dir, file) }
	return files{in("model.mps"), in("highs.options"), in("start.sol"), in("answer.sol"), in("highs.log")}
}

// write writes what HiGHS reads, and removes what an earlier run wrote.
func (f files) write(ctx context.Context, p *solver.Programme, t task, threads int) error {
	for _, old := range []string{f.solution, f.log} {
		if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	var model, start bytes.Buffer
	if err := solver.WriteMPS(&model, p, t.level, t.held); err != nil {
		return err
	}
	if err := os.WriteFile(f.model, model.Bytes(), 0o600); err != nil {
		return err
	}
	if t.flow != nil {
		if err := solver.WriteAnswer(&start, t.flow, t.columns); err != nil {
			return err
		}
		if err := os.WriteFile(f.start, start.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(f.options, f.optionLines(ctx, t, threads), 0o600)
}

// optionLines gives HiGHS the time that is left less a reserve, so that it stops by itself with the best that it has.
func (f files) optionLines(ctx context.Context, t task, threads int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "log_to_console = false\nlog_file = %s\nwrite_solution_style = 0\n", f.log)
	fmt.Fprintf(&b, "mip_rel_gap = %g\nmip_abs_gap = %g\n", t.gap, absoluteGap)
	fmt.Fprintf(&b, "mip_feasibility_tolerance = %g\nprimal_feasibility_tolerance = %g\n", feasibility, feasibility)
	if threads > 0 {
		fmt.Fprintf(&b, "threads = %d\n", threads)
	}
	if deadline, limited := ctx.Deadline(); limited {
		left := time.Until(deadline) - reserve
		fmt.Fprintf(&b, "time_limit = %g\n", max(0.01, left.Seconds()))
	}
	return b.Bytes()
}

// timeoutReading reports whether the log says that the time limit passed while HiGHS read the model, of which it makes
// an error and not a status.
func (f files) timeoutReading() bool {
	log, err := os.ReadFile(f.log)
	return err == nil && bytes.Contains(log, []byte("Parser reached timeout"))
}

func (f files) read(p *solver.Programme, t task) (*answer, error) {
	fail := func(status, reason string, cause error) (*answer, error) {
		return nil, &AnswerError{p.Levels[t.level].Name, status, reason, cause}
	}
	solution, err := os.ReadFile(f.solution)
	if err != nil {
		return fail("", "HiGHS wrote no solution", err)
	}
	a := &answer{status: statusOf(solution), bound: math.Inf(-1)}
	log, err := os.ReadFile(f.log)
	if err != nil {
		return fail(a.status, "HiGHS wrote no log", err)
	}
	if bound, found := dualBound(log); found {
		a.bound = bound
	}
	if !hasValues(solution) {
		return a, nil
	}
	if a.flow, a.columns, err = solver.ReadAnswer(bytes.NewReader(solution), p); err != nil {
		return fail(a.status, "its solution can't be read", err)
	}
	return a, nil
}

// statusOf is the line after the heading of a solution file.
func statusOf(solution []byte) string {
	_, rest, _ := strings.Cut(string(solution), "\n")
	return firstLine(rest)
}

// hasValues reports whether there is a primal solution that HiGHS calls feasible.
func hasValues(solution []byte) bool {
	_, rest, found := bytes.Cut(solution, []byte("# Primal solution values\n"))
	return found && bytes.HasPrefix(rest, []byte("Feasible"))
}

// dualBound finds the line "Dual bound  -205233" in the report at the end of a log.
func dualBound(log []byte) (bound float64, found bool) {
	lines := bufio.NewScanner(bytes.NewReader(log))
	for lines.Scan() {
		text, isBound := strings.CutPrefix(strings.TrimSpace(lines.Text()), "Dual bound")
		if !isBound {
			continue
		}
		if x, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && !math.IsNaN(x) {
			bound, found = x, true
		}
	}
	return bound, found
}

// spoken runs a command and gives what it said. Where it has ended well but its output stays open, as it may for a moment on a machine with much
// else to do, what came by then is enough.
func spoken(command *exec.Cmd) ([]byte, error) {
	command.WaitDelay = killDelay
	said, err := command.CombinedOutput()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil
	}
	return said, err
}
