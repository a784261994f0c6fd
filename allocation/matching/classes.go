package matching

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// classes are the classes of applicants that some school caps. A nil *classes is one class without
// a cap: that of a market in which no school has one.
type classes struct {
	names  []string
	member []int32 // class of each applicant
	caps   []int32 // of class k at school s in place s·K + k; math.MaxInt32 for none
	people []int32 // how many people of the class the school ranks, in the same place
}

func (c *classes) number() int32 {
	if c == nil {
		return 1
	}
	return int32(len(c.names))
}

// of is the class of an applicant.
func (c *classes) of(t int32) int32 {
	if c == nil {
		return 0
	}
	return c.member[t]
}

// cap is how many people of class k school s may have, beside its capacity.
func (c *classes) cap(s, k int32) int32 {
	if c == nil {
		return math.MaxInt32
	}
	return c.caps[s*c.number()+k]
}

// ranked is how many people of class k school s ranks.
func (c *classes) ranked(p *Problem, s, k int32) int32 {
	if c == nil {
		return p.orderStart[s+1] - p.orderStart[s]
	}
	return c.people[s*c.number()+k]
}

// ClassCapped reports whether some school caps a class. Then DeferredAcceptance alone, also on
// Protect, and the certificates of stability and Breaches know of the caps.
func (p *Problem) ClassCapped() bool { return p.classes != nil }

// readClasses numbers the classes in order of appearance, "" among them, and reads the caps.
func (p *Problem) readClasses(m *Market, f *faults) {
	capped := false
	for i := range m.Schools {
		capped = capped || len(m.Schools[i].ClassCaps) > 0
	}
	if !capped {
		return
	}
	c := &classes{member: make([]int32, len(m.Applicants))}
	number := map[string]int32{}
	for t := range m.Applicants {
		name := m.Applicants[t].Class
		if _, known := number[name]; !known {
			number[name] = int32(len(c.names))
			c.names = append(c.names, name)
		}
		c.member[t] = number[name]
	}
	k := len(c.names)
	c.caps, c.people = make([]int32, k*len(m.Schools)), make([]int32, k*len(m.Schools))
	for i := range c.caps {
		c.caps[i] = math.MaxInt32
	}
	for s := range m.Schools {
		school := &m.Schools[s]
		for _, name := range slices.Sorted(maps.Keys(school.ClassCaps)) {
			class, known := number[name]
			switch value := school.ClassCaps[name]; {
			case !known:
				f.unknown("school", s, school.ID, "class_caps", name, "a class that some applicant has", c.names)
			case value < 0 || value > math.MaxInt32:
				f.add("school", s, school.ID, "class_caps."+name, strconv.Itoa(value), "0 or more")
			default:
				c.caps[s*k+int(class)] = int32(value)
			}
		}
		for _, t := range p.order[p.orderStart[s]:p.orderStart[s+1]] {
			c.people[s*k+int(c.member[t])]++
		}
	}
	p.classes = c
}

// checkClasses reports present people above a cap.
func (p *Problem) checkClasses(f *faults) {
	for cell, n := range p.classCounts(p.present) {
		s, k := int32(cell)/p.classes.number(), int32(cell)%p.classes.number()
		if limit := p.classes.cap(s, k); n > limit {
			f.add("school", int(s), p.schools[s], "class_caps."+p.classes.names[k], strconv.Itoa(int(limit)),
				fmt.Sprintf("%d or more, the number of people of the class present", n))
		}
	}
}

// classCounts counts the people of each class at each school, in the place s·K + k; nil without caps.
func (p *Problem) classCounts(m Matching) []int32 {
	if p.classes == nil {
		return nil
	}
	k := p.classes.number()
	counts := make([]int32, int(k)*len(p.schools))
	for t, s := range m {
		if s != None {
			counts[s*k+p.classes.member[t]]++
		}
	}
	return counts
}
