// Package scenario plans variants of a county: what if a school closes, enrolment falls, rotation is due earlier, recruits come. A [File] names
// scenarios and grids of them; [Apply] makes a county of each, which never changes the one it comes from; [Run] plans them all, side by
// side, and keeps each result in a file under the hash of everything it depends on, so that a sweep that was stopped goes on where it was.
//
// A [Task] is pure: county, scenario and version of the program give the same result, byte for byte, whoever carries it out and with any number of workers.
// [Indicators] measure a plan, [Gate] holds one of them against a limit, [Front] picks the plans that no other betters in every goal, and
// [Compare] tells two plans apart person by person.
package scenario
