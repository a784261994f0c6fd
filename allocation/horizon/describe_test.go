package horizon

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// valley is a county by hand: a town school and a village school with one post of music each. ann of the town retires in 2027, bea of the village in 2028.
func valley(t *testing.T) *model.County {
	t.Helper()
	pack, err := policy.Load("national")
	if err != nil {
		t.Fatal(err)
	}
	music := func(school model.SchoolID) model.PostID {
		return model.PostID{School: school, Stage: model.StagePrimary, Subject: "music"}
	}
	c := &model.County{Format: model.Format, ID: "valley", Name: "谷县", Date: 20260901, Policy: "national", Rules: pack.Rules(), Subjects: []model.Subject{{ID: "music", Name: "音乐"}},
		Curriculum: []model.CurriculumLine{{Subject: "music", Grade: 1, Periods: 20}},
		Schools: []model.School{{ID: "town", Name: "城小", Town: true, Grades: []model.Grade{{Grade: 1, Pupils: 100}}},
			{ID: "village", Name: "村小", Rural: true, Tier: 1, Grades: []model.Grade{{Grade: 1, Pupils: 50}}}},
		Subsidy: model.SubsidySchedule{{Tier: 1, Monthly: 30000}}, Posts: []model.ApprovedPost{{PostID: music("town"), Need: 1}, {PostID: music("village"), Need: 1}}}
	for _, x := range []struct {
		id      model.TeacherID
		school  model.SchoolID
		retires model.Date
	}{{"ann", "town", 20270301}, {"bea", "village", 20280301}} {
		c.Teachers = append(c.Teachers, model.Teacher{ID: x.id, School: x.school, YearsHere: 2, Stages: []model.Stage{model.StagePrimary}, Main: "music", Born: 19680301, Retires: x.retires})
	}
	return c
}

// What is short before training could end is recruited in the summer before, by the stream of the place; what is short when it ends is trained from now on. Nobody is asked for twice.
func TestNeeds(t *testing.T) {
	for _, test := range []struct {
		reason   string
		training int
		years    int
		want     []Need
	}{
		{"training takes three years: both are recruited", 3, 3, []Need{{model.StagePrimary, "music", Open, 2026, 2027, 1}, {model.StagePrimary, "music", SpecialPost, 2027, 2028, 1}}},
		{"training takes two years: the second is trained from now on", 2, 3, []Need{{model.StagePrimary, "music", Open, 2026, 2027, 1}, {model.StagePrimary, "music", Directed, 2026, 2028, 1}}},
		{"the same, where the years of the plans end before", 2, 1, []Need{{model.StagePrimary, "music", Open, 2026, 2027, 1}, {model.StagePrimary, "music", Directed, 2026, 2028, 1}}},
	} {
		h, err := Plan(t.Context(), valley(t), Options{Years: test.years, Outlook: Outlook{TrainingYears: test.training}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, h.Needs); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.reason, diff)
		}
	}
}

// Spending is held to the year before, in total and for each pupil, and a fall is a target not met.
func TestSpending(t *testing.T) {
	o := Outlook{Spending: []string{"1500.00", "1499.99", "1600"}, Cohorts: Cohorts{Births: []Percent{0, 2000}}, Retention: []Percent{5000, 9900}}
	h, err := Plan(t.Context(), valley(t), Options{Years: 3, Outlook: o})
	if err != nil {
		t.Fatal(err)
	}
	var got []Spending
	status := map[string][]supervision.Status{}
	for _, y := range h.Years {
		got = append(got, y.Spending)
		for _, f := range y.Findings {
			status[f.Figure] = append(status[f.Figure], f.Status)
		}
	}
	want := []Spending{{Total: 150000, PerPupil: 1000, Subsidy: 360000, Cost: got[0].Cost}, {Total: 149999, PerPupil: 999, Falls: true, PupilLow: true, Subsidy: 360000, Cost: got[1].Cost},
		{Total: 160000, PerPupil: 888, PupilLow: true, Cost: got[2].Cost}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for figure, want := range map[string][]supervision.Status{
		"spending on education":             {supervision.Unknown, supervision.NotMet, supervision.Met},
		"spending for each pupil":           {supervision.Unknown, supervision.NotMet, supervision.NotMet},
		"retention in compulsory education": {supervision.NotMet, supervision.Met, supervision.Unknown},
	} {
		if diff := cmp.Diff(want, status[figure]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", figure, diff)
		}
	}
}

// Shared teaching makes the full curriculum known.
func TestSharingIsWorkedOut(t *testing.T) {
	h, err := Plan(t.Context(), valley(t), Options{Years: 2, Sharing: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range h.Years {
		for _, f := range y.Findings {
			if f.Figure == "schools whose classes have their full periods" && f.Status == supervision.Unknown {
				t.Errorf("%s: unknown", y.Date)
			}
		}
	}
}
