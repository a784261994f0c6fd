package allocation

import (
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Alternative is a pair that the plan does not have and what it would cost.
type Alternative struct {
	Teacher model.TeacherID `json:"teacher"`
	Post    model.PostID    `json:"post"`
	Extra   []Extra         `json:"extra"`
}

// TeacherReasons says why a teacher is where the plan says.
type TeacherReasons struct {
	Assignment model.Assignment `json:"assignment"`
	Eligible   int              `json:"eligible"` // posts that no rule forbids by itself, the present one among them
	// Alternatives are the other posts that the teacher could have, the cheapest first.
	Alternatives []Alternative `json:"alternatives,omitempty"`
	Impossible   int           `json:"impossible"`          // eligible posts in which nobody can make room
	Unsettled    int           `json:"unsettled,omitempty"` // eligible posts for which the time limit came before any plan
}

// Teacher says why a teacher is where the plan says, with the posts that the teacher could have instead, at most the given number, and what each
// would cost. The error is a *model.UnknownWordError, or a *[StoppedError]. It takes one shortest-path search; with rules that cut across the network
// a search of its own for each eligible post.
func (e *Explainer) Teacher(ctx context.Context, id model.TeacherID, most int) (*TeacherReasons, error) {
	t, err := e.person(id)
	if err != nil {
		return nil, err
	}
	reasons := &TeacherReasons{}
	for i := range e.plan.Assignments {
		if e.plan.Assignments[i].Teacher == id {
			reasons.Assignment = e.plan.Assignments[i]
		}
	}
	if t < 0 {
		return reasons, nil
	}
	posts := e.g.pairs.of(int(t))
	reasons.Eligible = len(posts)
	if e.residual == nil {
		var pairs []ranked
		for _, p := range posts {
			if p != e.to[t] {
				pairs = append(pairs, ranked{t: t, p: p})
			}
		}
		all, unsettled, err := e.alternatives(ctx, pairs)
		reasons.Impossible, reasons.Unsettled, reasons.Alternatives = len(pairs)-len(all)-unsettled, unsettled, all[:min(most, len(all))]
		return reasons, err
	}
	back := e.residual.search(t, true, span{})
	var found []ranked
	for _, p := range posts {
		if v := e.g.postNode(p); p == e.to[t] {
			continue
		} else if !back.known[v] {
			reasons.Impossible++
		} else {
			found = append(found, ranked{t, p, e.residual.cost(e.pairArc(t, p)).plus(e.residual.length(back, v))})
		}
	}
	reasons.Alternatives = e.rank(found, most)
	return reasons, nil
}

// Candidates lists who could have a post that they do not have in the plan, the cheapest first, at most the given number. The error is
// a *model.UnknownWordError, or a *[StoppedError]. It takes one shortest-path search; with rules that cut across the network a search of its own for each
// eligible teacher, and who has no plan within the time limit is left out.
func (e *Explainer) Candidates(ctx context.Context, post model.PostID, most int) ([]Alternative, error) {
	p, err := e.post(post)
	if err != nil {
		return nil, err
	}
	if e.residual != nil {
		return e.rank(e.candidates(p), most), nil
	}
	var pairs []ranked
	for t := range e.to {
		if _, eligible := slices.BinarySearch(e.g.pairs.of(t), p); eligible && e.to[t] != p {
			pairs = append(pairs, ranked{t: int32(t), p: p})
		}
	}
	all, _, err := e.alternatives(ctx, pairs)
	return all[:min(most, len(all))], err
}

// ranked is a pair and what it costs to force it.
type ranked struct {
	t, p int32
	cost extent
}

func (e *Explainer) candidates(p int32) []ranked {
	from := e.residual.search(e.g.postNode(p), false, span{})
	var found []ranked
	for t := range e.to {
		if t := int32(t); e.to[t] != p && from.known[t] {
			if _, eligible := slices.BinarySearch(e.g.pairs.of(int(t)), p); eligible {
				found = append(found, ranked{t, p, e.residual.cost(e.pairArc(t, p)).plus(e.residual.length(from, t))})
			}
		}
	}
	return found
}

// rank orders pairs by cost, then by teacher and post.
func (e *Explainer) rank(found []ranked, most int) []Alternative {
	slices.SortStableFunc(found, func(a, b ranked) int { return a.cost.compare(&b.cost) })
	var all []Alternative
	for _, x := range found[:min(most, len(found))] {
		extra, _ := e.extra(x.cost)
		all = append(all, Alternative{e.g.instance.people[x.t].ID, e.postID(x.p), extra})
	}
	return all
}
