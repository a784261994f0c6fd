package model

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Limits that no real county comes near. They keep every sum far inside int64.
const (
	maxPupils   = 20_000             // in one grade of one school
	maxClasses  = 1_000              // in one grade of one school
	maxPeople   = 1_000_000          // teachers, places, posts of one record
	maxPoints   = 1_000_000          // points (积分) of one teacher
	maxYears    = 60                 // of service
	maxMonthly  = 100_000_000        // fen a month: a million yuan
	maxBudget   = 100_000_000_000_00 // fen a month: a hundred thousand million yuan
	maxPeriods  = 600                // tenths of a weekly period
	maxDistance = 40_000_000         // metres: the equator
)

// suggestions bounds how many ids are compared for "did you mean" in one call,
// so that a file of a million wrong names fails quickly as well.
const suggestions = 1_000_000

// maxSubsidyLines is one line for every tier and number of years. Beyond it the
// schedule is refused as a whole: holding lines to each other takes O(lines³).
const maxSubsidyLines = (int(MaxTier) + 1) * (maxYears + 1)

// Validate checks every record and every reference of the county and reports
// all faults at once: errors.Join of *[FieldError], in the order of the tables.
// It returns nil for a county that can be planned. It takes time linear in the
// size of the county.
func (c *County) Validate() error {
	v := newValidation(c)
	v.county()
	v.texts()
	v.townships()
	v.subjects()
	v.curriculum()
	v.rules()
	v.subsidy()
	v.schools()
	v.teachers()
	v.posts()
	v.outsideSchools()
	return errors.Join(v.faults...)
}

// validation collects the faults of one county.
type validation struct {
	*County
	faults   []error
	compared int           // ids, for suggestions
	pays     map[Tier]bool // tiers of the subsidy schedule
	township map[TownshipID]int
	school   map[SchoolID]int
	subject  map[SubjectID]int
	teacher  map[TeacherID]int
	outside  map[OutsideID]int
	heads    map[SchoolID]int // first principal of each school
}

func newValidation(c *County) *validation {
	pays := map[Tier]bool{}
	for _, line := range c.Subsidy {
		pays[line.Tier] = true
	}
	return &validation{
		County:   c,
		pays:     pays,
		township: index(c.Townships, func(t *Township) TownshipID { return t.ID }),
		school:   index(c.Schools, func(s *School) SchoolID { return s.ID }),
		subject:  index(c.Subjects, func(s *Subject) SubjectID { return s.ID }),
		teacher:  index(c.Teachers, func(t *Teacher) TeacherID { return t.ID }),
		outside:  index(c.Outside, func(s *OutsideSchool) OutsideID { return s.ID }),
		heads:    map[SchoolID]int{},
	}
}

// index maps each id to the first record that has it.
func index[R any, ID comparable](records []R, id func(*R) ID) map[ID]int {
	places := make(map[ID]int, len(records))
	for i := range records {
		if _, seen := places[id(&records[i])]; !seen {
			places[id(&records[i])] = i
		}
	}
	return places
}

// record is where faults are found: one record of one table.
type record struct {
	*validation
	table string
	index int
	id    string
}

func (r record) fault(field string, value any, want string, args ...any) {
	r.faults = append(r.faults, &FieldError{Table: r.table, Index: r.index, ID: r.id,
		Field: field, Value: fmt.Sprint(value), Want: fmt.Sprintf(want, args...)})
}

// clash faults a value that an earlier record has, too.
func (r record) clash(field string, value any, want string, first int) {
	r.faults = append(r.faults, &FieldError{Table: r.table, Index: r.index, ID: r.id,
		Field: field, Value: fmt.Sprint(value), Want: want, Clash: first + 1})
}

// between faults a number outside its range.
func (r record) between(field string, value, low, high int) {
	if value < low || value > high {
		r.fault(field, value, "a whole number from %d to %d", low, high)
	}
}

// date faults a day that does not exist. An absent date passes.
func (r record) date(field string, day Date) {
	if day != 0 && !day.Valid() {
		r.fault(field, day, "a day that exists, such as 2026-09-01")
	}
}

