package highs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// fork sends 1 over the dear arc at the start; the optimum takes the cheap one.
func fork() *solver.Programme {
	return &solver.Programme{
		Supply: []int64{1, -1}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{1, 1},
		Levels: []solver.Level{{Name: "cost", Cost: []int64{1, 3}}, {Name: "more", Cost: []int64{5, 0}}},
		Start:  []int64{0, 1},
	}
}

// answers is a program that writes an answer and a bound for fork, whatever it is asked. The solution file is its
// sixth argument.
func answers(status, values string, bound any) string {
	return fmt.Sprintf("cat > \"$6\" <<'END'\nModel status\n%s\n\n# Primal solution values\n%s\nEND\necho '  Dual bound  %v' > highs.log\n", status, values, bound)
}

// pretend is a backend that runs a script in place of HiGHS.
func pretend(t *testing.T, script string) *Solver {
	t.Helper()
	return &Solver{command: []string{program(t, script, t.TempDir(), "highs")}}
}

// Whatever a program answers, an answer that can be shown to be wrong is not believed.
func TestAnswersNotBelieved(t *testing.T) {
	const cheap, dear = "Feasible\nObjective 1\n# Columns 2\na0 1\na1 0", "Feasible\nObjective 3\n# Columns 2\na0 0\na1 1"
	for _, test := range []struct{ reason, script, want string }{
		{"a program that fails says why", "echo no licence >&2\nexit 2\n", `HiGHS failed, saying "no licence": exit status 2`},
		{"a program that writes nothing has not solved anything", "exit 0\n", "HiGHS wrote no solution"},
		{"there is a log", "echo Model status > \"$6\"\n", "HiGHS wrote no log"},
		{"an unknown status is not guessed at", answers("Unbounded", cheap, 1), "not a way to end that is known here"},
		{"an empty status is not guessed at", "echo > \"$6\"\necho > highs.log\n", "not a way to end that is known here"},
		{"a start shows that there is a flow", answers("Infeasible", "None", "inf"), "a feasible flow is known"},
		{"values are values of variables", answers("Optimal", "Feasible\n# Columns 2\na0 1\nb1 0", 1), `"b1" is unknown`},
		{"values are integers", answers("Optimal", "Feasible\n# Columns 2\na0 0.5\na1 0.5", 2), "want an integer"},
		{"the flow, rounded, is conserved", answers("Optimal", "Feasible\n# Columns 2\na0 1\na1 1", 1), "the flow, rounded, is not feasible"},
		{"a bound is not above a feasible objective", answers("Optimal", cheap, 2), "it claims the bound 2 above the objective 1"},
		{"optimal means that the bound is met", answers("Optimal", dear, 1), "optimal, but its bound is 1 and the objective 3"},
		{"optimal means that there is a bound", answers("Optimal", cheap, "none"), "optimal, but its bound is -Inf"},
		{"the level before is held", "case \"$(cat \"$2\")\" in\n*level0*)\n" + answers("Optimal", cheap, 1) + ";;\n*)\n" + answers("Optimal", dear, 0) + ";;\nesac\n",
			`costs 3 at level "cost" and not from 1 to 1`},
	} {
		s, err := pretend(t, test.script).Solve(context.Background(), fork(), solver.Options{})
		var answer *AnswerError
		if s != nil || !errors.As(err, &answer) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want an AnswerError with %q", test.reason, err, test.want)
		}
	}
}

// A time limit that HiGHS keeps by itself leaves its bound, and its flow where it is better than the start.
func TestTimeLimitReached(t *testing.T) {
	for _, test := range []struct {
		reason, script string
		flow           []int64
		bound          int64
	}{
		{"the better flow is taken", answers("Time limit reached", "Feasible\n# Columns 2\na0 1\na1 0", "0.2"), []int64{1, 0}, 1},
		{"a bound is rounded up", answers("Time limit reached", "None", "1.3"), []int64{0, 1}, 2},
		{"a bound a trifle above an integer is that integer", answers("Time limit reached", "None", "1.0000000001"), []int64{0, 1}, 1},
		{"time may be up while HiGHS reads", "echo 'ERROR:   Parser reached timeout' > highs.log\nexit 255\n", []int64{0, 1}, 0},
		{"without a bound the ranges give one", answers("Time limit reached", "None", "-inf"), []int64{0, 1}, 0},
	} {
		p := fork()
		p.Levels = p.Levels[:1]
		s, err := pretend(t, test.script).Solve(context.Background(), p, solver.Options{TimeLimit: time.Minute})
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		if diff := cmp.Diff(test.flow, s.Flow); diff != "" {
			t.Errorf("%s: flow (-want +got):\n%s", test.reason, diff)
		}
		if s.Levels[0].Bound != test.bound || s.Levels[0].Certified {
			t.Errorf("%s: %+v, want the bound %d on the word of HiGHS", test.reason, s.Levels[0], test.bound)
		}
	}
	p := fork()
	p.Start = nil
	var stopped *solver.StoppedError
	if _, err := pretend(t, answers("Time limit reached", "None", 0)).Solve(context.Background(), p, solver.Options{}); !errors.As(err, &stopped) || stopped.Stop != solver.StopTime || stopped.Unmet != 1 {
		t.Errorf("without any flow: error %v, want a StoppedError for time", err)
	}
}

