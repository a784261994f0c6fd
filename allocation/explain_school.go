package allocation

import (
	"context"

	"github.com/xianguan/xianguan/model"
)

// SchoolReasons says why a school is staffed as the plan says.
type SchoolReasons struct {
	School model.SchoolID `json:"school"`
	Need   int            `json:"need"`
	Filled int            `json:"filled"` // of the need
	People int            `json:"people"`
	Room   int            `json:"room"` // people that the quota still allows
	Came   []Displacement `json:"came,omitempty"`
	Left   []Displacement `json:"left,omitempty"`
	Empty  []EmptyPost    `json:"empty,omitempty"` // in order of post
}

// School says why a school is staffed as the plan says: who came and left, and why each empty post is empty. The error is
// a *model.UnknownWordError, or a *[StoppedError]. It takes two shortest-path searches for each post with a vacancy; with rules that cut across the network a
// search of its own for each, and once for all questions a plan without each of these rules.
func (e *Explainer) School(ctx context.Context, id model.SchoolID) (*SchoolReasons, error) {
	n := e.g.instance
	s, known := n.bySchool[id]
	if !known {
		return nil, &model.UnknownWordError{What: "school", Word: string(id), Known: texts(sortedKeys(n.bySchool))}
	}
	reasons := &SchoolReasons{School: id, Need: n.schools[s].need}
	in := make([]int, len(n.posts))
	for t, p := range e.to {
		if p >= 0 {
			in[p]++
		}
		from, to := n.people[t].school, int32(-1)
		if p >= 0 {
			to = n.posts[p].school
		}
		change := Displacement{Teacher: n.people[t].ID, From: e.postID(n.people[t].present), To: e.postID(p)}
		if from != to && to == s {
			reasons.Came = append(reasons.Came, change)
		} else if from != to && from == s {
			reasons.Left = append(reasons.Left, change)
		}
	}
	for p := range n.posts {
		if n.posts[p].school == s {
			reasons.People += in[p]
			reasons.Filled += min(in[p], n.posts[p].need)
		}
	}
	reasons.Room = max(n.schools[s].teachingQuota, n.schools[s].incumbents) - reasons.People
	for p := range n.posts {
		if n.posts[p].school == s && in[p] < n.posts[p].need {
			why, err := e.empty(ctx, int32(p), in, reasons.Room)
			if err != nil {
				return nil, err
			}
			reasons.Empty = append(reasons.Empty, *why)
		}
	}
	return reasons, nil
}
