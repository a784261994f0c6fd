package sharing

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// FaultError says what is wrong with a result.
type FaultError struct {
	What  string // such as "lesson S1/primary/music"
	Have  string
	Wants string
}

func (e *FaultError) Error() string {
	return fmt.Sprintf("sharing: %s: %s, want %s", e.What, e.Have, e.Wants)
}

// Verify holds a result against the county, the plan and its own options from the start: who may teach what and where, everybody's load, days, metres and schools,
// what hosts can carry, and every sum and level. It shares no code with the search but the list of lessons. The error joins *[FaultError].
func Verify(c *model.County, p *model.Plan, r *Result) error {
	v := newVerifier(c, p, r)
	v.teaching()
	v.visits()
	v.network()
	v.sums()
	v.classes()
	v.remedies()
	slices.SortFunc(v.faults, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return errors.Join(v.faults...)
}

type verifier struct {
	county   *model.County
	result   *Result
	options  Options
	lessons  map[model.PostID]Lesson
	teachers map[model.TeacherID]*teacher
	schools  map[model.SchoolID]*model.School
	own      map[model.PostID]model.Tenths
	visiting map[model.PostID]model.Tenths
	joined   map[model.PostID]model.Tenths
	there    map[[2]string]model.Tenths // periods by visitor and school
	faults   []error
}

func newVerifier(c *model.County, p *model.Plan, r *Result) *verifier {
	v := &verifier{county: c, result: r, options: r.Options, lessons: map[model.PostID]Lesson{}, teachers: map[model.TeacherID]*teacher{}, schools: map[model.SchoolID]*model.School{},
		own: map[model.PostID]model.Tenths{}, visiting: map[model.PostID]model.Tenths{}, joined: map[model.PostID]model.Tenths{}, there: map[[2]string]model.Tenths{}}
	for _, l := range lessons(c) {
		v.lessons[l.PostID] = l
	}
	all := teachers(c, p)
	for i := range all {
		v.teachers[all[i].ID] = &all[i]
	}
	for i := range c.Schools {
		v.schools[c.Schools[i].ID] = &c.Schools[i]
	}
	return v
}

func (v *verifier) fault(what, have, want string, args ...any) {
	v.faults = append(v.faults, &FaultError{what, have, fmt.Sprintf(want, args...)})
}

func (v *verifier) teaching() {
	load := map[model.TeacherID]model.Tenths{}
	for _, x := range v.result.Teaching {
		what := "teacher " + string(x.Teacher) + ", lesson " + x.PostID.String()
		t, school := v.teachers[x.Teacher], v.schools[x.School]
		if _, known := v.lessons[x.PostID]; t == nil || school == nil || !known || x.Periods <= 0 {
			v.fault(what, x.Periods.String()+" periods", "periods of somebody with a post in a lesson of the county")
			continue
		}
		load[x.Teacher] += x.Periods
		qualified := false
		for _, stage := range t.Stages {
			for _, subject := range append([]model.SubjectID{t.Main}, t.Second...) {
				qualified = qualified || stage == x.Stage && subject == x.Subject
			}
		}
		service := v.lessons[x.PostID].Service
		if service && x.School == t.post.School {
			qualified = true // whoever works there
		}
		if !qualified && (t.post.Stage != x.Stage || t.post.Subject != x.Subject) {
			v.fault(what, "not qualified", "the post, or a subject and a stage of the teacher's")
		}
		if x.School == t.post.School {
			v.own[x.PostID] += x.Periods
			continue
		}
		speaks := school.Language == ""
		for _, language := range t.Languages {
			speaks = speaks || language == school.Language
		}
		if !speaks {
			v.fault(what, "another language", "the language of the school, %s", school.Language)
		}
		v.visiting[x.PostID] += x.Periods
		v.there[[2]string{string(x.Teacher), string(x.School)}] += x.Periods
	}
	for id, periods := range load {
		released := v.teachers[id].Release
		if most := v.county.Rules.TeacherLoad.At(v.teachers[id].post.Stage) - released.Outreach - released.Mentoring - released.Training; periods > most {
			v.fault("teacher "+string(id), periods.String()+" periods", "a load of at most %s, after what is released", most)
		}
	}
}

// week is what somebody's visits take.
type week struct {
	days    int
	schools map[model.SchoolID]bool
	metres  model.Metres
}

func (v *verifier) visits() {
	weeks := map[model.TeacherID]*week{}
	for _, x := range v.result.Visits {
		w := weeks[x.Teacher]
		if w == nil {
			w = &week{schools: map[model.SchoolID]bool{}}
			weeks[x.Teacher] = w
		}
		v.visit(x, w)
	}
	for key, periods := range v.there {
		if periods != 0 {
			v.fault("teacher "+key[0], periods.String()+" periods at "+key[1], "those of the visits there")
		}
	}
	for id, w := range weeks {
		if w.days > v.options.Days || len(w.schools) > v.options.Schools || w.metres > v.options.Travel {
			v.fault("teacher "+string(id), fmt.Sprintf("%d days, %d schools, %s", w.days, len(w.schools), w.metres), "at most %d, %d and %s", v.options.Days, v.options.Schools, v.options.Travel)
		}
	}
}

// visit drives the road of one visit.
func (v *verifier) visit(x Visit, w *week) {
	what := "visit of " + string(x.Teacher)
	t := v.teachers[x.Teacher]
	if t == nil || t.post.School != x.Home || x.Days < 1 || len(x.Stops) < 1 || len(x.Stops) > v.options.Stops || v.options.NoVisits {
		v.fault(what, fmt.Sprintf("%d days from %s to %d schools", x.Days, x.Home, len(x.Stops)), "days of somebody from the own school, to at most %d", v.options.Stops)
		return
	}
	road := func(a, b *model.School) model.Metres {
		return model.Metres(v.county.Rules.RoadFactor.Of(int64(model.Distance(a.Position, b.Position))))
	}
	home := v.schools[x.Home]
	at, round, periods, seen := home, model.Metres(0), model.Tenths(0), map[model.SchoolID]bool{x.Home: true}
	for _, stop := range x.Stops {
		school := v.schools[stop.School]
		if school == nil || seen[stop.School] {
			v.fault(what, string(stop.School), "schools of the county, each once")
			return
		}
		if d := road(home, school); d == 0 || d > v.options.Reach {
			v.fault(what, string(stop.School), "a school within the reach")
		}
		seen[stop.School], w.schools[stop.School] = true, true
		round += road(at, school)
		at = school
		periods += stop.Periods
		v.there[[2]string{string(x.Teacher), string(stop.School)}] -= stop.Periods
	}
	round += road(at, home)
	if round > 2*v.options.Reach || x.Metres != round*model.Metres(x.Days) {
		v.fault(what, x.Metres.String(), "%d m a day, and no more than twice the reach", round)
	}
	if most := 10 * (v.options.PeriodsADay - len(x.Stops) + 1) * x.Days; int(periods) > most {
		v.fault(what, periods.String()+" periods", "at most %s: %d a day, one less for each road between", model.Tenths(most), v.options.PeriodsADay)
	}
	w.days += x.Days
	w.metres += x.Metres
}

func (v *verifier) network() {
	given := map[model.PostID]model.Tenths{} // by host
	for _, x := range v.result.Joins {
		host := v.schools[x.Host]
		if lesson, known := v.lessons[x.PostID]; !known || lesson.Service || x.Periods <= 0 || host == nil || !host.Town && !host.Strong || x.Host == x.School || v.options.NoNetwork {
			v.fault("join of "+x.PostID.String(), string(x.Host), "a school in town or a strong one as host, of another's lesson")
			continue
		}
		v.joined[x.PostID] += x.Periods
		given[model.PostID{School: x.Host, Stage: x.Stage, Subject: x.Subject}] += x.Periods
	}
	for host, periods := range given {
		if most := model.Tenths(v.options.Joined) * (v.own[host] + v.visiting[host]); periods > most {
			v.fault("host "+host.String(), periods.String()+" periods joined", "at most %s: %d classes for each period in presence", most, v.options.Joined)
		}
	}
}

func (v *verifier) sums() {
	var sums [levels]int64
	order := []int{levelMissing, levelNetwork, levelMetres}
	open := map[model.PostID]model.Tenths{}
	for _, l := range v.result.Lessons {
		want, known := v.lessons[l.PostID]
		if !known || l.Lesson != want {
			v.fault("lesson "+l.PostID.String(), l.Periods.String()+" periods", "each lesson of the county once, with its periods")
			continue
		}
		delete(v.lessons, l.PostID)
		if l.Own != v.own[l.PostID] || l.Visiting != v.visiting[l.PostID] || l.Network != v.joined[l.PostID] || l.Missing < 0 || l.Own+l.Visiting+l.Network+l.Missing != l.Periods {
			v.fault("lesson "+l.PostID.String(), fmt.Sprintf("%s own, %s visiting, %s network, %s missing", l.Own, l.Visiting, l.Network, l.Missing),
				"%s, %s, %s, in sum %s", v.own[l.PostID], v.visiting[l.PostID], v.joined[l.PostID], l.Periods)
		}
		if int64(l.Network) > v.options.NetworkShare.Of(int64(l.Periods)) {
			v.fault("lesson "+l.PostID.String(), l.Network.String()+" over the network", "at most %s of %s", v.options.NetworkShare, l.Periods)
		}
		if sums[levelNetwork] += int64(l.Network); l.Service {
			sums[levelService] += int64(l.Missing)
			order = []int{levelMissing, levelService, levelNetwork, levelMetres}
		} else {
			sums[levelMissing] += int64(l.Missing)
		}
		if l.Missing > 0 {
			open[l.PostID] = l.Missing
		}
	}
	for id := range v.lessons {
		v.fault("lesson "+id.String(), "absent", "each lesson of the county")
	}
	for _, m := range v.result.Missing {
		if m.Periods <= 0 {
			v.fault("remedy of "+m.PostID.String(), m.Periods.String(), "periods that are missing")
		}
		open[m.PostID] -= m.Periods
	}
	for id, left := range open {
		if left != 0 {
			v.fault("lesson "+id.String(), "remedies that leave "+left.String(), "some for all that is missing")
		}
	}
	for _, x := range v.result.Visits {
		sums[levelMetres] += int64(x.Metres)
	}
	for k, level := range order {
		name, value := levelNames[level], sums[level]
		if k >= len(v.result.Levels) || v.result.Levels[k].Name != name || v.result.Levels[k].Value != value || v.result.Levels[k].Bound > value {
			v.fault("level "+name, "another value, or a bound above it", "%d", value)
		}
	}
}
