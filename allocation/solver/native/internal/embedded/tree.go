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
// leads to beyond if up.
func (t *tree) exchange(v, inside, beyond, arc int32, up bool) {
	for u, p, a, towards := inside, beyond, arc, up; ; {
		next, nextArc, nextUp := t.parent[u], t.arc[u], t.up[u]
		t.parent[u], t.arc[u], t.up[u] = p, a, towards
		if u == v {
			break
		}
		u, p, a, towards = next, u, nextArc, !nextUp
	}
	t.order()
}
