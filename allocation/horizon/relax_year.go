package horizon

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// year builds the network of a year. O(options log options).
func (w *relaxing) year(k int) {
	y, terms := relaxedYear{}, w.terms[k]
	y.schools = slices.Clone(terms.Schools)
	w.posts(k, &y)
	at := make(map[model.PostID]int32, len(y.posts))
	for p := range y.posts {
		at[y.posts[p].id] = int32(p)
	}
	byKind := map[model.SubjectID][]int32{} // posts with need
	for p := range y.posts {
		if y.posts[p].Need > 0 {
			byKind[y.posts[p].id.Subject] = append(byKind[y.posts[p].id.Subject], int32(p))
		}
	}
	w.places = make(map[model.SchoolID]*model.School, len(w.still[k].Schools))
	for i := range w.still[k].Schools {
		w.places[w.still[k].Schools[i].ID] = &w.still[k].Schools[i]
	}
	for i := range terms.People {
		p := &terms.People[i]
		person := w.place[p.ID]
		h := &w.people[person]
		y.person, y.start = append(y.person, person), append(y.start, int32(len(y.options)))
		if h.free && w.moved[person] != nil {
			y.options = append(y.options, w.anywhere(k, p.ID, byKind)...)
		} else {
			y.options = append(y.options, w.options(k, p, at)...)
		}
		w.remember(k, p)
	}
	y.start = append(y.start, int32(len(y.options)))
	w.years = append(w.years, y)
}

// posts lists the posts of a year: those of its terms, and those where somebody may be who moved there before. A post or school holds its need or quota, or as many as
// it could hold in the year before and who comes back.
func (w *relaxing) posts(k int, y *relaxedYear) {
	terms := w.terms[k]
	for i := range terms.Posts {
		p := &terms.Posts[i]
		y.posts = append(y.posts, relaxedPost{p.ID, p.School, p.PlaceTerms})
	}
	if k == 0 {
		return
	}
	backToPost, backToSchool := w.returning(k)
	w.leaving(k, backToPost, backToSchool)
	unbounded := len(w.records[k])
	closed := w.closes()
	before := map[model.PostID]int{}
	for p := range w.years[k-1].posts {
		post := &w.years[k-1].posts[p]
		before[post.id] = post.Capacity
	}
	schools := map[model.SchoolID]int{}
	for s := range w.still[k].Schools {
		schools[w.still[k].Schools[s].ID] = s
	}
	known := map[model.PostID]bool{}
	for p := range y.posts {
		post := &y.posts[p]
		known[post.id] = true
		if post.Capacity = max(post.Capacity, before[post.id]+backToPost[post.id]); closed {
			post.Capacity = unbounded
		}
	}
	for id, capacity := range before {
		if s, open := schools[id.School]; open && !known[id] {
			y.posts = append(y.posts, relaxedPost{id, s, allocation.PlaceTerms{Capacity: capacity}})
		}
	}
	slices.SortFunc(y.posts, func(a, b relaxedPost) int { return a.id.Compare(b.id) })
	if closed {
		for s := range y.schools {
			y.schools[s].Capacity = unbounded
		}
		return
	}
	for s := range y.schools { // no school closes, so their order holds
		y.schools[s].Capacity = max(y.schools[s].Capacity, w.years[k-1].schools[s].Capacity+backToSchool[s])
	}
}

// leaving takes off who is no longer there, of those who could be at one post only the year before.
func (w *relaxing) leaving(k int, fromPost map[model.PostID]int, fromSchool map[int]int) {
	y := &w.years[k-1]
	for i, person := range y.person {
		if o := y.start[i]; w.people[person].last == k-1 && y.start[i+1] == o+1 && y.options[o].post >= 0 {
			post := &y.posts[y.options[o].post]
			fromPost[post.id]--
			fromSchool[post.school]--
		}
	}
}

// returning counts who is at a post of theirs in a year and was not there the year before: from leave, from secondment or from an exchange.
func (w *relaxing) returning(k int) (toPost map[model.PostID]int, toSchool map[int]int) {
	toPost, toSchool = map[model.PostID]int{}, map[int]int{}
	was := map[model.TeacherID]model.PostID{}
	for i := range w.terms[k-1].People {
		if p := &w.terms[k-1].People[i]; p.Present >= 0 {
			was[p.ID] = w.terms[k-1].Posts[p.Present].ID
		}
	}
	for i := range w.terms[k].People {
		if p := &w.terms[k].People[i]; p.Present >= 0 {
			if post := &w.terms[k].Posts[p.Present]; was[p.ID] != post.ID {
				toPost[post.ID]++
				if was[p.ID].School != post.ID.School {
					toSchool[post.School]++
				}
			}
		}
	}
	return toPost, toSchool
}

