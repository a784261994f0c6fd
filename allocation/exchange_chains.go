package allocation

import (
	"cmp"
	"slices"
)

// walk is a cycle or a chain: moves of which each takes the place that the one before leaves. The first of a chain
// fills a vacancy, the last leaves a place that its post can spare; in a cycle the first takes the place of the last.
type walk struct {
	cycle bool
	moves []int32
}

// walks divides an exchange into cycles and chains. People who come to a post take the places of those who leave it
// in any order, so that the division is a choice: the shortest cycles first, and where a chain passes a post twice, what lies
// between becomes a cycle of its own, if the limit allows it.
func (g *exchangeProgramme) walks(f *found) []walk {
	var all []walk
	switch free := f.inFree(); g.chains {
	case formSeparate:
		for _, moves := range g.x.components(free) {
			all = append(all, g.connected(f, moves)...)
		}
	default:
		all = g.x.shortest(free)
	}
	all = append(all, g.layered(f)...)
	var split []walk
	for _, w := range all {
		split = append(split, g.x.split(w)...)
	}
	for i := range split {
		split[i].turn()
	}
	slices.SortFunc(split, compareWalks)
	return split
}

// turn lets a cycle begin with its first move.
func (w *walk) turn() {
	if w.cycle {
		i := slices.Index(w.moves, slices.Min(w.moves))
		w.moves = slices.Concat(w.moves[i:], w.moves[:i])
	}
}

