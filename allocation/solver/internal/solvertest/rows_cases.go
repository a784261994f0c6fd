package solvertest

import "github.com/xianguan/xianguan/allocation/solver"

type rowCase struct {
	name, reason string
	programme    solver.Programme
	want         []int64 // nil: infeasible
}

// pipes is a network that sends a supply over parallel arcs of a unit each, at a cost for each level.
func pipes(supply int64, levels ...solver.Level) solver.Programme {
	p := solver.Programme{Supply: []int64{supply, -supply}, Levels: levels}
	for range levels[0].Cost {
		p.Tail, p.Head, p.Upper = append(p.Tail, 0), append(p.Head, 1), append(p.Upper, 1)
	}
	return p
}

func level(cost ...int64) solver.Level { return solver.Level{Cost: cost} }

// over is a row over the first arcs, in order.
func over(lower, upper int64, coefficients ...int64) solver.Row {
	row := solver.Row{Lower: lower, Upper: upper, ArcCoef: coefficients}
	for a := range coefficients {
		row.Arc = append(row.Arc, int32(a))
	}
	return row
}

// and adds columns, in order, to a row.
func and(row solver.Row, coefficients ...int64) solver.Row {
	row.ColumnCoef = coefficients
	for c := range coefficients {
		row.Column = append(row.Column, int32(c))
	}
	return row
}

// with adds rows and columns to a programme.
func with(p solver.Programme, columns []solver.Column, rows ...solver.Row) solver.Programme {
	p.Columns, p.Rows = columns, rows
	return p
}

func rowCases() []rowCase {
	const none, open = solver.NoLower, solver.NoUpper
	return append([]rowCase{{
		name: "knapsack", reason: "the linear optimum takes a part of the dear arc, so the two cheap ones that fit are worse than it and best",
		programme: with(pipes(2, level(-10, -7, -7, 0, 0)), nil, over(none, 100, 60, 50, 50, 0, 0)),
		want:      []int64{-14},
	}, {
		name: "big coefficients", reason: "one fen too much is too much",
		programme: with(pipes(2, level(-2, -1, 0, 0)), nil, over(none, 259_999, 140_000, 120_000, 20_000, 0)),
		want:      []int64{-2},
	}, {
		name: "share", reason: "at least a fifth of those who go, here one of five, counts; all who go cost less than the one who does not",
		programme: with(pipes(5, level(9, 1, 1, 1, 1, 1)), nil, over(0, open, 80, -20, -20, -20, -20, -20)),
		want:      []int64{13},
	}, {
		name: "share of none", reason: "a fifth of nobody is nobody",
		programme: with(pipes(1, level(9, 1, 0)), nil, over(0, open, 80, -20, 0)),
		want:      []int64{0},
	}, {
		name: "parity", reason: "twice an integer is not one: the linear programme is feasible, the integers are not",
		programme: with(pipes(1, level(0, 0)), nil, over(1, 1, 2, 0)),
	}, {
		name: "equality", reason: "the three arcs of the row carry exactly two",
		programme: with(pipes(3, level(1, 2, 3, 0, 0)), nil, over(2, 2, 1, 1, 1)),
		want:      []int64{3},
	}, {
		name: "range", reason: "both sides of a row bind: one cheap arc at least, two at most",
		programme: with(pipes(3, level(-1, -1, -1, 0, 0), level(0, 0, 0, 1, 2)), nil, over(1, 2, 1, 1, 1)),
		want:      []int64{-2, 1},
	}, {
		name: "negative range", reason: "bounds may both be below zero",
		programme: with(pipes(2, level(0, 0, 0)), []solver.Column{{Lower: -9, Upper: 9, Cost: []int64{-1}}}, and(over(-4, -2, -1, -1, -1), -1)),
		want:      []int64{-2},
	}, {
		name: "no bounds", reason: "a row without bounds says nothing",
		programme: with(pipes(1, level(3, 1)), nil, over(none, open, 5, -5)),
		want:      []int64{1},
	}, {
		name: "an arc twice", reason: "coefficients of an arc that is listed twice add up",
		programme: with(pipes(2, level(0, 5, 9)), nil, solver.Row{Lower: none, Upper: 1, Arc: []int32{0, 1, 0}, ArcCoef: []int64{1, 1, 1}}),
		want:      []int64{14},
	}, {
		name: "coefficients that cancel", reason: "an arc that is listed with opposite signs plays no part",
		programme: with(pipes(1, level(0, 5)), nil, solver.Row{Lower: 0, Upper: 0, Arc: []int32{0, 0}, ArcCoef: []int64{3, -3}}),
		want:      []int64{0},
	}, {
		name: "empty row", reason: "nothing sums to zero, which the bounds allow",
		programme: with(pipes(1, level(3, 1)), nil, solver.Row{Upper: 4}),
		want:      []int64{1},
	}, {
		name: "empty row that fails", reason: "nothing sums to zero, which the bounds forbid",
		programme: with(pipes(1, level(3, 1)), nil, solver.Row{Lower: 1, Upper: 4}),
	}, {
		name: "rows in conflict", reason: "each row alone can be met",
		programme: with(pipes(2, level(0, 0, 0)), nil, over(2, open, 1, 1), over(none, 1, 1, 1)),
	}, {
		name: "no flow", reason: "without a flow the rows do not matter",
		programme: with(pipes(3, level(0, 0)), nil, over(0, open, 1, 1)),
	}}, columnCases()...)
}

