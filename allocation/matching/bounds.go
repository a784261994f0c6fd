package matching

// bounds keeps the numbers of people placed so that floors and caps can still be
// met by those who are not placed yet.
//
// Let x_s be the number placed at school s. It is completable if some y >= x obeys
// every bound with sum y <= n, the number of applicants. Bottom up, the sums that
// a region R can reach are the whole numbers of an interval [L_R, U_R], with
//
//	L_s = max(floor_s, x_s)                 U_s = capacity_s
//	L_R = max(floor_R, sum of L inside)     U_R = min(cap_R, sum of U inside)
//
// so x is completable if and only if L <= U everywhere and the sum of L over the
// top level is at most n. The completable vectors are the independent vectors of
// an integral polymatroid, on which the greedy choice below is exact.
type bounds struct {
	p           *Problem
	count       []int32 // x_s
	inside      []int64 // of a region: sum of L of what is directly inside
	upper       []int64 // of a region: U
	total, most int64   // sum of L over the top level, and its limit
}

// newBounds is the bounds with nobody placed; *InfeasibleError if no placement of
// all applicants obeys them even then.
func newBounds(p *Problem) (*bounds, error) {
	b := &bounds{p: p, count: make([]int32, len(p.schools)), inside: make([]int64, len(p.regions)),
		upper: make([]int64, len(p.regions)), most: int64(len(p.applicants))}
	capacity := make([]int64, len(p.regions)) // sum of U directly inside
	for s, r := range p.regionOf {
		if r == None {
			b.total += int64(p.floor[s])
			continue
		}
		b.inside[r] += int64(p.floor[s])
		capacity[r] += int64(p.capacity[s])
	}
	for i, r := range p.regions { // children stand before parents
		upper := capacity[i]
		if r.cap > 0 {
			upper = min(upper, int64(r.cap))
		}
		b.upper[i] = min(upper, b.most)
		lower := b.lower(int32(i))
		if lower > b.upper[i] {
			return nil, &InfeasibleError{Where: r.id, Least: int(lower), Most: int(b.upper[i])}
		}
		if r.parent == None {
			b.total += lower
			continue
		}
		b.inside[r.parent] += lower
		capacity[r.parent] += b.upper[i]
	}
	if b.total > b.most {
		return nil, &InfeasibleError{Least: int(b.total), Most: int(b.most)}
	}
	return b, nil
}

func (b *bounds) lower(r int32) int64 { return max(int64(b.p.regions[r].floor), b.inside[r]) }

// place adds one person to a school if the numbers stay completable, and reports
// whether it did. O(depth of the regions).
func (b *bounds) place(s int32) bool {
	if b.count[s] == b.p.capacity[s] {
		return false
	}
	if b.count[s] >= b.p.floor[s] && !b.raise(b.p.regionOf[s]) {
		return false
	}
	b.count[s]++
	return true
}

// raise adds one to the least number of what is directly inside a region, and so
// on up while it matters; it changes nothing if a bound forbids it.
func (b *bounds) raise(from int32) bool {
	top := from
	for ; top != None && b.inside[top] >= int64(b.p.regions[top].floor); top = b.p.regions[top].parent {
		if b.inside[top] == b.upper[top] {
			return false
		}
	}
	if top == None {
		if b.total == b.most {
			return false
		}
		b.total++
	}
	for r := from; r != None; r = b.p.regions[r].parent {
		b.inside[r]++
		if r == top {
			break
		}
	}
	return true
}

func (b *bounds) reset(empty *bounds) {
	copy(b.count, empty.count)
	copy(b.inside, empty.inside)
	b.total = empty.total
}

func (b *bounds) clone() *bounds {
	c := *b
	c.count = append([]int32(nil), b.count...)
	c.inside = append([]int64(nil), b.inside...)
	return &c
}
