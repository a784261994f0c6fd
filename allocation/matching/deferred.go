package matching

// DeferredAcceptance is deferred acceptance with applicants proposing.
//
// Round by round, everybody who is not held asks the next school on the list; a
// school holds the best of those who asked so far, up to its capacity, and
// refuses the others. It stops when nobody is left to ask.
//
// Guarantees: stable (no justified envy and no waste, with respect to the strict
// rankings); every applicant gets the best school of any stable matching;
// strategy-proof for applicants, not for schools. It is not efficient for
// applicants, and does not protect present posts: Protect does.
//
// Gale and Shapley, American Mathematical Monthly 69 (1962) 9–15; strategy-proofness:
// Dubins and Freedman (1981), Roth, Mathematics of Operations Research 7 (1982)
// 617–628; ties: Abdulkadiroğlu, Pathak and Roth, American Economic Review 99 (2009).
// Time O(E log q) for E list entries and capacity q, memory O(E).
func DeferredAcceptance(p *Problem, trace *Trace) Matching {
	everybody := make([]int32, len(p.applicants))
	for t := range everybody {
		everybody[t] = int32(t)
	}
	m := p.empty()
	p.deferred(m, everybody, p.capacity, trace)
	return m
}

// deferred runs deferred acceptance for some of the applicants on given
// capacities and writes their schools into m. It uses up the slice proposers.
func (p *Problem) deferred(m Matching, proposers, capacity []int32, trace *Trace) {
	held := newHeaps(p, capacity)
	next := make([]int32, len(p.applicants)) // the edge to ask along next
	copy(next, p.listStart)
	again := make([]int32, 0, len(proposers))
	for round := int32(1); len(proposers) > 0; round++ {
		again = again[:0]
		for _, t := range proposers {
			if next[t] == p.listStart[t+1] {
				trace.add(Step{Round: round, Event: Unplaced, Applicant: t, School: None, Other: None})
				continue
			}
			e := next[t]
			next[t]++
			s, rank := p.edgeSchool[e], p.edgeRank[e]
			out := held.offer(s, rank)
			if out != None {
				loser := p.order[p.orderStart[s]+out]
				again = append(again, loser)
				m[loser] = None
			}
			if out != rank {
				m[t] = s
			}
			if trace != nil {
				p.traceOffer(trace, held, round, t, s, rank, out)
			}
		}
		proposers, again = again, proposers
	}
}

func (p *Problem) traceOffer(trace *Trace, held *heaps, round, t, s, rank, out int32) {
	asked := Step{Round: round, Event: Held, Applicant: t, School: s, Choice: p.choice(t, s), Rank: rank + 1, Other: None}
	if out != rank {
		trace.add(asked)
		if out != None {
			loser := p.order[p.orderStart[s]+out]
			trace.add(Step{Round: round, Event: Bumped, Applicant: loser, School: s, Choice: p.choice(loser, s), Rank: out + 1, Other: t, OtherRank: rank + 1})
		}
		return
	}
	asked.Event = Refused
	if worst := held.worst(s); worst != None {
		asked.Other, asked.OtherRank = p.order[p.orderStart[s]+worst], worst+1
	}
	trace.add(asked)
}

// heaps holds for each school the ranks of those whom it holds, the worst on top,
// all in one slice.
type heaps struct {
	start, size, room []int32
	ranks             []int32
}

func newHeaps(p *Problem, capacity []int32) *heaps {
	n := len(p.schools)
	h := &heaps{start: make([]int32, n), size: make([]int32, n), room: make([]int32, n)}
	total := int32(0)
	for s := range n {
		h.start[s] = total
		h.room[s] = min(capacity[s], p.orderStart[s+1]-p.orderStart[s])
		total += h.room[s]
	}
	h.ranks = make([]int32, total)
	return h
}

// worst is the worst rank held by a school, or None.
func (h *heaps) worst(s int32) int32 {
	if h.size[s] == 0 {
		return None
	}
	return h.ranks[h.start[s]]
}

// offer adds a rank and gives back the one that has no place: another, the same,
// or None.
func (h *heaps) offer(s, rank int32) (out int32) {
	size := h.size[s]
	heap := h.ranks[h.start[s] : h.start[s]+h.room[s]]
	if int(size) < len(heap) {
		heap[size] = rank
		h.size[s]++
		siftUp(heap, int(size))
		return None
	}
	if len(heap) == 0 || heap[0] < rank {
		return rank
	}
	out, heap[0] = heap[0], rank
	siftDown(heap)
	return out
}

func siftUp(heap []int32, i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if heap[parent] >= heap[i] {
			return
		}
		heap[parent], heap[i] = heap[i], heap[parent]
		i = parent
	}
}

func siftDown(heap []int32) {
	for i := 0; ; {
		largest := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if heap[child] > heap[largest] {
				largest = child
			}
		}
		if largest == i {
			return
		}
		heap[i], heap[largest] = heap[largest], heap[i]
		i = largest
	}
}
