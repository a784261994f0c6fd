package embedded

// Basis is a basis, and what it takes to go on from it as if nothing had been in between. On a network nearly every basis has reduced costs of
// zero, so costs and bounds alone do not say where nonbasic variables are; to put a few hundred of them back takes as many pivots as a branch.
type Basis struct {
	parent, arc            []int32
	up                     []bool
	active                 []int32
	comp                   []int32
	above                  []int32   // nonbasic variables at their upper bounds
	shifts                 []Entry   // of costs, by variable
	treeWeight, compWeight []float64 // of basic variables, by node and by place; nil where all are 1 and above and shifts are not known
}

// Basis copies the present basis, in O(variables).
func (lp *LP) Basis() *Basis {
	t := &lp.tree
	out := &Basis{
		parent: append([]int32(nil), t.parent...), arc: append([]int32(nil), t.arc...), up: append([]bool(nil), t.up...),
		active: append([]int32(nil), lp.active...), comp: append([]int32(nil), lp.comp...), shifts: lp.shifts(),
		treeWeight: make([]float64, lp.nodes), compWeight: make([]float64, len(lp.comp)),
	}
	for v := range out.treeWeight {
		out.treeWeight[v] = lp.weightAbove(v)
	}
	for i, j := range lp.comp {
		out.compWeight[i] = lp.weight[j]
	}
	for j, x := range lp.x {
		if lp.where[j] == nonbasic && x != lp.Lower[j] {
			out.above = append(out.above, int32(j))
		}
	}
	return out
}

// SetBasis goes back to a basis of the same programme. Rebound must follow. It takes O(variables + m³) for m active
// rows.
func (lp *LP) SetBasis(b *Basis) {
	for j := range lp.where {
		lp.where[j] = nonbasic
		if j >= lp.structural {
			lp.where[j] = outside
		}
	}
	for r := range lp.rowAt {
		lp.rowAt[r] = -1
	}
	t := &lp.tree
	copy(t.parent, b.parent)
	copy(t.arc, b.arc)
	copy(t.up, b.up)
	t.order()
	for _, a := range t.arc {
		if a >= 0 {
			lp.where[a] = inTree
		}
	}
	lp.active = append(lp.active[:0], b.active...)
	lp.comp = append(lp.comp[:0], b.comp...)
	lp.w = lp.w[:0]
	for at, r := range lp.active {
		lp.rowAt[r] = int32(at)
		lp.where[lp.structural+int(r)] = nonbasic
		lp.w = append(lp.w, make([]float64, len(b.active), 2*len(b.active)+16))
	}
	for i, j := range lp.comp {
		lp.where[j] = int32(i)
	}
	lp.grow()
	lp.resetWeights()
	lp.setShifts(b.shifts)
	if b.treeWeight != nil {
		lp.setWeights(b)
		lp.wentBack = b
	}
	lp.stale = true
	if !lp.invert() {
		lp.invert() // as repaired
	}
}

func (lp *LP) setWeights(b *Basis) {
	for v, a := range lp.tree.arc[:lp.nodes] {
		if a >= 0 {
			lp.weight[a] = b.treeWeight[v]
		} else {
			lp.treeWeight[v] = b.treeWeight[v]
		}
	}
	for i, j := range lp.comp {
		lp.weight[j] = b.compWeight[i]
	}
}

// putBack puts nonbasic variables at the bounds where the basis has them that SetBasis went back to.
func (lp *LP) putBack() {
	if lp.wentBack == nil {
		return
	}
	for j := range lp.x {
		if lp.where[j] == nonbasic {
			lp.x[j] = lp.Lower[j]
		}
	}
	for _, j := range lp.wentBack.above {
		lp.x[j] = lp.Upper[j]
	}
	lp.wentBack = nil
}

// Restrict gives the basis of a programme from which nodes, arcs and rows have gone. Each index is that of the smaller
// programme, −1 for what has gone; a column keeps its place behind the arcs. What a tree loses by it becomes an
// artificial arc, and what the complement loses an activity.
func (b *Basis) Restrict(node, arc []int32, row func(r int32) int32, nodes, arcs, columns int) *Basis {
	root := int32(nodes)
	out := &Basis{parent: make([]int32, nodes+1), arc: make([]int32, nodes+1), up: make([]bool, nodes+1)}
	out.parent[root], out.arc[root] = -1, -1
	for v, to := range node {
		if to < 0 {
			continue
		}
		out.parent[to], out.arc[to], out.up[to] = root, -1, false
		if a := b.arc[v]; a >= 0 && arc[a] >= 0 {
			out.parent[to], out.arc[to], out.up[to] = node[b.parent[v]], arc[a], b.up[v]
		}
	}
	for _, r := range b.active {
		if to := row(r); to >= 0 {
			out.active = append(out.active, to)
		}
	}
	inBasis := map[int32]bool{}
	structural := int32(len(arc) + columns)
	for _, j := range b.comp {
		to := int32(-1)
		switch {
		case j < int32(len(arc)):
			to = arc[j]
		case j < structural:
			to = j - int32(len(arc)) + int32(arcs)
		default:
			if r := row(j - structural); r >= 0 {
				to = r + int32(arcs+columns)
			}
		}
		if to >= 0 && len(out.comp) < len(out.active) {
			out.comp = append(out.comp, to)
			inBasis[to] = true
		}
	}
	for _, r := range out.active {
		if to := r + int32(arcs+columns); len(out.comp) < len(out.active) && !inBasis[to] {
			out.comp = append(out.comp, to)
		}
	}
	return out
}
