package matching

import "sort"

// TeacherOptimalExchange is the teacher-optimal block exchange (TO-BE): top trading
// cycles over the present posts, in which a person may take the seat of somebody
// else only if the school ranks the newcomer higher.
//
// Every applicant points to the best school on the list, up to the present one,
// that has a seat left which the applicant may take: there to the seat of the
// best-ranked of its present staff whom the applicant outranks, or else to an empty
// seat; who wants nothing else points to the own seat. A seat belongs to the
// person who has it now; an empty seat to the person without a post whom the school
// ranks best (then to the others by the lottery). Who is in a cycle gets the seat
// pointed at. When nobody without a post is left, empty seats can't be had: to
// leave a post for one would take a person from a school and give it nobody.
//
// Guarantees: no applicant is below the present post; every school keeps at least
// the people it has, each of them the same person or one whom it ranks higher;
// strategy-proof for applicants (a school's rankings and the present posts are not
// reports); and no exchange that both sides want is left, so it is one outcome of
// BlockExchange. Where every school has one place it is the only strategy-proof one,
// and efficient for applicants among the matchings that leave no school worse off.
//
// No exchange is left because of the first person of such an exchange to leave the
// trade: the seat wanted, or one that its later holder took and that is easier to
// take, was still there, so the person would have pointed to it.
//
// Combe, Tercieux and Terrier, Review of Economic Studies 89 (2022) 3154–3222. The
// choice among a school's seats, and empty seats with people who have no post, are
// ours; they are the hierarchical exchange of Pápai, Econometrica 68 (2000)
// 1403–1433. Time O((E + R) log n), memory O(E + R).
func TeacherOptimalExchange(p *Problem, trace *Trace) Matching {
	w := newExchangeWalk(p, trace)
	for t := range p.applicants {
		if !w.gone[t] {
			w.path.follow(int32(t), w)
		}
	}
	return w.matching
}

// exchangeWalk follows pointers from applicant to applicant over seats.
type exchangeWalk struct {
	p        *Problem
	trace    *Trace
	matching Matching
	next     []int32 // of an applicant: the edge pointed along
	skip     []int32 // of a staff place: the first one from it on whose seat is left (union by path halving)
	empty    []int32 // of a school: empty seats left
	heir     []int32 // of a school: place in its ranking of the owner of its empty seats
	later    int     // place in the lottery's order of the owner where no ranked one is left
	lottery  []int32 // people without a post
	waiting  int     // people without a post who are left
	gone     []bool
	path     path
	target   []int32 // of an applicant on the path: the staff place pointed at, or None for an empty or the own seat
	rounds   int32
}

func newExchangeWalk(p *Problem, trace *Trace) *exchangeWalk {
	n := len(p.applicants)
	w := &exchangeWalk{p: p, trace: trace, matching: p.empty(), next: make([]int32, n), skip: make([]int32, len(p.staff)+1),
		empty: make([]int32, len(p.schools)), heir: make([]int32, len(p.schools)), gone: make([]bool, n),
		path: newPath(n), target: make([]int32, n)}
	copy(w.next, p.listStart)
	copy(w.heir, p.orderStart)
	for i := range w.skip {
		w.skip[i] = int32(i)
	}
	for s := range p.schools {
		w.empty[s] = p.capacity[s] - int32(len(p.staffOf(int32(s))))
	}
	for _, t := range p.LotteryOrder() {
		if p.present[t] == None {
			w.lottery = append(w.lottery, t)
		}
	}
	w.waiting = len(w.lottery)
	return w
}

// unplace takes out an applicant for whom nothing is left.
func (w *exchangeWalk) unplace(t int32) {
	w.rounds++
	w.trace.add(Step{Round: w.rounds, Event: Unplaced, Applicant: t, School: None, Other: None})
	w.leave(t)
}

// point finds the seat that an applicant points at and gives its owner: the
// applicant for the own seat, None if there is nothing left to want.
func (w *exchangeWalk) point(t int32) (owner int32) {
	p := w.p
	w.target[t] = None
	for ; w.next[t] < p.listStart[t+1]; w.next[t]++ {
		e := w.next[t]
		s := p.edgeSchool[e]
		if s == p.present[t] {
			return t
		}
		if i := w.outranked(s, p.edgeRank[e]); i != None {
			w.target[t] = i
			return p.staff[i]
		}
		if w.empty[s] > 0 && w.waiting > 0 {
			return w.heirOf(s)
		}
	}
	if p.present[t] != None {
		return t
	}
	return None
}

// outranked is the place of the best-ranked of a school's staff behind a rank
// whose seat is left, or None. O(log staff).
func (w *exchangeWalk) outranked(s, rank int32) int32 {
	p := w.p
	from, to := p.staffStart[s], p.staffStart[s+1]
	behind := sort.Search(int(to-from), func(i int) bool { return p.presentRank[p.staff[from+int32(i)]] > rank })
	i := w.left(from + int32(behind))
	if i >= to {
		return None
	}
	return i
}

// left is the first staff place from i on whose seat is left, by path halving.
func (w *exchangeWalk) left(i int32) int32 {
	for w.skip[i] != i {
		w.skip[i] = w.skip[w.skip[i]]
		i = w.skip[i]
	}
	return i
}

// heirOf is the owner of a school's empty seats. Somebody without a post is left.
func (w *exchangeWalk) heirOf(s int32) int32 {
	p := w.p
	for ; w.heir[s] < p.orderStart[s+1]; w.heir[s]++ {
		if t := p.order[w.heir[s]]; p.present[t] == None && !w.gone[t] {
			return t
		}
	}
	for w.gone[w.lottery[w.later]] {
		w.later++
	}
	return w.lottery[w.later]
}

// close gives everybody on the path from a place on the seat pointed at.
func (w *exchangeWalk) close(from int32) {
	p := w.p
	w.rounds++
	cycle := w.path.nodes[from:]
	for i, t := range cycle {
		owner := cycle[(i+1)%len(cycle)]
		s := p.present[t]
		if s == None || owner != t { // not the own seat
			s = p.edgeSchool[w.next[t]]
			if w.target[t] == None {
				w.empty[s]--
			}
		}
		w.matching[t] = s
		if w.trace != nil {
			w.record(t, s, owner)
		}
	}
	for _, t := range cycle {
		w.leave(t)
	}
	w.path.cut(from)
}

// leave takes an applicant out, and the seat with it: who leaves in a cycle has
// given it to another, or kept it.
func (w *exchangeWalk) leave(t int32) {
	w.gone[t] = true
	if w.p.present[t] == None {
		w.waiting--
		return
	}
	i := w.placeOf(t)
	w.skip[i] = i + 1
}

// placeOf is an applicant's place among all present staff. O(log staff).
func (w *exchangeWalk) placeOf(t int32) int32 {
	p := w.p
	s := p.present[t]
	from, to := p.staffStart[s], p.staffStart[s+1]
	i := sort.Search(int(to-from), func(i int) bool { return p.presentRank[p.staff[from+int32(i)]] >= p.presentRank[t] })
	return from + int32(i)
}

func (w *exchangeWalk) record(t, s, owner int32) {
	p := w.p
	step := Step{Round: w.rounds, Event: Placed, Applicant: t, School: s, Choice: p.choice(t, s), Rank: p.rankOf(t, s) + 1, Other: None}
	if owner != t {
		step.Event, step.Other = Traded, owner
		if p.present[owner] == s {
			step.OtherRank = p.presentRank[owner] + 1
		}
	}
	w.trace.add(step)
}
