package matching

// heaps holds for each school the ranks of those whom it holds: a heap for each class of
// applicants, the worst on top, all in one slice. Without class caps there is one class. The cell of
// class k of school s is s·K + k for K classes.
type heaps struct {
	classes     *classes // nil: one class
	count       int32    // K
	free        []int32  // of a school: places
	start, size []int32  // of a cell
	room        []int32  // of a cell
	ranks       []int32
}

// newHeaps gives empty heaps. A cell has no more room than its school has people to fill it with, so
// memory is O(R).
func newHeaps(p *Problem, capacity []int32, c *classes) *heaps {
	h := &heaps{classes: c, count: c.number(), free: make([]int32, len(p.schools))}
	cells := len(p.schools) * int(h.count)
	h.start, h.size, h.room = make([]int32, cells), make([]int32, cells), make([]int32, cells)
	total := int32(0)
	for s := range int32(len(p.schools)) {
		h.free[s] = capacity[s]
		for k := range h.count {
			cell := s*h.count + k
			h.start[cell] = total
			h.room[cell] = min(capacity[s], c.cap(s, k), c.ranked(p, s, k))
			total += h.room[cell]
		}
	}
	h.ranks = make([]int32, total)
	return h
}

func (h *heaps) heap(cell int32) []int32 {
	return h.ranks[h.start[cell] : h.start[cell]+h.size[cell]]
}

// worst gives the cell of a school whose top is the worst rank held, None where nobody is held. O(K).
func (h *heaps) worst(s int32) (cell int32) {
	cell = None
	for c := s * h.count; c < (s+1)*h.count; c++ {
		if h.size[c] > 0 && (cell == None || h.ranks[h.start[c]] > h.ranks[h.start[cell]]) {
			cell = c
		}
	}
	return cell
}

// rival gives the cell whose worst an applicant must outrank, None where there is a place or
// nobody to outrank, and whether there is a place. A class at its cap has no place whatever is free.
func (h *heaps) rival(t, s int32) (cell int32, place bool) {
	switch own := s*h.count + h.classes.of(t); {
	case h.size[own] == h.room[own]:
		if h.size[own] == 0 {
			return None, false
		}
		return own, false
	case h.free[s] > 0:
		return None, true
	}
	return h.worst(s), false
}

// inTheWay is the worst rank that an applicant would have to outrank, or None.
func (h *heaps) inTheWay(t, s int32) int32 {
	cell, _ := h.rival(t, s)
	if cell == None {
		return None
	}
	return h.ranks[h.start[cell]]
}

// offer adds the rank of an applicant and gives back the one that has no place: another,
// the same, or None. O(log q + K).
func (h *heaps) offer(t, s, rank int32) (out int32) {
	own := s*h.count + h.classes.of(t)
	cell, place := h.rival(t, s)
	switch {
	case place:
		h.free[s]--
		h.push(own, rank)
		return None
	case cell == None || h.ranks[h.start[cell]] < rank:
		return rank
	}
	heap := h.heap(cell)
	out = heap[0]
	if cell == own {
		heap[0] = rank
		siftDown(heap)
		return out
	}
	h.size[cell]--
	heap[0] = heap[len(heap)-1]
	siftDown(heap[:len(heap)-1])
	h.push(own, rank)
	return out
}

func (h *heaps) push(cell, rank int32) {
	h.size[cell]++
	heap := h.heap(cell)
	heap[len(heap)-1] = rank
	siftUp(heap, len(heap)-1)
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
