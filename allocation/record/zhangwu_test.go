package record_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model"
)

// casting finds people of a plan for parts in a season, each once.
type casting struct {
	t     *testing.T
	c     *model.County
	plan  *model.Plan
	taken map[model.TeacherID]bool
}

func (x *casting) find(what string, fits func(*model.Teacher, *model.Assignment) bool) *model.Teacher {
	x.t.Helper()
	for i := range x.plan.Assignments {
		a := &x.plan.Assignments[i]
		at := slices.IndexFunc(x.c.Teachers, func(t model.Teacher) bool { return t.ID == a.Teacher })
		if t := &x.c.Teachers[at]; a.Ground != model.GroundAway && !x.taken[t.ID] && fits(t, a) {
			x.taken[t.ID] = true
			return t
		}
	}
	x.t.Fatalf("nobody in the plan for: %s", what)
	return nil
}

// compelled is somebody who is moved for rotation.
func compelled(_ *model.Teacher, a *model.Assignment) bool { return a.Ground == model.GroundRotation }

// replaced is somebody who is moved from a post to which others come and that is full, so that who stays there displaces one.
func (x *casting) replaced(_ *model.Teacher, a *model.Assignment) bool {
	came := 0
	for i := range x.plan.Assignments {
		if b := &x.plan.Assignments[i]; b.Moved() && b.To == a.From && !x.taken[b.Teacher] {
			came++
		}
	}
	for i := range x.plan.Posts {
		if p := &x.plan.Posts[i]; p.PostID == a.From {
			return a.Ground == model.GroundRotation && came > 0 && p.Filled >= max(p.Need, p.Incumbent)
		}
	}
	return false
}

// objection is an appeal with the remedy that it gets; a dismissed one has none.
type objection struct {
	appeal appeal.Appeal
	remedy appeal.Decision
}

// objections are 30 of every ground; the first 12 are upheld, with a remedy of every kind.
func (x *casting) objections() (list []objection) {
	field := func(ground appeal.Ground, name, value string, fits func(*model.Teacher, *model.Assignment) bool) {
		t := x.find(name, fits)
		list = append(list, objection{appeal.Appeal{Teacher: t.ID, Ground: ground}, appeal.Decision{Upheld: true, Corrections: []appeal.Correction{{Teacher: t.ID, Field: name, Value: value}}}})
	}
	any := func(t *model.Teacher, a *model.Assignment) bool {
		return a.Ground == model.GroundStay && t.School != ""
	}
	field(appeal.GroundRecord, "born", "1964-03-01", func(t *model.Teacher, a *model.Assignment) bool {
		return compelled(t, a) && t.Retires == 0 || compelled(t, a)
	})
	field(appeal.GroundExemption, "exemption", "illness", compelled)
	field(appeal.GroundQualification, "second", "labour", func(t *model.Teacher, a *model.Assignment) bool {
		return compelled(t, a) && t.Main != "labour" && len(t.Second) == 0
	})
	field(appeal.GroundRecord, "rural_years", "15", compelled)
	field(appeal.GroundQualification, "title", "senior", func(t *model.Teacher, a *model.Assignment) bool {
		return compelled(t, a) && t.Title < model.TitleSenior
	})
	field(appeal.GroundTerm, "term_ends", "2028-08-31", compelled)
	last := &list[len(list)-1]
	last.remedy.Corrections = append(last.remedy.Corrections, appeal.Correction{Teacher: last.appeal.Teacher, Field: "term", Value: "directed"})
	field(appeal.GroundFamily, "home", string(x.c.Townships[3].ID), compelled)
	field(appeal.GroundFamily, "partner", string(x.find("a partner", func(t *model.Teacher, a *model.Assignment) bool { return any(t, a) && t.Partner == "" }).ID),
		func(t *model.Teacher, a *model.Assignment) bool { return compelled(t, a) && t.Partner == "" })
	field(appeal.GroundWish, "volunteer", "yes", func(t *model.Teacher, a *model.Assignment) bool { return any(t, a) && !t.Volunteer })
	stays := x.find("who stays", x.replaced)
	list = append(list, objection{appeal.Appeal{Teacher: stays.ID, Ground: appeal.GroundPost}, appeal.Decision{Upheld: true, Pins: []model.Pin{{Teacher: stays.ID}}}})
	not := x.find("who does not go there", compelled)
	list = append(list, objection{appeal.Appeal{Teacher: not.ID, Ground: appeal.GroundProcedure}, appeal.Decision{Upheld: true, Bans: []model.Pin{{Teacher: not.ID, Post: x.to(not.ID)}}}})
	school := &x.c.Schools[2]
	list = append(list, objection{appeal.Appeal{School: school.ID, Ground: appeal.GroundSchool},
		appeal.Decision{Upheld: true, Corrections: []appeal.Correction{{School: school.ID, Field: "pupils", Value: fmt.Sprintf("1=%d", school.Grades[0].Pupils+20)}},
			Pins: []model.Pin{{Teacher: x.find("who stays", x.replaced).ID}, {Teacher: x.find("who stays", x.replaced).ID}}}})
	for k := 0; len(list) < 30; k++ {
		grounds := appeal.Grounds()
		a := appeal.Appeal{Teacher: x.find("one more", any).ID, Ground: grounds[k%len(grounds)]}
		if a.Ground == appeal.GroundSchool {
			a.Teacher, a.School = "", x.c.Schools[k].ID
		}
		list = append(list, objection{appeal: a})
	}
	return list
}

