package matching

// ChainRule says which chain TopTradingCyclesAndChains takes when there is no
// cycle, and what becomes of the seat that is left behind.
type ChainRule struct {
	Order   []int32 // who goes first; nil: the lottery's order
	Longest bool    // take the longest chain, ties by the order; otherwise the chain that the first in the order starts
	Close   bool    // close the seat that the start of a chain leaves; otherwise it stays open for the others
}

// TopTradingCyclesAndChains trades present posts in cycles and fills empty ones
// by chains.
//
// Every applicant points to the best school on the list (up to the present one)
// that has a seat left, there to its first seat: empty ones first, then those of
// its staff by rank; who wants nothing else points to the own seat. An owned seat
// leads on to its owner. Who is in a cycle gets the seat pointed at. If there is no
// cycle, everybody's path ends at an empty seat: the rule picks one such chain,
// its members get the seats they point at, and the seat of the one who starts it
// becomes empty, or is closed.
//
// Guarantees: nobody is below the present post; efficient for applicants unless
// seats are closed; strategy-proof unless the longest chain is taken. A school may
// lose somebody without replacement, so a chain is for posts that the county wants
// to move; TeacherOptimalExchange keeps every school whole.
//
// Roth, Sönmez and Ünver, Quarterly Journal of Economics 119 (2004) 457–488, of
// kidneys and a waiting list; here the waiting list's place is taken by the empty
// posts. With the default rule it is the mechanism "you request my house, I get
// your turn" of Abdulkadiroğlu and Sönmez, Journal of Economic Theory 88 (1999)
// 233–260 (Krishna and Wang, Journal of Economic Theory 132 (2007) 539–547).
// Rankings decide who is eligible and the order of seats. Time O(E + R), with the
// longest chain O(E + R) and O(n) for each chain.
func TopTradingCyclesAndChains(p *Problem, rule ChainRule, trace *Trace) Matching {
	w := newChainWalk(p, trace)
	order := rule.Order
	if order == nil {
		order = p.LotteryOrder()
	}
	if !rule.Longest {
		for _, t := range order {
			for !w.gone[t] {
				w.follow(t, true, rule.Close)
			}
		}
		return w.matching
	}
	for w.pass = 1; ; w.pass++ {
		for _, t := range order {
			if !w.gone[t] && w.safe[t] != w.pass && w.follow(t, false, false) {
				w.forget()
			}
		}
		t := w.longest(order)
		if t == None {
			return w.matching
		}
		w.follow(t, true, rule.Close)
	}
}

// chainWalk follows pointers from applicant to applicant over seats.
type chainWalk struct {
	*seats
	p        *Problem
	trace    *Trace
	matching Matching
	next     []int32 // of an applicant: the edge pointed along
	first    []int32 // of a school: the first seat that is not taken
	taken    []bool  // of a seat
	gone     []bool
	path     path
	target   []int32 // of an applicant on the path: the seat pointed at
	rounds   int32
	pass     int32
	safe     []int32 // of an applicant: the pass in which the path was seen to end at an empty seat
}

func newChainWalk(p *Problem, trace *Trace) *chainWalk {
	n := len(p.applicants)
	w := &chainWalk{seats: newSeats(p), p: p, trace: trace, matching: p.empty(), next: make([]int32, n),
		first: make([]int32, len(p.schools)), gone: make([]bool, n), path: newPath(n), target: make([]int32, n)}
	w.taken, w.safe = make([]bool, len(w.owner)), make([]int32, n)
	copy(w.next, p.listStart)
	copy(w.first, w.start)
	return w
}

// seat is the seat that an applicant points at, or None at the end of the list.
func (w *chainWalk) seat(t int32) int32 {
	p := w.p
	for ; w.next[t] < p.listStart[t+1]; w.next[t]++ {
		s := p.edgeSchool[w.next[t]]
		if s == p.present[t] {
			break
		}
		for w.first[s] < w.start[s+1] && w.taken[w.first[s]] {
			w.first[s]++
		}
		if w.first[s] < w.start[s+1] {
			return w.first[s]
		}
	}
	return w.own[t]
}

// follow goes along the pointers from an applicant. It closes the cycles it meets
// and removes those who have nothing left, and goes on from the one before; at an
// empty seat it stops, and fills the chain from the start if take is set. It
// reports whether it stopped with the start still there.
func (w *chainWalk) follow(start int32, take, shut bool) bool {
	w.path.push(start)
	for len(w.path.nodes) > 0 {
		t := w.path.last()
		x := w.seat(t)
		w.target[t] = x
		if x == None {
			w.rounds++
			w.trace.add(Step{Round: w.rounds, Event: Unplaced, Applicant: t, School: None, Other: None})
			w.gone[t] = true
			w.path.pop()
			continue
		}
		owner := w.owner[x]
		switch {
		case owner == None && take:
			w.fill(0)
			if left := w.own[start]; left != None {
				w.owner[left], w.taken[left] = None, shut
			}
		case owner == None || (!take && w.safe[owner] == w.pass):
			return true
		case w.path.place[owner] == None:
			w.path.push(owner)
		default:
			w.fill(w.path.place[owner])
		}
	}
	return false
}

// fill gives everybody on the path from a place on the seat pointed at.
func (w *chainWalk) fill(from int32) {
	w.rounds++
	for _, t := range w.path.nodes[from:] {
		w.trade(t, w.target[t])
		w.gone[t] = true
	}
	w.path.cut(from)
}

func (w *chainWalk) trade(t, x int32) {
	p := w.p
	s := p.present[t]
	if x != w.own[t] {
		s = p.edgeSchool[w.next[t]]
	}
	w.taken[x] = true
	w.matching[t] = s
	if w.trace == nil {
		return
	}
	step := Step{Round: w.rounds, Event: Placed, Applicant: t, School: s, Choice: p.choice(t, s), Rank: p.rankOf(t, s) + 1, Other: None}
	if owner := w.owner[x]; owner != None && owner != t {
		step.Event, step.Other, step.OtherRank = Traded, owner, p.presentRank[owner]+1
	}
	w.trace.add(step)
}

// longest is the start of the longest chain, None if nobody is left. There are no
// cycles when it is called, so lengths follow from the ends back. O(n).
func (w *chainWalk) longest(order []int32) int32 {
	length := make([]int32, len(w.gone))
	best := None
	for _, start := range order {
		if w.gone[start] {
			continue
		}
		path := w.path.nodes[:0]
		t := start
		for t != None && length[t] == 0 {
			path = append(path, t)
			t = w.owner[w.seat(t)]
		}
		behind := int32(0)
		if t != None {
			behind = length[t]
		}
		for i := len(path) - 1; i >= 0; i-- {
			behind++
			length[path[i]] = behind
		}
		w.path.nodes = path[:0]
		if best == None || length[start] > length[best] {
			best = start
		}
	}
	return best
}

// forget leaves a path that ends at an empty seat. Closing cycles elsewhere does
// not change where it leads.
func (w *chainWalk) forget() {
	for _, t := range w.path.nodes {
		w.safe[t] = w.pass
	}
	w.path.cut(0)
}
