// Package scenario plans variants of counties: what if a school closes, enrolment falls, rotation is due earlier, recruits come. A [File] names
// scenarios and grids of them; [Apply] makes a county of each, which never changes the one it comes from; an [Executor] plans them all, and
// keeps each result in a file under the hash of everything it depends on, so that a sweep that was stopped goes on where it was.
//
// # One county or a country
//
// A [Task] is pure: county, scenario, limits and version of the program give the same result, byte for byte, whoever carries it out and with any number of workers.
// So the engine does not matter. [Local] is a bounded pool on one machine; a [Shard] is the part of a sweep that one of many machines carries out, and what
// they keep is joined without planning anything again; cmd/xianguan-beam carries the same tasks out on Apache Beam. A [Source] gives a county
// when a worker takes a task of it, so a sweep over thousands of counties holds only those under way. [Total] sums results over counties in exact integers, in any order.
//
// [Indicators] measure a plan, [Gate] holds one of them against a limit, [Front] picks the plans that no other betters in every goal, and
// [Compare] tells two plans apart person by person.
package scenario
