package matching

import (
	"cmp"
	"fmt"
	"slices"
)

// NoStableError says that no stable matching with couples was found.
type NoStableError struct {
	// Proven is true if every matching was looked at and none is stable; otherwise the
	// market is too large for that, and one may exist.
	Proven   bool
	Attempts int      // orders that were tried
	Closest  Matching // what the attempt with the fewest blocking coalitions came to
	Blocks   []Block  // those coalitions
}

func (e *NoStableError) Error() string {
	if e.Proven {
		return "matching: no stable matching exists with these couples; every matching was looked at"
	}
	return fmt.Sprintf("matching: no stable matching was found in %d attempts, which does not prove that none exists; the closest has %d blocking coalitions",
		e.Attempts, len(e.Blocks))
}

// WithCouples looks for a matching that is stable with couples.
//
// Single people are placed first, by deferred acceptance; then the couples are
// added one after another. A couple asks for its best pair of schools that would
// take both; whoever loses a place goes on, and a partner whose other half loses
// the place withdraws as well. A school that has a place free again may be asked
// again by everybody who would rather be there. It ends when nobody is left to
// ask. When that takes too long, the couples are added in another order, drawn
// from the lottery's seed, and those who have to ask again do so in a drawn order
// too; after 8 attempts, if the market has at most 200,000
// combinations of choices, all matchings are looked at; one found so has no trace.
//
// Stable means that Blocks is empty: no single person and school, and no couple
// with the schools of a pair, would all rather change. With couples a stable
// matching may not exist (Roth, Journal of Political Economy 92 (1984) 991–1016),
// and to decide whether one does is NP-complete (Ronn, Journal of Algorithms 11
// (1990) 285–304), so the error *NoStableError is an honest answer. Nothing is
// strategy-proof here. Without couples it is DeferredAcceptance.
//
// Roth and Peranson, American Economic Review 89 (1999) 748–780. An attempt ends
// after 20 (E + E_c + n) + 1000 steps, E_c the pairs on couples' lists; a step costs
// at most the rankings and lists concerned.
func WithCouples(p *Problem, trace *Trace) (Matching, error) {
	const attempts = 8
	failed := &NoStableError{Attempts: attempts}
	before := 0
	if trace != nil {
		before = len(trace.Steps)
	}
	for k := range attempts {
		if trace != nil {
			trace.Steps = trace.Steps[:before]
		}
		d := newCoupleDesk(p, trace)
		d.attempt = k
		d.run(coupleOrder(p, k))
		blocks := Blocks(p, d.matching)
		if len(blocks) == 0 {
			return d.matching, nil
		}
		if failed.Closest == nil || len(blocks) < len(failed.Blocks) {
			failed.Closest, failed.Blocks = d.matching, blocks
		}
	}
	if trace != nil {
		trace.Steps = trace.Steps[:before]
	}
	stable, err := StableMatchings(p, exhaustible)
	if err == nil && len(stable) > 0 {
		return stable[0], nil
	}
	failed.Proven = err == nil
	return nil, failed
}

// exhaustible is the number of combinations of choices up to which WithCouples
// looks at all of them: a second or so.
const exhaustible = 200_000

// coupleOrder is the order of couples for an attempt: first that of the market,
// then shuffled by numbers from the lottery.
func coupleOrder(p *Problem, attempt int) []int {
	order := make([]int, len(p.couples))
	for i := range order {
		order[i] = i
	}
	if attempt == 0 {
		return order
	}
	key := func(i int) uint64 {
		c := p.couples[i].member
		return Lottery{Seed: p.lottery.Seed + uint64(attempt)}.Number("", p.applicants[c[0]]+"+"+p.applicants[c[1]])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(key(a), key(b)) })
	return order
}

// coupleDesk is the state of an attempt. Agents are the applicants by number, of
// whom only single ones act, then the couples.
type coupleDesk struct {
	p        *Problem
	trace    *Trace
	matching Matching
	ranks    [][]int32 // of a school: the ranks it holds, best first
	coupleOf []int32   // of an applicant: the couple, or None
	wish     [][]int32 // of a school: the couples that name it
	stack    []int32
	waiting  []bool
	steps    int
	attempt  int
}

func newCoupleDesk(p *Problem, trace *Trace) *coupleDesk {
	d := &coupleDesk{p: p, trace: trace, matching: p.empty(), ranks: make([][]int32, len(p.schools)),
		coupleOf: p.coupleOf(), wish: make([][]int32, len(p.schools)), waiting: make([]bool, len(p.applicants)+len(p.couples))}
	for c, k := range p.couples {
		for _, o := range k.options {
			for _, s := range o.school {
				if s != None && !slices.Contains(d.wish[s], int32(c)) {
					d.wish[s] = append(d.wish[s], int32(c))
				}
			}
		}
	}
	return d
}

// coupleOf is the couple of each applicant, or None.
func (p *Problem) coupleOf() []int32 {
	of := make([]int32, len(p.applicants))
	for t := range of {
		of[t] = None
	}
	for c, k := range p.couples {
		of[k.member[0]], of[k.member[1]] = int32(c), int32(c)
	}
	return of
}

