package matching

import "slices"

// MultiStageDeferredAcceptance is deferred acceptance with floors on schools, in
// stages.
//
// The order (nil: the lottery's) decides who is kept in reserve: the last e people,
// e the sum of the floors. The others take part in deferred acceptance with the
// full capacities, and their places are final; floors and capacities shrink by
// those placed, so the reserve shrinks, and those who leave it take part in the
// next stage. When the remaining floors ask for everybody who is left, a last
// stage has the floors as capacities.
//
// Guarantees: strategy-proof for applicants. If every applicant lists every school
// and there are places for all, floors hold, and nobody can move to a free place
// that one wants without breaking a floor. There is no justified
// envy within a stage; across stages there can be, when an earlier one gave a place
// to somebody of worse rank than a person in the reserve. FlexibleDeferredAcceptance
// has no such envy, and leaves more wanted places free.
//
// Fragiadakis, Iwasaki, Troyan, Ueda and Yokoo, ACM Transactions on Economics and
// Computation 4 (2016) 6. The error is *InfeasibleError where the floors ask for
// more people than there are. Regions and targets are not used. Time O(stages (n +
// S) + E log q): every stage but the last places somebody, or nobody at all is left.
func MultiStageDeferredAcceptance(p *Problem, order []int32, trace *Trace) (Matching, error) {
	if order == nil {
		order = p.LotteryOrder()
	}
	floor, capacity := slices.Clone(p.floor), slices.Clone(p.capacity)
	need := sum(floor)
	if need > len(order) {
		return nil, &InfeasibleError{Least: need, Most: len(order)}
	}
	m := p.empty()
	for len(order) > need {
		stage := order[:len(order)-need]
		p.deferred(m, slices.Clone(stage), newHeaps(p, capacity, nil), trace)
		for _, t := range stage {
			if s := m[t]; s != None {
				capacity[s]--
				floor[s] = max(0, floor[s]-1)
			}
		}
		order = order[len(stage):]
		need = min(sum(floor), len(order))
	}
	p.deferred(m, slices.Clone(order), newHeaps(p, floor, nil), trace)
	return m, nil
}

func sum(numbers []int32) int {
	total := 0
	for _, x := range numbers {
		total += int(x)
	}
	return total
}
