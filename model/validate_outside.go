package model

func (v *validation) outsideSchools() {
	for i := range v.Outside {
		s := &v.Outside[i]
		r := record{v, "outside", i, string(s.ID)}
		r.identity("id", v.outside[s.ID])
		if s.Name == "" {
			r.fault("name", "", "the school's name")
		}
		r.position(s.Position)
		if len(s.Stages) == 0 {
			r.fault("stages", "", "at least one of primary, junior and senior")
		}
		last := Stage(0)
		for _, stage := range s.Stages {
			if stage <= last || stage > StageSenior {
				r.fault("stages", stage, "primary, junior, senior, in this order, each at most once")
			}
			last = stage
		}
		seen := map[SubjectID]bool{}
		for _, subject := range s.Subjects {
			reference(r, "subjects", subject, v.subject, "curriculum")
			if subject == "" || seen[subject] {
				r.fault("subjects", subject, "subjects, each once")
			}
			seen[subject] = true
		}
		r.between("capacity", s.Capacity, 1, maxPeople)
	}
}
