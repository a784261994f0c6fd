package solvertest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The hand-made cases are an oracle of the oracle.
func TestEnumerateRowCases(t *testing.T) {
	for _, test := range rowCases() {
		got, feasible, err := Enumerate(&test.programme)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || feasible != (test.want != nil) {
			t.Errorf("%s: %s: objectives (-want +got):\n%s", test.name, test.reason, diff)
		}
		if err := test.programme.Validate(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// The random programmes are valid, and say something.
func TestRandomRows(t *testing.T) {
	infeasible, matter, shapes := 0, 0, map[string]int{}
	const programmes = 500
	for seed := range uint64(programmes) {
		p := RandomRows(seed)
		if err := p.Validate(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		_, feasible, err := Enumerate(p)
		if err != nil {
			t.Fatal(err)
		}
		if !feasible {
			infeasible++
		}
		if RowsMatter(p) {
			matter++
		}
		for _, row := range p.Rows {
			shapes[row.Name[:len(row.Name)-2]]++
		}
	}
	t.Logf("%d programmes, %d infeasible, rows matter in %d, shapes %v", programmes, infeasible, matter, shapes)
	if infeasible*20 < programmes || infeasible*2 > programmes || matter*3 < programmes || len(shapes) != 6 {
		t.Error("the random programmes say too little")
	}
}
