package scenario

import (
	"github.com/xianguan/xianguan/model"
)

// Balance measures how evenly people and posts stand between schools, before a plan and after it.
type Balance struct {
	Tiers    []FillEquity  `json:"tiers"`    // the filled share between the schools of each hardship tier
	Subjects []FillEquity  `json:"subjects"` // the filled share of each subject between schools
	Staff    []StaffEquity `json:"staff"`    // teachers for each 100 pupils between schools, by stage and kind
}

// FillEquity is how unequal the filled share of the need is between the schools of a group, each weighted by its need.
type FillEquity struct {
	Name    string `json:"name"`
	Chinese string `json:"chinese"`
	Schools int    `json:"schools"` // with a need
	Need    int    `json:"need"`
	Filled  [2]int `json:"filled"` // before, after
	Before  Equity `json:"before"`
	After   Equity `json:"after"`
}

// Kind is a kind of teacher that balance is measured of.
type Kind string

const (
	KindTeachers    Kind = "teachers"     // all in a post
	KindExperienced Kind = "experienced"  // with a title of the first class or higher
	KindBackbone    Kind = "backbone"     // backbone teachers of county level or higher
	KindAboveDegree Kind = "above-degree" // above the degree that the Teachers Law asks for
	KindArts        Kind = "arts"         // in a post of PE, music or fine art
)

// Chinese gives the Chinese term.
func (k Kind) Chinese() string {
	return map[Kind]string{KindTeachers: "专任教师", KindExperienced: "一级及以上职称教师", KindBackbone: "县级以上骨干教师",
		KindAboveDegree: "高于规定学历教师", KindArts: "音体美教师"}[k]
}

// StaffEquity is how unequal the teachers of a kind for each 100 pupils are between the schools of a stage, each weighted by its pupils, as
// 教督〔2012〕3号 has it: with x_i teachers and P_i pupils, X = Σ x_i / Σ P_i, S² = Σ (P_i / P)(x_i / P_i − X)², CV = S / X.
// Schools with fewer pupils than the rules set are left out.
type StaffEquity struct {
	Stage   model.Stage `json:"stage"`
	Kind    Kind        `json:"kind"`
	Schools int         `json:"schools"`
	Before  Equity      `json:"before"`
	After   Equity      `json:"after"`
	Cap     model.Share `json:"cap"` // of the coefficient of variation (差异系数), 教督〔2017〕6号
	// Figure is how many teachers of the kind the indicator asks for, in hundredths for each 100 pupils; 0: no indicator of balanced quality.
	Figure       int    `json:"figure,omitempty"`
	MissedBefore int    `json:"missed_before,omitempty"` // schools below the figure
	Missed       []Miss `json:"missed,omitempty"`        // those below it under the plan, in order of school
}

// WithinCap reports whether the coefficient of variation keeps the cap under the plan.
func (s *StaffEquity) WithinCap() bool {
	return s.After.Variation*float64(model.Whole) <= float64(s.Cap)
}

// Miss is a school that misses an indicator, and by how much.
type Miss struct {
	School model.SchoolID `json:"school"`
	Name   string         `json:"name"`
	Pupils int            `json:"pupils"`
	Before int            `json:"before"` // teachers of the kind
	After  int            `json:"after"`
	Want   int            `json:"want"` // ⌈figure · pupils / 10000⌉
}

// MeasureBalance measures a plan of a county. It takes O(n log n) time in the size of the plan.
func MeasureBalance(c *model.County, p *model.Plan) *Balance {
	b := &Balance{}
	tier := map[model.SchoolID]model.Tier{}
	for i := range c.Schools {
		tier[c.Schools[i].ID] = c.Schools[i].Tier
	}
	for t := range model.MaxTier + 1 {
		e := fillEquity(p, func(post *model.PlannedPost) bool { return tier[post.School] == t })
		if e.Schools > 0 {
			e.Name, e.Chinese = "tier "+string('0'+rune(t)), string('0'+rune(t))+"类"
			b.Tiers = append(b.Tiers, e)
		}
	}
	for i := range c.Subjects {
		s := &c.Subjects[i]
		e := fillEquity(p, func(post *model.PlannedPost) bool { return post.Subject == s.ID })
		if e.Schools > 0 {
			if e.Name, e.Chinese = s.NameEn, s.Name; e.Name == "" {
				e.Name = string(s.ID)
			}
			b.Subjects = append(b.Subjects, e)
		}
	}
	b.Staff = staffEquity(c, p)
	return b
}

