package network

// branch is a tree arc seen from its lower node.
type branch struct {
	arc      int32
	up, down int64
}

// graft cuts the subtree of cut off the tree, makes its node tip the new root of the subtree and hangs it below
// onto by the tree arc b. apex is the lowest common ancestor of the two places. Potentials in the subtree change by
// shift. It takes time in the two paths to the apex and the size of the subtree.
func (s *Simplex) graft(cut, tip, onto, apex int32, b branch, shift int64) {
	whole := s.nodes[cut].size
	s.detach(cut, apex)
	end := s.reroot(cut, tip, onto, b)
	s.attach(tip, end, onto, apex, whole)

	// Only differences of potentials matter, so the smaller side may move, the other way. The potential of the root
	// drifts by that; should it wrap round, the differences are still right, as they fit.
	v, stop := tip, s.nodes[end].next
	if whole > s.root/2 {
		v, stop, shift = stop, tip, -shift
	}
	for ; v != stop; v = s.nodes[v].next {
		s.potential[v] += shift
	}
}

// detach takes the subtree of cut out of the thread and out of the sizes below apex.
func (s *Simplex) detach(cut, apex int32) {
	nodes := s.nodes
	last, size := nodes[cut].last, nodes[cut].size
	before, after := nodes[cut].prev, nodes[last].next
	nodes[before].next, nodes[after].prev = after, before

	v := nodes[cut].parent
	for u := v; u != apex; u = nodes[u].parent {
		nodes[u].size -= size
	}
	for ; v >= 0 && nodes[v].last == last; v = nodes[v].parent {
		nodes[v].last = before
	}
}

// attach puts the thread tip..end right behind onto, so that the subtree becomes its first child.
func (s *Simplex) attach(tip, end, onto, apex, size int32) {
	nodes := s.nodes
	after := nodes[onto].next
	nodes[onto].next, nodes[tip].prev = tip, onto
	nodes[end].next, nodes[after].prev = after, end

	for u := onto; u != apex; u = nodes[u].parent {
		nodes[u].size += size
	}
	for v := onto; v >= 0 && nodes[v].last == onto; v = nodes[v].parent {
		nodes[v].last = end
	}
}

// reroot turns the path tip = s₀, s₁, …, sₖ = cut upside down and returns the last node of the new thread. The new
// preorder is the old subtree of s₀, then for each i what the subtree of sᵢ has beyond that of sᵢ₋₁: a part before
// it in the old thread, which starts with sᵢ, and a part behind it. So the thread is spliced at most twice for each
// node of the path.
func (s *Simplex) reroot(cut, tip, onto int32, b branch) int32 {
	nodes := s.nodes
	whole := nodes[cut].size

	below, inner := onto, int32(0) // the new parent, and the old size of the path node below
	var before, last, after, end int32
	for v := tip; ; {
		n := &nodes[v]
		up, vBefore, vLast := n.parent, n.prev, n.last
		vAfter := after
		if v == tip || vLast != last {
			vAfter = nodes[vLast].next
		}
		if v == tip {
			end = vLast
		} else {
			nodes[end].next, n.prev = v, end
			end = before
			if vLast != last {
				nodes[before].next, nodes[after].prev = after, before
				end = vLast
			}
		}
		old := branch{n.arc, n.up, n.down}
		n.parent, n.arc, n.up, n.down = below, b.arc, b.up, b.down
		n.size, inner = whole-inner, n.size
		if v == cut {
			break
		}
		// The arc above v becomes the arc above its old parent, seen from the other end.
		b = branch{old.arc, old.down, old.up}
		below, before, last, after = v, vBefore, vLast, vAfter
		v = up
	}
	for v := cut; v != onto; v = nodes[v].parent {
		nodes[v].last = end
	}
	return end
}
