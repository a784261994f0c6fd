package bench

import (
	"cmp"
	"slices"
	"time"
)

// Summary is what a backend did with a group.
type Summary struct {
	Group   Instance // without the seed
	Backend string
	Solved  int           // seeds that reached the gap
	Seeds   int           // seeds measured
	Median  time.Duration // of the time to the gap; a time-out counts as its limit
	AtLeast bool          // Median is the limit of a time-out: the time is longer
	CPU     time.Duration // median
	Ratio   float64       // median of the fastest peer / Median; 0 without a peer
	Most    bool          // the peer's median is a time-out, so Ratio is at least this
	Gap     float64       // worst, of all levels; at most 1
	Memory  int64         // greatest peak, of the process and its largest child together
}

// native is the backend that the peers are measured against.
const native = "native"

// Summarise gives a summary for each group and backend, in the order of instances, then as they were first measured.
func Summarise(results []Result) []Summary {
	var all []Summary
	cells := map[int][]*Result{} // by place in all
	for i := range results {
		r := &results[i]
		group := r.Instance.key()
		group.Seed = 0
		at := slices.IndexFunc(all, func(s Summary) bool { return same(s.Group, group) && s.Backend == r.Backend })
		if at < 0 {
			at = len(all)
			all = append(all, Summary{Group: group, Backend: r.Backend})
		}
		cells[at] = append(cells[at], r)
	}
	for at := range all {
		all[at].fill(cells[at])
	}
	for at := range all {
		all[at].rate(all)
	}
	slices.SortStableFunc(all, func(a, b Summary) int { return compare(a.Group, b.Group) })
	return all
}

// same reports whether two instances without what Prepare adds are one.
func same(a, b Instance) bool { return compare(a, b) == 0 }

func (s *Summary) fill(cells []*Result) {
	s.Seeds = len(cells)
	slices.SortFunc(cells, func(a, b *Result) int { return cmp.Compare(a.Time(), b.Time()) })
	s.Median, s.AtLeast = median(cells, (*Result).Time), !cells[len(cells)/2].Solved()
	byCPU := slices.SortedFunc(slices.Values(cells), func(a, b *Result) int { return cmp.Compare(a.CPU, b.CPU) })
	s.CPU = median(byCPU, func(r *Result) time.Duration { return r.CPU })
	for _, r := range cells {
		s.Gap = max(s.Gap, r.gap())
		s.Memory = max(s.Memory, r.Memory+r.Worker)
		if r.Solved() {
			s.Solved++
		}
	}
}

// median of results in order; of an even number it is the mean of the middle two.
func median(cells []*Result, of func(*Result) time.Duration) time.Duration {
	n := len(cells)
	return (of(cells[(n-1)/2]) + of(cells[n/2])) / 2
}

// gap is the widest, at most 1, which stands for no plan too.
func (r *Result) gap() float64 {
	if len(r.Levels) == 0 || r.Failure != "" {
		return 1
	}
	return min(1, r.widest())
}

// widest is the largest gap of a level.
func (r *Result) widest() float64 {
	largest := 0.0
	for k := range r.Levels {
		largest = max(largest, r.Levels[k].Gap)
	}
	return largest
}

// rate compares with the peer that has the least median in the group.
func (s *Summary) rate(all []Summary) {
	var fastest *Summary
	for i := range all {
		peer := &all[i]
		if peer.Backend != native && same(peer.Group, s.Group) && (fastest == nil || peer.Median < fastest.Median) {
			fastest = peer
		}
	}
	if fastest != nil && s.Median > 0 {
		s.Ratio, s.Most = float64(fastest.Median)/float64(s.Median), fastest.AtLeast && !s.AtLeast
	}
}
