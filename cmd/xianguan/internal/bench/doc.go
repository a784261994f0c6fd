// Package bench measures backends on seeded synthetic counties and keeps what is known of each.
//
// An [Instance] is a county with the rules that it is planned under. A [Cell] is an instance with a backend and
// limits; [Measure] plans it and [Program.Start] has that done in a process of its own, so that the peak memory is that of
// the cell alone. [WriteCSV] and [WriteMarkdown] show the results. A [Book] holds the best known objective and
// bound of every instance; results are held against it, and a contradiction is an error.
//
// # The tight budget
//
// Let S0 be the subsidies if everybody stays, and S1 those of the optimal plan of the network alone, without a rule that cuts across
// it. With tightness θ the budget is S0 + θ (S1 − S0), rounded down to whole yuan. Everybody
// staying keeps to it, and the smaller θ is, the fewer hard places can be filled. S1 comes from the network alone since that plan
// is proven within a second at any size, so the instance does not depend on how fast rules across schools are solved. Where
// several plans are optimal S1 is not unique; so the best-known file carries the budget itself.
package bench
