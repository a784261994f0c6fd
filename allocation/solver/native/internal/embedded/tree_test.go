package embedded

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Whatever arcs come and go, the preorder lists every subtree in one piece, as one made anew from the parents would.
func TestTreeExchange(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	up, down, sideways := 0, 0, 0
	for range 200 {
		nodes := 2 + rng.IntN(30)
		tr := newTree(nodes)
		for arc := range int32(60) {
			v := int32(rng.IntN(nodes))
			inside := tr.preorder[tr.position[v]+int32(rng.IntN(int(tr.size[v])))]
			beyond := int32(rng.IntN(nodes + 1))
			if tr.below(v, beyond) {
				continue
			}
			switch {
			case tr.below(beyond, v):
				up++
			case tr.position[beyond] > tr.position[v]:
				down++
			default:
				sideways++
			}
			path, arcs := pathTo(&tr, inside, v)
			tr.exchange(v, inside, beyond, arc, arc%2 == 0)
			if tr.parent[inside] != beyond || tr.arc[inside] != arc || tr.up[inside] != (arc%2 == 0) {
				t.Fatalf("node %d does not hang on %d by arc %d", inside, beyond, arc)
			}
			for i, u := range path[1:] { // the others hang on the node before them, by the arc that that one had
				if tr.parent[u] != path[i] || tr.arc[u] != arcs[i] {
					t.Fatalf("node %d does not hang on %d by arc %d", u, path[i], arcs[i])
				}
			}
			orderly(t, &tr)
		}
	}
	if min(up, down, sideways) < 100 {
		t.Errorf("%d exchanges upwards, %d to a later and %d to an earlier subtree say too little", up, down, sideways)
	}
}

// pathTo lists the nodes from u up to v, and the arcs above them.
func pathTo(t *tree, u, v int32) (path, arcs []int32) {
	for ; ; u = t.parent[u] {
		path, arcs = append(path, u), append(arcs, t.arc[u])
		if u == v {
			return path, arcs
		}
	}
}

func orderly(t *testing.T, tr *tree) {
	t.Helper()
	fresh := *tr
	for _, s := range []*[]int32{&fresh.preorder, &fresh.position, &fresh.size, &fresh.child, &fresh.sibling} {
		*s = slices.Clone(*s)
	}
	fresh.order()
	for v, p := range tr.parent {
		if tr.preorder[tr.position[v]] != int32(v) || tr.size[v] != fresh.size[v] {
			t.Fatalf("node %d: at %d in preorder with %d nodes below it, want %d", v, tr.position[v], tr.size[v], fresh.size[v])
		}
		if p >= 0 && (tr.position[v] <= tr.position[p] || tr.position[v]+tr.size[v] > tr.position[p]+tr.size[p]) {
			t.Fatalf("node %d is not among those below %d in preorder", v, p)
		}
	}
}
