package allocation

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// WhyNot says why a teacher does not have a post: what forbids it, or what it would cost.
type WhyNot struct {
	Teacher model.TeacherID `json:"teacher"`
	Post    model.PostID    `json:"post"`
	Planned model.PostID    `json:"planned,omitzero"` // what the plan gives
	Same    bool            `json:"same"`             // the plan gives this very post
	// Forbidden are the rules that forbid the pair by itself; then nothing below is there.
	Forbidden []Forbidden `json:"forbidden,omitempty"`
	// Conflict says which rules leave no plan with the pair, though none forbids the pair by itself.
	Conflict *InfeasibleError `json:"conflict,omitempty"`
	Extra    []Extra          `json:"extra,omitempty"` // by level, the most important first
	Tie      bool             `json:"tie"`             // a plan with the pair is as good at every level
	// Changes is who has another post than in the plan, the teacher first; each gives way to the one before, up to a place that is
	// free or above need, or the teacher's own. With rules that cut across the network there may be several such chains; they
	// are the fewest people that any plan of that cost changes, unless a limit ends the search.
	Changes []Displacement `json:"changes,omitempty"`
}

// Forbidden is a rule that forbids a pair.
type Forbidden struct {
	Rule   model.RuleID `json:"rule"`
	Figure string       `json:"figure,omitempty"` // that decides; never the cause of an exemption
}

// Extra is what a forced pair adds to a level of the objective, in its unit. A level counts only between plans that are equal at those before. Low and High are
// the same where both plans are proven.
type Extra struct {
	Level string `json:"level"`
	Low   int64  `json:"low"`
	High  int64  `json:"high"`
}

// Exact reports whether the figure is proven.
func (x Extra) Exact() bool { return x.Low == x.High }

// Displacement is a person whose post is another one than in the plan.
type Displacement struct {
	Teacher model.TeacherID `json:"teacher"`
	From    model.PostID    `json:"from,omitzero"` // in the plan
	To      model.PostID    `json:"to,omitzero"`   // instead
}

// WhyNot says why a teacher does not have a post in the plan. The extra cost is the best plan that has the pair against the best
// without it. Errors: *model.UnknownWordError for a teacher or post that is not there, *[StoppedError].
//
// Without rules that cut across the network it takes one shortest path; with them, one search.
func (e *Explainer) WhyNot(ctx context.Context, teacher model.TeacherID, post model.PostID) (*WhyNot, error) {
	t, err := e.person(teacher)
	if err != nil {
		return nil, err
	}
	p, err := e.post(post)
	if err != nil {
		return nil, err
	}
	w := &WhyNot{Teacher: teacher, Post: post}
	if t < 0 {
		w.Forbidden = []Forbidden{{Rule: model.RuleAway}}
		return w, nil
	}
	w.Planned = e.postID(e.to[t])
	switch {
	case e.to[t] == p:
		w.Same = true
		return w, nil
	case !e.g.instance.has(t, p):
		w.Forbidden = e.g.instance.forbids(t, p)
		return w, nil
	case e.residual == nil:
		return w, e.again(ctx, w, t, p)
	}
	r := e.residual
	if back := r.search(e.g.postNode(p), false, span{}); back.known[t] {
		w.Extra, w.Tie = e.extra(r.cost(e.pairArc(t, p)).plus(r.length(back, t)))
		w.Changes = append([]Displacement{{teacher, w.Planned, post}}, e.changes(r.path(back, t), t)...)
		return w, nil
	}
	return w, e.again(ctx, w, t, p) // nobody can make room, and the search says who
}

// postID names a post, or none.
func (e *Explainer) postID(p int32) model.PostID {
	if p < 0 {
		return model.PostID{}
	}
	return e.g.instance.posts[p].id
}

// pairArc is the arc of a pair of the network.
func (e *Explainer) pairArc(t, p int32) int32 {
	for i, q := range e.g.pairs.of(int(t)) {
		if q == p {
			return e.g.pairArc[t] + int32(i)
		}
	}
	panic("allocation: a pair without an arc")
}

// extra reads an extent by level.
func (e *Explainer) extra(x extent) (all []Extra, tie bool) {
	tie = true
	for k, level := range e.g.Levels {
		all = append(all, Extra{level.Name, x[k], x[k]})
		tie = tie && x[k] == 0
	}
	return all, tie
}

// changes reads who gives way along a path. Teacher t, at whom it may end, is left out.
func (e *Explainer) changes(path []int32, t int32) []Displacement {
	var all []Displacement
	for i, a := range path {
		who := e.g.Tail[a]
		if who >= int32(len(e.to)) || who == t || i+1 == len(path) || e.g.Tail[path[i+1]] != who {
			continue // an arc of posts and schools, or the second of a person's two
		}
		to := path[i+1] - e.g.pairArc[who]
		change := Displacement{Teacher: e.g.instance.people[who].ID, From: e.postID(e.to[who])}
		if posts := e.g.pairs.of(int(who)); int(to) < len(posts) {
			change.To = e.postID(posts[to])
		}
		all = append(all, change)
	}
	return all
}

// again searches the programme of the plan with the pair, for an answer where rules cut across the network or no plan has it. Where
// no plan has it, the county is planned with the pair as a pin, which says which rules stand against it.
//
// The search begins cold. Its opening comes near enough to the optimum by itself: even the optimum as a start saves a tenth on zhangwu,
// less than it takes to repair the plan, and the plan's first level as a row saves nothing. The time goes to the relaxation.
func (e *Explainer) again(ctx context.Context, w *WhyNot, t, p int32) error {
	g := e.variant()
	g.force(t, p)
	e.stayClose(g)
	best, err := e.search(ctx, g)
	if err != nil {
		return err
	}
	if best == nil {
		options := e.options
		options.Pins = append(options.Pins[:len(options.Pins):len(options.Pins)], model.Pin{Teacher: w.Teacher, Post: w.Post})
		if _, err := Solve(ctx, e.county, &options); !errors.As(err, &w.Conflict) {
			return cmp.Or(err, errors.New("allocation: a pair that no plan has is in a plan"))
		}
		return nil
	}
	w.Extra = e.against(best.levels)
	w.Tie = !slices.ContainsFunc(w.Extra, func(x Extra) bool { return x.Low != 0 || x.High != 0 })
	w.Changes = e.displaced(best.to, func(d Displacement) bool { return d.Teacher == w.Teacher })
	return nil
}
