// Package policy holds the rules of the staffing policy as data: embedded packs
// of values, each with its unit, its range, its source and the day from which
// it holds.
//
// A pack is loaded by name and resolved with a county's own settings:
//
//	pack, err := policy.Load("fuxin")
//	rules, err := pack.Resolve(county.Overrides)
//
// The pack "national" has every key. The pack "fuxin" is based on it and
// replaces what the city's own text of 2020 fixes. A key that no rule has, or a
// value outside its range, is a [KeyError]: nothing is ever ignored.
//
// How sure a figure is stands in its [Citation]: checked in a public source,
// taken from a secondary source, or the practice of counties. Where sources
// differ, the value lists the others as dated alternatives.
package policy
