package embedded

// InverseRow gives the row of the basis inverse that belongs to a basic variable: multipliers of the conservation rows by node and
// of the side rows by row. With them
//
//	Σ_j (π_tail − π_head + Σ_r y_r a_rj) x_j − Σ_r y_r s_r = Σ_v π_v b_v
//
// is the row of the tableau, up to its sign: of all basic variables only this one has a coefficient. It reports false for a
// variable that is not basic, and takes O(nodes + m²) for m active rows.
func (lp *LP) InverseRow(j int32, potential, price []float64) bool {
	out := leaving{place: -1, node: -1}
	switch at := lp.where[j]; {
	case at >= 0:
		out.place = int(at)
	case at == inTree:
		out.node = lp.tail[j]
		if out.node == lp.root || lp.tree.arc[out.node] != j {
			out.node = lp.head[j]
		}
	default:
		return false
	}
	if lp.stale {
		lp.list()
	}
	lp.unitRow(out)
	clear(lp.work.worth)
	lp.export(lp.work.mu, lp.work.rho, potential, price)
	return true
}

// AddRows appends rows, none of them active. Their activities are the last variables; their bounds are to be set.
func (lp *LP) AddRows(rows [][]Entry) {
	lp.rows = append(lp.rows, rows...)
	for range rows {
		lp.Lower, lp.Upper = append(lp.Lower, 0), append(lp.Upper, 0)
		lp.cost, lp.unshifted, lp.x, lp.d = append(lp.cost, 0), append(lp.unshifted, 0), append(lp.x, 0), append(lp.d, 0)
		lp.where = append(lp.where, outside)
		lp.weight = append(lp.weight, 1)
		lp.rowAt, lp.scale, lp.same = append(lp.rowAt, -1), append(lp.scale, 1), append(lp.same, 0)
	}
	lp.transpose()
	lp.stale = true
}

// Basic reports whether a variable is in the basis.
func (lp *LP) Basic(j int) bool { return lp.where[j] >= 0 || lp.where[j] == inTree }
