package allocation

import (
	"runtime"
	"slices"
	"sync"

	"github.com/xianguan/xianguan/model"
)

// pairs are the posts that each teacher may have, by teacher: those of teacher t
// are post[start[t]:start[t+1]], in order of post, the present one among them.
type pairs struct {
	start []int32
	post  []int32
}

func (q *pairs) of(t int) []int32 { return q.post[q.start[t]:q.start[t+1]] }

// eligiblePairs lists every pair that no rule forbids. Candidates come from the
// posts of each subject and stage that have need, so the work is linear in the
// candidates, not in teachers times posts. Each worker lists the pairs of a run of
// teachers and the runs are joined in order, so their number never shows.
func (n *instance) eligiblePairs() *pairs {
	open := map[kind][]int32{}
	for i := range n.posts {
		if p := &n.posts[i]; p.need > 0 {
			k := kind{p.id.Stage, p.id.Subject}
			open[k] = append(open[k], int32(i))
		}
	}
	runs := make([]pairs, min(n.workers(), 1+len(n.people)/leastRun))
	var group sync.WaitGroup
	for i := range runs {
		group.Go(func() { runs[i] = n.pairsOf(i*len(n.people)/len(runs), (i+1)*len(n.people)/len(runs), open) })
	}
	group.Wait()
	return join(runs, len(n.people))
}

// workers is how many goroutines may state the programme.
func (n *instance) workers() int {
	if n.options.Workers > 0 {
		return n.options.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// leastRun is how many teachers are worth a worker of their own.
const leastRun = 256

// pairsOf lists the pairs of the teachers from first to end.
func (n *instance) pairsOf(first, end int, open map[kind][]int32) pairs {
	var q pairs
	var candidates []int32
	for t := first; t < end; t++ {
		candidates = n.candidates(candidates[:0], &n.people[t], open)
		for _, p := range candidates {
			if n.forbidden(int32(t), p) == "" {
				q.post = append(q.post, p)
			}
		}
		q.start = append(q.start, int32(len(q.post)))
	}
	return q
}

// join puts runs of pairs one after the other. In a run, start holds the ends.
func join(runs []pairs, teachers int) *pairs {
	total := 0
	for i := range runs {
		total += len(runs[i].post)
	}
	all := &pairs{start: make([]int32, 1, teachers+1), post: make([]int32, 0, total)}
	for i := range runs {
		offset := int32(len(all.post))
		for _, end := range runs[i].start {
			all.start = append(all.start, offset+end)
		}
		all.post = append(all.post, runs[i].post...)
	}
	return all
}

// kind is what a qualification is for.
type kind struct {
	stage   model.Stage
	subject model.SubjectID
}

// candidates appends the present post and the posts with need that the teacher
// is qualified for, in order. Who may only stay has one candidate.
func (n *instance) candidates(into []int32, t *person, open map[kind][]int32) []int32 {
	if t.present >= 0 {
		into = append(into, t.present)
	}
	if !n.movable(t) {
		return into
	}
	for _, stage := range t.Stages {
		into = append(into, open[kind{stage, t.Main}]...)
		for _, subject := range t.Second {
			into = append(into, open[kind{stage, subject}]...)
		}
	}
	slices.Sort(into)
	return slices.Compact(into) // the present post may be open too
}

// movable reports whether the teacher has any ground for a move.
func (n *instance) movable(t *person) bool {
	if t.bound {
		return false
	}
	return t.school < 0 || t.Volunteer || (!t.exempt && t.YearsHere >= n.county.Rules.RotationYears)
}
