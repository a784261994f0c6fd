package office_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report/office"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

func written(t testing.TB, name string, o office.Options) (*model.County, *model.Plan, []byte) {
	t.Helper()
	c, err := table.Read("../../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := office.WritePlan(&out, c, p, check.Plan(c, p), o); err != nil {
		t.Fatal(err)
	}
	return c, p, out.Bytes()
}

// The sheet of assignments, read again, is the plan: in either language, with names or without.
func TestAssignmentsAreThePlan(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole workbook, written on one thread: the run without -short tries it")
	}
	for _, o := range []office.Options{{}, {English: true}, {People: []model.Person{{Teacher: "S001-01", Name: "李某"}}}} {
		c, p, content := written(t, "zhangwu", o)
		path := filepath.Join(t.TempDir(), "plan.xlsx")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		pins, err := workbook.ReadAssignments(path, c)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]model.Pin, len(p.Assignments))
		for i, a := range p.Assignments {
			want[i] = model.Pin{Teacher: a.Teacher, Post: a.To}
		}
		if diff := cmp.Diff(want, pins); diff != "" {
			t.Errorf("%+v:\n%s", o, diff)
		}
	}
}

// What the workbook says adds up to the plan, and nothing in it is private.
func TestWorkbookSaysWhatThePlanSays(t *testing.T) {
	c, p, content := written(t, "zhangwu", office.Options{})
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := []string{"摘要", "调配", "空岗", "学校", "均衡", "未达标学校", "规则"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	sheets := map[string][][]string{}
	for _, title := range want {
		if sheets[title], err = f.GetRows(title); err != nil {
			t.Fatal(err)
		}
	}
	vacant := 0
	for _, row := range sheets["空岗"][1:] {
		vacant += atoi(t, row[6])
	}
	if vacant != p.Ledger.Short || len(sheets["学校"]) != len(c.Schools)+1 || len(sheets["调配"]) != len(p.Assignments)+1 {
		t.Errorf("%d vacant, %d schools, %d people", vacant, len(sheets["学校"])-1, len(sheets["调配"])-1)
	}
	for title, rows := range sheets {
		for _, row := range rows {
			for _, cell := range row {
				for _, private := range []string{"李某", "孕哺期", "重病"} {
					if strings.Contains(cell, private) && title != "规则" {
						t.Fatalf("%s tells of %s: %s", title, private, cell)
					}
				}
			}
		}
	}
	if !strings.Contains(sheets["摘要"][1][1], "SYNTHETIC") {
		t.Errorf("made-up people are not called so: %v", sheets["摘要"][1])
	}
}

func atoi(t *testing.T, text string) (n int) {
	t.Helper()
	for _, r := range text {
		if r < '0' || r > '9' {
			t.Fatalf("%q is no number", text)
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// failing refuses every write.
type failing struct{}

var errFull = errors.New("the disk is full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) {
	c, p, _ := written(t, "tiny", office.Options{})
	if err := office.WritePlan(failing{}, c, p, check.Plan(c, p), office.Options{}); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
