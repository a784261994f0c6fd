package horizon

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation"
)

// duals bounds the shortage of the years from below and says what a person more is worth at a post in a year. The years and the histories of the people are joined by
// the posts alone: with π_pk for each post p and year k, n_pk the people whom the school takes on there and N_pk(h) those whom the histories h put there,
//
//	L(π) = Σ_k min_n (shortage_k(n) + Σ_p π_pk n_pk) − Σ_t max_h Σ_k π_{h(k) k}
//
// is at most the shortage of any plan of the years, since n = N there. All numbers are whole. The first part falls apart into schools, where people are
// taken on greedily as long as they gain more than they cost; the second into people, each of whom has a longest path. One evaluation takes
// O(options + posts log posts) time.
type duals struct {
	*relaxation
	networks []*network
	worth    [][]int64   // π, by year and post
	exact    [][]float64 // π before it was rounded
	mean     [][]float64 // of the answers so far, the later ones the more
	bound    int64       // the best L so far
	best     [][]int64   // and its π
	yearly   [][]int64   // by year, what each level is at least, in lexicographic order
	least    []int64     // what each level is at least by itself, summed over the years
}

// newDuals solves each year of the relaxation by itself and starts from what its posts are worth there.
func newDuals(ctx context.Context, r *relaxation) (*duals, error) {
	d := &duals{relaxation: r, bound: math.MinInt64, least: make([]int64, len(jointLevels))}
	for k := range r.years {
		n := r.years[k].network()
		yearly, potentials, err := n.solve(ctx, []int{0, 1, 2, 3})
		if err != nil {
			return nil, err
		}
		d.networks, d.yearly, d.worth = append(d.networks, n), append(d.yearly, yearly), append(d.worth, n.worth(potentials))
		d.mean, d.exact = append(d.mean, make([]float64, len(d.worth[k]))), append(d.exact, make([]float64, len(d.worth[k])))
		for p, w := range d.worth[k] {
			d.exact[k][p] = float64(w)
		}
		for level := range jointLevels {
			alone, _, err := n.solve(ctx, []int{level})
			if err != nil {
				return nil, err
			}
			d.least[level] += alone[0]
		}
	}
	return d, nil
}

// answer is what the schools and the histories say to some π.
type answer struct {
	value int64
	lack  [][]int64 // by year and post: people taken on by the school less those whose history is there
	norm  int64     // Σ lack²
}

// ask works out L at the present π.
func (d *duals) ask() *answer {
	a := &answer{lack: make([][]int64, len(d.years))}
	for k := range d.years {
		a.lack[k] = make([]int64, len(d.years[k].posts))
		a.value += d.networks[k].constant + d.years[k].takeOn(d.worth[k], a.lack[k])
	}
	a.value -= d.histories(a)
	for k := range a.lack {
		for p := range a.lack[k] {
			if post := &d.years[k].posts[p]; a.lack[k][p] < 0 && d.worth[k][p] == 0 { // indifferent to people above the need
				a.lack[k][p] = min(0, a.lack[k][p]+int64(post.Capacity-post.Need))
			}
			a.norm += a.lack[k][p] * a.lack[k][p]
		}
	}
	if a.value > d.bound {
		d.bound, d.best = a.value, nil
		for k := range d.worth {
			d.best = append(d.best, slices.Clone(d.worth[k]))
		}
	}
	return a
}

// takeOn has each school take on people at π each, as many as it gains by and can hold: into vacancies, of which the dearest go first, and, where people have to be put somewhere and π
// is below 0, above the need. Both gains fall with the number, so the greedy choice is the best. It adds to the count of each post and gives what it all costs, 0 or less.
func (y *relaxedYear) takeOn(worth []int64, count []int64) int64 {
	vacancies, above := make([][]offer, len(y.schools)), make([][]offer, len(y.schools))
	for p := range y.posts {
		post := &y.posts[p]
		for i := len(post.Vacancy) - 1; i >= 0; i-- {
			vacancies[post.school] = append(vacancies[post.school], offer{p, 1, worth[p] - post.Vacancy[i]})
		}
		if over := post.Capacity - post.Need; over > 0 && worth[p] < 0 {
			above[post.school] = append(above[post.school], offer{p, over, worth[p]})
		}
	}
	total := int64(0)
	for s := range y.schools {
		total += takeOn(vacancies[s], above[s], &y.schools[s], count)
	}
	return total
}

// offer is room for people at a post.
type offer struct {
	post, room int
	cost       int64 // of one person
}

