package model

func (v *validation) teachers() {
	for i := range v.Teachers {
		t := &v.Teachers[i]
		r := record{v, "teachers", i, string(t.ID)}
		r.identity("id", v.teacher[t.ID])
		v.workplace(r, t)
		v.qualification(r, t)
		v.service(r, t)
		v.duties(r, t)
		v.wishes(r, t)
	}
}

// workplace checks the school or the pool, the exchange and the duty.
func (v *validation) workplace(r record, t *Teacher) {
	reference(r, "school", t.School, v.school, "schools")
	if t.School == "" && t.Pool != PoolRecruit && t.Pool != PoolUnplaced {
		r.fault("pool", t.Pool, "recruit or unplaced for a teacher without a school")
	}
	if t.School != "" && t.Pool != PoolNone {
		r.fault("pool", t.Pool, "nothing for a teacher who has a school")
	}
	reference(r, "working_school", t.WorkingSchool, v.school, "schools")
	if t.WorkingSchool != "" && (t.School == "" || t.WorkingSchool == t.School) {
		r.fault("working_school", t.WorkingSchool, "another school than the personnel school, for a teacher who has one")
	}
	if (t.WorkingSchool == "") != (t.ExchangeEnds == 0) {
		r.fault("exchange_ends", t.ExchangeEnds, "the day on which the exchange ends, exactly where there is a working school")
	}
	r.date("exchange_ends", t.ExchangeEnds)
	if t.Duty > DutySeconded {
		r.fault("duty", t.Duty, "active, leave or seconded")
	}
	if t.Duty == DutyActive && t.DutyUntil != 0 {
		r.fault("duty_until", t.DutyUntil, "no day for a teacher at work")
	}
	r.date("duty_until", t.DutyUntil)
}

// qualification checks stages, subjects, languages and titles.
func (v *validation) qualification(r record, t *Teacher) {
	r.stages(t.Stages)
	if t.Main == "" {
		r.fault("main", "", "a subject of the curriculum")
	}
	reference(r, "main", t.Main, v.subject, "curriculum")
	seen := map[SubjectID]bool{t.Main: true}
	for _, s := range t.Second {
		reference(r, "second", s, v.subject, "curriculum")
		if s == "" || seen[s] {
			r.fault("second", s, "further subjects, each once, without the main one")
		}
		seen[s] = true
	}
	reference(r, "teaches", t.Teaches, v.subject, "curriculum")
	if t.TeachesStage > StageSenior {
		r.fault("teaches_stage", t.TeachesStage, "primary, junior or senior")
	}
	if t.Title > TitleProfessor {
		r.fault("title", t.Title, "none, third, second, first, senior or professor")
	}
	if t.Evaluation > EvaluationExcellent {
		r.fault("evaluation", t.Evaluation, "unqualified, basic, qualified or excellent, or nothing")
	}
	if t.Backbone > BackboneNation {
		r.fault("backbone", t.Backbone, "none, school, county, city, province or nation")
	}
	if t.Degree > DegreeDoctor {
		r.fault("degree", t.Degree, "secondary, college, bachelor, master or doctor")
	}
	spoken := map[Language]bool{}
	for _, l := range t.Languages {
		if l == "" || spoken[l] {
			r.fault("languages", l, "languages, each once")
		}
		spoken[l] = true
		r.plain("languages", string(l))
	}
}

// service checks dates, years, exemptions and the service term.
func (v *validation) service(r record, t *Teacher) {
	if t.Born == 0 {
		r.fault("born", "", "the day of birth")
	}
	r.date("born", t.Born)
	r.date("retires", t.Retires)
	if t.Born.Valid() && v.Date.Valid() {
		if age := v.Date.YearsSince(t.Born); age < 16 || age > 80 {
			r.fault("born", t.Born, "a day 16 to 80 years before %s", v.Date)
		}
	}
	r.between("years_here", t.YearsHere, 0, maxYears)
	r.between("rural_years", t.RuralYears, 0, maxYears)
	if t.School == "" && t.YearsHere > 0 {
		r.fault("years_here", t.YearsHere, "0 for a teacher without a school")
	}
	for i, e := range t.Exemptions {
		if e == 0 || e > ExemptionOther || (i > 0 && e <= t.Exemptions[i-1]) {
			r.fault("exemptions", e, "maternity, illness, other, in this order, each at most once")
		}
	}
	if t.Term > TermDirected {
		r.fault("term", t.Term, "special-post or directed")
	}
	if (t.Term == TermNone) != (t.TermEnds == 0) {
		r.fault("term_ends", t.TermEnds, "the day on which the service term ends, exactly where there is a term")
	}
	r.date("term_ends", t.TermEnds)
}

// duties checks release time and the office of a principal.
func (v *validation) duties(r record, t *Teacher) {
	for _, part := range []struct {
		name    string
		periods Tenths
	}{{"outreach", t.Release.Outreach}, {"mentoring", t.Release.Mentoring}, {"training", t.Release.Training}} {
		if part.periods < 0 || part.periods > maxPeriods {
			r.fault(part.name, part.periods, "weekly periods from 0 to %d", maxPeriods/10)
		}
	}
	if t.PrincipalSince == 0 {
		return
	}
	r.date("principal_since", t.PrincipalSince)
	if t.School == "" || t.PrincipalSince > v.Date || t.PrincipalSince < t.Born {
		r.fault("principal_since", t.PrincipalSince, "a day of the teacher's life up to %s, for somebody who has a school", v.Date)
	}
	if first, taken := v.heads[t.School]; taken && t.School != "" {
		r.clash("principal_since", t.PrincipalSince.String(), "one principal for each school", first)
	} else {
		v.heads[t.School] = r.index
	}
}

// wishes checks the home, points, preferences and partner.
func (v *validation) wishes(r record, t *Teacher) {
	reference(r, "home", t.Home, v.township, "townships")
	r.between("points", t.Points, 0, maxPoints)
	listed := map[SchoolID]bool{}
	for _, s := range t.Preferences {
		reference(r, "preferences", s, v.school, "schools")
		if s == "" || listed[s] {
			r.fault("preferences", s, "schools, each once")
		}
		listed[s] = true
	}
	if t.Partner == "" {
		return
	}
	reference(r, "partner", t.Partner, v.teacher, "teachers")
	if place, found := v.teacher[t.Partner]; found {
		if other := &v.Teachers[place]; t.Partner == t.ID || other.Partner != t.ID {
			r.fault("partner", t.Partner, "another teacher whose partner is %s", t.ID)
		}
	}
}
