package solvertest

import (
	"math/rand/v2"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	countySubjects  = 12
	countyEligible  = 25 // posts a teacher may fill, his own among them
	teachersASchool = 33
	postedShare     = 0.93 // of teachers who have a post at the start
)

// County builds a network of the shape that planning a county gives, with a feasible start in which everybody
// stays:
//
//	teacher → post, capacity 1, about 25 each      teacher → sink, left without a post
//	post → school, need parallel unit arcs         post → quota, overstaffing
//	school → quota, unit arcs by the school's sum  quota → sink, capacity the quota
//
// Level 0 is convex shortage on the structural arcs, level 1 counts teachers without a post, level 2 is a small
// soft cost and level 3 a cost of up to 10⁶ on teacher → post. Everything follows from the two arguments.
func County(teachers int, seed uint64) *solver.Programme {
	c := newCounty(teachers, seed)
	c.build(teachers)
	return c.p
}

func newCounty(teachers int, seed uint64) *county {
	return &county{
		rng:     rand.New(rand.NewPCG(seed, uint64(teachers))),
		schools: max(2, teachers/teachersASchool),
		p:       &solver.Programme{Levels: []solver.Level{{Name: "shortage"}, {Name: "unplaced"}, {Name: "soft"}, {Name: "fen"}}},
	}
}

func (c *county) build(teachers int) {
	c.nodes(teachers)
	c.teachers(teachers)
	c.posts()
}

// towns is the number of schools in towns, which come first.
func (c *county) towns() int { return c.schools / 3 }

// Weighted returns the programme with all four levels of County rolled into one, for comparison with solvers that
// know one cost only. The weights make each level matter; they do not make the optimum lexicographic.
func Weighted(p *solver.Programme) *solver.Programme {
	weights := []int64{2_000, 2_000_000, 1, 1}
	sum := make([]int64, len(p.Tail))
	for k, level := range p.Levels {
		for a, c := range level.Cost {
			sum[a] += weights[k] * c
		}
	}
	one := *p
	one.Levels = []solver.Level{{Name: "weighted", Cost: sum}}
	return &one
}

type county struct {
	rng     *rand.Rand
	schools int
	p       *solver.Programme
	post    int32 // the first post node; then the schools, their quotas and the sink
	school  int32
	quota   int32
	sink    int32
	staff   []int // by post, those who are there at the start
	need    []int
	// settle, where there is one, may send a teacher elsewhere in the start, before posts draws what is needed. The
	// arcs of the teacher begin at first.
	settle func(t int32, first int)
}

func (c *county) nodes(teachers int) {
	c.post = int32(teachers)
	c.school = c.post + int32(c.schools*countySubjects)
	c.quota = c.school + int32(c.schools)
	c.sink = c.quota + int32(c.schools)
	c.p.Supply = make([]int64, c.sink+1)
	for t := range teachers {
		c.p.Supply[t] = 1
	}
	c.p.Supply[c.sink] = -int64(teachers)
	c.staff = make([]int, c.schools*countySubjects)
	c.need = make([]int, c.schools*countySubjects)
}

// arc adds an arc with its start flow and a cost at each level.
func (c *county) arc(tail, head int32, upper, start int64, cost ...int64) {
	p := c.p
	p.Tail = append(p.Tail, tail)
	p.Head = append(p.Head, head)
	p.Upper = append(p.Upper, upper)
	p.Start = append(p.Start, start)
	for k := range p.Levels {
		x := int64(0)
		if k < len(cost) {
			x = cost[k]
		}
		p.Levels[k].Cost = append(p.Levels[k].Cost, x)
	}
}

// teachers draws posts of two subjects at random schools. Towns, the first third of the schools, hold more people
// than they need.
func (c *county) teachers(n int) {
	for t := range int32(n) {
		home := c.rng.IntN(c.schools)
		if c.rng.IntN(3) == 0 {
			home = c.rng.IntN(max(1, c.towns()))
		}
		subjects := [2]int{c.rng.IntN(countySubjects), c.rng.IntN(countySubjects)}
		stays := c.rng.Float64() < postedShare
		first := len(c.p.Tail)
		seen := map[int]bool{}
		for range countyEligible {
			post := home*countySubjects + subjects[0]
			if len(seen) > 0 {
				post = c.rng.IntN(c.schools)*countySubjects + subjects[min(1, c.rng.IntN(3))]
			}
			if seen[post] {
				continue
			}
			seen[post] = true
			flow, soft, fen := int64(0), int64(c.rng.IntN(8)), int64(c.rng.IntN(1_000_000))
			if len(seen) == 1 {
				soft, fen = 0, int64(c.rng.IntN(100_000))
				if stays {
					flow = 1
					c.staff[post]++
				}
			}
			c.arc(t, c.post+int32(post), 1, flow, 0, 0, soft, fen)
		}
		unplaced := int64(1)
		if stays {
			unplaced = 0
		}
		c.arc(t, c.sink, 1, unplaced, 0, 1+int64(c.rng.IntN(2)))
		if c.settle != nil {
			c.settle(t, first)
		}
	}
}

// posts draws what every post needs, fewer than it has in towns and more in villages, and lets the start fill it.
func (c *county) posts() {
	for s := range int32(c.schools) {
		weight := int64(1 + c.rng.IntN(4)) // a harder place weighs more
		var filled, over, needs int64
		for j := range int32(countySubjects) {
			post := s*countySubjects + j
			staff := c.staff[post]
			need := max(0, staff+c.rng.IntN(4)-1)
			if int(s) < c.towns() {
				need = max(0, staff-c.rng.IntN(3))
			}
			for i := range need {
				flow := int64(0)
				if i < staff {
					flow = 1
				}
				c.arc(c.post+post, c.school+s, 1, flow, -weight*100/int64(i+1))
			}
			surplus := int64(max(0, staff-need))
			c.need[post] = int(need)
			c.arc(c.post+post, c.quota+s, surplus, surplus)
			filled += int64(min(staff, need))
			over += surplus
			needs += int64(need)
		}
		for i := range needs {
			flow := int64(0)
			if i < filled {
				flow = 1
			}
			c.arc(c.school+s, c.quota+s, 1, flow, -weight*50*(needs-i)/needs)
		}
		c.arc(c.quota+s, c.sink, max(filled+over, needs-2), filled+over)
	}
}
