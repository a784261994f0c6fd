package sharing

// begin gives a flow to begin with: the one that the greedy has found, with as much of what is missing as the hosts can carry over the network, lesson by
// lesson in order.
func (g *problem) begin(r *residual) {
	g.Start = make([]int64, len(g.Tail))
	g.StartColumns = make([]int64, len(g.Columns))
	for k, l := range g.local {
		g.Start[l.arc] = r.local[k]
	}
	for k, l := range g.away {
		g.Start[l.arc] = r.away[k]
	}
	for i, arc := range g.spare {
		g.Start[arc] = r.spare[i]
	}
	for v := range g.visits {
		g.Start[g.visits[v].arc] = r.through[v]
		g.StartColumns[g.visits[v].days] = r.days[v]
	}
	for at, days := range r.calls {
		if z := g.places[at].visited; z >= 0 && days > 0 {
			g.StartColumns[z] = 1
		}
	}
	for j, arc := range g.missing {
		g.Start[arc] = r.missing[j]
	}
	for _, row := range g.pools {
		left := g.Rows[row.row].Upper
		for _, j := range row.lessons {
			if g.host(&g.lessons[j]) {
				left -= int64(g.options.Joined) * r.missing[j] // absent, be it missing or over the network
			}
		}
		all := left
		for _, j := range row.lessons {
			if g.network[j] < 0 {
				continue
			}
			n := min(left, r.missing[j], g.Upper[g.network[j]])
			if g.host(&g.lessons[j]) { // not its own lesson
				n = min(n, all-int64(g.options.Joined)*(int64(g.lessons[j].Periods)-r.missing[j]))
			}
			n = max(0, n)
			g.Start[g.network[j]] = n
			g.Start[g.missing[j]] -= n
			left -= n
		}
	}
}

// pool is the lessons of a stage and subject that share what hosts give.
type pool struct {
	row     int
	lessons []int32
}