func columnCases() []rowCase {
	const none, open = solver.NoLower, solver.NoUpper
	return []rowCase{{
		name: "soft floor", reason: "the shortfall of the second level is paid, as the first level forbids the arc that avoids it",
		programme: with(pipes(1, level(1, 0), level(0, 0)), []solver.Column{{Upper: 3, Cost: []int64{0, 7}}}, and(over(2, open, 2, 0), 1)),
		want:      []int64{0, 14},
	}, {
		name: "soft floor above", reason: "the shortfall costs at the first level, so the dear arc of the second is taken",
		programme: with(pipes(1, level(0, 0), level(50, 0)), []solver.Column{{Upper: 3, Cost: []int64{7, 0}}}, and(over(2, open, 2, 0), 1)),
		want:      []int64{0, 50},
	}, {
		name: "a shortfall that is too great", reason: "a soft rule has an end too",
		programme: with(pipes(1, level(0, 0)), []solver.Column{{Upper: 3, Cost: []int64{1}}}, and(over(6, open, 2, 0), 1)),
	}, {
		name: "aggregate", reason: "the sum of flows is a column, which pays two each but may not pass two",
		programme: with(pipes(3, level(0, 0, 0, 1, 1)), []solver.Column{{Upper: 2, Cost: []int64{-2}}}, and(over(0, 0, 1, 1, 1), -1)),
		want:      []int64{-3},
	}, {
		name: "a column alone", reason: "a column without a row goes to its better bound, level by level",
		programme: with(pipes(1, level(0), level(0)), []solver.Column{{Lower: -3, Upper: 8, Cost: []int64{2, 0}}, {Lower: -3, Upper: 8, Cost: []int64{0, -2}}}),
		want:      []int64{-6, -16},
	}, {
		name: "columns without a network", reason: "a programme may have no arc: 3x + 5y ≥ 7 at least cost",
		programme: solver.Programme{Levels: []solver.Level{{}}, Columns: []solver.Column{{Upper: 9, Cost: []int64{4}}, {Upper: 9, Cost: []int64{7}}},
			Rows: []solver.Row{{Lower: 7, Upper: open, Column: []int32{0, 1}, ColumnCoef: []int64{3, 5}}}},
		want: []int64{11},
	}, {
		name: "a fixed column", reason: "bounds that meet make a constant, which counts in rows and costs",
		programme: with(pipes(1, level(0, 3)), []solver.Column{{Lower: -5, Upper: -5, Cost: []int64{10}}}, and(over(none, -5, 1, 0), 1)),
		want:      []int64{-47},
	}, {
		name: "a column without cost", reason: "a nil cost is zero at every level",
		programme: with(pipes(1, level(3, 1), level(0, 4)), []solver.Column{{Upper: 1}}, and(over(1, 1, 0, 1), 1)),
		want:      []int64{1, 4},
	}, {
		name: "ties among columns", reason: "the second level chooses among the optima of the first, columns included",
		programme: with(pipes(1, level(1, 0), level(0, 9)), []solver.Column{{Upper: 1, Cost: []int64{1, 0}}}, and(over(1, open, 1, 0), 1)),
		want:      []int64{1, 0},
	}}
}
