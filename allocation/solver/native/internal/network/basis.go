package network

// Tree gives the spanning tree by node: the parent, with len(Supply) for the root, and the index of the arc to it in
// the programme, −1 for an artificial arc.
func (s *Simplex) Tree() (parent, arc []int32) {
	parent, arc = make([]int32, s.root), make([]int32, s.root)
	for v := range parent {
		n := &s.nodes[v]
		parent[v], arc[v] = n.parent, -1
		if n.arc >= 0 {
			id := s.ids[n.arc]
			arc[v] = max(id, ^id)
		}
	}
	return parent, arc
}
