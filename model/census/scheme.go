package census

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
	"github.com/xianguan/xianguan/model/synthetic"
)

// scheme is a mapping with its texts read: what the importer works with.
type scheme struct {
	*Mapping
	date       model.Date
	overrides  []model.Override
	rules      model.Rules
	spans      []gradeSpan // of Mapping.Kinds
	subjects   []model.Subject
	curriculum []model.CurriculumLine
	subsidy    model.SubsidySchedule
	profile    synthetic.Profile
	cell       int32          // millionths of a degree; 0: no cells
	low, high  model.Position // corners of the bounds; both zero: no bounds
	found      faultList
}

// resolve reads the texts of the mapping and checks them. All faults come at
// once.
func (m *Mapping) resolve() (*scheme, error) {
	s := &scheme{Mapping: m}
	s.heading()
	s.columnNames()
	s.kinds()
	s.policyRules()
	s.lessons()
	s.readPeople()
	s.hardship()
	s.places()
	s.treatments()
	if err := s.found.err(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *scheme) fault(path string, value any, want string, args ...any) {
	s.found.add(&MappingError{Path: path, Value: fmt.Sprint(value), Want: fmt.Sprintf(want, args...)})
}

// needed faults an empty text.
func (s *scheme) needed(path, text, want string) {
	if text == "" {
		s.fault(path, text, "%s", want)
	}
}

func (s *scheme) heading() {
	if s.Format != Format {
		s.fault("format", s.Format, "%d, the version that this program reads", Format)
	}
	s.needed("source", s.Source, "where the census comes from")
	s.needed("licence", s.Licence, "the licence of the census")
	if len(s.Real) == 0 || slices.Contains(s.Real, "") {
		s.fault("real", "", "at least one sentence on what is real, and no empty one")
	}
	if len(s.Assumed) == 0 || slices.Contains(s.Assumed, "") {
		s.fault("assumed", "", "at least one sentence on what is assumed, and no empty one")
	}
	var err error
	if s.date, err = model.ParseDate(s.Date); err != nil {
		s.fault("date", s.Date, "the first day of the school year, such as 2026-01-12")
	}
}

func (s *scheme) columnNames() {
	c := &s.Columns
	s.needed("columns.district", c.District, "the column of the district")
	s.needed("columns.id", c.ID, "the column of the school's id")
	s.needed("columns.name", c.Name, "the column of the school's name")
	s.needed("columns.teachers", c.Teachers, "the column of the teachers in post")
	s.needed("columns.lat", c.Lat, "the column of the latitude")
	s.needed("columns.lon", c.Lon, "the column of the longitude")
	if len(c.Pupils) == 0 {
		s.fault("columns.pupils", "", "at least one column of pupils")
	}
	for i, name := range c.Pupils {
		s.needed(fmt.Sprintf("columns.pupils[%d]", i), name, "a column of pupils")
		if slices.Contains(c.Pupils[:i], name) {
			s.fault(fmt.Sprintf("columns.pupils[%d]", i), name, "each column once, or its pupils count twice")
		}
	}
	s.flag("urban", &s.Urban)
	s.flag("under_enrolled", &s.UnderEnrolled.Flag)
	if len(s.UnderEnrolled.Types) > 0 && c.Type == "" {
		s.fault("under_enrolled.types", s.UnderEnrolled.Types[0], "no types, or a column of them in columns.type")
	}
	if s.UnderEnrolled.Limit < 0 || (s.UnderEnrolled.Limit > 0 && s.UnderEnrolled.Column == "") {
		s.fault("under_enrolled.limit", s.UnderEnrolled.Limit, "a number of pupils, with a column")
	}
}

// flag faults a value with both meanings, and meanings without a column.
func (s *scheme) flag(path string, f *Flag) {
	if (f.Column == "") != (len(f.Yes) == 0) {
		s.fault(path+".column", f.Column, "a column, and the values that mean yes, or neither")
	}
	for i, value := range f.No {
		if slices.Contains(f.Yes, value) {
			s.fault(fmt.Sprintf("%s.no[%d]", path, i), value, "each value to mean either yes or no")
		}
	}
}

func (s *scheme) kinds() {
	if len(s.Kinds) == 0 {
		s.fault("kinds", "", "at least one kind of school")
	}
	for i := range s.Kinds {
		k, path := &s.Kinds[i], fmt.Sprintf("kinds[%d].", i)
		span, err := parseGrades(k.Grades)
		if err != nil {
			s.fault(path+"grades", k.Grades, "grades from 1 to 12, such as 1-6")
		}
		s.spans = append(s.spans, span)
		if k.Level != "" && s.Columns.Level == "" {
			s.fault(path+"level", k.Level, "no level, or a column of it in columns.level")
		}
		if k.Type != "" && s.Columns.Type == "" {
			s.fault(path+"type", k.Type, "no type, or a column of it in columns.type")
		}
		if k.ClassSize < 0 || k.ClassSize > maxClassSize {
			s.fault(path+"class_size", k.ClassSize, "pupils in a class, from 1 to %d, or 0 for the class cap", maxClassSize)
		}
		for j := range s.Kinds[:i] {
			if s.Kinds[j].fits(k.Level, k.Type) {
				s.fault(path+"type", k.String(), "a kind that is not hidden by kind %d before it", j+1)
				break
			}
		}
	}
}

func (s *scheme) policyRules() {
	for i, o := range s.Overrides {
		s.overrides = append(s.overrides, model.Override{Key: o.Key, Value: o.Value})
		s.needed(fmt.Sprintf("overrides[%d].why", i), o.Why, "the reason of the assumption")
	}
	pack, err := policy.Load(s.Policy)
	if err != nil {
		s.found.add(&MappingError{Path: "policy", Value: s.Policy, Want: "a policy pack: " + err.Error(), Err: err})
		return
	}
	if s.rules, err = pack.Resolve(s.overrides); err != nil {
		s.found.add(&MappingError{Path: "overrides", Value: s.Policy, Want: "overrides that the pack allows: " + err.Error(), Err: err})
	}
}

// lessons gives the subjects and the curriculum: those of the mapping, or of the
// policy pack where it has none.
func (s *scheme) lessons() {
	if len(s.Subjects) == 0 {
		s.subjects, s.curriculum, _ = policy.Curriculum(s.Policy) // a missing pack is noted already
		return
	}
	for i := range s.Subjects {
		subject, path := &s.Subjects[i], fmt.Sprintf("subjects[%d].", i)
		s.needed(path+"id", string(subject.ID), "an id")
		s.needed(path+"name", subject.Name, "the subject's name")
		if slices.ContainsFunc(s.Subjects[:i], func(o Subject) bool { return o.ID == subject.ID }) {
			s.fault(path+"id", subject.ID, "each subject once")
		}
		s.subjects = append(s.subjects, model.Subject{ID: subject.ID, Name: subject.Name, NameEn: subject.NameEn, Language: subject.Language, Arts: subject.Arts})
		s.weekly(path, subject)
	}
}

// weekly adds the curriculum lines of a subject, in order of grade.
func (s *scheme) weekly(path string, subject *Subject) {
	var byGrade [13]model.Tenths
	for _, grades := range slices.Sorted(maps.Keys(subject.Periods)) {
		place := path + "periods." + grades
		span, err := parseGrades(grades)
		if err != nil {
			s.fault(place, grades, "grades from 1 to 12, such as 1-3")
			continue
		}
		periods, err := model.ParseTenths(subject.Periods[grades])
		if err != nil || periods <= 0 || periods > maxPeriods {
			s.fault(place, subject.Periods[grades], "weekly periods above 0 and up to %s, such as 4 or 2.5", model.Tenths(maxPeriods))
		}
		for grade := span.first; grade <= span.last; grade++ {
			if byGrade[grade] != 0 {
				s.fault(place, grade, "each grade of a subject once")
			}
			byGrade[grade] = periods
		}
	}
	for grade, periods := range byGrade {
		if periods > 0 {
			s.curriculum = append(s.curriculum, model.CurriculumLine{Subject: subject.ID, Grade: grade, Periods: periods})
		}
	}
}

// hardship reads the tiers and the subsidies. That the subsidy grows with
// hardship is checked with the county.
func (s *scheme) hardship() {
	for i, step := range s.Tiers {
		path := fmt.Sprintf("tiers[%d].", i)
		if step.Tier > model.MaxTier {
			s.fault(path+"tier", step.Tier, "a tier from 0 to %d", model.MaxTier)
		}
		if step.From < 0 || (i > 0 && (step.From <= s.Tiers[i-1].From || step.Tier <= s.Tiers[i-1].Tier)) {
			s.fault(path+"from_metres", int64(step.From), "distances and tiers that grow from step to step")
		}
	}
	for i, line := range s.Subsidy {
		amount, err := model.ParseYuan(line.Monthly)
		if err != nil {
			s.fault(fmt.Sprintf("subsidy[%d].yuan_per_month", i), line.Monthly, "an amount in yuan, such as 300 or 300.50")
		}
		s.subsidy = append(s.subsidy, model.SubsidyLine{Tier: line.Tier, FromYears: line.FromYears, Monthly: amount})
	}
}

// places reads the cell and the bounds.
func (s *scheme) places() {
	if s.HomeCell != "" {
		cell, err := model.ParseDegrees(s.HomeCell, 10)
		if err != nil || cell < minCell {
			s.fault("home_cell", s.HomeCell, "degrees from %s to 10, such as 0.1", model.FormatDegrees(minCell))
		}
		s.cell = cell
	}
	b := s.Bounds
	if b == nil {
		return
	}
	for _, side := range []struct {
		path, text string
		limit      int32
		into       *int32
	}{
		{"bounds.south", b.South, 90, &s.low.Lat}, {"bounds.north", b.North, 90, &s.high.Lat},
		{"bounds.west", b.West, 180, &s.low.Lon}, {"bounds.east", b.East, 180, &s.high.Lon},
	} {
		degrees, err := model.ParseDegrees(side.text, side.limit)
		if err != nil {
			s.fault(side.path, side.text, "degrees from -%d to %d", side.limit, side.limit)
		}
		*side.into = degrees
	}
	if s.low.Lat >= s.high.Lat || s.low.Lon >= s.high.Lon {
		s.fault("bounds", strconv.Quote(b.South+" "+b.North+" "+b.West+" "+b.East), "south below north and west below east")
	}
}

func (s *scheme) treatments() {
	for _, rule := range s.Faults.rules() {
		if !slices.Contains(rule.allowed, rule.treatment) {
			unknown := &model.UnknownWordError{What: "treatment", Word: string(rule.treatment)}
			for _, t := range rule.allowed {
				unknown.Known = append(unknown.Known, string(t))
			}
			s.found.add(&MappingError{Path: "faults." + rule.path, Value: string(rule.treatment),
				Want: "a treatment that fits the fault; " + unknown.Hint(), Err: unknown})
		}
	}
}