// fillEquity measures the posts of a group.
func fillEquity(p *model.Plan, in func(*model.PlannedPost) bool) FillEquity {
	type sums struct{ need, before, after int }
	var order []model.SchoolID
	schools := map[model.SchoolID]*sums{}
	for i := range p.Posts {
		post := &p.Posts[i]
		if post.Need == 0 || !in(post) {
			continue
		}
		s := schools[post.School]
		if s == nil {
			s = &sums{}
			schools[post.School], order = s, append(order, post.School)
		}
		s.need += post.Need
		s.before += min(post.Need, post.Incumbent)
		s.after += min(post.Need, post.Filled)
	}
	e := FillEquity{Schools: len(order)}
	var before, after []weighted
	for _, id := range order {
		s := schools[id]
		e.Need += s.need
		e.Filled[0] += s.before
		e.Filled[1] += s.after
		before = append(before, weighted{float64(s.before) / float64(s.need), float64(s.need)})
		after = append(after, weighted{float64(s.after) / float64(s.need), float64(s.need)})
	}
	e.Before, e.After = newEquity(before), newEquity(after)
	return e
}

// kinds lists the kinds in order, and who is of each in a post.
func kinds(c *model.County) []struct {
	kind   Kind
	figure *model.ByStage[int]
	is     func(t *model.Teacher, post model.PostID) bool
} {
	arts := map[model.SubjectID]bool{}
	for _, s := range c.Subjects {
		arts[s.ID] = s.Arts
	}
	return []struct {
		kind   Kind
		figure *model.ByStage[int]
		is     func(t *model.Teacher, post model.PostID) bool
	}{
		{KindTeachers, nil, func(*model.Teacher, model.PostID) bool { return true }},
		{KindExperienced, nil, func(t *model.Teacher, _ model.PostID) bool { return t.Title >= model.TitleFirst }},
		{KindAboveDegree, &c.Rules.AboveDegreePer100, func(t *model.Teacher, post model.PostID) bool { return t.Degree > model.RequiredDegree(post.Stage) }},
		{KindBackbone, &c.Rules.BackbonePer100, func(t *model.Teacher, _ model.PostID) bool { return t.Backbone >= model.BackboneCounty }},
		{KindArts, &c.Rules.ArtsPer100, func(_ *model.Teacher, post model.PostID) bool { return arts[post.Subject] }},
	}
}

func staffEquity(c *model.County, p *model.Plan) (rows []StaffEquity) {
	type cell struct {
		school model.SchoolID
		stage  model.Stage
	}
	teachers := make(map[model.TeacherID]*model.Teacher, len(c.Teachers))
	for i := range c.Teachers {
		teachers[c.Teachers[i].ID] = &c.Teachers[i]
	}
	all := kinds(c)
	counts := make([]map[cell][2]int, len(all)) // before, after
	for k := range all {
		counts[k] = map[cell][2]int{}
		for i := range p.Assignments {
			a := &p.Assignments[i]
			for when, post := range []model.PostID{a.From, a.To} {
				if t := teachers[a.Teacher]; t != nil && !post.IsZero() && a.Ground != model.GroundAway && all[k].is(t, post) {
					at := cell{post.School, post.Stage}
					n := counts[k][at]
					n[when]++
					counts[k][at] = n
				}
			}
		}
	}
	for _, stage := range model.Stages() {
		for k, kind := range all {
			row := StaffEquity{Stage: stage, Kind: kind.kind, Cap: c.Rules.VariationCap.At(stage)}
			if kind.figure != nil {
				row.Figure = kind.figure.At(stage)
			}
			var before, after []weighted
			for i := range c.Schools {
				s := &c.Schools[i]
				pupils := s.Pupils(stage)
				if pupils == 0 || s.Pupils(0) < c.Rules.IndicatorPupils {
					continue
				}
				row.Schools++
				n := counts[k][cell{s.ID, stage}]
				before = append(before, weighted{100 * float64(n[0]) / float64(pupils), float64(pupils)})
				after = append(after, weighted{100 * float64(n[1]) / float64(pupils), float64(pupils)})
				want := (row.Figure*pupils + 9_999) / 10_000
				if n[0] < want {
					row.MissedBefore++
				}
				if n[1] < want {
					row.Missed = append(row.Missed, Miss{s.ID, s.Name, pupils, n[0], n[1], want})
				}
			}
			if row.Schools == 0 {
				continue
			}
			row.Before, row.After = newEquity(before), newEquity(after)
			rows = append(rows, row)
		}
	}
	return rows
}
