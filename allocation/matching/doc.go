// Package matching is the mechanisms of two-sided matching for people and schools:
// who gets which place when people rank schools, schools rank people, and places
// are few. It knows ids, ranks and capacities only.
//
//	problem, err := matching.NewProblem(market, matching.Lottery{Seed: 2026})
//	result := matching.DeferredAcceptance(problem, nil)
//	for _, pair := range problem.Pairs(result) { … }
//
// A Market is plain data. NewProblem validates it, breaks ties of points by a
// lottery that anyone can recompute, and gives a Problem that every mechanism takes.
// Mechanisms are functions; the same market and seed give the same result.
//
// # Which mechanism
//
// No mechanism has everything. Stability (nobody sees a place that is free or held
// by somebody of worse rank, and would rather have it) and efficiency (nobody can
// gain without another's loss) exclude each other in general; deferred acceptance
// has the first, top trading cycles the second, and both are strategy-proof. To
// protect present posts, use Protect with either, or an exchange:
// TopTradingCyclesAndChains where posts should fill although a school is left,
// TeacherOptimalExchange where no school may lose, OneSidedBlockExchange where a school may lose in rank as long as
// nobody has a new reason to complain. Floors for rural posts cost
// stability: FlexibleDeferredAcceptance keeps the ranks within each school,
// MultiStageDeferredAcceptance leaves fewer wanted places free. Caps on a class of people at a
// school (School.ClassCaps) are held by DeferredAcceptance alone. Mechanisms lists all
// of them with what they guarantee.
//
// Stability here is for the strict rankings after the lottery; a matching stable for
// them is stable for the points.
//
// # Certificates
//
// BlockingPairs, JustifiedEnvy, Waste, Blocks, ParetoImprovement, TwoSidedExchange,
// WorseOff, SchoolsWorseOff, Breaches and RankMinimal.ProvesMinimum check any matching,
// also one that another program made (Problem.Match). They share the problem with
// the mechanisms but none of their code, except that BlockExchange and WithCouples
// go on until TwoSidedExchange and Blocks find nothing. ParetoImprovement and TwoSidedExchange do not
// look at class caps. A Trace records who asked, who was held and
// who was refused in whose favour; Problem.Sentence puts it in words.
//
// # Notation
//
// n is the number of applicants, S of schools, E of entries of all lists, R of all
// rankings, q the capacity of a school. Matchings use the numbers of the market's
// order, None for nothing.
package matching
