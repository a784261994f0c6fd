package allocation

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// movement is somebody on the way from the published post to the new one.
type movement struct {
	change   PersonChange
	from, to int32 // posts; none for no post, and for outside the plan
	event    bool  // changes whatever the others do
	next     int32 // the movement whose place this one takes, or none
	prev     int32 // the movement that takes the place of this one, or none
}

// link pairs those who come to a post with those who leave it. Together the movements are the
// difference of two flows, so this decomposes it into paths and cycles. Whose place somebody takes is
// a choice among equals: those who don't move of themselves take the places of those who do first, then ids decide.
func (x *revision) link() {
	leaving, coming := map[int32][]int32{}, map[int32][]int32{}
	for i := range x.moves {
		m := &x.moves[i]
		if m.from != none {
			leaving[m.from] = append(leaving[m.from], int32(i))
		}
		if m.to != none {
			coming[m.to] = append(coming[m.to], int32(i))
		}
	}
	first := func(event bool) func(a, b int32) int {
		rank := func(i int32) int {
			if x.moves[i].event == event {
				return 0
			}
			return 1
		}
		return func(a, b int32) int {
			return cmp.Or(rank(a)-rank(b), cmp.Compare(x.moves[a].change.Teacher, x.moves[b].change.Teacher))
		}
	}
	for p, out := range leaving {
		in := coming[p]
		slices.SortFunc(out, first(true))
		slices.SortFunc(in, first(false))
		for k := range min(len(out), len(in)) {
			x.moves[in[k]].next, x.moves[out[k]].prev = out[k], in[k]
		}
	}
}

// crowd marks people whose place nobody takes, in posts and then in schools in which more people were published
// than there may be now: so many have to go, whoever they are.
func (x *revision) crowd() {
	excess, schools := make([]int, len(x.posts)), make([]int, len(x.schools))
	for p := range x.posts {
		excess[p] = -x.posts[p].capacity()
	}
	for s := range x.schools {
		schools[s] = -max(x.schools[s].teachingQuota, x.schools[s].incumbents)
	}
	for t := range x.people {
		if p := x.published[x.people[t].ID]; !p.IsZero() && x.place(p) != none {
			excess[x.place(p)]++
			schools[x.posts[x.place(p)].school]++
		}
	}
	for _, event := range []bool{true, false} { // who goes in any case makes room first
		for i := range x.moves {
			m := &x.moves[i]
			if m.from == none || m.prev != none || m.event != event {
				continue
			}
			post, school := &excess[m.from], &schools[x.posts[m.from].school]
			if !event && (*post > 0 || *school > 0) {
				m.event, m.change.Reason = true, ChangeCrowded
			}
			*post--
			*school--
		}
	}
}

// follow walks the chains, paths first and then cycles, each in order of its first person, gives
// each movement its reason and sorts the changes into the lists of the result.
func (x *revision) follow() {
	seen := make([]bool, len(x.moves))
	walk := func(i int32, cycle bool) {
		var chain []int32
		for ; i != none && !seen[i]; i = x.moves[i].next {
			seen[i] = true
			chain = append(chain, i)
		}
		x.explainChain(chain, cycle)
	}
	for i := range x.moves {
		if x.moves[i].prev == none {
			walk(int32(i), false)
		}
	}
	for i := range x.moves {
		if !seen[i] {
			walk(int32(i), true)
		}
	}
	byTeacher := func(a, b PersonChange) int { return cmp.Compare(a.Teacher, b.Teacher) }
	slices.SortFunc(x.found.New, byTeacher)
	slices.SortFunc(x.found.Left, byTeacher)
	slices.SortStableFunc(x.found.Changed, func(a, b PersonChange) int {
		return cmp.Compare(uint(a.Chain-1), uint(b.Chain-1)) // those in no chain last
	})
}

// explainChain gives the people of a chain their reasons. Whoever is no event changes on account of the nearest one: taking
// the place of the next, or displaced by the one before. Without an event the chain ends in a vacancy, or serves the plan as a whole.
func (x *revision) explainChain(chain []int32, cycle bool) {
	number := 0
	if len(chain) > 1 || !x.moves[chain[0]].event {
		found := ChangeChain{Cycle: cycle}
		for _, i := range chain {
			found.People = append(found.People, x.moves[i].change.Teacher)
		}
		x.found.Chains = append(x.found.Chains, found)
		number = len(x.found.Chains)
	}
	for k, i := range chain {
		m := &x.moves[i]
		m.change.Chain = number
		if !m.event {
			m.change.Reason, m.change.By = x.reasonIn(chain, k, cycle)
		}
		switch m.change.Reason {
		case ChangeNew:
			x.found.New = append(x.found.New, m.change)
		case ChangeLeft, ChangeAway:
			x.found.Left = append(x.found.Left, m.change)
		default:
			x.found.Changed = append(x.found.Changed, m.change)
		}
	}
}

// reasonIn is the reason of the k-th person of a chain, who is no event.
func (x *revision) reasonIn(chain []int32, k int, cycle bool) (ChangeReason, model.TeacherID) {
	ahead, behind := x.distance(chain, k, 1, cycle), x.distance(chain, k, -1, cycle)
	at := func(step int) model.TeacherID {
		return x.moves[chain[(k+step+len(chain))%len(chain)]].change.Teacher
	}
	last := k == len(chain)-1
	switch {
	case ahead > 0 && (behind == 0 || ahead <= behind):
		return ChangeFills, at(1)
	case behind > 0:
		return ChangeDisplaced, at(-1)
	case cycle:
		return ChangeBetter, ""
	case !last:
		return ChangeFills, at(1)
	}
	if to := x.moves[chain[k]].to; to != none && x.vacant(to) {
		return ChangeNeed, ""
	}
	return ChangeBetter, ""
}

// distance is how many steps from the k-th person of a chain the next event is, 0 where there is none.
func (x *revision) distance(chain []int32, k, step int, cycle bool) int {
	for d := 1; d < len(chain); d++ {
		at := k + d*step
		if !cycle && (at < 0 || at >= len(chain)) {
			return 0
		}
		if x.moves[chain[(at+len(chain))%len(chain)]].event {
			return d
		}
	}
	return 0
}

// vacant reports whether fewer people were published in a post than it needs, of those who are still planned.
func (x *revision) vacant(p int32) bool {
	people := 0
	for t := range x.people {
		if x.published[x.people[t].ID] == x.posts[p].id {
			people++
		}
	}
	return people < x.posts[p].need
}
