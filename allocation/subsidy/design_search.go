package subsidy

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"sync"

	"github.com/xianguan/xianguan/model"
)

// goal is one thing that a search looks for: the least cost of filling a weight, the
// most weight within a budget, or at a price the least of Whole · cost − price · weight.
type goal struct {
	fill   int64
	budget model.Fen // 0: none
	most   bool
	price  int64 // fen for a place of weight Whole; 0: none

	best  *visit
	bound int64 // of cost, of fill if most, or of the priced sum, when the search is over
	open  bool  // boxes were left that might hold something better
	queue boxes
}

// visit is a schedule with its outcome.
type visit struct {
	levels []int
	fill   int64
	cost   model.Fen
}

// better reports whether a visit serves the goal better than the best so far: ties go to the other
// of fill and cost, then to the lower levels.
func (g *goal) better(v *visit) bool {
	if v.fill < g.fill || (g.budget > 0 && v.cost > g.budget) {
		return false
	}
	if g.best == nil {
		return true
	}
	first, second := cmp.Compare(v.cost, g.best.cost), cmp.Compare(g.best.fill, v.fill)
	switch {
	case g.most:
		first, second = second, first
	case g.price > 0:
		first, second = cmp.Compare(g.sum(v), g.sum(g.best)), first
	}
	return cmp.Or(first, second, slices.Compare(v.levels, g.best.levels)) < 0
}

// sum is the priced sum of a visit.
func (g *goal) sum(v *visit) int64 { return int64(v.cost)*int64(model.Whole) - g.price*v.fill }

// box is the set of schedules whose levels lie between low and high, both schedules themselves.
type box struct {
	low, high []int
	fill      int64 // no schedule of it fills more
	costs     costs
	done      bool
}

// value is what the box promises a goal, smaller being better; promising is false where it can't
// better the best so far.
func (g *goal) value(b *box) (value int64, promising bool) {
	if g.most {
		least := g.fill
		if g.best != nil {
			least = g.best.fill + 1
		}
		return -b.fill, b.fill >= least && (g.budget == 0 || b.costs.bound(least) <= g.budget)
	}
	if g.price > 0 {
		sum := b.costs.priced(g.price, b.fill)
		return sum, g.best == nil || sum < g.sum(g.best)
	}
	if b.fill < g.fill {
		return 0, false
	}
	cost := b.costs.bound(g.fill)
	if g.best != nil && cost == g.best.cost { // to fill more for the same
		return int64(cost), b.fill > g.best.fill && b.costs.bound(g.best.fill+1) <= cost
	}
	return int64(cost), (g.best == nil || cost < g.best.cost) && (g.budget == 0 || cost <= g.budget)
}

// boxes is a heap of boxes by what they promise one goal; ties by order of arrival.
type boxes []queuedBox

type queuedBox struct {
	value int64
	age   int
	box   *box
}

func (q boxes) Len() int { return len(q) }
func (q boxes) Less(i, j int) bool {
	return q[i].value < q[j].value || (q[i].value == q[j].value && q[i].age < q[j].age)
}
func (q boxes) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *boxes) Push(x any)   { *q = append(*q, x.(queuedBox)) }
func (q *boxes) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// search is branch and bound over boxes of the grid for several goals at once: a box is split for the sake of
// one and serves all. Land and Doig, "An automatic method of solving discrete programming problems",
// Econometrica 28 (1960).
type search struct {
	ctx       context.Context
	designer  *Designer
	responses []*response // of each scenario; what a schedule fills and costs is the sum of all
	goals     []*goal
	known     map[string]*visit
	polished  map[*visit]bool // what lies next to these was tried
	leaves    []*box          // bounded and not split, for goals that come later
	rooms     []*placing
	people    []int   // by dimension: need of the tier, for the choice of a split
	starts    [][]int // schedules to begin with, instead of a climb
	moves     []int   // steps by which polish moves a tier
	nodes     int
	most      int // nodes, at most
	age       int
}

// batch is how many boxes are split at a time. It is the same for any number of workers, so these
// don't show in the result.
const batch = 8

func newSearch(ctx context.Context, d *Designer, goals ...*goal) *search {
	s := &search{ctx: ctx, designer: d, responses: []*response{d.response}, goals: goals, known: map[string]*visit{},
		polished: map[*visit]bool{}, moves: []int{1, 2, 4, 8}, people: make([]int, len(d.Grid.Tiers)), most: d.options.Nodes}
	for range d.options.Workers {
		s.rooms = append(s.rooms, d.response.newPlacing())
	}
	for p := range d.response.post {
		if i := slices.Index(d.Grid.Tiers, d.response.post[p].tier); i >= 0 {
			s.people[i] += int(d.response.post[p].need)
		}
	}
	return s
}

