package embedded

// tree is a spanning tree over the nodes and a root, which has the last index.
type tree struct {
	parent []int32 // by node; −1 at the root
	arc    []int32 // by node: the tree arc above, −1 if artificial
	up     []bool  // by node: the arc above leads to the parent

	preorder []int32 // nodes, each before those below it, the root first
	position []int32 // by node, in preorder
	size     []int32 // by node, of its subtree
	child    []int32 // the first child, and
	sibling  []int32 // the next, while ordering
	moved    []int32 // nodes of the subtree that an exchange moves
}

func newTree(nodes int) tree {
	t := tree{up: make([]bool, nodes+1)}
	for _, s := range []*[]int32{&t.parent, &t.arc, &t.preorder, &t.position, &t.size, &t.child, &t.sibling} {
		*s = make([]int32, nodes+1)
	}
	for v := range t.parent {
		t.parent[v], t.arc[v] = int32(nodes), -1
	}
	t.parent[nodes] = -1
	t.order()
	return t
}

// order computes the preorder and the sizes from the parents, in O(nodes).
func (t *tree) order() {
	root := int32(len(t.parent) - 1)
	t.parent[root], t.arc[root] = -1, -1
	for v := range t.child {
		t.child[v] = -1
		t.size[v] = 1
	}
	for v := root - 1; v >= 0; v-- {
		p := t.parent[v]
		t.sibling[v], t.child[p] = t.child[p], v
	}
	count := int32(0)
	for v := root; ; {
		t.preorder[count], t.position[v] = v, count
		count++
		if c := t.child[v]; c >= 0 {
			v = c
			continue
		}
		for v != root && t.sibling[v] < 0 {
			v = t.parent[v]
		}
		if v == root {
			break
		}
		v = t.sibling[v]
	}
	for i := len(t.preorder) - 1; i > 0; i-- {
		v := t.preorder[i]
		t.size[t.parent[v]] += t.size[v]
	}
}

// below reports whether u is in the subtree of v.
func (t *tree) below(v, u int32) bool {
	i := t.position[u] - t.position[v]
	return i >= 0 && i < t.size[v]
}

// exchange cuts the arc above v and joins inside, which is in the subtree of v, to beyond, which is not, by arc. It
// leads to beyond if up. It takes O(depth + nodes between the old and the new place in preorder): the subtree keeps together,
// and that of each node on the way from inside to v follows what of it was below the last one.
func (t *tree) exchange(v, inside, beyond, arc int32, up bool) {
	first, size := t.position[v], t.size[v]
	for u := t.parent[v]; u >= 0; u = t.parent[u] {
		t.size[u] -= size
	}
	moved := t.moved[:0]
	from := t.position[inside] // what has been moved is the subtree at preorder[from:to]
	to, below := from, int32(0)
	for u, p, a, towards := inside, beyond, arc, up; ; {
		begin, end := t.position[u], t.position[u]+t.size[u]
		moved = append(append(moved, t.preorder[begin:from]...), t.preorder[to:end]...)
		from, to = begin, end
		t.size[u], below = size-below, t.size[u]
		next, nextArc, nextUp := t.parent[u], t.arc[u], t.up[u]
		t.parent[u], t.arc[u], t.up[u] = p, a, towards
		if u == v {
			break
		}
		u, p, a, towards = next, u, nextArc, !nextUp
	}
	t.moved = moved
	t.place(first, beyond)
	for u := beyond; u >= 0; u = t.parent[u] {
		t.size[u] += size
	}
}

// place puts the moved nodes, which begin at first in preorder, below a node instead: as its last child where that lies before them, else as its first.
func (t *tree) place(first, below int32) {
	size := int32(len(t.moved))
	at := t.position[below] + 1
	if end := at - 1 + t.size[below]; end <= first {
		at = end
	}
	low, high := at, first+size
	if at <= first {
		copy(t.preorder[at+size:high], t.preorder[at:first])
	} else {
		low, high = first, at
		at -= size
		copy(t.preorder[first:at], t.preorder[first+size:high])
	}
	copy(t.preorder[at:], t.moved)
	for i, u := range t.preorder[low:high] {
		t.position[u] = low + int32(i)
	}
}
