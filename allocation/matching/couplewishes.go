package matching

import "slices"

// choices is the place that each applicant's school has on the list, from 1; 0 for one that is not on it, and
// for none. A couple is judged by its list of pairs: both members have the place of the pair that they hold. O(E).
func (p *Problem) choices(m Matching) []int32 {
	places := make([]int32, len(m))
	for t, s := range m {
		if s != None {
			places[t] = p.choice(int32(t), s)
		}
	}
	for i := range p.couples {
		c := &p.couples[i]
		place := c.place(m) + 1
		for _, t := range c.member {
			if places[t] = place; m[t] == None {
				places[t] = 0
			}
		}
	}
	return places
}

// place is where the pair of schools that a couple holds stands on its list, from 0, or None.
func (c *couple) place(m Matching) int32 {
	now := [2]int32{m[c.member[0]], m[c.member[1]]}
	return int32(slices.IndexFunc(c.options, func(o pairOption) bool { return o.school == now }))
}

// worseOff reports whether a couple has less than its present posts, or than no posts: a pair, or none, that is neither
// the present one nor on the list, or one that is less wanted than the present one.
func (c *couple) worseOff(m, present Matching) bool {
	got, now := c.place(m), c.place(present)
	switch {
	case m[c.member[0]] == present[c.member[0]] && m[c.member[1]] == present[c.member[1]]:
		return false
	case got == None:
		return true
	}
	return now != None && now < got
}
