package horizon

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// On zhangwu over three years the plan beats three plans made one at a time, is within a stated gap of the bound, and passes the checker in every year.
func TestZhangwuOverThreeYears(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	c, err := table.Read("../../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	o, err := Default().Scenario("")
	if err != nil {
		t.Fatal(err)
	}
	h, err := Plan(t.Context(), c, Options{Years: 3, Outlook: *o, Rounds: 12})
	if err != nil {
		t.Fatal(err)
	}
	var got, alone []int64
	for _, l := range h.Levels {
		t.Logf("%-9s %11d, one at a time %11d, bound %11d, gap %.1f %%", l.Name, l.Objective, *l.Alone, l.Bound, 100*l.Gap)
		got, alone = append(got, l.Objective), append(alone, *l.Alone)
		if l.Bound > l.Objective {
			t.Errorf("%s: the bound %d is above the plan", l.Name, l.Bound)
		}
	}
	if slices.Compare(got, alone) >= 0 {
		t.Errorf("the years together %v do not beat the years one at a time %v", got, alone)
	}
	if gap := h.Levels[0].Gap; gap > 0.15 {
		t.Errorf("the gap of the shortage is %.1f %%", 100*gap)
	}
	sum := make([]int64, len(jointLevels))
	for k, y := range h.Years {
		if verdict := check.Plan(y.County, y.Plan); !verdict.OK() {
			t.Errorf("year %d: %v", k, verdict.Err())
		}
		addTo(sum, joint(y.Plan))
	}
	if diff := cmp.Diff(sum, got); diff != "" {
		t.Errorf("the plans of the years add up to something else (-plans +stated)\n%s", diff)
	}
}

// The second of two runs gives the same plans.
func TestPlanIsDeterministic(t *testing.T) {
	c := county(t, 5, 120)
	var hashes [2]string
	for k := range hashes {
		h, err := Plan(t.Context(), c, Options{Years: 3, Outlook: busy(c, 5), Rounds: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, y := range h.Years {
			hashes[k] += y.Plan.CountyHash
		}
	}
	if hashes[0] != hashes[1] {
		t.Error("two runs differ")
	}
}

// A search that was cancelled gives what it has: lawful plans, and bounds that hold.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h, err := Plan(ctx, county(t, 4, 400), Options{Years: 2})
	if err != nil {
		t.Fatal(err)
	}
	if h.Stop != StopCancelled {
		t.Errorf("the search ended for %s", h.Stop)
	}
	for k, y := range h.Years {
		if err := check.Plan(y.County, y.Plan).Err(); err != nil {
			t.Errorf("year %d: %v", k, err)
		}
	}
	for _, l := range h.Levels {
		if l.Bound > l.Objective {
			t.Errorf("%s: bound %d, plan %d", l.Name, l.Bound, l.Objective)
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	c, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		o      Options
		field  string
	}{
		{"no years", Options{}, "years"},
		{"too many are lost", Options{Years: 2, Outlook: Outlook{Cohorts: Cohorts{Lost: []Percent{9000}}}}, "cohorts.lost"},
		{"an unknown stream", Options{Years: 2, Outlook: Outlook{Recruits: []Intake{{Stream: "opne", Subject: "chinese", Stage: 1, Year: 2027}}}}, "recruits.stream"},
		{"an unknown subject", Options{Years: 2, Outlook: Outlook{Recruits: []Intake{{Stream: Open, Subject: "chinse", Stage: 1, Year: 2027}}}}, "recruits.subject"},
		{"housing at no school", Options{Years: 2, Outlook: Outlook{Housing: []Housing{{School: "S9", Year: 2027}}}}, "housing.school"},
		{"spending that is no money", Options{Years: 2, Outlook: Outlook{Spending: []string{"much"}}}, "spending"},
		{"published posts", Options{Years: 2, Plan: model.Options{Keep: &model.Keep{}}}, "keep"},
	} {
		var field *model.FieldError
		if _, err := Plan(t.Context(), c, test.o); !errors.As(err, &field) || field.Field != test.field {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
	var year *Error
	if _, err := Plan(t.Context(), c, Options{Years: 3, Outlook: Outlook{Years: []scenario.Scenario{{Leave: []model.TeacherID{"nobody"}}}}}); !errors.As(err, &year) || year.Year != c.Date.AddYears(1) {
		t.Error(err)
	}
	infeasible, err := table.Read("../../testdata/infeasible-exchange")
	if err != nil {
		t.Fatal(err)
	}
	var none *allocation.InfeasibleError
	if _, err := Plan(t.Context(), infeasible, Options{Years: 2}); !errors.As(err, &none) {
		t.Error(err)
	}
}
