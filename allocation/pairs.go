package allocation

import (
	"slices"

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
// candidates, not in teachers times posts.
func (n *instance) eligiblePairs() *pairs {
	open := map[kind][]int32{}
	for i := range n.posts {
		if p := &n.posts[i]; p.need > 0 {
			open[kind{p.id.Stage, p.id.Subject}] = append(open[kind{p.id.Stage, p.id.Subject}], int32(i))
		}
	}
	q := &pairs{start: make([]int32, 1, len(n.people)+1)}
	var candidates []int32
	for t := range n.people {
		person := &n.people[t]
		candidates = n.candidates(candidates[:0], person, open)
		for _, p := range candidates {
			if n.forbidden(int32(t), p) == "" {
				q.post = append(q.post, p)
			}
		}
		q.start = append(q.start, int32(len(q.post)))
	}
	return q
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
