package allocation

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// What instance.published holds beside posts.
const (
	publishedNone int32 = -1 // published without a post
	unpublished   int32 = -2 // not published, or in a post that is no longer there
)

// setPublished takes over what was published, by the ids that the county knows.
func (n *instance) setPublished() {
	if n.options.Keep == nil {
		return
	}
	n.published = make([]int32, len(n.people))
	for t := range n.published {
		n.published[t] = unpublished
	}
	for _, pin := range n.options.Keep.Posts {
		t, found := n.byTeacher[pin.Teacher]
		if !found || t < 0 {
			continue
		}
		if p, found := n.byPost[pin.Post]; found {
			n.published[t] = p
		} else if pin.Post.IsZero() {
			n.published[t] = publishedNone
		}
	}
}

// changes reports whether post p, or -1 for none, is not what was published for teacher t.
func (n *instance) changes(t, p int32) bool {
	return n.published != nil && n.published[t] != unpublished && n.published[t] != p
}

// maxPerChange keeps sums of prices far inside int64: a million yuan.
const maxPerChange model.Fen = 100_000_000

// validateKeep reports every fault of what was published, each a *model.FieldError. Ids that
// the county does not know are none: people leave and posts go.
func validateKeep(k *model.Keep) (faults []error) {
	if k == nil {
		return nil
	}
	fault := func(index int, field string, value any, want string) {
		faults = append(faults, &model.FieldError{Table: "options", Index: index, Field: field, Value: fmt.Sprint(value), Want: want})
	}
	switch {
	case k.PerChange < 0 || k.PerChange > maxPerChange:
		fault(-1, "keep.per_change", k.PerChange, fmt.Sprintf("yuan a month from 0 (fewest changes, at a level of their own) to %s", maxPerChange))
	case k.PerChange > 0 && k.First:
		fault(-1, "keep.first", k.First, "either first or a price per change")
	}
	seen := map[model.TeacherID]bool{}
	for i, pin := range k.Posts {
		if seen[pin.Teacher] {
			fault(i, "keep.posts.teacher", pin.Teacher, "each teacher published once")
		}
		seen[pin.Teacher] = true
	}
	return faults
}
