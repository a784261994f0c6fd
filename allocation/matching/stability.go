package matching

// BlockingPair is an applicant and a school that would both rather have each other.
type BlockingPair struct {
	Applicant, School int32
	Choice, Rank      int32 // place of the school on the list, of the applicant in the ranking, from 1
	Instead           int32 // the worst-ranked person there, whom the applicant outranks; None: a place is free
	InsteadRank       int32 // that person's place in the ranking; 0 for one who is not eligible
}

// BlockingPairs is every pair that blocks a matching: the applicant is on no school
// or a less wanted one, and the school has a free place or somebody of worse rank.
// A feasible, individually rational matching is stable if and only if there are
// none. It is justified envy and waste together. Where the applicant's class is at its cap there, only
// the people of that class count, and no place is free. O(E + n log n), in the order of
// applicants and lists; with class caps O(E q + n log n).
func BlockingPairs(p *Problem, m Matching) []BlockingPair {
	return p.blocking(m, true, true)
}

// JustifiedEnvy is every applicant and school where the applicant would rather be
// at the school, and somebody there has a worse rank; Instead is the worst-ranked
// one. O(E + n log n).
func JustifiedEnvy(p *Problem, m Matching) []BlockingPair {
	return p.blocking(m, true, false)
}

// Waste is every applicant and school where the applicant would rather be at the
// school, and a place is free there. O(E + n log n).
func Waste(p *Problem, m Matching) []BlockingPair {
	return p.blocking(m, false, true)
}

func (p *Problem) blocking(m Matching, envy, waste bool) []BlockingPair {
	start, people, ranks := p.holders(m)
	counts := p.classCounts(m)
	var found []BlockingPair
	for t, s := range m {
		for e, end := p.listStart[t], p.wanted(int32(t), s); e < end; e++ {
			to := p.edgeSchool[e]
			b := BlockingPair{Applicant: int32(t), School: to, Choice: e - p.listStart[t] + 1, Rank: p.edgeRank[e] + 1, Instead: None}
			from, last := start[to], start[to+1]-1
			class, full := p.classes.of(int32(t)), last+1-from >= p.capacity[to]
			if counts != nil && counts[to*p.classes.number()+class] >= p.classes.cap(to, class) {
				full = true // only somebody of the class can make room
				for last >= from && p.classes.of(people[last]) != class {
					last--
				}
			}
			if waste && !full {
				found = append(found, b)
				continue
			}
			if envy && last >= from && ranks[last] > p.edgeRank[e] {
				b.Instead = people[last]
				if ranks[last] != notEligible {
					b.InsteadRank = ranks[last] + 1
				}
				found = append(found, b)
			}
		}
	}
	return found
}
