package horizon

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

const grades = 12

// ageing moves pupils up. counts[s][g] are the pupils of school s in grade g, from 1.
type ageing struct {
	schools []model.School
	now     [][grades + 1]int
	next    [][grades + 1]int
	has     [][grades + 1]bool
}

// moveUp gives the schools a year later.
func moveUp(schools []model.School, o *Outlook) []model.School {
	a := &ageing{schools: schools, now: make([][grades + 1]int, len(schools)), next: make([][grades + 1]int, len(schools)), has: make([][grades + 1]bool, len(schools))}
	for s := range schools {
		for _, g := range schools[s].Grades {
			a.now[s][g.Grade], a.has[s][g.Grade] = g.Pupils, true
		}
	}
	for s := range schools {
		if a.has[s][1] {
			a.next[s][1] = rounded(a.now[s][1], model.Share(int(model.Whole)+o.Births))
		}
	}
	for g := 1; g < grades; g++ {
		a.cohort(g, model.Whole-o.Lost)
	}
	a.toTown(o.ToTown)
	return a.result()
}

// rounded is a share of n to the nearest.
func rounded(n int, share model.Share) int {
	return (n*int(share) + int(model.Whole)/2) / int(model.Whole)
}

// cohort moves the pupils of a grade to the next: within the school where it goes on, else to schools that nobody moves up to.
func (a *ageing) cohort(g int, stay model.Share) {
	leaving := 0
	var weights []int
	var takers []int
	for s := range a.schools {
		switch {
		case a.has[s][g] && a.has[s][g+1]:
			a.next[s][g+1] += rounded(a.now[s][g], stay)
		case a.has[s][g]:
			leaving += rounded(a.now[s][g], stay)
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
func (a *ageing) toTown(share model.Share) {
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
				n := rounded(a.next[s][g], share)
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
