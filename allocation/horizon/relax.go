package horizon

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// relaxation is the years as networks, one a year, of every pair that any history of its teacher allows; the package comment says why it is one. Who may
// move at most once within the years has a history of two parts, where they are and from some year on where they moved, along which prices tie the
// networks together.
type relaxation struct {
	years  []relaxedYear
	people []history
	place  map[model.TeacherID]int32
}

// history is what one person may do over the years.
type history struct {
	id          model.TeacherID
	first, last int  // years in which they can be planned, both included
	free        bool // may move more than once: not tied
	moves       bool // may move at all
}

// relaxedYear is the network of one year. Option o gives somebody a post, or none; those of the i-th person are start[i]:start[i+1].
type relaxedYear struct {
	person  []int32 // who can be planned
	start   []int32
	options []option
	posts   []relaxedPost
	schools []allocation.PlaceTerms
}

type relaxedPost struct {
	id     model.PostID
	school int
	allocation.PlaceTerms
}

// option is a post of somebody in a year, at the least that any history makes it cost.
type option struct {
	post  int32 // place in posts; -1 for none
	next  int32 // the option of the same post in the year after; -1 where there is none
	still bool  // without ever having moved
	move  bool  // may be moved to in this year, without having moved before
	costs [3]int64
}

// The levels of an option: the shortage is a matter of posts.
const (
	unplaced = iota
	soft
	cost
)

// relax states the years. still are the counties of the years if nobody ever moved.
func relax(still []*model.County, o *Outlook, options *model.Options) (*relaxation, error) {
	r := &relaxation{place: map[model.TeacherID]int32{}}
	terms := make([]*allocation.Terms, len(still))
	for k, c := range still {
		at := *options
		if k > 0 {
			at.Pins, at.Bans = nil, nil
		}
		var err error
		if terms[k], err = allocation.State(c, &at); err != nil {
			return nil, &Error{c.Date, err}
		}
	}
	w := &relaxing{relaxation: r, still: still, terms: terms, outlook: o}
	w.histories()
	for k := range still {
		w.year(k)
	}
	w.link()
	return r, nil
}

// relaxing builds a relaxation.
type relaxing struct {
	*relaxation
	still   []*model.County
	terms   []*allocation.Terms
	outlook *Outlook

	records []map[model.TeacherID]*model.Teacher // by year
	moved   []map[model.PostID]moved             // by person: where they may have moved before the year that is built
	places  map[model.SchoolID]*model.School     // of the year that is built
}

// histories finds out who is planned when, and who may move more than once.
func (w *relaxing) histories() {
	least := math.MaxInt // years after which rotation is due, at the fewest
	for _, c := range w.still {
		least = min(least, c.Rules.RotationYears)
	}
	for k, c := range w.still {
		w.records = append(w.records, make(map[model.TeacherID]*model.Teacher, len(c.Teachers)))
		for i := range c.Teachers {
			w.records[k][c.Teachers[i].ID] = &c.Teachers[i]
		}
		for i := range w.terms[k].People {
			id := w.terms[k].People[i].ID
			at, known := w.place[id]
			if !known {
				at = int32(len(w.people))
				w.place[id] = at
				w.people = append(w.people, history{id: id, first: k, last: k})
			}
			h := &w.people[at]
			h.free = h.free || k > h.last+1
			h.last = k
		}
	}
	w.moved = make([]map[model.PostID]moved, len(w.people))
	for k := range w.still {
		for i := range w.terms[k].People {
			p := &w.terms[k].People[i]
			if h := &w.people[w.place[p.ID]]; canMove(p) {
				h.moves = true
				h.free = h.free || k+least <= h.last || w.closes() || k < h.last && w.within(k, p, least, h.last)
			}
		}
	}
}

func (w *relaxing) closes() bool {
	return slices.ContainsFunc(w.outlook.Years[:min(len(w.outlook.Years), len(w.still)-1)], func(s scenario.Scenario) bool { return len(s.Close) > 0 })
}

// within reports whether somebody may move within the school, whose clock then goes on, and be due later.
func (w *relaxing) within(k int, p *allocation.PersonTerms, least, last int) bool {
	if p.Present < 0 || w.records[k][p.ID].YearsHere+last-k < least {
		return false
	}
	here := w.terms[k].Posts[p.Present].School
	return slices.ContainsFunc(p.Choices, func(c allocation.Choice) bool { return c.Post != p.Present && w.terms[k].Posts[c.Post].School == here })
}

func canMove(p *allocation.PersonTerms) bool {
	return slices.ContainsFunc(p.Choices, func(c allocation.Choice) bool { return c.Post != p.Present })
}
