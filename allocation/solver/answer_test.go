package solver_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// highsAnswer is what HiGHS 1.16 writes for taxed.
const highsAnswer = `Model status
Optimal

# Primal solution values
Feasible
Objective 14
Objective_bound 14
MIP_rel_gap 0
# Columns 7
a0 2
a1 1.0000000001
a2 1
a3 2
a4 0.999999999
y0 2
y1 -0
# Rows 7
n0 3
n1 0
n2 0
n3 -3
r0 0
r1 8
r2 2

# Dual solution values
None

# Basis
HiGHS_basis_file v2
None
`

func TestReadAnswer(t *testing.T) {
	flow, columns := []int64{2, 1, 1, 2, 1}, []int64{2, 0}
	for _, test := range []struct{ reason, text string }{
		{"the raw style of HiGHS", highsAnswer},
		{"lines may end as on Windows", strings.ReplaceAll(highsAnswer, "\n", "\r\n")},
		{"blank lines before all", "\n \n" + highsAnswer},
		{"plain lines in any order", "y0 2\na4 1\na3 2\na2 1\na1 1\na0 2\ny1 0\n"},
		{"what is not listed is 0", "a0 2\na1 1\na2 1\na3 2\na4 1\ny0 2"},
		{"comments, an objective, tabs and what stands behind", "# by hand\n=obj= 14\n\n a0\t2 (obj:3)\na1    1e0\na2 1.00000999\na3 2 0 basic\na4 1\ny0 2"},
	} {
		gotFlow, gotColumns, err := solver.ReadAnswer(strings.NewReader(test.text), taxed())
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		if diff := cmp.Diff([][]int64{flow, columns}, [][]int64{gotFlow, gotColumns}); diff != "" {
			t.Errorf("%s: flow and columns (-want +got):\n%s", test.reason, diff)
		}
	}
}

func TestReadAnswerFaults(t *testing.T) {
	for _, test := range []struct {
		reason, text string
		want         solver.AnswerError // Want is compared as a part
	}{
		{"an empty file answers nothing", "\n\n", solver.AnswerError{Value: "empty", Want: `"name value"`}},
		{"a name that is no variable", "a0 1\nx1 2", solver.AnswerError{Line: 2, Name: `"x1"`, Value: "unknown", Want: "5 arcs"}},
		{"an arc that is not there", "a5 1", solver.AnswerError{Line: 1, Name: `"a5"`, Value: "unknown", Want: "a0 and on"}},
		{"a column that is not there", "y2 1", solver.AnswerError{Line: 1, Name: `"y2"`, Value: "unknown", Want: "2 columns"}},
		{"names are written in one way", "a01 1", solver.AnswerError{Line: 1, Name: `"a01"`, Value: "unknown", Want: "a0"}},
		{"no index is negative", "a-1 1", solver.AnswerError{Line: 1, Name: `"a-1"`, Value: "unknown", Want: "a0"}},
		{"an index has an end", "a99999999999999999999 1", solver.AnswerError{Line: 1, Name: `"a99999999999999999999"`, Value: "unknown", Want: "a0"}},
		{"a name without a value", "a1", solver.AnswerError{Line: 1, Name: "a1", Value: "without a value", Want: "a number"}},
		{"a value that is no number", "a1 two", solver.AnswerError{Line: 1, Name: "a1", Value: `"two"`, Want: "a number"}},
		{"not a number", "a1 nan", solver.AnswerError{Line: 1, Name: "a1", Value: `"nan"`, Want: "a number"}},
		{"infinity", "a1 -inf", solver.AnswerError{Line: 1, Name: "a1", Value: `"-inf"`, Want: "at most 2^53"}},
		{"a float that is not exact", "a1 1e16", solver.AnswerError{Line: 1, Name: "a1", Value: `"1e16"`, Want: "at most 2^53"}},
		{"a half", "a1 0.5", solver.AnswerError{Line: 1, Name: "a1", Value: `"0.5"`, Want: "an integer, give or take 1e-05"}},
		{"a little more than the tolerance", "a1 1.000011", solver.AnswerError{Line: 1, Name: "a1", Value: `"1.000011"`, Want: "an integer"}},
		{"a value twice", "a1 1\na1 1", solver.AnswerError{Line: 2, Name: "a1", Value: "there twice", Want: "one value"}},
		{"above the capacity", "a1 3", solver.AnswerError{Line: 1, Name: "a1", Value: "3", Want: "from 0 to 2"}},
		{"below zero", "a1 -1", solver.AnswerError{Line: 1, Name: "a1", Value: "-1", Want: "from 0 to 2"}},
		{"below the bound of a column", "y1 -3", solver.AnswerError{Line: 1, Name: "y1", Value: "-3", Want: "from -2 to 2"}},
		{"HiGHS without a solution", "Model status\nInfeasible\n\n# Primal solution values\nNone\n", solver.AnswerError{Line: 5, Value: "no solution (Infeasible)", Want: "values"}},
		{"HiGHS cut off early", "Model status\nOptimal\n", solver.AnswerError{Line: 2, Value: `""`, Want: "# Columns 7"}},
		{"HiGHS cut off among the values", "Model status\nOptimal\n# Columns 7\na0 1", solver.AnswerError{Line: 4, Value: "the end of the file", Want: "7 variables"}},
		{"an answer of HiGHS to something else", "Model status\nOptimal\n# Columns 8\n", solver.AnswerError{Line: 3, Value: `"# Columns 8"`, Want: "# Columns 7"}},
	} {
		flow, columns, err := solver.ReadAnswer(strings.NewReader(test.text), taxed())
		var got *solver.AnswerError
		if !errors.As(err, &got) || flow != nil || columns != nil {
			t.Errorf("%s: error %v with %v and %v, want an AnswerError alone", test.reason, err, flow, columns)
			continue
		}
		if !strings.Contains(got.Want, test.want.Want) {
			t.Errorf("%s: want %q, should speak of %q", test.reason, got.Want, test.want.Want)
		}
		test.want.Want = got.Want
		if diff := cmp.Diff(test.want, *got); diff != "" {
			t.Errorf("%s: fault (-want +got):\n%s", test.reason, diff)
		}
	}
	err := &solver.AnswerError{Line: 3, Name: "a1", Value: `"0.5"`, Want: "an integer"}
	if got, want := err.Error(), `solver: answer line 3: a1 is "0.5", want an integer`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestReadAnswerBrokenReader(t *testing.T) {
	long := strings.NewReader("a0 1\n" + strings.Repeat("x", 1<<17))
	var answer *solver.AnswerError
	if _, _, err := solver.ReadAnswer(long, taxed()); err == nil || errors.As(err, &answer) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a line without end: error %v, want that of the reader with its line", err)
	}
}

