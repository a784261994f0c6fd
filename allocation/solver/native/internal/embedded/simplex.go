package embedded

import (
	"math"
	"slices"
)

// Outcome says how Solve ended.
type Outcome uint8

const (
	Optimal    Outcome = iota + 1 // the values are optimal for the active rows, within tolerance
	Infeasible                    // Ray holds what should prove it
	Stopped                       // told to
	Limited                       // as many pivots as allowed
	Failed                        // numerical trouble
	Stalled                       // fresh numbers have asked for another pivot again and again
)

// ratio is a candidate to enter: the dual step at which its reduced cost changes sign.
type ratio struct {
	step  float64
	alpha float64 // |element of the pivot row|
	size  float64 // likewise, in units of the scales of both variables
	index int32
}

// leaving is a basic variable beyond a bound.
type leaving struct {
	place int   // in the complement, or −1
	node  int32 // below the tree arc, or −1
	over  bool  // above the upper bound, not below the lower
	by    float64
}

// mostReturns is how often Solve goes on after it has made sure of an optimum with fresh numbers, and found that it is none. On a face of equal cost
// without noise a pivot may undo what the last look has asked for, and a look costs as much as some fifty pivots.
const mostReturns = 10

// Solve pivots until the values are feasible. Rebound must have been called since the last change of bounds or
// costs. It asks stop before every pivot and gives up after limit of them.
func (lp *LP) Solve(limit int, stop func() bool) Outcome {
	lp.failing, lp.all = 0, false
	returns := 0
	justPriced := false // no pivot since all were priced for the working set
	for range limit {
		if stop() {
			return Stopped
		}
		if lp.pivots >= refactorEvery && !lp.refactor() {
			return Failed
		}
		out, found := lp.leave()
		if !found {
			// Make sure of it with fresh numbers.
			if lp.pivots > 0 && !lp.refactor() {
				return Failed
			}
			if out, found = lp.leave(); !found {
				if !lp.finite() {
					return Failed
				}
				return Optimal
			}
			if returns++; returns > mostReturns {
				return Stalled
			}
		}
		lp.row(out)
		enter, flips, near, ok := lp.enter(out)
		if lp.sifted() && !lp.all && (!ok || !lp.spend(enter)) {
			lp.widen(justPriced)
			justPriced = true
			continue
		}
		justPriced = false
		if !ok {
			if lp.pivots > 0 && lp.failing < 2 {
				lp.failing++
				if !lp.refactor() {
					return Failed
				}
				continue
			}
			return Infeasible
		}
		lp.flip(flips)
		lp.shift(enter)
		if !lp.step(out, enter) {
			if lp.failing++; lp.failing > 3 || !lp.refactor() {
				return Failed
			}
			continue
		}
		for _, j := range near {
			lp.shift(j)
		}
		lp.failing = 0
		if lp.all {
			lp.all = false
			lp.gather()
		}
	}
	return Limited
}

// finite reports whether every basic value is a number.
func (lp *LP) finite() bool {
	sum := 0.0
	for _, x := range lp.x {
		sum += 0 * x
	}
	for _, x := range lp.treeX {
		sum += 0 * x
	}
	return sum == 0
}

// Ray gives multipliers that prove infeasibility after Solve has found it: with zero costs their Lagrangian is
// positive.
func (lp *LP) Ray(potential, price []float64) { lp.export(lp.work.mu, lp.work.rho, potential, price) }

// leave chooses the variable beyond a bound by dual devex pricing (Forrest and Goldfarb 1992): the square of the
// distance, in units of its scale, over a reference weight that estimates the length of its row of the inverse.
func (lp *LP) leave() (best leaving, found bool) {
	most := 0.0
	for v, square := range lp.beyond {
		if square > 0 && square > most*lp.weightAbove(v) {
			most = square / lp.weightAbove(v)
			by, over := lp.distance(v)
			best, found = leaving{-1, int32(v), over, by}, true
		}
	}
	for i, j := range lp.comp {
		scale := 1.0
		if int(j) >= lp.structural {
			scale = lp.scale[int(j)-lp.structural]
		}
		x := lp.x[j]
		by, over := lp.Lower[j]-x, false
		if above := x - lp.Upper[j]; above > by {
			by, over = above, true
		}
		by /= scale
		if by > primalTolerance && by*by > most*lp.weight[j] {
			most = by * by / lp.weight[j]
			best, found = leaving{i, -1, over, by}, true
		}
	}
	return best, found
}