// takeOn is that of one school.
func takeOn(vacancies, above []offer, school *allocation.PlaceTerms, count []int64) (total int64) {
	byCost := func(a, b offer) int { return cmp.Compare(a.cost, b.cost) }
	slices.SortStableFunc(vacancies, byCost)
	slices.SortStableFunc(above, byCost)
	for room, filled := school.Capacity, 0; room > 0; room-- {
		gain, at := int64(0), -1
		if filled < len(vacancies) {
			if g := vacancies[filled].cost - school.Vacancy[len(school.Vacancy)-1-filled]; g < gain {
				gain, at = g, vacancies[filled].post
			}
		}
		if len(above) > 0 && above[0].cost < gain {
			gain, at = above[0].cost, above[0].post
			if above[0].room--; above[0].room == 0 {
				above = above[1:]
			}
		} else if at >= 0 {
			filled++
		} else {
			break
		}
		total += gain
		count[at]++
	}
	return total
}

// toGo gives, by year and option, what being in the post from the year on until the end is worth, and, where somebody has not moved yet, the most that any
// history from there is.
func (d *duals) toGo(worth [][]int64) (stay, still [][]int64) {
	stay, still = make([][]int64, len(d.years)), make([][]int64, len(d.years))
	from := make([]int64, len(d.people)) // of each person, the most from the next year on without having moved
	for k := len(d.years) - 1; k >= 0; k-- {
		y := &d.years[k]
		stay[k], still[k] = make([]int64, len(y.options)), make([]int64, len(y.options))
		for i, person := range y.person {
			best := int64(math.MinInt64)
			for o := y.start[i]; o < y.start[i+1]; o++ {
				x := &y.options[o]
				if stay[k][o] = y.at(worth[k], o); x.next >= 0 {
					stay[k][o] += stay[k+1][x.next]
				}
				if x.still {
					still[k][o] = y.at(worth[k], o) + from[person]
					best = max(best, still[k][o])
				}
				if x.move {
					best = max(best, stay[k][o])
				}
			}
			from[person] = best
		}
	}
	return stay, still
}

// at is what an option is worth in its year.
func (y *relaxedYear) at(worth []int64, o int32) int64 {
	if p := y.options[o].post; p >= 0 {
		return worth[p]
	}
	return 0
}

// histories takes the best history of everybody off an answer and gives the sum of what they are worth. Who is free has one of each year by itself.
func (d *duals) histories(a *answer) int64 {
	stay, still := d.toGo(d.worth)
	total := int64(0)
	now := make([]int32, len(d.people)) // the option of this year of those who have moved before; -1 of the others
	for i := range now {
		now[i] = -1
	}
	for k := range d.years {
		y := &d.years[k]
		for i, person := range y.person {
			o, moved := now[person], true
			switch {
			case d.people[person].free:
				o, moved = y.freest(i, d.worth[k]), false
			case o < 0:
				o, moved = y.best(i, stay[k], still[k])
			}
			total += y.at(d.worth[k], o)
			if p := y.options[o].post; p >= 0 {
				a.lack[k][p]--
			}
			if moved {
				now[person] = y.options[o].next
			}
		}
	}
	return total
}

// best is what the i-th person of a year does best who has not moved yet: stay, or move now.
func (y *relaxedYear) best(i int, stay, still []int64) (best int32, moved bool) {
	best, value := int32(-1), int64(math.MinInt64)
	for o := y.start[i]; o < y.start[i+1]; o++ {
		if y.options[o].still && still[o] > value {
			best, value, moved = o, still[o], false
		}
		if y.options[o].move && stay[o] > value {
			best, value, moved = o, stay[o], true
		}
	}
	return best, moved
}

// freest is the option that is worth most in the year.
func (y *relaxedYear) freest(i int, worth []int64) int32 {
	best := y.start[i]
	for o := y.start[i]; o < y.start[i+1]; o++ {
		if y.at(worth, o) > y.at(worth, best) {
			best = o
		}
	}
	return best
}

// step changes π along a mean of the answers so far, the later ones the more (a deflected subgradient: Camerini, Fratta and Maffioli, Mathematical Programming Study 3,
// 1975): a post is worth more where the schools want more people than the histories give them. A single answer says little, since whole crowds are
// indifferent between posts and all go to the first. The step goes the given part of the way to the goal, if L were straight.
func (d *duals) step(a *answer, goal int64, stride float64) {
	norm := 0.0
	for k := range a.lack {
		for p, lack := range a.lack[k] {
			m := &d.mean[k][p]
			*m += memory * (float64(lack) - *m)
			norm += *m * *m
		}
	}
	length := stride * float64(goal-a.value) / max(1, norm)
	for k := range a.lack {
		for p := range a.lack[k] {
			d.exact[k][p] += length * d.mean[k][p]
			d.worth[k][p] = int64(math.Round(d.exact[k][p]))
		}
	}
}

// memory is what the last answer counts for in the mean.
const memory = 0.05

// back takes the best π again.
func (d *duals) back() {
	for k := range d.worth {
		for p := range d.worth[k] {
			d.worth[k][p], d.exact[k][p] = d.best[k][p], float64(d.best[k][p])
		}
	}
}