func TestCheckAnswer(t *testing.T) {
	for _, test := range []struct {
		reason        string
		flow, columns []int64
		want          string
	}{
		{"the optimum", []int64{2, 1, 1, 2, 1}, []int64{2, 0}, ""},
		{"a flow has every arc", []int64{2}, []int64{2, 0}, "Flow"},
		{"flow is conserved", []int64{2, 1, 1, 2, 0}, []int64{2, 0}, "Flow"},
		{"every column is there", []int64{2, 1, 1, 2, 1}, nil, "Columns"},
		{"rows hold", []int64{2, 1, 1, 2, 1}, []int64{1, 0}, "Columns"},
	} {
		if got := fault(solver.CheckAnswer(taxed(), test.flow, test.columns)); got != test.want {
			t.Errorf("%s: a fault of %q, want of %q", test.reason, got, test.want)
		}
	}
}

// What WriteAnswer writes, ReadAnswer reads.
func TestAnswerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := solvertest.DrawRows(t)
		if p.Start == nil {
			return
		}
		var file bytes.Buffer
		if err := solver.WriteAnswer(&file, p.Start, p.StartColumns); err != nil {
			t.Fatal(err)
		}
		flow, columns, err := solver.ReadAnswer(&file, p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]int64{p.Start, p.StartColumns}, [][]int64{flow, columns}); diff != "" {
			t.Fatalf("flow and columns (-written +read):\n%s", diff)
		}
	})
}

// Whatever the file, the reader gives values within bounds or a typed error.
func FuzzReadAnswer(f *testing.F) {
	f.Add(highsAnswer)
	f.Add("a0 2\na1 1\ny1 -2\n")
	f.Add("Model status\nInfeasible\n\n# Primal solution values\nNone\n")
	f.Add("# Columns 7\n=obj= 3\na0 1e400\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := taxed()
		flow, columns, err := solver.ReadAnswer(strings.NewReader(text), p)
		if err != nil {
			var answer *solver.AnswerError
			if !errors.As(err, &answer) && len(text) < 1<<16 {
				t.Fatalf("error %v, want an AnswerError", err)
			}
			return
		}
		for a, x := range flow {
			if x < 0 || x > p.Upper[a] {
				t.Fatalf("arc %d: %d", a, x)
			}
		}
		for c, y := range columns {
			if y < p.Columns[c].Lower || y > p.Columns[c].Upper {
				t.Fatalf("column %d: %d", c, y)
			}
		}
		_ = solver.CheckAnswer(p, flow, columns) // it may fail, but not panic
	})
}