// distance is by how far the flow on the tree arc above a node is beyond a bound, and of which; below zero where it is within both.
func (lp *LP) distance(v int) (by float64, over bool) {
	a := lp.tree.arc[v]
	if a < 0 {
		return math.Abs(lp.treeX[v]), lp.treeX[v] > 0
	}
	below, above := lp.Lower[a]-lp.x[a], lp.x[a]-lp.Upper[a]
	return max(below, above), above > below
}

// gauge notes how far the tree arc above a node is beyond its bounds. It is to be called when that arc, its flow or its bounds have changed, so that the choice
// of the leaving variable reads one number of each node.
func (lp *LP) gauge(v int) {
	lp.beyond[v] = 0
	if by, _ := lp.distance(v); by > primalTolerance {
		lp.beyond[v] = by * by
	}
}

func (lp *LP) gaugeMoved() {
	for _, v := range lp.work.moved {
		lp.gauge(int(v))
	}
}

// weightAbove is the reference weight of the tree arc above a node.
func (lp *LP) weightAbove(v int) float64 {
	if a := lp.tree.arc[v]; a >= 0 {
		return lp.weight[a]
	}
	return lp.treeWeight[v]
}

// reweigh updates the reference weights for a pivot: change is that of the leaving variable, weight its own.
func (lp *LP) reweigh(enter int32, change, weight float64) {
	w := &lp.work
	per := weight / (change * change)
	raise := func(weight *float64, delta float64) {
		if delta != 0 {
			*weight = max(*weight, delta*delta*per)
		}
	}
	for _, v := range w.moved {
		if a := lp.tree.arc[v]; a >= 0 {
			raise(&lp.weight[a], w.treeDelta[v])
		} else {
			raise(&lp.treeWeight[v], w.treeDelta[v])
		}
	}
	for i, delta := range w.compDelta {
		raise(&lp.weight[lp.comp[i]], delta)
	}
	lp.weight[enter] = max(1, per)
	if per > mostWeight {
		lp.resetWeights()
	}
}

// enter finds the variable to enter by the ratio test that lets boxed variables pass to their other bound for as
// long as the leaving variable stays beyond its own. Those that pass are to be flipped. ok is false when even all of them
// do not bring it back: then there is no feasible value. near are those that block within a tolerance of the one that enters.
func (lp *LP) enter(out leaving) (enter int32, flips, near []int32, ok bool) {
	w, unit := &lp.work, lp.unit(out)
	w.ratios = w.ratios[:0]
	for _, e := range w.pivotRow {
		j, a := e.Index, e.Coef
		if !out.over {
			a = -a
		}
		size := math.Abs(a) * lp.unitOf(j) / unit
		if lp.Lower[j] == lp.Upper[j] || size < pivotTolerance/100 {
			continue
		}
		if lp.x[j] == lp.Lower[j] && a > 0 {
			w.ratios = append(w.ratios, ratio{max(0, lp.d[j]) / a, a, size, j})
		} else if lp.x[j] == lp.Upper[j] && a < 0 {
			w.ratios = append(w.ratios, ratio{min(0, lp.d[j]) / a, -a, size, j})
		}
	}
	tolerance := dualTolerance * lp.costScale / unit
	slope, none := lp.excess(out), primalTolerance*unit/2
	heapify(w.ratios)
	for left := w.ratios; len(left) > 0; {
		// Of all that could block first, were each reduced cost a tolerance larger (Harris 1973), the largest element is the
		// safest pivot. A small element alone would let far too many in, so each of them draws the limit in.
		group := 0
		limit := left[0].step + tolerance/max(left[0].size, pivotTolerance)
		best := ratio{}
		after := slope
		tail := len(left)
		for tail > 0 && left[0].step <= limit {
			r := left[0]
			limit = min(limit, r.step+tolerance/max(r.size, pivotTolerance))
			pop(left[:tail])
			tail--
			left = left[:tail]
			if r.size > best.size || r.size == best.size && r.index < best.index {
				best = r
			}
			after -= r.alpha * (lp.Upper[r.index] - lp.Lower[r.index])
			flips = append(flips, r.index)
			group++
		}
		if after <= none && best.size >= pivotTolerance {
			// Within the group only those needed are flipped: none is required, as their reduced costs are about
			// zero after the step, so they stay where they are.
			return best.index, flips[:len(flips)-group], flips[len(flips)-group:], true
		}
		slope = after
		if slope <= -none && best.size < pivotTolerance {
			return 0, nil, nil, false
		}
	}
	return 0, nil, nil, false
}

