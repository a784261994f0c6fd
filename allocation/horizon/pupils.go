package horizon

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

const (
	grades = 12
	whole  = Percent(model.Whole)
)

// ageing moves pupils up. counts[s][g] are the pupils of school s in grade g, from 1.
type ageing struct {
	schools []model.School
	now     [][grades + 1]int
	next    [][grades + 1]int
	has     [][grades + 1]bool
}

// moveUp gives the schools a year later. O(schools · grades).
func moveUp(schools []model.School, cohorts *Cohorts, step int) []model.School {
	births, lost, toTown := cohorts.at(step)
	a := &ageing{schools: schools, now: make([][grades + 1]int, len(schools)), next: make([][grades + 1]int, len(schools)), has: make([][grades + 1]bool, len(schools))}
	for s := range schools {
		for _, g := range schools[s].Grades {
			a.now[s][g.Grade], a.has[s][g.Grade] = g.Pupils, true
		}
	}
	for s := range schools {
		if a.has[s][1] {
			a.next[s][1] = (whole + births).of(a.now[s][1])
		}
	}
	for g := 1; g < grades; g++ {
		a.cohort(g, whole-lost)
	}
	a.toTown(toTown)
	return a.result()
}

// cohort moves the pupils of a grade to the next: within the school where it goes on, else to schools that nobody moves up to.
func (a *ageing) cohort(g int, stay Percent) {
	leaving := 0
	var weights []int
	var takers []int
	for s := range a.schools {
		switch {
		case a.has[s][g] && a.has[s][g+1]:
			a.next[s][g+1] += stay.of(a.now[s][g])
		case a.has[s][g]:
			leaving += stay.of(a.now[s][g])
		case a.has[s][g+1]:
			takers, weights = append(takers, s), append(weights, max(1, a.now[s][g+1]))
		}
	}
	if len(takers) == 0 { // every school with the grade has its own pupils for it
		for s := range a.schools {
			if a.has[s][g+1] {
				takers, weights = append(takers, s), append(weights, max(1, a.now[s][g+1]))
			}
		}
	}
	for k, n := range divide(leaving, weights) {
		a.next[takers[k]][g+1] += n
	}
}

// divide gives n out in proportion to weights by largest remainder, ties to the earlier. Without weights nothing is given: the pupils leave the county's schools.
func divide(n int, weights []int) []int {
	parts := make([]int, len(weights))
	total := 0
	for _, w := range weights {
		total += w
	}
	if total == 0 {
		return parts
	}
	order := make([]int, len(weights))
	left := n
	for k, w := range weights {
		parts[k], order[k] = n*w/total, k
		left -= parts[k]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(n*weights[j]%total, n*weights[i]%total) })
	for _, k := range order[:left] {
		parts[k]++
	}
	return parts
}

// toTown moves a share of the pupils of each grade of rural schools to schools in town with the grade, in proportion to what those have.
func (a *ageing) toTown(share Percent) {
	for g := 1; g <= grades && share > 0; g++ {
		moving := 0
		var takers, weights []int
		for s := range a.schools {
			if a.has[s][g] && a.schools[s].Town {
				takers, weights = append(takers, s), append(weights, max(1, a.next[s][g]))
			}
		}
		if len(takers) == 0 {
			continue
		}
		for s := range a.schools {
			if a.schools[s].Rural {
				n := share.of(a.next[s][g])
				a.next[s][g] -= n
				moving += n
			}
		}
		for k, n := range divide(moving, weights) {
			a.next[takers[k]][g] += n
		}
	}
}

// result gives the schools with their pupils; classes follow from the class cap, and nobody boards beyond those there.
func (a *ageing) result() []model.School {
	out := slices.Clone(a.schools)
	for s := range out {
		total := 0
		out[s].Grades = slices.Clone(a.schools[s].Grades)
		for k := range out[s].Grades {
			g := &out[s].Grades[k]
			g.Pupils, g.Classes = a.next[s][g.Grade], 0
			total += g.Pupils
		}
		out[s].Boarders = min(out[s].Boarders, total)
	}
	return out
}
