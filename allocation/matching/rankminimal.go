package matching

import "math"

// RankMinimal is an assignment of minimum total rank with the prices that prove it.
type RankMinimal struct {
	Matching  Matching
	Unplaced  int     // as few as possible
	TotalRank int64   // the sum of the places on the lists, from 1: as small as possible with that many unplaced
	Prices    []int64 // of the schools; see ProvesMinimum
}

// MinimumTotalRank places as many applicants as possible and, among such
// matchings, has the least sum of list places. Rankings decide only who is
// eligible.
//
// Guarantees: efficient for applicants, and more: rank efficient (Featherstone
// 2020). Not stable and not strategy-proof: it can pay to put schools in front that
// one can't get.
//
// One applicant after another is added along a shortest augmenting path over the
// schools with reduced costs: the Hungarian method as Jonker and Volgenant,
// Computing 38 (1987) 325–340, arrange it, here for sparse lists and schools with
// places (Dijkstra's algorithm with a heap). Several optima may exist; the order
// of the market decides. Time O(n E log S) at worst, far less when paths are short;
// memory O(E).
func MinimumTotalRank(p *Problem) *RankMinimal {
	a := newAssigner(p)
	for t := range p.applicants {
		a.add(int32(t))
	}
	r := &RankMinimal{Matching: a.matching, Prices: a.price}
	for t, s := range a.matching {
		if s == None {
			r.Unplaced++
		} else {
			r.TotalRank += int64(p.choice(int32(t), s))
		}
	}
	return r
}

// noneCost is the cost of having no school: more than any other changes can save.
func (p *Problem) noneCost() int64 {
	longest := int32(0)
	for t := range p.applicants {
		longest = max(longest, p.listStart[t+1]-p.listStart[t])
	}
	return 1 + int64(longest)*int64(len(p.applicants))
}

// ProvesMinimum reports whether the prices prove that the matching places as many
// as possible at the least total rank. By duality it is enough that prices are not
// negative, a school with a free place has price 0, and everybody has the school
// that makes list place plus price least, where having none costs 1 + n times the
// longest list. O(E).
func (r *RankMinimal) ProvesMinimum(p *Problem) bool {
	none := p.noneCost()
	filled := p.filled(r.Matching)
	for s, price := range r.Prices {
		if price < 0 || filled[s] > p.capacity[s] || (price > 0 && filled[s] < p.capacity[s]) {
			return false
		}
	}
	for t, s := range r.Matching {
		paid, least := none, none
		for e := p.listStart[t]; e < p.listStart[t+1]; e++ {
			cost := int64(e-p.listStart[t]+1) + r.Prices[p.edgeSchool[e]]
			least = min(least, cost)
			if p.edgeSchool[e] == s {
				paid = cost
			}
		}
		if paid > least || (s != None && p.edge(int32(t), s) == None) {
			return false
		}
	}
	return true
}

// assigner adds applicants one by one and keeps the assignment optimal for those
// added. Its invariant is that of ProvesMinimum.
type assigner struct {
	p        *Problem
	matching Matching
	price    []int64
	holders  [][]int32 // of a school
	none     int64

	distance []int64 // of a school, in the search under way
	via      []int32 // of a school: the applicant from whom it was reached
	done     []bool
	touched  []int32
	heap     []reach
}

// reach is a school at a distance.
type reach struct {
	distance int64
	school   int32
}

func newAssigner(p *Problem) *assigner {
	n := len(p.schools)
	a := &assigner{p: p, matching: p.empty(), price: make([]int64, n), holders: make([][]int32, n), none: p.noneCost(),
		distance: make([]int64, n), via: make([]int32, n), done: make([]bool, n)}
	for s := range a.distance {
		a.distance[s] = math.MaxInt64
		if p.capacity[s] == 0 {
			a.price[s] = a.none // nobody pays it, so nobody misses a school without places
		}
	}
	return a
}

// add finds the cheapest way to take one more applicant in: a path of people who
// each move over, to a free place or to somebody who is left without.
func (a *assigner) add(start int32) {
	length, end, leaver := a.none, None, start
	expand := func(t int32, base, paid int64) {
		if out := base + a.none - paid; out < length {
			length, end, leaver = out, None, t
		}
		for e := a.p.listStart[t]; e < a.p.listStart[t+1]; e++ {
			s := a.p.edgeSchool[e]
			if d := base + int64(e-a.p.listStart[t]+1) + a.price[s] - paid; d < a.distance[s] && d < length {
				if a.distance[s] == math.MaxInt64 {
					a.touched = append(a.touched, s)
				}
				a.distance[s], a.via[s] = d, t
				a.push(reach{d, s})
			}
		}
	}
	expand(start, 0, 0)
	for len(a.heap) > 0 {
		r := a.pop()
		if a.done[r.school] || r.distance > a.distance[r.school] {
			continue
		}
		if r.distance >= length {
			break
		}
		if len(a.holders[r.school]) < int(a.p.capacity[r.school]) {
			length, end = r.distance, r.school
			break
		}
		a.done[r.school] = true
		for _, t := range a.holders[r.school] {
			expand(t, r.distance, int64(a.p.choice(t, r.school))+a.price[r.school])
		}
	}
	a.reprice(length)
	a.shift(start, end, leaver)
}

// reprice raises the prices of the schools nearer than the end of the path, and
// clears the search.
func (a *assigner) reprice(length int64) {
	for _, s := range a.touched {
		if a.done[s] {
			a.price[s] += max(0, length-a.distance[s])
		}
		a.distance[s], a.done[s] = math.MaxInt64, false
	}
	a.touched, a.heap = a.touched[:0], a.heap[:0]
}

// shift moves the people on the path, from its end back to the start.
func (a *assigner) shift(start, end, leaver int32) {
	for s := end; ; {
		t := leaver
		if s != None {
			t = a.via[s]
			a.holders[s] = append(a.holders[s], t)
		}
		old := a.matching[t]
		a.matching[t] = s
		if old != None {
			a.release(old, t)
		}
		if t == start {
			return
		}
		s = old
	}
}

func (a *assigner) release(s, t int32) {
	held := a.holders[s]
	for i, other := range held {
		if other == t {
			held[i] = held[len(held)-1]
			a.holders[s] = held[:len(held)-1]
			return
		}
	}
}

// push and pop keep a binary heap, nearest first, ties by school.
func (a *assigner) push(r reach) {
	a.heap = append(a.heap, r)
	for i := len(a.heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !a.heap[i].before(a.heap[parent]) {
			return
		}
		a.heap[i], a.heap[parent] = a.heap[parent], a.heap[i]
		i = parent
	}
}

func (a *assigner) pop() reach {
	top, last := a.heap[0], len(a.heap)-1
	a.heap[0] = a.heap[last]
	a.heap = a.heap[:last]
	for i := 0; ; {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if a.heap[child].before(a.heap[first]) {
				first = child
			}
		}
		if first == i {
			return top
		}
		a.heap[i], a.heap[first] = a.heap[first], a.heap[i]
		i = first
	}
}

func (r reach) before(other reach) bool {
	return r.distance < other.distance || (r.distance == other.distance && r.school < other.school)
}