// excess is by how much the leaving variable is beyond its bound.
func (lp *LP) excess(out leaving) float64 { return out.by * lp.unit(out) }

func (lp *LP) unit(out leaving) float64 {
	if out.place >= 0 {
		return lp.unitOf(lp.comp[out.place])
	}
	return 1
}

// unitOf is the scale of a variable: 1, or that of the row whose activity it is.
func (lp *LP) unitOf(j int32) float64 {
	if int(j) >= lp.structural {
		return lp.scale[int(j)-lp.structural]
	}
	return 1
}

// flip puts variables at their other bounds and lets the basic ones follow.
func (lp *LP) flip(flips []int32) {
	if len(flips) == 0 {
		return
	}
	slices.Sort(flips)
	if len(flips) > fewFlips {
		w := &lp.work
		clear(w.flow)
		clear(w.g)
		for _, j := range flips {
			lp.disturb(w.flow, w.g, j, lp.turn(j))
		}
		lp.follow(w.flow, w.g)
		lp.advance()
		return
	}
	lp.beginCycles()
	for _, j := range flips {
		lp.roundCycles(j, lp.turn(j))
	}
	lp.endCycles()
	lp.advanceMoved(1)
	lp.gaugeMoved()
}

// turn puts a variable at its other bound, and gives by how much that moves it.
func (lp *LP) turn(j int32) float64 {
	from := lp.x[j]
	if lp.x[j] = lp.Lower[j]; from == lp.Lower[j] {
		lp.x[j] = lp.Upper[j]
	}
	return lp.x[j] - from
}

// advance adds what follow computed to the basic variables.
func (lp *LP) advance() {
	w := &lp.work
	for v, delta := range w.treeDelta[:lp.nodes] {
		if delta == 0 {
			continue
		}
		if a := lp.tree.arc[v]; a >= 0 {
			lp.x[a] += delta
		} else {
			lp.treeX[v] += delta
		}
		lp.gauge(v)
	}
	for i, delta := range w.compDelta {
		lp.x[lp.comp[i]] += delta
	}
}

// advanceMoved adds a multiple of what endCycles computed. The nodes that have moved are still to be gauged.
func (lp *LP) advanceMoved(by float64) {
	w := &lp.work
	for _, v := range w.moved {
		if a := lp.tree.arc[v]; a >= 0 {
			lp.x[a] += by * w.treeDelta[v]
		} else {
			lp.treeX[v] += by * w.treeDelta[v]
		}
	}
	for i, delta := range w.compDelta {
		lp.x[lp.comp[i]] += by * delta
	}
}

// step exchanges the leaving and the entering variable. It returns false, having done nothing, when the two ways to
// compute the pivot disagree.
func (lp *LP) step(out leaving, enter int32) bool {
	w := &lp.work
	rho := w.rho
	lp.beginCycles()
	lp.roundCycles(enter, 1)
	lp.endCycles()
	var value *float64
	var lower, upper, change float64
	leave := int32(-1)
	if out.place >= 0 {
		leave = lp.comp[out.place]
		change = w.compDelta[out.place]
	} else {
		leave = lp.tree.arc[out.node]
		change = w.treeDelta[out.node]
	}
	if leave >= 0 {
		value, lower, upper = &lp.x[leave], lp.Lower[leave], lp.Upper[leave]
	} else {
		value = &lp.treeX[out.node]
	}
	alpha := lp.element(enter)
	unit := lp.unit(out) / lp.unitOf(enter)
	if !(math.Abs(change+alpha) <= driftTolerance*(unit+math.Abs(alpha))) {
		return false
	}
	to := lower
	if out.over {
		to = upper
	}
	length := (to - *value) / change
	lp.advanceMoved(length)
	lp.x[enter] += length
	*value = to
	lp.update(enter, leave, alpha)
	if leave >= 0 {
		lp.reweigh(enter, change, lp.weight[leave])
	} else {
		lp.reweigh(enter, change, lp.treeWeight[out.node])
	}
	lp.exchange(out, enter, leave, change, rho)
	lp.gaugeMoved() // every node whose tree arc is another one is among them
	lp.pivots++
	lp.Pivots++
	return true
}

// update changes the reduced costs along the pivot row.
func (lp *LP) update(enter, leave int32, alpha float64) {
	w := &lp.work
	t := lp.d[enter] / alpha
	for _, e := range w.pivotRow {
		lp.d[e.Index] -= t * e.Coef
	}
	lp.d[enter] = 0
	if leave >= 0 {
		lp.d[leave] = -t
	}
}
