package matching

import "fmt"

// couple is a validated couple; members are never in two couples.
type couple struct {
	member  [2]int32
	options []pairOption
}

// pairOption is one pair on a couple's list: the schools and the ranks there, None
// for a member who has none.
type pairOption struct {
	school, rank [2]int32
}

func (p *Problem) readCouples(m *Market, f *faults) {
	taken := make(map[int32]bool)
	for i, c := range m.Couples {
		id := c.First + "+" + c.Second
		var k couple
		for side, name := range [2]string{c.First, c.Second} {
			field := [2]string{"first", "second"}[side]
			t := p.FindApplicant(name)
			if t == None {
				f.unknown("couple", i, id, field, name, "an applicant", p.applicants)
			} else if taken[t] {
				f.add("couple", i, id, field, name, "an applicant who is in no other couple and not twice in one")
			}
			k.member[side] = t
			taken[t] = true
		}
		if k.member[0] == None || k.member[1] == None {
			continue
		}
		seen := map[[2]string]bool{}
		for j, pair := range c.List {
			if seen[pair] || pair == [2]string{} {
				f.add("couple", i, id, fmt.Sprintf("list[%d]", j), pair[0]+"+"+pair[1], "a pair of schools, each pair once")
				continue
			}
			seen[pair] = true
			option := pairOption{}
			for side, name := range pair {
				option.school[side], option.rank[side] = p.readOption(i, j, side, id, name, k.member[side], f)
			}
			k.options = append(k.options, option)
		}
		p.couples = append(p.couples, k)
	}
}

func (p *Problem) readOption(i, j, side int, id, name string, t int32, f *faults) (school, rank int32) {
	if name == "" {
		return None, None
	}
	field := fmt.Sprintf("list[%d][%d]", j, side)
	s := p.FindSchool(name)
	if s == None {
		f.unknown("couple", i, id, field, name, "a school, or empty for none", p.schools)
		return None, None
	}
	if rank = p.rankOf(t, s); rank == None {
		f.add("couple", i, id, field, name, fmt.Sprintf("a school that ranks %q: who is not ranked is not eligible", p.applicants[t]))
	}
	return s, rank
}
