package sharing

import (
	"container/heap"

	"github.com/xianguan/xianguan/model"
)

// residual is the flow of presence on top of which days are given out: teachers to lessons, at home and through visits. It is largest for the days
// that are given at any time, so every further path goes through the visit whose days have just grown, and two short searches find it.
type residual struct {
	g       *problem
	spare   []int64 // by teacher
	missing []int64 // by lesson
	local   []int64 // flow by g.local
	away    []int64 // flow by g.away
	through []int64 // flow by visit
	days    []int64 // by visit

	teaches  [][]int32 // of a teacher: links at home
	taughtBy [][]int32 // of a lesson: links at home
	visiting [][]int32 // of a teacher: visits
	visitors [][]int32 // of a lesson: away links
	stops    [][]int32 // of a visit: away links

	group  []int32 // pool of each lesson, or -1
	absent []int64 // by pool: of all
	bare   []int64 // by pool: of hosts
	wants  want    // what counts now

	awayDays []int64        // by teacher
	road     []model.Metres // by teacher
	schools  []int          // by teacher: visited
	calls    []int64        // by place: days of the visits that go there

	seen []int32 // round in which a node was reached: teachers, then lessons, then visits
	came []int32 // how: see step
	now  int32
	list []int32
}

func newResidual(g *problem, alone []int64) *residual {
	r := &residual{g: g, spare: make([]int64, len(g.teachers)), missing: make([]int64, len(g.lessons)), local: make([]int64, len(g.local)), away: make([]int64, len(g.away)),
		through: make([]int64, len(g.visits)), days: make([]int64, len(g.visits)), teaches: make([][]int32, len(g.teachers)), taughtBy: make([][]int32, len(g.lessons)),
		visiting: make([][]int32, len(g.teachers)), visitors: make([][]int32, len(g.lessons)), stops: make([][]int32, len(g.visits)),
		awayDays: make([]int64, len(g.teachers)), road: make([]model.Metres, len(g.teachers)), schools: make([]int, len(g.teachers)), calls: make([]int64, len(g.places))}
	for i := range g.teachers {
		r.spare[i] = alone[g.spare[i]]
	}
	for j := range g.lessons {
		r.missing[j] = g.absent(alone, j)
	}
	r.pool()
	for k, l := range g.local {
		r.local[k] = alone[l.arc]
		r.teaches[l.teacher] = append(r.teaches[l.teacher], int32(k))
		r.taughtBy[l.lesson] = append(r.taughtBy[l.lesson], int32(k))
	}
	for k, l := range g.away {
		r.visitors[l.lesson] = append(r.visitors[l.lesson], int32(k))
		r.stops[l.visit] = append(r.stops[l.visit], int32(k))
	}
	for v := range g.visits {
		r.visiting[g.visits[v].teacher] = append(r.visiting[g.visits[v].teacher], int32(v))
	}
	nodes := len(g.teachers) + len(g.lessons) + len(g.visits)
	r.seen, r.came = make([]int32, nodes), make([]int32, nodes)
	return r
}

// pool sums up what is absent by pool.
func (r *residual) pool() {
	r.group = make([]int32, len(r.g.lessons))
	for j := range r.group {
		r.group[j] = -1
	}
	r.absent, r.bare = make([]int64, len(r.g.pools)), make([]int64, len(r.g.pools))
	for k, p := range r.g.pools {
		for _, j := range p.lessons {
			r.group[j] = int32(k)
			r.count(j, r.missing[j])
		}
	}
}

// deficit is what a pool lacks when the hosts give what they can, below 0 where there is room left.
func (r *residual) deficit(k int32) int64 {
	return r.absent[k] - r.g.Rows[r.g.pools[k].row].Upper + int64(r.g.options.Joined)*r.bare[k]
}

// want is what more teaching is for. The levels of the objective are met one after the other.
type want uint8

const (
	wantPresence want = iota // any lesson and any service
	wantMissing              // what reduces the missing periods
	wantService              // after-school service
)

// first is what counts first.
func (r *residual) first() want {
	if len(r.g.pools) > 0 || r.g.service() {
		return wantMissing
	}
	return wantPresence
}

// wanted reports whether presence in a lesson counts now. It reduces the missing periods where nothing else can carry it, or its pool lacks.
func (r *residual) wanted(j int32) bool {
	if r.missing[j] == 0 {
		return false
	}
	k := r.group[j]
	switch service := r.g.lessons[j].Service; r.wants {
	case wantMissing:
		return !service && (k < 0 || r.deficit(k) > 0)
	case wantService:
		return service
	}
	return true
}

// worth is how much a change of a lesson's presence counts, before it is made: missing periods first, where only they count.
func (r *residual) worth(j int32, amount int64) int64 {
	k := r.group[j]
	if r.wants != wantMissing || k < 0 {
		return amount
	}
	before := r.lost(k)
	r.count(j, -amount)
	after := r.lost(k)
	r.count(j, amount)
	return before - after
}

// lost is the missing periods of a pool.
func (r *residual) lost(k int32) int64 { return max(0, r.deficit(k)) }