// run searches until every goal is proven or the nodes are used up.
func (s *search) run() error {
	if s.nodes == 0 {
		g := s.designer.Grid
		root := &box{low: g.lowest(), high: g.highest()}
		if s.starts == nil {
			s.climb(root.low)
		}
		for _, levels := range s.starts {
			s.take(s.look(levels, s.rooms[0]))
		}
		s.polish()
		if err := s.bound([]*box{root}); err != nil {
			return err
		}
	}
	for turn := 0; s.nodes < s.most; {
		var split []*box
		for idle := 0; len(split) < batch && idle < len(s.goals); turn++ {
			if b := s.next(s.goals[turn%len(s.goals)]); b != nil {
				split = append(split, s.halves(b)...)
				idle = 0
			} else {
				idle++
			}
		}
		if len(split) == 0 {
			break
		}
		if err := s.bound(split); err != nil {
			return err
		}
	}
	s.polish()
	for _, goal := range s.goals {
		s.close(goal)
	}
	return s.ctx.Err()
}

// add gives the search another goal, which sees all that was looked at and every box that is left.
func (s *search) add(g *goal) {
	s.goals = append(s.goals, g)
	s.show(g)
	s.leaves = slices.DeleteFunc(s.leaves, func(b *box) bool { return b.done })
	for _, b := range s.leaves {
		if value, promising := g.value(b); promising {
			s.age++
			heap.Push(&g.queue, queuedBox{value, s.age, b})
		}
	}
}

// show lets a goal see every schedule that was looked at.
func (s *search) show(g *goal) {
	for _, v := range s.known { // in any order: better has no ties
		if g.better(v) {
			g.best = v
		}
	}
}

// polish tries what lies next to each goal's best: one tier some steps lower, and another some higher.
func (s *search) polish() {
	g := s.designer.Grid
	for _, goal := range s.goals {
		for goal.best != nil && !s.polished[goal.best] && s.ctx.Err() == nil {
			from := goal.best
			s.polished[from] = true
			var tries [][]int
			for i := range from.levels {
				for j := range from.levels {
					for _, down := range s.moves {
						for _, up := range append([]int{0}, s.moves...) {
							near := slices.Clone(from.levels)
							near[i], near[j] = max(0, near[i]-down), near[j]+up
							if g.raise(near); within(near, g.most) {
								tries = append(tries, near)
							}
						}
					}
				}
			}
			seen := make([]*visit, len(tries))
			s.each(len(tries), func(t int, room *placing) { seen[t] = s.look(tries[t], room) })
			for _, v := range seen {
				s.take(v)
			}
		}
	}
}

// next takes the box that promises a goal most, or nil.
func (s *search) next(g *goal) *box {
	for g.queue.Len() > 0 {
		b := heap.Pop(&g.queue).(queuedBox).box
		if _, promising := g.value(b); promising && !b.done {
			b.done = true
			return b
		}
	}
	return nil
}

// close states what is proven of a goal.
func (s *search) close(g *goal) {
	least := int64(math.MaxInt64) // of the values promised: costs, or fills with a minus
	if g.best != nil {
		least = int64(g.best.cost)
		switch {
		case g.most:
			least = -g.best.fill
		case g.price > 0:
			least = g.sum(g.best)
		}
	}
	g.open = false
	for _, q := range g.queue {
		if value, promising := g.value(q.box); promising && !q.box.done {
			least, g.open = min(least, value), true
		}
	}
	if g.bound = least; g.most {
		g.bound = -least
	}
}

// recall shows the goals what an earlier search of the same designer has seen.
func (s *search) recall(earlier *search) {
	s.known = earlier.known
	for _, g := range s.goals {
		s.show(g)
	}
}

// halves splits a box in the dimension in which the money at stake is most.
func (s *search) halves(b *box) []*box {
	at, stake := -1, -1
	for i := range b.low {
		if width := (b.high[i] - b.low[i]) * max(1, s.people[i]); width > stake {
			at, stake = i, width
		}
	}
	middle := (b.low[at] + b.high[at]) / 2
	lower := &box{low: slices.Clone(b.low), high: slices.Clone(b.high)}
	lower.high[at] = middle
	upper := &box{low: slices.Clone(b.low), high: slices.Clone(b.high)}
	upper.low[at] = middle + 1
	g := s.designer.Grid
	var out []*box
	for _, half := range []*box{lower, upper} {
		g.raise(half.low)
		fits := true
		for i := range half.low {
			fits = fits && half.low[i] <= half.high[i]
		}
		if fits {
			g.lowerFrom(half.high)
			out = append(out, half)
		}
	}
	return out
}

