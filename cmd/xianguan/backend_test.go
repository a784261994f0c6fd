package main

import (
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model/table"
)

// TestNativeIncumbent: what stands in for CP-SAT is a solution of the programme, and of so small a county the optimum.
func TestNativeIncumbent(t *testing.T) {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	programme, err := allocation.Programme(county, nil)
	if err != nil {
		t.Fatal(err)
	}
	incumbent := nativeIncumbent(programme)
	if incumbent == nil {
		t.Fatal("no incumbent of four schools and six teachers")
	}
	if err := solver.Verify(programme, incumbent); err != nil {
		t.Error(err)
	}
	if incumbent.Stop != solver.StopOptimal {
		t.Errorf("stopped by %v, want the optimum", incumbent.Stop)
	}
}
