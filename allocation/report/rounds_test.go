package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/table"
)

// The CSV file has a row for each decision, with a sentence in both languages, and tells nobody
// why somebody is kept.
func TestDecisionsTellEveryReason(t *testing.T) {
	c, err := table.Read("../../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	result, err := allocation.Rounds(t.Context(), c, allocation.RoundsOptions{Seed: 2026})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := report.WriteDecisions(&out, c, result); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "maternity") || strings.Contains(out.String(), "illness") {
		t.Error("the decisions tell the cause of an exemption")
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 1+len(result.Decisions) {
		t.Fatalf("%d rows for %d decisions: %v", len(rows), len(result.Decisions), err)
	}
	kept := 0
	for i, row := range rows[1:] {
		sentence, chinese, data := row[len(row)-3], row[len(row)-2], row[len(row)-1]
		if sentence == "" || chinese == "" || data != "synthetic 合成" {
			t.Fatalf("%+v is told as %q, %q, %q", result.Decisions[i], sentence, chinese, data)
		}
		if strings.HasSuffix(sentence, "; keeps the present post") {
			kept++
			if d := result.Decisions[i]; d.From.IsZero() || d.From != d.To {
				t.Fatalf("%+v is told as %q", d, sentence)
			}
		}
	}
	if kept == 0 {
		t.Error("no volunteer kept the present post")
	}
}

// A matching that is not stable, wastes a place and puts somebody below the present post shows all of it.
func TestCertifyFindsFaults(t *testing.T) {
	problem, err := matching.NewProblem(&matching.Market{
		Applicants: []matching.Applicant{{ID: "an", List: []string{"town"}}, {ID: "bo", List: []string{"town"}}, {ID: "chen", Present: "hill", List: []string{"hill"}}},
		Schools: []matching.School{{ID: "town", Capacity: 1, Ranking: matching.InOrder("an", "bo")},
			{ID: "hill", Capacity: 1, Ranking: matching.InOrder("chen")}},
	}, matching.Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := problem.Match(map[string]string{"bo": "town"})
	if err != nil {
		t.Fatal(err)
	}
	mechanism, err := matching.ByName("da")
	if err != nil {
		t.Fatal(err)
	}
	c := report.Certify(problem, mechanism, 0, m)
	if len(c.Blocking) != 2 || c.Envy != 1 || c.Waste != 1 || len(c.WorseOff) != 1 || c.WorseOff[0] != "chen" || len(c.SchoolsWorse) != 1 || !c.Improvable {
		t.Errorf("certificates %+v", c)
	}
	var out bytes.Buffer
	if err := report.WriteMatching(&out, c); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"an (place 1) would rather have town, choice 1, which has bo (place 2)", "chen (place 1) would rather have hill, choice 1, which has a free place"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not told:\n%s", want, out.String())
		}
	}
}
