package sharing

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// remedies gives for each lesson that stays short the least that would fill it: that more classes join a host's lesson, which costs nothing but a line; a
// visit from beyond the reach by somebody with time to spare, the nearest; or a part of a post.
func (g *problem) remedies(r *Result, flow []int64) (all []Remedy) {
	given := map[model.PostID][]model.SchoolID{} // by stage and subject: hosts that give it in presence
	for j := range r.Lessons {
		if l := &r.Lessons[j]; g.host(&l.Lesson) && l.Own+l.Visiting > 0 {
			kind := model.PostID{Stage: l.Stage, Subject: l.Subject}
			given[kind] = append(given[kind], l.School)
		}
	}
	for j := range r.Lessons {
		l := &r.Lessons[j]
		if l.Missing == 0 {
			continue
		}
		remedy := Remedy{PostID: l.PostID, Periods: l.Missing, Means: MeansRecruit, Posts: postsFor(l.Missing, g.county.Rules.TeacherLoad.At(l.Stage))}
		remedy.Teacher, remedy.Metres = g.nearest(l, flow)
		others := slices.ContainsFunc(given[model.PostID{Stage: l.Stage, Subject: l.Subject}], func(host model.SchoolID) bool { return host != l.School })
		switch {
		case others && !g.options.NoNetwork:
			remedy.Means, remedy.Teacher, remedy.Metres, remedy.Posts = MeansJoin, "", 0, 0
		case remedy.Teacher != "":
			remedy.Means, remedy.Posts = MeansVisit, 0
		}
		all = append(all, remedy)
	}
	return all
}

// postsFor is the part of a post that periods take, in tenths, rounded up.
func postsFor(periods, load model.Tenths) model.Tenths { return (10*periods + load - 1) / load }

// nearest gives the nearest teacher at another school who may teach the lesson and has the time for all that is missing, or "".
func (g *problem) nearest(l *Covered, flow []int64) (best model.TeacherID, metres model.Metres) {
	school := g.schools[l.School]
	for i := range g.teachers {
		t := &g.teachers[i]
		if t.post.School == l.School || model.Tenths(flow[g.spare[i]]) < l.Missing || !t.mayTeach(l.Stage, l.Subject) || !speaks(t, school) {
			continue
		}
		if d := g.road(g.schools[t.post.School], school); d > 0 && (best == "" || d < metres) {
			best, metres = t.ID, d
		}
	}
	return best, metres
}