// to is the post that the plan gives.
func (x *casting) to(id model.TeacherID) model.PostID {
	return x.plan.Assignments[slices.IndexFunc(x.plan.Assignments, func(a model.Assignment) bool { return a.Teacher == id })].To
}

// A whole season of zhangwu, in a folder: plan, publication, 30 appeals of every ground, 12 upheld, amendment, publication, finalization, replay. That nobody more is touched than must be is
// proven by the duals of the record, which the replay checks in exact integers; who is touched has a reason, and everybody else keeps the published post.
func TestSeasonOfZhangwu(t *testing.T) {
	ctx := context.Background()
	c := county(t, "zhangwu")
	plan, err := allocation.Solve(ctx, c, nil)
	must(t, err)
	folder, err := record.CreateFolder(filepath.Join(t.TempDir(), "record"))
	must(t, err)
	s, err := record.Open(ctx, folder, clock())
	must(t, err)
	must(t, s.Begin(ctx, c, plan, publishedOn))
	must(t, s.Publish(ctx, record.Publication{Day: publishedOn, Until: until}))
	cast := &casting{t, c, plan, map[model.TeacherID]bool{}}
	list := cast.objections()
	seen := map[appeal.Ground]int{}
	for i := range list {
		list[i].appeal.Day, list[i].appeal.Evidence = publishedOn+model.Date(i%7), fmt.Sprintf("材料%d", i+1)
		id, err := s.Appeal(ctx, list[i].appeal)
		must(t, err)
		seen[list[i].appeal.Ground]++
		list[i].remedy.Appeal, list[i].remedy.Day, list[i].remedy.By, list[i].remedy.Reason = id, 20260710, "县教育局申诉委员会", "经核实"
	}
	if len(list) != 30 || len(seen) != len(appeal.Grounds()) {
		t.Fatalf("%d appeals of grounds %v", len(list), seen)
	}
	upheld := 0
	for i := range list {
		must(t, s.Decide(ctx, list[i].remedy))
		if list[i].remedy.Upheld {
			upheld++
		}
	}
	m, err := s.Amend(ctx, record.AmendOptions{Day: 20260711})
	must(t, err)
	must(t, s.Publish(ctx, record.Publication{Day: 20260713, Until: 20260720}))
	must(t, s.Finalize(ctx, record.Final{Day: 20260721, Approver: "县委教育工作领导小组"}))
	must(t, folder.Close())

	first := m.Plan.Levels[0]
	if upheld != 12 || first.Name != model.LevelChanges || !first.Proven || !first.Certified || first.Conditional || m.Others != m.Least || !m.Proven || len(m.Touched) == 0 || len(m.Own) < 4 {
		t.Errorf("%d upheld; %+v; others %d, least %d, touched %d, appellants with another post %d", upheld, first, m.Others, m.Least, len(m.Touched), len(m.Own))
	}
	t.Logf("30 appeals, %d upheld, %d appellants of whom %d get another post; %d others touched, proven least", upheld, len(m.Appellants), len(m.Own), len(m.Touched))
	changed := map[model.TeacherID]bool{}
	for i := range m.Plan.Assignments {
		if a := &m.Plan.Assignments[i]; a.To != cast.to(a.Teacher) {
			changed[a.Teacher] = true
		}
	}
	for _, x := range slices.Concat(m.Own, m.Touched) {
		if !changed[x.Teacher] || x.Reason == "" {
			t.Errorf("%+v is listed and keeps the post, or has no reason", x)
		}
		delete(changed, x.Teacher)
	}
	if len(changed) > 0 {
		t.Errorf("changed and not listed: %v", changed)
	}
	must(t, check.Plan(m.County, m.Plan).Err())

	v, err := record.Verify(ctx, folder, record.VerifyOptions{Head: s.Head()})
	must(t, err)
	if !v.OK() || v.Replayed != 2 || v.Entries != 2+1+30+30+1+1+1 || len(v.Notes) > 0 {
		t.Errorf("%+v %v", v, v.Faults)
	}
	if diff := cmp.Diff(s.Plan, v.State.Plan); diff != "" {
		t.Error(diff)
	}
}
