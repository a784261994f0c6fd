package check_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// A year of six people by hand: who stays, who moves, who comes back, who retires, who leaves and who comes. As written down it follows; with one thing changed it does not, and
// the fault names it.
func TestFollows(t *testing.T) {
	music := func(school model.SchoolID) model.PostID {
		return model.PostID{School: school, Stage: model.StagePrimary, Subject: "music"}
	}
	teacher := func(id model.TeacherID, school model.SchoolID, years, rural int) model.Teacher {
		return model.Teacher{ID: id, School: school, YearsHere: years, RuralYears: rural, Main: "music", Stages: []model.Stage{model.StagePrimary}, Born: 19800101}
	}
	build := func() (*model.County, *model.Plan, *model.County) {
		now := &model.County{Date: 20260901, Rules: model.Rules{RetirementAge: 60}, Schools: []model.School{{ID: "town"}, {ID: "hill", Rural: true}},
			Teachers: []model.Teacher{teacher("back", "town", 5, 1), teacher("goes", "town", 1, 0), teacher("mover", "town", 9, 0), teacher("old", "hill", 20, 20), teacher("stays", "hill", 3, 3)}}
		back, mover, stays := &now.Teachers[0], &now.Teachers[2], &now.Teachers[4]
		back.WorkingSchool, back.ExchangeEnds = "hill", 20270801
		mover.Volunteer, mover.Preferences = true, []model.SchoolID{"hill"}
		now.Teachers[3].Retires = 20270301
		stays.Term, stays.TermEnds = model.TermSpecialPost, 20280901
		p := &model.Plan{Assignments: []model.Assignment{{Teacher: "back", From: music("hill"), To: music("hill")}, {Teacher: "goes", From: music("town"), To: music("town")},
			{Teacher: "mover", From: music("town"), To: music("hill"), Ground: model.GroundVolunteer}, {Teacher: "old", From: music("hill"), To: music("hill")}, {Teacher: "stays", From: music("hill"), To: music("hill")}}}
		later := &model.County{Date: 20270901, Schools: now.Schools, Teachers: []model.Teacher{teacher("back", "town", 6, 2), teacher("mover", "hill", 1, 1), teacher("stays", "hill", 4, 4), teacher("new", "", 0, 0)}}
		later.Teachers[1].Teaches, later.Teachers[1].TeachesStage = "music", model.StagePrimary
		later.Teachers[2].Teaches, later.Teachers[2].TeachesStage = "music", model.StagePrimary
		later.Teachers[2].Term, later.Teachers[2].TermEnds = model.TermSpecialPost, 20280901
		later.Teachers[3].Pool = model.PoolRecruit
		return now, p, later
	}
	now, p, later := build()
	found, err := check.Follows(now, p, later)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(check.Succession{Retired: []model.TeacherID{"old"}, Gone: []model.TeacherID{"goes"}, Came: []model.TeacherID{"new"}}, found); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, test := range []struct {
		reason string
		change func(now *model.County, p *model.Plan, later *model.County)
		want   check.SuccessionError
	}{
		{"the exchange goes on", func(now *model.County, p *model.Plan, later *model.County) {
			later.Teachers[0].WorkingSchool, later.Teachers[0].ExchangeEnds = "hill", 20270801
		}, check.SuccessionError{Teacher: "back", Field: "working school", Want: "", Got: "hill"}},
		{"the clock of the mover goes on", func(now *model.County, p *model.Plan, later *model.County) { later.Teachers[1].YearsHere = 10 }, check.SuccessionError{Teacher: "mover", Field: "years here", Want: "1", Got: "10"}},
		{"the wish outlives the move", func(now *model.County, p *model.Plan, later *model.County) { later.Teachers[1].Volunteer = true }, check.SuccessionError{Teacher: "mover", Field: "wish to move", Want: "false", Got: "true"}},
		{"the term begins anew", func(now *model.County, p *model.Plan, later *model.County) { later.Teachers[2].TermEnds = 20300901 }, check.SuccessionError{Teacher: "stays", Field: "end of the term", Want: "2028-09-01", Got: "2030-09-01"}},
		{"who is planned nowhere", func(now *model.County, p *model.Plan, later *model.County) { p.Assignments = p.Assignments[:4] }, check.SuccessionError{Teacher: "stays", Field: "plan", Want: "an assignment", Got: "none"}},
		{"who is new has years", func(now *model.County, p *model.Plan, later *model.County) { later.Teachers[3].RuralYears = 2 }, check.SuccessionError{Teacher: "new", Field: "place", Want: "in the pool as a recruit without years", Got: `school "", 0 years here, 2 rural`}},
	} {
		now, p, later := build()
		test.change(now, p, later)
		_, err := check.Follows(now, p, later)
		var fault *check.SuccessionError
		if !errors.As(err, &fault) || *fault != test.want {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
	now, p, later = build()
	later.Schools = slices.Clone(later.Schools)[:1] // the hill closes: its people are held to being there
	later.Teachers[2].School, later.Teachers[1].School = "town", "town"
	if _, err := check.Follows(now, p, later); err != nil {
		t.Errorf("a school closed: %v", err)
	}
}