// bound works out what each box promises, looks at its two corners, and queues it for the goals that it
// might serve. The work is divided among the workers; what follows from it is done in order.
func (s *search) bound(all []*box) error {
	s.nodes += len(all)
	corners := make([][2]*visit, len(all))
	s.each(len(all), func(i int, room *placing) {
		b := all[i]
		g := s.designer.Grid
		low, high := g.Amounts(b.low), g.Amounts(b.high)
		corners[i][0] = s.look(b.low, room)
		if slices.Equal(b.low, b.high) {
			return
		}
		corners[i][1] = s.look(b.high, room)
		for i, r := range s.responses {
			r.answer(&low, &high, room)
			b.fill += room.fill
			if c := r.costs(&low, &high); i == 0 {
				b.costs = c
			} else {
				b.costs.add(&c)
			}
		}
		b.costs.sort()
	})
	if err := s.ctx.Err(); err != nil {
		return err
	}
	for i, b := range all {
		s.take(corners[i][0])
		if corners[i][1] == nil {
			continue
		}
		s.take(corners[i][1])
		s.leaves = append(s.leaves, b)
		s.age++
		for _, g := range s.goals {
			if value, promising := g.value(b); promising {
				heap.Push(&g.queue, queuedBox{value, s.age, b})
			}
		}
	}
	return nil
}

// each runs a task for 0 to n-1 on the workers, each of which has a room of its own.
func (s *search) each(n int, task func(i int, room *placing)) {
	var group sync.WaitGroup
	for w := range s.rooms {
		group.Go(func() {
			for i := w; i < n && s.ctx.Err() == nil; i += len(s.rooms) {
				task(i, s.rooms[w])
			}
		})
	}
	group.Wait()
}

// look finds the outcome of a schedule, from memory where it was looked at before. It only reads
// the memory: take adds to it.
func (s *search) look(levels []int, room *placing) *visit {
	if v := s.known[key(levels)]; v != nil {
		return v
	}
	a := s.designer.Grid.Amounts(levels)
	v := &visit{levels: slices.Clone(levels)}
	for _, r := range s.responses {
		r.answer(&a, &a, room)
		v.fill += room.fill
		v.cost += r.payroll(&a, room)
	}
	return v
}

// take remembers a visit and shows it to every goal.
func (s *search) take(v *visit) {
	if v == nil {
		return
	}
	s.known[key(v.levels)] = v
	for _, g := range s.goals {
		if g.better(v) {
			g.best = v
		}
	}
}

func key(levels []int) string {
	text := make([]byte, 0, 2*len(levels))
	for _, level := range levels {
		text = append(text, byte(level), byte(level>>8))
	}
	return string(text)
}

// climb goes up from the least schedule, each time by the rise that fills most for its cost, so that the
// search begins with something to beat at every fill.
func (s *search) climb(levels []int) {
	g := s.designer.Grid
	at := s.look(levels, s.rooms[0])
	s.take(at)
	for s.ctx.Err() == nil {
		var tries [][]int
		for i := range g.Tiers {
			for _, rise := range []int{1, 2, 5, 10} {
				up := slices.Clone(at.levels)
				up[i] += rise
				g.raise(up)
				if slices.Compare(up, at.levels) != 0 && within(up, g.most) {
					tries = append(tries, up)
				}
			}
		}
		seen := make([]*visit, len(tries))
		s.each(len(tries), func(i int, room *placing) { seen[i] = s.look(tries[i], room) })
		var best *visit
		for _, v := range seen {
			if v == nil {
				return
			}
			s.take(v)
			if best == nil || steeper(v, best, at) {
				best = v
			}
		}
		if best == nil {
			return
		}
		at = best
	}
}

// steeper reports whether v gains more fill for its money than w, both seen from at.
func steeper(v, w, at *visit) bool {
	gainV, gainW := v.fill-at.fill, w.fill-at.fill
	payV, payW := max(1, int64(v.cost-at.cost)), max(1, int64(w.cost-at.cost))
	if c := cmp.Compare(float64(gainV)/float64(payV), float64(gainW)/float64(payW)); c != 0 {
		return c > 0
	}
	return cmp.Or(cmp.Compare(payW, payV), slices.Compare(w.levels, v.levels)) > 0
}

func within(levels, most []int) bool {
	for i := range levels {
		if levels[i] > most[i] {
			return false
		}
	}
	return true
}

// design writes a goal's best out.
func (s *search) design(g *goal, asked string, budget model.Fen) *Design {
	a := s.designer.Grid.Amounts(g.best.levels)
	out := &Design{Outcome: s.designer.At(a), Asked: asked, Budget: budget, Proven: !g.open, Bound: g.bound,
		Schedules: len(s.known), Nodes: s.nodes}
	if !g.most {
		out.Target = g.fill
	}
	return out
}