// stages faults a list of stages that is empty or out of order.
func (r record) stages(list []Stage) {
	if len(list) == 0 {
		r.fault("stages", "", "at least one of primary, junior and senior")
	}
	last := Stage(0)
	for _, stage := range list {
		if stage <= last || stage > StageSenior {
			r.fault("stages", stage, "primary, junior, senior, in this order, each at most once")
		}
		last = stage
	}
}

// position faults coordinates off the globe.
func (r record) position(p Position) {
	if p.Lat < -90_000_000 || p.Lat > 90_000_000 {
		r.fault("lat", FormatDegrees(p.Lat), "degrees from -90 to 90")
	}
	if p.Lon < -180_000_000 || p.Lon > 180_000_000 {
		r.fault("lon", FormatDegrees(p.Lon), "degrees from -180 to 180")
	}
}

// identity faults an empty, unprintable or repeated id. first is the place of
// the first record with the id.
func (r record) identity(field string, first int) {
	switch {
	case r.id == "":
		r.fault(field, "", "an id")
	case first != r.index:
		r.clash(field, r.id, "an id of its own", first)
	default:
		r.plain(field, r.id)
	}
}

// plain faults ids that could not be written to a list in a CSV cell.
func (r record) plain(field, id string) {
	if id != strings.TrimSpace(id) || strings.ContainsAny(id, ";,；，、\"\r\n\t/") || !printable(id) {
		r.fault(field, id, "an id without blanks around it, and without any of ; , / and quotes")
	}
}

// reference faults an id that no record of the target table has. An empty id
// passes.
func reference[ID ~string](r record, field string, id ID, known map[ID]int, table string) {
	if id == "" {
		return
	}
	if _, found := known[id]; found {
		return
	}
	want := "an id from " + table
	if r.compared += len(known); r.compared <= suggestions {
		ids := make([]string, 0, len(known))
		for k := range known {
			ids = append(ids, string(k))
		}
		if near := Nearest(string(id), ids); near != "" {
			want += fmt.Sprintf("; did you mean %q?", near)
		}
	}
	r.fault(field, id, "%s", want)
}

func (v *validation) county() {
	r := record{v, "settings", -1, ""}
	if v.Format != Format {
		r.fault("format", v.Format, "%d, the version that this program reads", Format)
	}
	if v.ID == "" {
		r.fault("county.id", "", "an id")
	}
	if v.Name == "" {
		r.fault("county.name", "", "the county's name")
	}
	if v.Date == 0 || !v.Date.Valid() {
		r.fault("county.date", v.Date, "the first day of the school year, such as 2026-09-01")
	}
	r.position(v.Seat)
	if v.Policy == "" {
		r.fault("policy", "", "the name of a policy pack, such as national")
	}
}

func (v *validation) townships() {
	for i := range v.Townships {
		t := &v.Townships[i]
		r := record{v, "townships", i, string(t.ID)}
		r.identity("id", v.township[t.ID])
		r.position(t.Position)
	}
}

func (v *validation) subjects() {
	for i := range v.Subjects {
		s := &v.Subjects[i]
		r := record{v, "curriculum", i, string(s.ID)}
		r.identity("subject", v.subject[s.ID])
		if s.Name == "" {
			r.fault("name", "", "the subject's name")
		}
	}
	if len(v.Subjects) == 0 {
		record{v, "curriculum", -1, ""}.fault("subject", "", "at least one subject")
	}
}

func (v *validation) curriculum() {
	type cell struct {
		subject SubjectID
		grade   int
	}
	seen := map[cell]bool{}
	for i, line := range v.Curriculum {
		r := record{v, "curriculum", i, string(line.Subject)}
		if place, found := v.subject[line.Subject]; found {
			r.index = place
		} else if line.Subject == "" {
			r.fault("subject", "", "an id from the subjects")
		} else {
			reference(r, "subject", line.Subject, v.subject, "the subjects")
		}
		field := "g" + strconv.Itoa(line.Grade)
		if line.Grade < 1 || line.Grade > 12 {
			r.fault("grade", line.Grade, "a grade from 1 to 12")
		}
		if line.Periods <= 0 || line.Periods > maxPeriods {
			r.fault(field, line.Periods, "weekly periods above 0 and up to %d", maxPeriods/10)
		}
		if key := (cell{line.Subject, line.Grade}); seen[key] {
			r.fault(field, line.Periods, "one number for each subject and grade")
		} else {
			seen[key] = true
		}
	}
}

