package check

import "github.com/xianguan/xianguan/model"

// changes counts the people whose post is not the published one. Not counted: who was not
// published, is unknown or away, or was published in a post that is no longer there, since nobody needs or
// holds it. A teacher without any line has no post. Of several lines of a teacher, the first counts.
func (a *audit) changes() (count int64) {
	if a.options.Keep == nil {
		return 0
	}
	for _, published := range a.options.Keep.Posts {
		i, known := a.teacher[published.Teacher]
		if !known || a.away[i] {
			continue
		}
		to := model.PostID{}
		if a.first[i] >= 0 {
			to = a.seats[a.first[i]].to
		}
		there := published.Post.IsZero() || a.need[published.Post] > 0 || a.incumbents[published.Post] > 0
		if there && to != published.Post {
			count++
		}
	}
	return count
}

// published checks that what was published can be counted: each teacher once, and a price or a place.
func (a *audit) published(k *model.Keep) {
	if k == nil {
		return
	}
	a.require(k.PerChange >= 0, "options.keep.per_change of 0 or more", k.PerChange)
	a.require(k.PerChange == 0 || !k.First, "options.keep with a price per change or first, not both", k.PerChange)
	seen := make(map[model.TeacherID]bool, len(k.Posts))
	for _, published := range k.Posts {
		a.requireAt(Violation{Teacher: published.Teacher}, !seen[published.Teacher], "each teacher published once", "a further post")
		seen[published.Teacher] = true
	}
}
