package branch

import (
	"cmp"
	"slices"
)

const (
	wall        = 4    // cost of a shut arc, in units of the largest cost
	mostRepairs = 400  // networks that a repair solves, at most
	whollyFrom  = 20   // times that a row has been broken, from which on nothing else comes into it
	firstRise   = 1e-4 // of a price that is raised, as a share of it, or of the largest cost where it is 0
	riseGrowth  = 1.5  // by which each raise is larger
)

// repair makes an incumbent of the flow at the best prices, which breaks some rows by a little. In a row that counts people, and has too many,
// it shuts the arcs in use that the mean of the flows uses least, and solves the network again: at the prices others take their place at
// next to no cost. A row of money, or a floor, has its price raised instead. A row that is broken again and again takes in nobody new.
func (a *ascent) repair() {
	price := slices.Clone(a.top.price)
	times, rise := make([]int, len(a.priced)), make([]float64, len(a.priced))
	for range mostRepairs {
		at := a.evaluate(price)
		if at == nil {
			break
		}
		broken := false
		for i := range a.priced {
			row := &a.priced[i]
			over, under := at.activity[i]-row.upper, row.lower-at.activity[i]
			if max(over, under) <= sumIntegral || len(row.column) > 0 {
				continue // it holds, or its columns mend it
			}
			broken = true
			if times[i]++; over > 0 && row.countsPeople() {
				a.shutArcs(row, at.flow, over, times[i] >= whollyFrom)
				continue
			}
			a.raisePrice(price, rise, i, over > 0)
		}
		if !broken {
			a.take(at.flow)
			break
		}
	}
	clear(a.shut)
}

// countsPeople reports whether a row counts units of flow.
func (row *pricedRow) countsPeople() bool {
	return !slices.ContainsFunc(row.coef, func(c float64) bool { return c != 1 })
}

// shutArcs shuts as many units in use as a row has too many, and with wholly all that is not in use.
func (a *ascent) shutArcs(row *pricedRow, flow []int64, over float64, wholly bool) {
	var used []int32
	for _, arc := range row.arc {
		if flow[arc] > 0 {
			used = append(used, arc)
		} else if wholly {
			a.shut[arc] = true
		}
	}
	slices.SortStableFunc(used, func(x, y int32) int { return cmp.Compare(a.share[x], a.share[y]) })
	for _, arc := range used {
		if over <= sumIntegral {
			return
		}
		a.shut[arc] = true
		over -= float64(flow[arc])
	}
}

// raisePrice makes the price of a row larger, by more each time.
func (a *ascent) raisePrice(price, rise []float64, i int, over bool) {
	if rise[i] == 0 {
		rise[i] = firstRise * max(price[i], -price[i])
		if rise[i] == 0 {
			rise[i] = firstRise * slices.Max(a.base)
		}
	}
	if over {
		price[i] -= rise[i]
	} else {
		price[i] += rise[i]
	}
	rise[i] *= riseGrowth
}

// take takes a flow as an incumbent, with columns that mend what it breaks.
func (a *ascent) take(flow []int64) {
	x := slices.Clone(a.baseLower[:a.structural])
	for i, arc := range a.live {
		x[arc] += flow[i]
	}
	a.accept(a.complete(x[:a.arcs], nil))
}
