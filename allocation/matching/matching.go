package matching

import "slices"

// Matching gives each applicant, by number, the number of a school or None.
type Matching []int32

// Pair is one applicant's result in words.
type Pair struct {
	Applicant string `json:"applicant"`
	School    string `json:"school,omitempty"` // empty: none
	Choice    int    `json:"choice,omitempty"` // place of the school on the applicant's list, or of the pair on the couple's, from 1; 0: not on it
	Rank      int    `json:"rank,omitempty"`   // place of the applicant in the school's ranking, from 1
}

// Pairs puts a matching in words, in the order of the market's applicants.
func (p *Problem) Pairs(m Matching) []Pair {
	pairs := make([]Pair, len(m))
	choices := p.choices(m)
	for t, s := range m {
		pairs[t] = Pair{Applicant: p.applicants[t], School: p.School(s)}
		if s == None {
			continue
		}
		pairs[t].Choice = int(choices[t])
		pairs[t].Rank = int(p.rankOf(int32(t), s)) + 1
	}
	return pairs
}

// choice is the place of a school on an applicant's list, from 1, or 0.
func (p *Problem) choice(t, s int32) int32 {
	if e := p.edge(t, s); e != None {
		return e - p.listStart[t] + 1
	}
	return 0
}

// Match is the matching that gives each applicant the school by its id; who is
// not named or has "" has none. Unknown names are *Error. It does not check
// capacities or eligibility: Breaches does.
func (p *Problem) Match(schools map[string]string) (Matching, error) {
	var f faults
	m := p.empty()
	ids := make([]string, 0, len(schools))
	for id := range schools {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		t, name := p.FindApplicant(id), schools[id]
		if t == None {
			f.unknown("matching", -1, "", "applicant", id, "an applicant", p.applicants)
			continue
		}
		if name == "" {
			continue
		}
		if m[t] = p.FindSchool(name); m[t] == None {
			f.unknown("matching", -1, id, "school", name, "a school", p.schools)
		}
	}
	return m, f.err()
}

// Present is the matching of the present posts.
func (p *Problem) Present() Matching { return slices.Clone(p.present) }

func (p *Problem) empty() Matching {
	m := make(Matching, len(p.applicants))
	for t := range m {
		m[t] = None
	}
	return m
}

// filled counts the people of each school.
func (p *Problem) filled(m Matching) []int32 {
	counts := make([]int32, len(p.schools))
	for _, s := range m {
		if s != None {
			counts[s]++
		}
	}
	return counts
}

// holders groups the people of a matching by school, best rank first. ranks are
// parallel to people; a person who is not eligible has the worst of all ranks.
// O(n log n) and the length of rankings where somebody holds a school off the list.
func (p *Problem) holders(m Matching) (start, people, ranks []int32) {
	start = make([]int32, len(p.schools)+1)
	for s, n := range p.filled(m) {
		start[s+1] = start[s] + n
	}
	people, ranks = make([]int32, start[len(p.schools)]), make([]int32, start[len(p.schools)])
	next := slices.Clone(start)
	for t, s := range m {
		if s == None {
			continue
		}
		rank := p.rankOf(int32(t), s)
		if rank == None {
			rank = notEligible
		}
		people[next[s]], ranks[next[s]] = int32(t), rank
		next[s]++
	}
	for s := range p.schools {
		sortHolders(people[start[s]:start[s+1]], ranks[start[s]:start[s+1]])
	}
	return start, people, ranks
}

// notEligible is worse than every rank.
const notEligible = int32(1<<31 - 1)

// sortHolders sorts people by rank. Holders of a school are few, and come in
// order of number, so equal ranks (of the ineligible) stay in that order.
func sortHolders(people, ranks []int32) {
	packed := make([]uint64, len(people))
	for i := range people {
		packed[i] = uint64(ranks[i])<<32 | uint64(people[i])
	}
	slices.Sort(packed)
	for i, x := range packed {
		people[i], ranks[i] = int32(x&0xffffffff), int32(x>>32)
	}
}
