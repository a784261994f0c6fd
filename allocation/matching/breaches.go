package matching

import "fmt"

// Breach is one way in which a matching does not fit its problem.
type Breach struct {
	Applicant int32  // or None
	School    int32  // or None
	Region    string // or ""
	What      string // in words, with the numbers
}

// Breaches is every way in which a matching is not feasible: more people than
// places, somebody whom a school does not rank, a floor or cap that is missed.
// O(E + n log n), and the length of a ranking for each person who holds a school
// off the list.
func Breaches(p *Problem, m Matching) []Breach {
	var found []Breach
	for t, s := range m {
		if s != None && p.rankOf(int32(t), s) == None {
			found = append(found, Breach{Applicant: int32(t), School: s, What: "not eligible: the school does not rank the applicant"})
		}
	}
	filled := p.filled(m)
	for cell, n := range p.classCounts(m) {
		s, k := int32(cell)/p.classes.number(), int32(cell)%p.classes.number()
		if limit := p.classes.cap(s, k); n > limit {
			found = append(found, Breach{Applicant: None, School: s, What: fmt.Sprintf("%d people of class %q, cap %d", n, p.classes.names[k], limit)})
		}
	}
	inside := make([]int, len(p.regions))
	for s, n := range filled {
		if n > p.capacity[s] {
			found = append(found, Breach{Applicant: None, School: int32(s), What: fmt.Sprintf("%d people for %d places", n, p.capacity[s])})
		}
		if n < p.floor[s] {
			found = append(found, Breach{Applicant: None, School: int32(s), What: fmt.Sprintf("%d people, floor %d", n, p.floor[s])})
		}
		for r := p.regionOf[s]; r != None; r = p.regions[r].parent {
			inside[r] += int(n)
		}
	}
	for i, r := range p.regions {
		if inside[i] < int(r.floor) {
			found = append(found, Breach{Applicant: None, School: None, Region: r.id, What: fmt.Sprintf("%d people, floor %d", inside[i], r.floor)})
		}
		if r.cap > 0 && inside[i] > int(r.cap) {
			found = append(found, Breach{Applicant: None, School: None, Region: r.id, What: fmt.Sprintf("%d people, cap %d", inside[i], r.cap)})
		}
	}
	return found
}

// WorseOff is everybody for whom a matching is worse than staying out: who holds a
// school off the list that is not the present one, or one that is less wanted than
// the present one, or none although there is a present one. A couple is judged by
// its list of pairs and the two present posts, both members alike. A matching is
// individually rational if and only if there is nobody. O(E).
func WorseOff(p *Problem, m Matching) []int32 {
	var found []int32
	coupleOf := p.coupleOf()
	for t, s := range m {
		if c := coupleOf[t]; c != None {
			if p.couples[c].worseOff(m, p.present) {
				found = append(found, int32(t))
			}
			continue
		}
		present := p.present[t]
		if s == present {
			continue
		}
		e := None
		if s != None {
			e = p.edge(int32(t), s)
		}
		if e == None || e >= p.wanted(int32(t), present) {
			found = append(found, int32(t))
		}
	}
	return found
}

// SchoolsWorseOff is every school that falls below what it has under the present
// matching: which has fewer people than now, or whose k-th best of now is better
// than its k-th best of the matching for some k up to the number it has now.
// O(E + n log n).
func SchoolsWorseOff(p *Problem, m Matching) []int32 {
	start, _, ranks := p.holders(m)
	var found []int32
	for s := range int32(len(p.schools)) {
		now := p.staffOf(s)
		after := ranks[start[s]:start[s+1]]
		worse := len(after) < len(now)
		for k := 0; !worse && k < len(now); k++ {
			worse = after[k] > p.presentRank[now[k]]
		}
		if worse {
			found = append(found, s)
		}
	}
	return found
}

// Ranks is how a matching treats the applicants' lists.
type Ranks struct {
	Choice   []int   // Choice[k] people got place k+1 of their list
	Stayed   int     // people at a present school that is not on their list
	OffList  int     // people at another school that is not on their list
	Unplaced int     // people with no school
	Mean     float64 // mean list place of those who got one on their list; 0 if nobody did
}

// RankDistribution counts who got which choice; for both members of a couple that
// is the place of their pair of schools on the couple's list. O(E).
func RankDistribution(p *Problem, m Matching) Ranks {
	var r Ranks
	total, placed := 0, 0
	choices := p.choices(m)
	for t, s := range m {
		if s == None {
			r.Unplaced++
			continue
		}
		choice := int(choices[t])
		switch {
		case choice > 0:
			for len(r.Choice) < choice {
				r.Choice = append(r.Choice, 0)
			}
			r.Choice[choice-1]++
			total += choice
			placed++
		case s == p.present[t]:
			r.Stayed++
		default:
			r.OffList++
		}
	}
	if placed > 0 {
		r.Mean = float64(total) / float64(placed)
	}
	return r
}
