package allocation

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

func ceilDiv(a, b int) int { return (a + b - 1) / b }

func compareText[T ~string](a, b T) int { return cmp.Compare(a, b) }

// apportion divides seats in proportion to weights by largest remainder
// (Hamilton's method; Balinski and Young, Fair Representation, 1982). Ties go to
// the earlier weight. If every weight is 0, the first one gets all. The result
// sums to seats, or is all 0 where there is no weight.
func apportion(seats int, weights []int) []int {
	parts := make([]int, len(weights))
	if len(weights) == 0 {
		return parts
	}
	total := int64(0)
	for _, w := range weights {
		total += int64(w)
	}
	if total == 0 {
		parts[0] = seats
		return parts
	}
	left := seats
	remainder := make([]int64, len(weights))
	order := make([]int, len(weights))
	for i, w := range weights {
		exact := int64(seats) * int64(w)
		parts[i], remainder[i], order[i] = int(exact/total), exact%total, i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainder[b], remainder[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}

// apportion gives the whole posts of a stage to its subjects.
func (d *StageDemand) apportion() {
	periods := make([]int, len(d.Subjects))
	for i, s := range d.Subjects {
		periods[i] = int(s.Periods)
	}
	for i, posts := range apportion(d.Posts, periods) {
		d.Subjects[i].Posts = posts
	}
}

// bundle lets the subjects with time to spare teach what the others have left
// over (兼教, in village schools 包班).
//
// Subject j with n_j posts of load L has r_j = P_j − n_j L left over, or time to
// spare where r_j < 0. The largest of both are paired first, ties by subject id.
// The sum of the r_j is at most 0 unless there are fewer posts than the periods
// ask for; what no post has time for then stays uncovered.
func bundle(d *StageDemand) {
	left := make([]model.Tenths, len(d.Subjects))
	order := make([]int, len(d.Subjects))
	for i := range d.Subjects {
		s := &d.Subjects[i]
		s.Residual = s.Periods - model.Tenths(s.Need)*d.Load
		left[i], order[i] = s.Residual, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(left[b], left[a]) })
	for lacking, spare := 0, len(order)-1; lacking < spare; {
		from, to := order[lacking], order[spare]
		amount := min(left[from], -left[to])
		if amount <= 0 {
			break
		}
		d.Subjects[to].Second = append(d.Subjects[to].Second, model.SubjectPeriods{Subject: d.Subjects[from].Subject, Periods: amount})
		if left[from] -= amount; left[from] == 0 {
			lacking++
		}
		if left[to] += amount; left[to] == 0 {
			spare--
		}
	}
	for _, r := range left {
		d.Uncovered += max(0, r)
		d.Spare += max(0, -r)
	}
}
