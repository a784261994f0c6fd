package scenario

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// Error says which part of a scenario does not fit the county and what would be right.
type Error struct {
	Scenario string
	Key      string // such as "close"
	Value    string
	Want     string
	Err      error
}

func (e *Error) Error() string {
	return fmt.Sprintf("scenario %q: %s %q: want %s", e.Scenario, e.Key, e.Value, e.Want)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Apply makes the county of a scenario: a new one, valid, that shares with the old only what is not changed. What a scenario makes up is said in the
// county's origin. The errors are joined *[Error], or those of a county that is not valid. It takes O(county) time and memory.
func Apply(c *model.County, s *Scenario) (*model.County, error) {
	next := *c
	v := &variant{County: &next, scenario: s}
	next.Overrides, next.Subsidy, next.Schools = slices.Clone(c.Overrides), slices.Clone(c.Subsidy), slices.Clone(c.Schools)
	for i := range next.Schools {
		next.Schools[i].Grades = slices.Clone(c.Schools[i].Grades)
	}
	next.Teachers, next.Posts = slices.Clone(c.Teachers), slices.Clone(c.Posts)
	next.Origin.Assumed = slices.Clone(c.Origin.Assumed)
	v.policy()
	v.subsidies()
	for i := range s.Close {
		v.close(&s.Close[i])
	}
	v.enrolment()
	v.leave()
	v.recruit()
	if len(v.faults) > 0 {
		return nil, errors.Join(v.faults...)
	}
	if err := next.Validate(); err != nil {
		return nil, fmt.Errorf("scenario %q: %w", s.Name, err)
	}
	return &next, nil
}

// variant is a county under change.
type variant struct {
	*model.County
	scenario *Scenario
	faults   []error
}

func (v *variant) fault(key string, value any, want string, err error) {
	v.faults = append(v.faults, &Error{v.scenario.Name, key, fmt.Sprint(value), want, err})
}

// policy overrides values of the pack, each in place of the county's own override.
func (v *variant) policy() {
	for _, key := range slices.Sorted(maps.Keys(v.scenario.Policy)) {
		override := model.Override{Key: key, Value: v.scenario.Policy[key]}
		if at := slices.IndexFunc(v.Overrides, func(o model.Override) bool { return o.Key == key }); at >= 0 {
			v.Overrides[at] = override
		} else {
			v.Overrides = append(v.Overrides, override)
		}
	}
	if len(v.scenario.Policy) == 0 {
		return
	}
	pack, err := policy.Load(v.Policy)
	if err == nil {
		v.Rules, err = pack.Resolve(v.Overrides)
	}
	if err != nil {
		v.faults = append(v.faults, fmt.Errorf("scenario %q: policy: %w", v.scenario.Name, err))
	}
}

// mostPercent bounds what a scenario may multiply.
const leastPercent, mostPercent = -100, 900

func (v *variant) subsidies() {
	for _, change := range v.scenario.Subsidies {
		add := model.Fen(0)
		if change.Add != "" {
			var err error
			if add, err = model.ParseYuan(change.Add); err != nil {
				v.fault("subsidies.add", change.Add, "yuan a month, such as 100 or -50", err)
			}
		}
		if change.Percent < leastPercent || change.Percent > mostPercent {
			v.fault("subsidies.percent", change.Percent, "a whole number from -100 to 900", nil)
			continue
		}
		found := false
		for i := range v.Subsidy {
			if line := &v.Subsidy[i]; change.Tier == nil || int(line.Tier) == *change.Tier {
				line.Monthly = max(0, model.Fen(scaled(int64(line.Monthly), change.Percent))+add)
				found = true
			}
		}
		if !found && change.Tier != nil {
			v.fault("subsidies.tier", *change.Tier, "a tier of the county's schedule", nil)
		}
	}
}

// scaled is n and so many percent, rounded to the nearest.
func scaled(n int64, percent int) int64 { return (n*int64(100+percent) + 50) / 100 }

// school finds a school of the county.
func (v *variant) school(key string, id model.SchoolID) int {
	at := slices.IndexFunc(v.Schools, func(s model.School) bool { return s.ID == id })
	if at < 0 {
		var known []string
		for i := range v.Schools {
			known = append(known, string(v.Schools[i].ID))
		}
		unknown := &model.UnknownWordError{What: "school", Word: string(id), Known: known}
		v.fault(key, id, "a school of the county: "+unknown.Hint(), unknown)
	}
	return at
}

// close moves the pupils of a school to another: grades are joined, their classes are worked out again from the class cap, and quota, boarders,
// housing and approved posts add up. Its people go along with their years, or into the pool as left without a post (落聘). Wishes for the school go to the other.
func (v *variant) close(x *Closure) {
	from, into := v.school("close.school", x.School), v.school("close.into", x.Into)
	if from < 0 || into < 0 {
		return
	}
	if from == into {
		v.fault("close.into", x.Into, "another school than the one that closes", nil)
		return
	}
	closed, open := v.Schools[from], &v.Schools[into]
	for _, g := range closed.Grades {
		at, there := slices.BinarySearchFunc(open.Grades, g.Grade, func(o model.Grade, grade int) int { return o.Grade - grade })
		if there {
			open.Grades[at].Pupils += g.Pupils
			open.Grades[at].Classes = 0
		} else {
			open.Grades = slices.Insert(open.Grades, at, model.Grade{Grade: g.Grade, Pupils: g.Pupils})
		}
	}
	open.Boarders, open.Housing = open.Boarders+closed.Boarders, open.Housing+closed.Housing
	if open.Quota > 0 {
		open.Quota += closed.Quota
	}
	v.Schools = slices.Delete(v.Schools, from, from+1)
	for i := range v.Schools {
		if s := &v.Schools[i]; s.Partner == x.School {
			if s.Partner = x.Into; s.ID == x.Into {
				s.Partner = ""
			}
		}
	}
	v.closePosts(x)
	v.closePeople(x)
}

// closePosts adds the approved posts of a closed school to those of the other.
func (v *variant) closePosts(x *Closure) {
	need := map[model.PostID]int{}
	for _, p := range v.Posts {
		if p.School == x.School {
			p.School = x.Into
		}
		need[p.PostID] += p.Need
	}
	v.Posts = v.Posts[:0:0]
	for _, id := range slices.SortedFunc(maps.Keys(need), model.PostID.Compare) {
		v.Posts = append(v.Posts, model.ApprovedPost{PostID: id, Need: need[id]})
	}
}

func (v *variant) closePeople(x *Closure) {
	for i := range v.Teachers {
		t := &v.Teachers[i]
		if t.WorkingSchool == x.School {
			t.WorkingSchool = x.Into
		}
		if t.School == x.School {
			t.School = x.Into
			if x.Pool && t.WorkingSchool == "" {
				t.School, t.Pool, t.YearsHere, t.Teaches, t.TeachesStage = "", model.PoolUnplaced, 0, "", 0
			}
		}
		if t.WorkingSchool == t.School {
			t.WorkingSchool, t.ExchangeEnds = "", 0
		}
		if slices.Contains(t.Preferences, x.School) {
			var wishes []model.SchoolID
			for _, id := range t.Preferences {
				if id == x.School {
					id = x.Into
				}
				if !slices.Contains(wishes, id) && id != t.School {
					wishes = append(wishes, id)
				}
			}
			t.Preferences = wishes
		}
	}
}

func (v *variant) enrolment() {
	for _, change := range v.scenario.Enrolment {
		if change.Percent < leastPercent || change.Percent > mostPercent {
			v.fault("enrolment.percent", change.Percent, "a whole number from -100 to 900", nil)
			continue
		}
		if change.School != "" && v.school("enrolment.school", change.School) < 0 {
			continue
		}
		for i := range v.Schools {
			s := &v.Schools[i]
			if change.School != "" && s.ID != change.School || change.Tier != nil && int(s.Tier) != *change.Tier {
				continue
			}
			for j := range s.Grades {
				if g := &s.Grades[j]; change.Grade == 0 || g.Grade == change.Grade {
					*g = enrolled(*g, int(scaled(int64(g.Pupils), change.Percent)))
				}
			}
		}
	}
}

// enrolled is a grade with other pupils. Classes on record stay, and open where the class cap asks for more; with fewer pupils there are as many as keep
// them no larger than they were.
func enrolled(g model.Grade, pupils int) model.Grade {
	if pupils < g.Pupils {
		g.Classes = (g.Classes*pupils + g.Pupils - 1) / g.Pupils
	}
	g.Pupils = pupils
	return g
}

// leave takes people out of the county.
func (v *variant) leave() {
	gone := map[model.TeacherID]bool{}
	for _, id := range v.scenario.Leave {
		if !slices.ContainsFunc(v.Teachers, func(t model.Teacher) bool { return t.ID == id }) {
			var known []string
			for i := range v.Teachers {
				known = append(known, string(v.Teachers[i].ID))
			}
			unknown := &model.UnknownWordError{What: "teacher", Word: string(id), Known: known}
			v.fault("leave", id, "a teacher of the county: "+unknown.Hint(), unknown)
		}
		gone[id] = true
	}
	v.Teachers = slices.DeleteFunc(v.Teachers, func(t model.Teacher) bool { return gone[t.ID] })
	for i := range v.Teachers {
		if gone[v.Teachers[i].Partner] {
			v.Teachers[i].Partner = ""
		}
	}
}

// mostRecruits bounds what one line of a scenario adds.
const mostRecruits = 100_000

// recruit adds made-up people to the pool. Their ids are N and a number; those of the county that are alike are skipped.
func (v *variant) recruit() {
	taken := map[model.TeacherID]bool{}
	for i := range v.Teachers {
		taken[v.Teachers[i].ID] = true
	}
	number, added := 0, 0
	for _, r := range v.scenario.Recruits {
		var stage model.Stage
		if err := stage.UnmarshalText([]byte(r.Stage)); err != nil {
			v.fault("recruits.stage", r.Stage, "primary, junior or senior", err)
			continue
		}
		at := slices.IndexFunc(v.Subjects, func(s model.Subject) bool { return s.ID == r.Subject })
		if at < 0 {
			var known []string
			for _, s := range v.Subjects {
				known = append(known, string(s.ID))
			}
			unknown := &model.UnknownWordError{What: "subject", Word: string(r.Subject), Known: known}
			v.fault("recruits.subject", r.Subject, "a subject of the curriculum: "+unknown.Hint(), unknown)
			continue
		}
		if r.Count < 0 || r.Count > mostRecruits {
			v.fault("recruits.count", r.Count, fmt.Sprintf("a whole number from 0 to %d", mostRecruits), nil)
			continue
		}
		for range r.Count {
			number++
			for taken[recruitID(number)] {
				number++
			}
			t := model.Teacher{ID: recruitID(number), Pool: model.PoolRecruit, Stages: []model.Stage{stage}, Main: r.Subject,
				Degree: model.DegreeBachelor, Born: v.Date.AddYears(-23)}
			if language := v.Subjects[at].Language; language != "" {
				t.Languages = []model.Language{language}
			}
			v.Teachers = append(v.Teachers, t)
			added++
		}
	}
	if added > 0 {
		v.Origin.Assumed = append(v.Origin.Assumed, fmt.Sprintf("%d recruits of the scenario are made up: synthetic bachelors of 23 whose homes are unknown.", added))
	}
}

func recruitID(n int) model.TeacherID { return model.TeacherID(fmt.Sprintf("N%05d", n)) }
