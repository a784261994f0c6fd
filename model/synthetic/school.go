package synthetic

import (
	"cmp"

	"github.com/xianguan/xianguan/model"
)

// span is a range of whole numbers, both ends included.
type span struct{ low, high int }

// classSize is the range of average pupils in a class, in primary and in junior.
// Village classes are small whatever the cap.
func (k kind) classSize() (primary, junior span) {
	switch k {
	case townPrimary, townJunior:
		return span{38, 44}, span{42, 48}
	case townNineYear:
		return span{34, 42}, span{38, 46}
	case juniorSchool, central:
		return span{22, 36}, span{28, 42}
	case nineYear:
		return span{16, 30}, span{24, 38}
	case village:
		return span{7, 18}, span{}
	default:
		return span{4, 10}, span{}
	}
}

// Staff of a school by its classes (班师比): teachers of a class, in tenths.
const (
	primaryPerClass = 20
	juniorPerClass  = 27
)

// school draws a draft's pupils and everything that follows from them.
func (o *outline) school(d *draft, county string, district model.DistrictID) model.School {
	dice := stream(o.seed, "school", string(d.id))
	p := &o.places[d.place]
	s := model.School{ID: d.id, Name: o.schoolName(d, county), Township: p.ID, District: district,
		Town: d.kind.town(), Rural: !d.kind.town(), Language: d.language}
	s.Position = o.position(d, dice)
	s.Grades = o.grades(d, dice)
	if !s.Town {
		s.Tier = o.terrain.tier(o.road(s.Position), d.kind == teachingPoint)
	}
	s.Strong = s.Town && (d.number == 1 || dice.hit(1500))
	s.Weak = s.Rural && dice.hit(model.Share(1000+1000*int(s.Tier)))
	if d.kind != teachingPoint { // a teaching point's staff stands in the plan of its central school
		s.Quota = o.quota(d, &s)
	}
	s.Boarders, s.Housing = o.boarding(d, &s, dice)
	return s
}

// grades draws the pupils of each grade. The grades of a stage are of one size but
// for the cohorts, which shrink by some 2 % a year; where a grade has more classes
// than another, they are smaller.
func (o *outline) grades(d *draft, dice dice) []model.Grade {
	primary, junior := d.kind.classSize()
	size := [...]int{model.StagePrimary: dice.between(primary.low, primary.high),
		model.StageJunior: dice.between(junior.low, junior.high)}
	var classes, count [len(size)]int
	for grade, n := range d.classes {
		if n > 0 {
			classes[model.StageOf(grade)] += n
			count[model.StageOf(grade)]++
		}
	}
	var grades []model.Grade
	for grade, n := range d.classes {
		if n == 0 {
			continue
		}
		stage := model.StageOf(grade)
		cohort := size[stage] * classes[stage] * (100 - 2*(9-grade) + 6) / (100 * count[stage])
		most := n * o.syllabus.rules.ClassCap.At(stage)
		if d.kind == teachingPoint {
			most = 12 // four grades stay under 50 pupils
		}
		pupils := min(max(cohort+dice.bend(0, 1+cohort/20), 2*n), most)
		grades = append(grades, model.Grade{Grade: grade, Pupils: pupils, Classes: n})
	}
	return grades
}

// quota is the staffing quota (编制): for each stage by pupils or by classes, the
// larger of the two.
func (o *outline) quota(d *draft, s *model.School) int {
	rules, quota := o.syllabus.rules, 0
	perClass := map[model.Stage]int{model.StagePrimary: primaryPerClass, model.StageJunior: juniorPerClass}
	for _, stage := range [...]model.Stage{model.StagePrimary, model.StageJunior} {
		classes := 0
		for grade, n := range d.classes {
			if model.StageOf(grade) == stage {
				classes += n
			}
		}
		teaching := int(model.Whole - rules.NonTeachingShare.At(stage))
		byClass := ceil(classes*perClass[stage]*int(model.Whole), 10*teaching)
		byPupil := ceil(10*s.Pupils(stage), int(rules.PupilsPerStaff.At(stage)))
		quota += max(byClass, byPupil)
	}
	return quota
}

// boarding draws boarding pupils, from grade 4 on, and places in transitional
// housing.
func (o *outline) boarding(d *draft, s *model.School, dice dice) (boarders, housing int) {
	share := o.terrain.boarding
	switch d.kind {
	case village, teachingPoint, townPrimary:
		share = span{}
	case townJunior, townNineYear:
		share = span{4, 12}
	}
	older := 0
	for _, g := range s.Grades {
		if g.Grade >= 4 {
			older += g.Pupils
		}
	}
	boarders = older * dice.between(share.low, share.high) / 100
	if s.Rural && d.kind != teachingPoint {
		housing = d.need * dice.between(o.terrain.housing.low, o.terrain.housing.high) / 100
	}
	return boarders, housing
}

// position puts town schools and centres near the middle of their township and
// villages farther out.
func (o *outline) position(d *draft, dice dice) model.Position {
	at := o.places[d.place].Position
	reach := 700
	switch {
	case d.kind.town():
		reach = 2_000
	case d.kind == village, d.kind == teachingPoint:
		reach = o.terrain.villages
	}
	north, east := dice.between(-reach, reach), dice.between(-reach, reach)
	if reach == o.terrain.villages && abs(north) < reach/3 && abs(east) < reach/3 {
		north += 2 * reach / 3 // not at the centre
	}
	return offset(at, north, east)
}

// road is the distance by road in metres from the nearest town.
func (o *outline) road(at model.Position) int {
	best := model.Metres(-1)
	for i := range o.places {
		if p := &o.places[i]; p.Town {
			if far := model.Distance(at, p.Position); best < 0 || far < best {
				best = far
			}
		}
	}
	return int(o.syllabus.rules.RoadFactor.Of(int64(max(0, best))))
}

// schoolName names a school the way schools are named. The names are made up.
func (o *outline) schoolName(d *draft, county string) string {
	township, which := o.places[d.place].Name, numeral(d.number)
	if d.kind.town() && d.place == 0 {
		township = county
	}
	switch {
	case d.language == "mn":
		which = "蒙古族"
	case d.language != "":
		which = "（" + string(d.language) + "）"
	case d.place > 0 && d.number == 1: // the only one, as a rule
		which = ""
	}
	switch d.kind {
	case townPrimary:
		return township + cmp.Or(which, "中心") + "小学"
	case townJunior:
		return township + which + "初级中学"
	case townNineYear:
		return township + cmp.Or(which, "中心") + "学校"
	case juniorSchool:
		return township + "初级中学"
	case central:
		return township + "中心小学"
	case nineYear:
		return township + "九年一贯制学校"
	case teachingPoint: // villages from the other end: no name twice in a township
		return township + villageName(5*d.place+24-d.number) + "教学点"
	}
	if d.language != "" {
		return township + which + "小学"
	}
	return township + villageName(5*d.place+d.number) + "村小学"
}