// compareWalks puts cycles before chains, the shorter first.
func compareWalks(a, b walk) int {
	if a.cycle != b.cycle {
		if a.cycle {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(len(a.moves), len(b.moves)), cmp.Compare(a.moves[0], b.moves[0]))
}

// allows reports whether a cycle of so many people keeps the limit.
func (x *trade) allows(people int) bool {
	return x.options.LongestCycle == 0 || people <= x.options.LongestCycle
}

// components divides moves into sets that share no post, in order of the first move.
func (x *trade) components(moves []int32) [][]int32 {
	root := map[int32]int32{}
	var find func(p int32) int32
	find = func(p int32) int32 {
		up, known := root[p]
		if !known || up == p {
			root[p] = p
			return p
		}
		root[p] = find(up)
		return root[p]
	}
	for _, m := range moves {
		root[find(x.moves[m].from)] = find(x.moves[m].to)
	}
	place := map[int32]int{}
	var sets [][]int32
	for _, m := range moves {
		r := find(x.moves[m].to)
		if _, known := place[r]; !known {
			place[r] = len(sets)
			sets = append(sets, nil)
		}
		sets[place[r]] = append(sets[place[r]], m)
	}
	return sets
}

// splits reports whether moves without a chain divide into cycles that the limit allows, the shortest first.
func (x *trade) splits(moves []int32) bool {
	return x.options.LongestCycle != 1 && !slices.ContainsFunc(x.shortest(moves), func(w walk) bool { return !x.allows(len(w.moves)) })
}

// entries lists moves by the post that they enter, in order.
func (x *trade) entries(moves []int32) map[int32][]int32 {
	by := map[int32][]int32{}
	for _, m := range moves {
		by[x.moves[m].to] = append(by[x.moves[m].to], m)
	}
	return by
}

// shortest divides moves into cycles, each of the shortest that are left, and what then has no cycle into chains from
// posts that gain people to posts that lose some. It takes O(moves²) time for each length that there is.
func (x *trade) shortest(moves []int32) []walk {
	var all []walk
	left := x.entries(moves)
	most := len(moves)
	for length := 2; length <= most; {
		next := most + 1
		for _, m := range moves {
			if !slices.Contains(left[x.moves[m].to], m) {
				continue
			}
			path := x.path(left, x.moves[m].from, func(p int32) bool { return p == x.moves[m].to }, next)
			switch {
			case path == nil:
			case 1+len(path) <= length:
				cycle := append([]int32{m}, path...)
				x.remove(left, cycle)
				all = append(all, walk{cycle: true, moves: cycle})
			default:
				next = min(next, 1+len(path))
			}
		}
		length = next
	}
	gained := map[int32]int{}
	for _, m := range moves {
		gained[x.moves[m].to]++
		gained[x.moves[m].from]--
	}
	for _, m := range moves {
		for start := x.moves[m].to; gained[start] > 0; {
			chain := x.path(left, start, func(p int32) bool { return gained[p] < 0 }, most+1)
			x.remove(left, chain)
			gained[start]--
			gained[x.moves[chain[len(chain)-1]].from]++
			all = append(all, walk{moves: chain})
		}
	}
	return all
}

// remove takes moves out of those that are left.
func (x *trade) remove(left map[int32][]int32, moves []int32) {
	for _, m := range moves {
		to := x.moves[m].to
		left[to] = slices.DeleteFunc(left[to], func(other int32) bool { return other == m })
	}
}

// path is a shortest walk of places from a post to one that is an end, by fewer than limit moves; nil where there is
// none. It has at least one move.
func (x *trade) path(left map[int32][]int32, start int32, end func(p int32) bool, limit int) []int32 {
	came := map[int32]int32{} // to each post, the move that reached it
	queue, far := []int32{start}, []int{0}
	for i := 0; i < len(queue); i++ {
		if far[i]+1 >= limit {
			return nil
		}
		for _, m := range left[queue[i]] {
			p := x.moves[m].from
			if _, seen := came[p]; seen || p == start {
				continue
			}
			came[p] = m
			if end(p) {
				return x.trace(came, start, p)
			}
			queue, far = append(queue, p), append(far, far[i]+1)
		}
	}
	return nil
}

// trace reads a path backwards.
func (x *trade) trace(came map[int32]int32, start, p int32) []int32 {
	var moves []int32
	for p != start {
		moves = append(moves, came[p])
		p = x.moves[came[p]].to
	}
	slices.Reverse(moves)
	return moves
}

// connected divides a connected set of moves of the copy in which chains have any length: into as many chains as begin
// there, which take up everything else that meets them (Hierholzer 1873), or, where none begins, into cycles.
func (g *exchangeProgramme) connected(f *found, moves []int32) []walk {
	x := g.x
	left := x.entries(moves)
	ends := map[int32]int64{}
	var starts []int32
	for _, m := range moves {
		for _, p := range []int32{x.moves[m].to, x.moves[m].from} {
			if _, known := ends[p]; known {
				continue
			}
			ends[p] = g.ending(f.flow, p)
			for range g.beginning(f.flow, p) {
				starts = append(starts, p)
			}
		}
	}
	if len(starts) == 0 {
		return x.shortest(moves)
	}
	chains := make([]walk, len(starts))
	for i, start := range starts {
		p := start
		for ends[p] == 0 {
			m := left[p][0]
			x.remove(left, []int32{m})
			chains[i].moves = append(chains[i].moves, m)
			p = x.moves[m].from
		}
		ends[p]--
	}
	for grown := true; grown; {
		grown = false
		for i := range chains {
			grown = x.takeUp(left, starts[i], &chains[i]) || grown
		}
	}
	return slices.DeleteFunc(chains, func(w walk) bool { return len(w.moves) == 0 })
}

// takeUp inserts a closed walk of what is left at each post that a chain passes.
func (x *trade) takeUp(left map[int32][]int32, start int32, w *walk) (grown bool) {
	for i := 0; i <= len(w.moves); i++ {
		p := start
		if i > 0 {
			p = x.moves[w.moves[i-1]].from
		}
		var closed []int32
		for q := p; len(left[q]) > 0; {
			m := left[q][0]
			x.remove(left, []int32{m})
			closed = append(closed, m)
			q = x.moves[m].from
		}
		if len(closed) > 0 {
			w.moves = slices.Insert(w.moves, i, closed...)
			grown = true
		}
	}
	return grown
}

// layered reads the cycles and chains by position. Each move is followed by one of the next position at the post
// that it leaves; a chain ends where there is none.
func (g *exchangeProgramme) layered(f *found) []walk {
	type place struct{ cycle, position, post int32 }
	next := map[place][]int32{}
	var firsts []step
	for _, s := range f.taken {
		switch {
		case s.place == 1:
			firsts = append(firsts, s)
		case s.place > 1:
			at := place{s.cycle, s.place, g.x.moves[s.move].to}
			next[at] = append(next[at], s.move)
		}
	}
	var all []walk
	for _, s := range firsts {
		w := walk{cycle: s.cycle >= 0, moves: []int32{s.move}}
		for position := int32(2); ; position++ {
			p := g.x.moves[w.moves[len(w.moves)-1]].from
			at := place{s.cycle, position, p}
			if p == s.cycle || len(next[at]) == 0 {
				break
			}
			w.moves = append(w.moves, next[at][0])
			next[at] = next[at][1:]
		}
		all = append(all, w)
	}
	return all
}

// split divides a walk at posts that it passes twice, the shortest part first, into cycles that the limit allows and
// the rest.
func (x *trade) split(w walk) []walk {
	var parts []walk
	for {
		from, to := x.loop(&w)
		if to == 0 {
			break
		}
		if to-from == len(w.moves) { // the whole walk
			w.cycle = true
			break
		}
		parts = append(parts, walk{cycle: true, moves: slices.Clone(w.moves[from:to])})
		w.moves = slices.Delete(slices.Clone(w.moves), from, to)
	}
	return append(parts, w)
}

// loop finds the shortest closed part of a walk that the limit allows; 0, 0 where there is none.
func (x *trade) loop(w *walk) (from, to int) {
	if x.options.LongestCycle == 1 {
		return 0, 0
	}
	best := len(w.moves) + 1
	seen := map[int32]int{} // post: the last place of the walk at which it was passed
	at := func(i int) int32 {
		if i == 0 {
			return x.moves[w.moves[0]].to
		}
		return x.moves[w.moves[i-1]].from
	}
	for i := 0; i <= len(w.moves); i++ {
		p := at(i)
		if before, passed := seen[p]; passed && i-before < best && x.allows(i-before) {
			best, from, to = i-before, before, i
		}
		seen[p] = i
	}
	return from, to
}
