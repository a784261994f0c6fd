package scenario

import (
	"cmp"
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Comparison tells two plans apart. The counties may differ; ids match people.
type Comparison struct {
	Before  Indicators `json:"before"`
	After   Indicators `json:"after"`
	Same    int        `json:"same"`              // people with the same post in both
	Changed []Person   `json:"changed,omitempty"` // in order of id
	Only    [2]int     `json:"only"`              // people of one plan alone: of the first, of the second
	Gain    int        `json:"gain"`              // people whose cost to themselves is lower in the second: travel and loss of preference
	Lose    int        `json:"lose"`
}

// Person is somebody whose post differs between two plans.
type Person struct {
	Teacher model.TeacherID `json:"teacher"`
	First   model.PostID    `json:"first,omitzero"`
	Second  model.PostID    `json:"second,omitzero"`
	Grounds [2]model.Ground `json:"grounds"`
	Burden  [2]model.Fen    `json:"burden"`  // travel and loss of preference, a month
	Subsidy [2]model.Fen    `json:"subsidy"` // a month
}

// Compare tells two plans apart, each with the county that it is of. It takes O(n log n) time.
func Compare(first *model.County, a *model.Plan, second *model.County, b *model.Plan) *Comparison {
	c := &Comparison{Before: Measure(first, a), After: Measure(second, b)}
	people := map[model.TeacherID][2]*model.Assignment{}
	for side, p := range []*model.Plan{a, b} {
		for i := range p.Assignments {
			both := people[p.Assignments[i].Teacher]
			both[side] = &p.Assignments[i]
			people[p.Assignments[i].Teacher] = both
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(people), cmp.Compare[model.TeacherID]) {
		both := people[id]
		switch {
		case both[1] == nil:
			c.Only[0]++
			continue
		case both[0] == nil:
			c.Only[1]++
			continue
		}
		x := Person{Teacher: id, First: both[0].To, Second: both[1].To}
		for side, of := range both {
			x.Grounds[side], x.Burden[side], x.Subsidy[side] = of.Ground, of.Cost.Travel+of.Cost.Preference, of.Cost.Subsidy
		}
		switch {
		case x.Burden[1] < x.Burden[0]:
			c.Gain++
		case x.Burden[1] > x.Burden[0]:
			c.Lose++
		}
		if x.First == x.Second {
			c.Same++
			continue
		}
		c.Changed = append(c.Changed, x)
	}
	return c
}
