package matching

// seats are single places: of each school first the empty ones, then those of its
// present staff, best rank first. Mechanisms that trade present posts trade seats,
// because a seat has one owner where a school has many.
type seats struct {
	start []int32 // of a school: its first seat
	owner []int32 // of a seat: the applicant whose present post it is, or None
	own   []int32 // of an applicant: the seat, or None
}

func newSeats(p *Problem) *seats {
	x := &seats{start: make([]int32, len(p.schools)+1), own: make([]int32, len(p.applicants))}
	for t := range x.own {
		x.own[t] = None
	}
	for s := range p.schools {
		staff := p.staffOf(int32(s))
		// More seats than the school ranks people can't be filled.
		empty := min(p.capacity[s], p.orderStart[s+1]-p.orderStart[s]) - int32(len(staff))
		for range empty {
			x.owner = append(x.owner, None)
		}
		for _, t := range staff {
			x.own[t] = int32(len(x.owner))
			x.owner = append(x.owner, t)
		}
		x.start[s+1] = int32(len(x.owner))
	}
	return x
}
