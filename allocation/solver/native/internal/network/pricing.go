package network

import "math"

// minBlock keeps the choice worth making on small networks.
const minBlock = 20

// setOpen lets the first open arcs enter and sizes the blocks. Half of √arcs does best on networks of the shape of
// a county: a larger block saves pivots, but not as much time as it takes to read.
func (s *Simplex) setOpen(open int) {
	s.open = open
	s.block = max(minBlock, int(math.Sqrt(float64(open))/2))
	s.next = 0
}

// price returns the position and the reduced cost of an arc to enter, or −1 when none would improve: the tree is
// then optimal.
//
// Block search (Grigoriadis 1986): the list is read cyclically, a block at a time, and the best arc of the first
// block that has any is taken. Király and Kovács (2012) find it the best rule over all their families. Blocks are
// not aligned: the next search goes on where this one ended.
func (s *Simplex) price() (enter int32, rc int64) {
	pos := s.next
	for left := s.open; left > 0; {
		if pos >= s.open {
			pos = 0
		}
		end := min(pos+s.block, s.open, pos+left)
		s.priced += int64(end - pos)
		if rc, at := cheapest(s.arcs[pos:end], s.potential); rc < 0 {
			s.next = end
			return int32(pos + at), rc
		}
		left -= end - pos
		pos = end
	}
	return -1, 0
}

// cheapest is the inner loop of the solver: 16 bytes of arc in sequence, two potentials, one comparison that is
// nearly always false.
func cheapest(arcs []arc, potential []int64) (best int64, at int) {
	for i := range arcs {
		a := &arcs[i]
		if rc := a.cost - potential[a.from] + potential[a.to]; rc < best {
			best, at = rc, i
		}
	}
	return best, at
}
