package allocation

import "github.com/xianguan/xianguan/model"

// Quick reports whether answers take one shortest path: no rule cuts across the network. Otherwise each takes a search of its own.
func (e *Explainer) Quick() bool { return e.residual != nil }

// Forbidden lists the rules that forbid a pair by itself, none where it could be had as far as the pair is concerned; it searches nothing. The error is
// a *model.UnknownWordError.
func (e *Explainer) Forbidden(teacher model.TeacherID, post model.PostID) ([]Forbidden, error) {
	t, err := e.person(teacher)
	if err != nil {
		return nil, err
	}
	p, err := e.post(post)
	if err != nil {
		return nil, err
	}
	switch {
	case t < 0:
		return []Forbidden{{Rule: model.RuleAway}}, nil
	case e.g.instance.has(t, p):
		return nil, nil
	}
	return e.g.instance.forbids(t, p), nil
}