// HiGHS 1.16 may prove the optimum and return the start that it was given. It is asked again without a start.
func TestStartReturnedAsOptimal(t *testing.T) {
	const cheap, dear = "Feasible\n# Columns 2\na0 1\na1 0", "Feasible\n# Columns 2\na0 0\na1 1"
	p := fork()
	p.Levels = p.Levels[:1]
	script := "if [ \"$7\" ]; then\n" + answers("Optimal", dear, 1) + "else\n" + answers("Optimal", cheap, 1) + "fi\n"
	s, err := pretend(t, script).Solve(context.Background(), p, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Levels[0].Objective != 1 || s.Stop != solver.StopOptimal {
		t.Errorf("%+v, want the optimum 1", s.Levels[0])
	}
}

func TestGapReached(t *testing.T) {
	p := fork()
	p.Levels = []solver.Level{{Cost: []int64{100, 110}}}
	script := answers("Optimal", "Feasible\n# Columns 2\na0 0\na1 1", "104.5")
	s, err := pretend(t, script).Solve(context.Background(), p, solver.Options{Gap: 0.05})
	if err != nil {
		t.Fatal(err)
	}
	if s.Stop != solver.StopGap || s.Levels[0].Bound != 105 {
		t.Errorf("stop %v with %+v, want a stop at the gap with the bound 105", s.Stop, s.Levels[0])
	}
	var answer *AnswerError
	if _, err := pretend(t, script).Solve(context.Background(), p, solver.Options{Gap: 0.01}); !errors.As(err, &answer) {
		t.Errorf("beyond the gap: error %v, want an AnswerError", err)
	}
}

// A program that hangs, with a child that holds its output open, is killed.
func TestHangs(t *testing.T) {
	for _, test := range []struct {
		reason string
		limit  time.Duration
		stop   solver.StopReason
	}{
		{"cancelled", 0, solver.StopCancelled},
		{"out of time", 300 * time.Millisecond, solver.StopTime},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		if test.limit == 0 {
			time.AfterFunc(300*time.Millisecond, cancel)
		}
		s, err := pretend(t, "sleep 20\n").Solve(ctx, fork(), solver.Options{TimeLimit: test.limit})
		cancel()
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		if s.Stop != test.stop || s.Levels[0].Objective != 3 {
			t.Errorf("%s: stop %v with %+v, want %v with the start", test.reason, s.Stop, s.Levels[0], test.stop)
		}
	}
}

func TestCheckSize(t *testing.T) {
	for _, test := range []struct {
		reason string
		change func(p *solver.Programme)
	}{
		{"supplies", func(p *solver.Programme) { p.Supply[0], p.Supply[1] = 1e15, -1e15 }},
		{"capacities", func(p *solver.Programme) { p.Upper[1] = 1e15 }},
		{"costs", func(p *solver.Programme) { p.Levels[1].Cost[0] = 1e15 }},
		{"the cost of an arc that carries nothing", func(p *solver.Programme) { p.Upper[0], p.Levels[0].Cost[0] = 0, 1e15 }},
		{"sums of costs", func(p *solver.Programme) { p.Levels[0].Cost = []int64{6e14, -6e14} }},
		{"bounds of columns", func(p *solver.Programme) { p.Columns = []solver.Column{{Lower: -1e15}} }},
		{"costs of columns", func(p *solver.Programme) { p.Columns = []solver.Column{{Upper: 1e8, Cost: []int64{1e8, 0}}} }},
		{"rows over arcs", func(p *solver.Programme) { p.Rows = []solver.Row{{Arc: []int32{0}, ArcCoef: []int64{1e15}}} }},
		{"rows over columns", func(p *solver.Programme) {
			p.Columns = []solver.Column{{Upper: 3}}
			p.Rows = []solver.Row{{Column: []int32{0}, ColumnCoef: []int64{4e14}}}
		}},
	} {
		p := fork()
		p.Start = nil
		test.change(p)
		var unsupported *solver.UnsupportedError
		if err := checkSize(p); !errors.As(err, &unsupported) || unsupported.Backend != "highs" {
			t.Errorf("%s: error %v, want an UnsupportedError", test.reason, err)
		}
	}
	if err := checkSize(fork()); err != nil {
		t.Errorf("a small programme: %v", err)
	}
}