// count notes a change of what is absent.
func (r *residual) count(j int32, change int64) {
	k := r.group[j]
	if k < 0 {
		return
	}
	r.absent[k] += change
	if r.g.host(&r.g.lessons[j]) {
		r.bare[k] += change
	}
}

// room reports whether the visitor may be away for one more day there.
func (r *residual) room(v int32) bool {
	visit := &r.g.visits[v]
	t, o := visit.teacher, &r.g.options
	fresh := 0 // schools that the week does not go to yet
	for _, at := range visit.places {
		if r.calls[at] == 0 {
			fresh++
		}
	}
	return r.awayDays[t] < int64(o.Days) && r.road[t]+visit.round <= o.Travel && r.schools[t]+fresh <= o.Schools && r.days[v] < r.g.Columns[visit.days].Upper
}

// give changes the days of a visit by one.
func (r *residual) give(v int32, change int64) {
	t := r.g.visits[v].teacher
	for _, at := range r.g.visits[v].places {
		if r.calls[at] == 0 || r.calls[at]+change == 0 {
			r.schools[t] += int(change)
		}
		r.calls[at] += change
	}
	r.days[v] += change
	r.awayDays[t] += change
	r.road[t] += model.Metres(change) * r.g.visits[v].round
}

// pushed is a path that was used.
type pushed struct {
	steps        []step
	amount       int64
	source, sink int32
}

// fill teaches as much as the days of a visit allow, and gives the paths.
func (r *residual) fill(v int32) (total int64, used []pushed) {
	for {
		steps, most, source, sink, found := r.path(v, nil)
		if !found || most <= 0 {
			return total, used
		}
		total += r.worth(sink, most)
		r.push(v, steps, most, source, sink)
		used = append(used, pushed{steps, most, source, sink})
	}
}

// undo takes back what fill did, the last path first.
func (r *residual) undo(v int32, used []pushed) {
	for k := len(used) - 1; k >= 0; k-- {
		r.push(v, used[k].steps, -used[k].amount, used[k].source, used[k].sink)
	}
}

// candidate is a further day of a visit, with what it was last worth.
type candidate struct {
	visit int32
	gain  int64
}

// queue gives the day that is worth most first, then the one that is nearest, then by number.
type queue struct {
	all    []candidate
	visits []visit
}

func (q *queue) Len() int { return len(q.all) }
func (q *queue) Less(i, j int) bool {
	a, b := q.all[i], q.all[j]
	if a.gain != b.gain {
		return a.gain > b.gain
	}
	if d, e := q.visits[a.visit].round, q.visits[b.visit].round; d != e {
		return d < e
	}
	return a.visit < b.visit
}
func (q *queue) Swap(i, j int) { q.all[i], q.all[j] = q.all[j], q.all[i] }
func (q *queue) Push(x any)    { q.all = append(q.all, x.(candidate)) }
func (q *queue) Pop() any {
	last := q.all[len(q.all)-1]
	q.all = q.all[:len(q.all)-1]
	return last
}

// greedy gives out days one by one, each to the visit that teaches most more by it. A day is worth no more later than before but for rare
// exchanges, so only the best is looked at again: the lazy greedy of Minoux, "Accelerated greedy algorithms for maximizing submodular set
// functions" (1978). It takes O(days · paths) searches, each within the schools that visits have joined.
func (r *residual) greedy(barred []bool) {
	r.wants = r.first()
	r.endService()
	r.giveDays(barred)
	if r.g.service() {
		r.wants = wantService
		for i := range r.g.teachers {
			r.atHome(int32(i))
		}
		r.wants = wantMissing
	}
	if r.wants == wantMissing {
		r.wants = wantPresence
		for v := range r.g.visits { // what is left of days that are given
			r.fill(int32(v))
		}
		r.giveDays(barred)
	}
}

// endService takes the time of after-school service back, for lessons go before it; it is given anew after them.
func (r *residual) endService() {
	if !r.g.service() {
		return
	}
	for k, l := range r.g.local {
		if amount := r.local[k]; amount > 0 && r.g.lessons[l.lesson].Service {
			r.local[k] = 0
			r.spare[l.teacher] += amount
			r.missing[l.lesson] += amount
		}
	}
}

// giveDays is the greedy for what counts now.
func (r *residual) giveDays(barred []bool) {
	q := &queue{visits: r.g.visits}
	for v := range r.g.visits {
		if barred != nil && barred[v] {
			continue
		}
		q.all = append(q.all, candidate{int32(v), r.g.visits[v].aDay * int64(1+r.g.options.Joined)})
	}
	heap.Init(q)
	for q.Len() > 0 {
		v := q.all[0].visit
		if !r.room(v) {
			heap.Pop(q)
			continue
		}
		r.give(v, 1)
		gain, used := r.fill(v)
		if gain == 0 {
			r.give(v, -1)
			heap.Pop(q)
			continue
		}
		if gain < q.all[0].gain { // worth less than when it was looked at: to the others first
			r.undo(v, used)
			r.give(v, -1)
			q.all[0].gain = gain
			heap.Fix(q, 0)
			continue
		}
		heap.Fix(q, 0)
	}
}
