package province

import (
	"cmp"
	"slices"
	"sort"
)

// label is a choice for the first counties: what it uses, what it costs at each level, and the sum of reduced costs.
type label struct {
	subsidy, places int64
	levels          []int64
	reduced         int64
	from            *label
	proposal        int
}

// mostLabels bounds the labels of a stage. Beyond it those of least reduced cost are kept, and the choice is a heuristic.
const mostLabels = 4000

// choose gives one proposal of each county, together within budget and places and of the least levels, most important first; nil where none is. cut says that there were too many labels, so
// that a better choice may have been missed.
// Proposals of a reduced cost that sums to more than room are left out: none of them is in a choice that is as good as the one that gave room. It takes
// O(counties · labels · proposals · log) time.
func choose(counties [][]*proposal, budget, places, room int64) (chosen []int, cut bool) {
	rest := leastUse(counties)
	labels := []*label{{levels: nil}}
	for c, proposals := range counties {
		var next []*label
		for _, l := range labels {
			for j, p := range proposals {
				n := l.extend(p, j)
				if n.reduced > room || n.subsidy+rest[c+1] > budget || n.places > places {
					continue
				}
				next = append(next, n)
			}
		}
		labels = undominated(next)
		if len(labels) > mostLabels {
			slices.SortStableFunc(labels, func(a, b *label) int { return cmp.Compare(a.reduced, b.reduced) })
			labels, cut = labels[:mostLabels], true
		}
	}
	if len(labels) == 0 {
		return nil, cut
	}
	best := slices.MinFunc(labels, func(a, b *label) int {
		return cmp.Or(slices.Compare(a.levels, b.levels), cmp.Compare(a.subsidy, b.subsidy), cmp.Compare(a.places, b.places))
	})
	chosen = make([]int, len(counties))
	for c, l := len(counties)-1, best; c >= 0; c, l = c-1, l.from {
		chosen[c] = l.proposal
	}
	return chosen, cut
}

// leastUse gives for each stage what the counties from it on need at the least.
func leastUse(counties [][]*proposal) []int64 {
	rest := make([]int64, len(counties)+1)
	for c := len(counties) - 1; c >= 0; c-- {
		least := int64(counties[c][0].Subsidy)
		for _, p := range counties[c] {
			least = min(least, int64(p.Subsidy))
		}
		rest[c] = rest[c+1] + least
	}
	return rest
}

func (l *label) extend(p *proposal, j int) *label {
	n := &label{subsidy: l.subsidy + int64(p.Subsidy), places: l.places + int64(len(p.Hired)), reduced: l.reduced + p.reduced, from: l, proposal: j}
	n.levels = slices.Clone(p.Levels)
	for k, v := range l.levels {
		n.levels[k] += v
	}
	return n
}

// undominated drops every label that another is as good as in fen, places and levels.
func undominated(labels []*label) []*label {
	slices.SortStableFunc(labels, func(a, b *label) int {
		return cmp.Or(cmp.Compare(a.subsidy, b.subsidy), cmp.Compare(a.places, b.places), slices.Compare(a.levels, b.levels), cmp.Compare(a.reduced, b.reduced))
	})
	var kept, stairs []*label // stairs: places rise, levels fall
	for _, l := range labels {
		at := sort.Search(len(stairs), func(i int) bool { return stairs[i].places > l.places })
		if at > 0 && slices.Compare(stairs[at-1].levels, l.levels) <= 0 {
			continue
		}
		kept = append(kept, l)
		from, end := at, at
		if at > 0 && stairs[at-1].places == l.places {
			from--
		}
		for end < len(stairs) && slices.Compare(stairs[end].levels, l.levels) >= 0 {
			end++
		}
		stairs = slices.Replace(stairs, from, end, l)
	}
	return kept
}