// run adds everybody, and reports whether it came to an end within the limit of steps.
func (d *coupleDesk) run(order []int) bool {
	limit := 20*(len(d.p.edgeSchool)+len(d.p.applicants)) + 1000
	for _, c := range d.p.couples {
		limit += 20 * len(c.options)
	}
	settle := func(agent int32) bool {
		d.wake(agent)
		for len(d.stack) > 0 {
			if d.steps == limit {
				return false
			}
			last := len(d.stack) - 1
			if d.attempt > 0 {
				k := int(mix(uint64(d.steps)+uint64(d.attempt)<<40) % uint64(len(d.stack)))
				d.stack[k], d.stack[last] = d.stack[last], d.stack[k]
			}
			next := d.stack[last]
			d.stack, d.waiting[next] = d.stack[:last], false
			d.steps++
			d.ask(next)
		}
		return true
	}
	for t := range d.p.applicants {
		if d.coupleOf[t] == None && !settle(int32(t)) {
			return false
		}
	}
	for _, c := range order {
		if !settle(int32(len(d.p.applicants) + c)) {
			return false
		}
	}
	return true
}

func (d *coupleDesk) wake(agent int32) {
	if !d.waiting[agent] {
		d.waiting[agent] = true
		d.stack = append(d.stack, agent)
	}
}

// ask lets an agent take the best choice that is better than the present one and
// would be accepted.
func (d *coupleDesk) ask(agent int32) {
	p, n := d.p, int32(len(d.p.applicants))
	if agent >= n {
		c := &p.couples[agent-n]
		for _, o := range c.options[:c.better(d.matching)] {
			if c.accepted(p, d.matching, d.ranks, o) {
				d.move(c.member[:], o.school[:], o.rank[:])
				return
			}
		}
		return
	}
	for e, end := p.listStart[agent], p.wanted(agent, d.matching[agent]); e < end; e++ {
		s, rank := p.edgeSchool[e], p.edgeRank[e]
		if ahead(d.ranks[s], rank) < int(p.capacity[s]) {
			d.move([]int32{agent}, []int32{s}, []int32{rank})
			return
		}
	}
}

// move takes people from their schools to others, which refuse their worst if
// they are over capacity; then it wakes who may want the places that are free.
func (d *coupleDesk) move(who, to, ranks []int32) {
	var vacated []int32
	for i, t := range who {
		if s := d.matching[t]; s != None && s != to[i] {
			d.take(t, s)
			vacated = append(vacated, s)
		}
	}
	for i, t := range who {
		if s := to[i]; s != None && d.matching[t] != s {
			d.matching[t] = s
			k, _ := slices.BinarySearch(d.ranks[s], ranks[i])
			d.ranks[s] = slices.Insert(d.ranks[s], k, ranks[i])
			d.record(Held, t, s, ranks[i], None)
		}
	}
	for i, s := range to {
		for s != None && len(d.ranks[s]) > int(d.p.capacity[s]) {
			vacated = d.refuse(s, who[i], vacated)
		}
	}
	for _, s := range vacated {
		if len(d.ranks[s]) < int(d.p.capacity[s]) {
			d.reopen(s)
		}
	}
}

// refuse takes the worst-ranked person from a school, and the partner from the
// other one.
func (d *coupleDesk) refuse(s, favoured int32, vacated []int32) []int32 {
	rank := d.ranks[s][len(d.ranks[s])-1]
	t := d.p.order[d.p.orderStart[s]+rank]
	d.take(t, s)
	d.record(Bumped, t, s, rank, favoured)
	c := d.coupleOf[t]
	if c == None {
		d.wake(t)
		return vacated
	}
	for _, partner := range d.p.couples[c].member {
		if at := d.matching[partner]; at != None {
			d.record(Withdrew, partner, at, d.p.rankOf(partner, at), None)
			d.take(partner, at)
			vacated = append(vacated, at)
		}
	}
	d.wake(int32(len(d.p.applicants)) + c)
	return vacated
}

// take removes a person from a school.
func (d *coupleDesk) take(t, s int32) {
	k, _ := slices.BinarySearch(d.ranks[s], d.p.rankOf(t, s))
	d.ranks[s] = slices.Delete(d.ranks[s], k, k+1)
	d.matching[t] = None
}

// reopen wakes everybody who would rather be at a school.
func (d *coupleDesk) reopen(s int32) {
	p := d.p
	for k := p.orderStart[s+1] - 1; k >= p.orderStart[s]; k-- { // the best-ranked asks first
		t, e := p.order[k], p.orderEdge[k]
		if e != None && d.coupleOf[t] == None && e < p.wanted(t, d.matching[t]) {
			d.wake(t)
		}
	}
	for _, c := range d.wish[s] {
		d.wake(int32(len(p.applicants)) + c)
	}
}

func (d *coupleDesk) record(event Event, t, s, rank, other int32) {
	if d.trace == nil {
		return
	}
	step := Step{Round: int32(d.steps), Event: event, Applicant: t, School: s, Choice: d.p.choice(t, s), Rank: rank + 1, Other: other}
	if other != None {
		step.OtherRank = d.p.rankOf(other, s) + 1
	}
	d.trace.add(step)
}