// options lists where somebody may be who moves at most once: where they are if they have not moved yet, where they may move, and where they may have moved before.
func (w *relaxing) options(k int, p *allocation.PersonTerms, at map[model.PostID]int32) []option {
	var list []option
	if p.MayBeOut {
		list = append(list, option{post: -1, next: -1, still: true, costs: [3]int64{unplaced: 1}})
	}
	for _, c := range p.Choices {
		list = append(list, option{post: at[w.terms[k].Posts[c.Post].ID], next: -1, still: c.Post == p.Present, move: c.Post != p.Present,
			costs: [3]int64{soft: c.Soft, cost: int64(c.Cost.Total())}})
	}
	listed := len(list)
	for id, m := range w.moved[w.place[p.ID]] {
		post, open := at[id]
		if !open {
			continue
		}
		costs := w.staying(k, p.ID, id, m)
		if i, found := slices.BinarySearchFunc(list[:listed], post, byPost); found {
			for level := range costs {
				list[i].costs[level] = min(list[i].costs[level], costs[level])
			}
			continue
		}
		list = append(list, option{post: post, next: -1, costs: costs})
	}
	slices.SortFunc(list, func(a, b option) int { return cmp.Compare(a.post, b.post) })
	return list
}

func byPost(o option, post int32) int { return cmp.Compare(o.post, post) }

// moved is what is known of moves to a post before the year that is built: the least way, and the rural years completed at the move, as they are and less the
// year of the move, at the fewest.
type moved struct {
	travel         model.Fen
	rural, sinceIt int
}

// staying is what it costs at least in a year to be where one has moved before: the subsidy of the service since, the way from a known home, and teaching
// outside the main subject.
func (w *relaxing) staying(k int, id model.TeacherID, post model.PostID, m moved) (costs [3]int64) {
	c, school := w.still[k], w.places[post.School]
	rural := m.rural
	if school.Rural {
		rural = m.sinceIt + k
	}
	costs[cost] = int64(c.Subsidy.Monthly(school.Tier, rural) + m.travel)
	if post.Subject != w.records[k][id].Main {
		costs[soft] = int64(c.Rules.OffSubjectWeight)
	}
	return costs
}

// anywhere lists every post with need in a subject of somebody who may have moved more than once, and none, at no cost: less than any history of theirs costs.
func (w *relaxing) anywhere(k int, id model.TeacherID, open map[model.SubjectID][]int32) []option {
	subjects := map[model.SubjectID]bool{}
	for j := range k + 1 {
		if t := w.records[j][id]; t != nil {
			subjects[t.Main] = true
			for _, s := range append([]model.SubjectID{t.Teaches}, t.Second...) {
				subjects[s] = true
			}
		}
	}
	list := []option{{post: -1, next: -1}}
	for s := range subjects {
		for _, p := range open[s] {
			list = append(list, option{post: p, next: -1})
		}
	}
	slices.SortFunc(list, func(a, b option) int { return cmp.Compare(a.post, b.post) })
	return list
}

// remember notes where somebody may move in a year, for the years after it.
func (w *relaxing) remember(k int, p *allocation.PersonTerms) {
	person := w.place[p.ID]
	if !canMove(p) || k == len(w.still)-1 {
		return
	}
	t := w.records[k][p.ID]
	home := slices.ContainsFunc(w.still[k].Townships, func(x model.Township) bool { return x.ID == t.Home && !x.Position.IsZero() })
	fixed := !slices.ContainsFunc(w.outlook.Years, func(s scenario.Scenario) bool { return len(s.Policy) > 0 }) // fares too
	if w.moved[person] == nil {
		w.moved[person] = map[model.PostID]moved{}
	}
	for _, c := range p.Choices {
		if c.Post == p.Present {
			continue
		}
		id := w.terms[k].Posts[c.Post].ID
		m := moved{rural: t.RuralYears, sinceIt: t.RuralYears - k}
		if home && fixed {
			m.travel = c.Cost.Travel
		}
		if had, known := w.moved[person][id]; known {
			m = moved{min(m.travel, had.travel), min(m.rural, had.rural), min(m.sinceIt, had.sinceIt)}
		}
		w.moved[person][id] = m
	}
}

// link ties each option to that of the same post a year later.
func (w *relaxing) link() {
	for k := range len(w.years) - 1 {
		y, next := &w.years[k], &w.years[k+1]
		row := make(map[int32]int, len(next.person))
		for i, person := range next.person {
			row[person] = i
		}
		at := make(map[model.PostID]int32, len(next.posts))
		for p := range next.posts {
			at[next.posts[p].id] = int32(p)
		}
		later := make([]int32, len(y.posts))
		for p := range y.posts {
			var open bool
			if later[p], open = at[y.posts[p].id]; !open {
				later[p] = -2
			}
		}
		for i, person := range y.person {
			j, there := row[person]
			if !there || w.people[person].free {
				continue
			}
			after := next.options[next.start[j]:next.start[j+1]]
			for o := y.start[i]; o < y.start[i+1]; o++ {
				if x := &y.options[o]; x.post >= 0 {
					if at, found := slices.BinarySearchFunc(after, later[x.post], byPost); found {
						x.next = next.start[j] + int32(at)
					}
				}
			}
		}
	}
}