// subsidy holds the schedule to the policy: with every number of years, the
// amount grows strictly with the tier, and in a tier it never falls with years.
func (v *validation) subsidy() {
	years := []int{}
	for i, line := range v.Subsidy {
		r := record{v, "subsidies", i, fmt.Sprintf("tier %d from %d years", line.Tier, line.FromYears)}
		r.between("tier", int(line.Tier), 0, int(MaxTier))
		r.between("from_years", line.FromYears, 0, maxYears)
		if line.Monthly < 0 || line.Monthly > maxMonthly {
			r.fault("yuan_per_month", line.Monthly, "an amount from 0 to %s", Fen(maxMonthly))
		}
		years = append(years, line.FromYears)
		if i == 0 {
			continue
		}
		before := v.Subsidy[i-1]
		if line.Tier < before.Tier || (line.Tier == before.Tier && line.FromYears <= before.FromYears) {
			r.fault("from_years", line.FromYears, "lines in order of tier, then of years, without repeats")
		} else if line.Tier == before.Tier && line.Monthly < before.Monthly {
			r.fault("yuan_per_month", line.Monthly, "at least %s: an amount never falls with service", before.Monthly)
		}
	}
	if len(v.Subsidy) > maxSubsidyLines {
		record{v, "subsidies", -1, ""}.fault("tier", len(v.Subsidy), "at most %d lines", maxSubsidyLines)
		return
	}
	for i, line := range v.Subsidy {
		v.steeper(i, line, years)
	}
}

// steeper faults a line whose tier pays no more than an easier tier at some
// number of years at which this line is the one that counts, and a tier that
// begins to pay later than an easier one.
func (v *validation) steeper(i int, line SubsidyLine, years []int) {
	r := record{v, "subsidies", i, fmt.Sprintf("tier %d from %d years", line.Tier, line.FromYears)}
	for j := i - 1; j >= 0; j-- {
		easier := v.Subsidy[j].Tier
		if easier >= line.Tier {
			continue
		}
		first := j == i-1 // of its tier
		for _, y := range years {
			floor := v.Subsidy.Monthly(easier, y)
			if first && y < line.FromYears && floor > 0 {
				r.fault("from_years", line.FromYears, "at most %d, since tier %d pays from then on: the harder the place, the better the pay", y, easier)
				return
			}
			if y < line.FromYears || v.Subsidy.Monthly(line.Tier, y) != line.Monthly {
				continue
			}
			if floor >= line.Monthly {
				r.fault("yuan_per_month", line.Monthly, "more than %s, which tier %d pays after %d years: the harder the place, the better the pay",
					floor, easier, y)
				return
			}
		}
		return // easier tiers below are held to the nearest one
	}
}

func (v *validation) posts() {
	seen := map[PostID]int{}
	for i := range v.Posts {
		p := &v.Posts[i]
		r := record{v, "posts", i, p.PostID.String()}
		if first, repeated := seen[p.PostID]; repeated {
			r.clash("school", p.School, "each post once", first)
		} else {
			seen[p.PostID] = i
		}
		r.between("need", p.Need, 0, maxPeople)
		if p.School == "" {
			r.fault("school", "", "an id from schools")
		}
		reference(r, "school", p.School, v.school, "schools")
		if p.Subject == "" {
			r.fault("subject", "", "a subject of the curriculum")
		}
		reference(r, "subject", p.Subject, v.subject, "curriculum")
		if place, found := v.school[p.School]; found && !v.Schools[place].HasStage(p.Stage) {
			r.fault("stage", p.Stage, "a stage that the school teaches")
		}
	}
}
