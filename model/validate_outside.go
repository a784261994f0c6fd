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
		r.stages(s.Stages)
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
