package allocation

import (
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// conflictLimit is how many conflicts are worked out.
const conflictLimit = 10

// conflicts lists irreducible conflicts that share no atom, until the rest can be kept; more
// says that it stopped before. It takes O(k log(n/k)) probes for a conflict of k out of n units.
func (d *diagnosis) conflicts() (found []Conflict, more bool, err error) {
	rest := d.set(lo.Range(d.atoms())...)
	for {
		feasible, err := d.feasible(rest)
		if err != nil || feasible {
			return found, err != nil, err
		}
		if len(found) == conflictLimit {
			return found, true, nil
		}
		core, err := d.irreducible(rest)
		if err != nil { // the least that is known
			core = d.known.core(rest)
		}
		conflict := d.word(core)
		conflict.Irreducible = err == nil
		found = append(found, conflict)
		if err != nil {
			return found, true, err
		}
		if core.count() == 0 { // the rules that are always hard leave no plan by themselves
			return found, false, nil
		}
		for a, in := range core {
			rest[a] = rest[a] && !in
		}
	}
}

// irreducible gives an irreducible conflict within a set that no assignment keeps: first the
// pins, bans and whole rules, then the conditions of those rules. Without one of a rule's
// conditions the rest can be kept, so without the rule too.
func (d *diagnosis) irreducible(s set) (set, error) {
	whole, err := d.explain(d.set(), d.parts(s))
	if err != nil {
		return nil, err
	}
	ground := d.set()
	for _, part := range whole {
		for _, a := range part {
			ground[a] = a < d.conditionAtom(0)
		}
	}
	conditions := lo.Filter(slices.Concat(whole...), func(a int, _ int) bool { return a >= d.conditionAtom(0) })
	single, err := d.explain(ground, lo.Map(conditions, func(a, _ int) []int { return []int{a} }))
	if err != nil {
		return nil, err
	}
	return ground.add(slices.Concat(single...)...), nil
}

// parts lists the units of a set, less the atoms that are not in it.
func (d *diagnosis) parts(s set) (parts [][]int) {
	for _, u := range d.units {
		if part := lo.Filter(u.atoms, func(a int, _ int) bool { return s[a] }); len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// explain gives an irreducible choice of the candidates that can't be kept together with the
// ground. The ground with all of them can't; nothing is chosen where the ground alone can't.
//
// QuickXplain: U. Junker, QuickXplain: preferred explanations and relaxations for
// over-constrained problems, AAAI 2004. It takes O(k log(n/k) + k) probes for k of n
// candidates and prefers those that come first, the easiest to change. The proofs of the
// oracle narrow the candidates beforehand.
func (d *diagnosis) explain(ground set, candidates [][]int) ([][]int, error) {
	if feasible, err := d.feasible(ground); err != nil || !feasible {
		return nil, err
	}
	all := slices.Clone(ground).add(slices.Concat(candidates...)...)
	if _, err := d.feasible(all); err != nil {
		return nil, err
	}
	if core := d.known.core(all); core != nil {
		candidates = lo.Filter(candidates, func(part []int, _ int) bool {
			return slices.ContainsFunc(part, func(a int) bool { return core[a] })
		})
	}
	candidates, err := d.narrow(ground, candidates)
	if err != nil {
		return nil, err
	}
	return d.quickXplain(ground, false, candidates)
}

// narrow leaves out what is far from a condition that was missed, where the rest can't be kept
// either: most conflicts are about one school. It takes at most three probes.
func (d *diagnosis) narrow(ground set, candidates [][]int) ([][]int, error) {
	tries := 0
	for _, missed := range d.known.missed {
		if tries == 3 {
			break
		}
		if missed < d.conditionAtom(0) || !slices.ContainsFunc(candidates, func(part []int) bool { return slices.Contains(part, missed) }) {
			continue
		}
		near := lo.Filter(candidates, func(part []int, _ int) bool {
			return slices.ContainsFunc(part, func(a int) bool { return d.near(a, missed) })
		})
		if 2*len(near) > len(candidates) {
			continue
		}
		tries++
		if feasible, err := d.feasible(slices.Clone(ground).add(slices.Concat(near...)...)); err != nil || !feasible {
			return near, err
		}
	}
	return candidates, nil
}

// quickXplain is the recursion of explain. The candidates are not empty unless the ground
// alone can't be kept; grown says that the ground was added to since it was last asked.
func (d *diagnosis) quickXplain(ground set, grown bool, candidates [][]int) ([][]int, error) {
	if grown {
		if feasible, err := d.feasible(ground); err != nil || !feasible {
			return nil, err
		}
	}
	if len(candidates) <= 1 {
		return candidates, nil
	}
	first, second := candidates[:len(candidates)/2], candidates[len(candidates)/2:]
	fromSecond, err := d.quickXplain(slices.Clone(ground).add(slices.Concat(first...)...), true, second)
	if err != nil {
		return nil, err
	}
	fromFirst, err := d.quickXplain(slices.Clone(ground).add(slices.Concat(fromSecond...)...), len(fromSecond) > 0, first)
	return slices.Concat(fromFirst, fromSecond), err
}

// word puts a conflict in the policy's words.
func (d *diagnosis) word(core set) Conflict {
	var members []Member
	across := false
	for a, in := range core {
		if in {
			members = append(members, d.member(a))
			across = across || a >= d.conditionAtom(0)
		}
	}
	if across {
		return together(members)
	}
	n := *d.g.instance
	n.pins, n.bans = map[int32]int32{}, map[[2]int32]bool{}
	for i, pin := range d.pins {
		switch {
		case !core[i]:
		case pin.arc == none:
			return forbiddenPin(d.member(i), pin.law)
		default:
			n.pins[pin.t] = pin.p
		}
	}
	for i, ban := range d.bans {
		if core[d.banAtom(i)] {
			n.bans[[2]int32{ban.t, ban.p}] = true
			if pin, found := n.pins[ban.t]; found && pin == ban.p {
				conflict := forbiddenPin(members[0], model.RuleBan)
				conflict.Members = members
				return conflict
			}
		}
	}
	// The network alone can't hold these: its proof names people and places.
	conflict := together(members)
	_, err := d.solve(d.network(core, solver.Level{Name: "feasible"}), solver.Options{})
	if witness, ok := err.(*solver.InfeasibleError); ok {
		conflict = n.crowded(d.g, witness.Nodes)
		conflict.Members = members
	}
	return conflict
}
