package model

import "strconv"

func (v *validation) schools() {
	for i := range v.Schools {
		s := &v.Schools[i]
		r := record{v, "schools", i, string(s.ID)}
		r.identity("id", v.school[s.ID])
		if s.Name == "" {
			r.fault("name", "", "the school's name")
		}
		reference(r, "township", s.Township, v.township, "townships")
		r.position(s.Position)
		r.between("tier", int(s.Tier), 0, int(MaxTier))
		if s.Town && s.Rural {
			r.fault("rural", "yes", "a school that is in a town (town) or in the countryside (rural), not both")
		}
		if s.Strong && s.Weak {
			r.fault("weak", "yes", "a school that is strong or weak, not both")
		}
		r.between("boarders", s.Boarders, 0, max(0, s.Pupils(0)))
		r.between("quota", s.Quota, 0, maxPeople)
		r.between("housing", s.Housing, 0, maxPeople)
		for _, class := range []TitleClass{TitleClassSenior, TitleClassMiddle} {
			if posts := s.TitlePosts(class); posts != nil {
				r.between(class.String()+"_posts", *posts, 0, maxPeople)
			}
		}
		reference(r, "partner", s.Partner, v.school, "schools")
		if s.Partner != "" && s.Partner == s.ID {
			r.fault("partner", s.Partner, "another school than %s itself", s.ID)
		}
		reference(r, "outside_partner", s.OutsidePartner, v.outside, "outside")
		if s.AfterSchool != nil && (*s.AfterSchool < 0 || *s.AfterSchool > maxPeriods) {
			r.fault("after_school", *s.AfterSchool, "weekly periods from 0 to %d", maxPeriods/10)
		}
		v.tierHasSubsidy(r, s)
		v.grades(r, s)
	}
	if len(v.Schools) == 0 {
		record{v, "schools", -1, ""}.fault("id", "", "at least one school")
	}
}

// tierHasSubsidy faults a school of a hardship tier that the schedule leaves
// out while it pays easier ones: the pay would fall with hardship.
func (v *validation) tierHasSubsidy(r record, s *School) {
	if s.Tier == 0 || len(v.Subsidy) == 0 || v.pays[s.Tier] {
		return
	}
	r.fault("tier", s.Tier, "a tier of the subsidy schedule")
}

func (v *validation) grades(r record, s *School) {
	if len(s.Grades) == 0 {
		r.fault("pupils_g1", "", "pupils in at least one grade")
	}
	last := 0
	for _, g := range s.Grades {
		name := strconv.Itoa(g.Grade)
		if g.Grade < 1 || g.Grade > 12 || g.Grade <= last {
			r.fault("grade", g.Grade, "grades from 1 to 12, in order, each once")
		}
		last = g.Grade
		r.between("pupils_g"+name, g.Pupils, 0, maxPupils)
		r.between("classes_g"+name, g.Classes, 0, maxClasses)
		if g.Classes > 0 && g.Pupils == 0 {
			r.fault("classes_g"+name, g.Classes, "no classes where there are no pupils")
		}
	}
}
