package census

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/xianguan/xianguan/model"
)

// County makes one county of the named districts. It takes time linear in the
// schools and the teachers. The county passes its own Validate.
func (c *Census) County(districts []string, o Options) (*model.County, error) {
	chosen, err := c.choose(districts)
	if err != nil {
		return nil, err
	}
	var schools []school
	for i := range c.schools {
		if slices.Contains(chosen, c.schools[i].district) {
			schools = append(schools, c.schools[i])
		}
	}
	b := build{census: c, scheme: c.scheme, districts: chosen, schools: schools}
	county := b.county(o)
	if err := county.Validate(); err != nil {
		return nil, err // as it is, for model.FieldErrors to take apart
	}
	return county, nil
}

// build is one county in the making.
type build struct {
	census *Census
	*scheme
	districts []string
	schools   []school           // of the districts, in order of id
	seats     map[string]*school // by district
}

func (b *build) county(o Options) *model.County {
	b.seats = map[string]*school{}
	for _, district := range b.districts {
		b.seats[district] = seat(slices.DeleteFunc(slices.Clone(b.schools), func(s school) bool { return s.district != district }))
	}
	c := &model.County{
		Format: model.Format, ID: o.ID, Name: o.Name, NameEn: o.NameEn, Date: b.date,
		Policy: b.Policy, Overrides: slices.Clone(b.overrides), Rules: b.rules,
		Subjects: slices.Clone(b.subjects), Curriculum: slices.Clone(b.curriculum), Subsidy: slices.Clone(b.subsidy),
	}
	if c.ID == "" {
		c.ID = countyID(b.districts)
	}
	if c.Name == "" {
		c.Name = strings.Join(b.districts, ", ")
	}
	if at := b.seats[b.districts[0]]; at != nil {
		c.Seat = at.position
	}
	townships, homes := b.cells(b.schools)
	c.Townships = townships
	for i := range b.schools {
		c.Schools = append(c.Schools, b.school(&b.schools[i], homes[i]))
	}
	c.Origin = b.origin(o.Seed)
	c.Teachers = b.people(c, o.Seed)
	return c
}

// school makes a school of a row.
func (b *build) school(s *school, home model.TownshipID) model.School {
	kind := &b.Kinds[s.kind]
	made := model.School{ID: s.id, Name: s.name, District: model.DistrictID(s.district), Township: home,
		Position: s.position, Town: s.urban, Rural: !s.urban, Weak: s.weak, Language: kind.Language,
		Grades: split(s.pupils, b.spans[s.kind], kind.ClassSize)}
	if at := b.seats[s.district]; at != nil {
		made.Tier = b.tier(s, at.position)
	}
	if kind.KeepStaff {
		made.Quota = s.teachers
	}
	return made
}

// split spreads pupils evenly over grades by largest remainder: all remainders
// are equal, so the lower grades get the pupils that are left. A class size above 0 gives the classes.
func split(pupils int, span gradeSpan, classSize int) []model.Grade {
	count := span.last - span.first + 1
	grades := make([]model.Grade, count)
	for i := range grades {
		n := pupils / count
		if i < pupils%count {
			n++
		}
		grades[i] = model.Grade{Grade: span.first + i, Pupils: n}
		if classSize > 0 {
			grades[i].Classes = (n + classSize - 1) / classSize
		}
	}
	return grades
}

// countyID makes an id of names: "ppd-kapit", or "ppd-kapit-and-3-more".
func countyID(districts []string) model.CountyID {
	words := strings.FieldsFunc(strings.ToLower(districts[0]), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		words = []string{"county"}
	}
	if len(districts) > 1 {
		words = append(words, "and", fmt.Sprint(len(districts)-1), "more")
	}
	return model.CountyID(strings.Join(words, "-"))
}
