package subsidy

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Assignment is where one teacher was placed in one year, by points (积分). It is no choice: a better-liked post may
// have been full.
type Assignment struct {
	Year      int
	Teacher   int32   // in Supply.People
	Present   int32   // post held before, in Supply.Posts; -1 for none
	Post      int32   // post held after; -1 for none
	Points    float64 // the more, the earlier served; lots that broke ties belong in its decimals
	Synthetic bool

	row int // in the file; 0 where there is none
}

// Closed gives the cut-off of a post that took no newcomer at all: no points reach it.
func Closed() float64 { return math.Inf(1) }

// PostYear is a post in a year.
type PostYear struct {
	Year int
	Post int32 // in Supply.Posts
}

// CutOffs are the fewest points with which a newcomer could have had a post (入围分数线); a post that is not listed had
// places left, so that everybody qualified could have had it.
type CutOffs map[PostYear]float64

// NewCutOffs works out the cut-offs of past assignments. A post is full that has as many people as it
// needs, among them those who hold it and are not in the file of that year; then its cut-off is the fewest points of a
// newcomer, and Closed where it has none. Who stays does so whatever the points are, so they set no
// cut-off. It takes O(assignments + years · people) time.
func NewCutOffs(s *Supply, assignments []Assignment) CutOffs {
	type taker struct {
		year    int
		teacher int32
	}
	took := map[taker]bool{}
	holders := map[PostYear]int{}
	years := map[int]bool{}
	c := CutOffs{}
	for i := range assignments {
		a := &assignments[i]
		took[taker{a.Year, a.Teacher}], years[a.Year] = true, true
		if a.Post < 0 {
			continue
		}
		at := PostYear{a.Year, a.Post}
		holders[at]++
		if a.Post != a.Present {
			least, known := c[at]
			if !known {
				least = Closed()
			}
			c[at] = min(least, a.Points)
		}
	}
	for year := range years {
		for i := range s.People {
			if post := s.People[i].Present; post >= 0 && !took[taker{year, int32(i)}] {
				holders[PostYear{year, post}]++
			}
		}
		for i := range s.Posts {
			at := PostYear{year, int32(i)}
			if holders[at] < s.Posts[i].Need {
				delete(c, at)
			} else if _, newcomers := c[at]; !newcomers {
				c[at] = Closed()
			}
		}
	}
	return c
}

// AssignmentError says which assignment does not fit the county or the cut-offs.
type AssignmentError struct {
	Row     int // in the file; 0 where there is none
	Year    int
	Teacher model.TeacherID
	Post    model.PostID
	Want    string
}

func (e *AssignmentError) Error() string {
	place := ""
	if e.Row > 0 {
		place = fmt.Sprintf("row %d, ", e.Row)
	}
	return fmt.Sprintf("%syear %d, teacher %s at %s: want %s", place, e.Year, e.Teacher, e.Post, e.Want)
}

// Feasible rebuilds the choices behind past assignments. The choice set of a teacher in a year is
// the present post, the outside option, and each post offered for which the teacher is qualified and has no fewer points than its
// cut-off. In a stable assignment everybody has what they like best of this set: had they liked another post of it
// better, it would have taken them. So the assignment is the choice from the set, and the logit holds for it; with all posts in
// the set it would not, since who was refused at a post would count as not wanting it.
//
// Stability is assumed, not tested: of mechanisms that make people list posts it needs long lists. A cut-off
// must not hang on one person's wishes, which holds the better the more people there are.
//
// schedules gives the subsidies of each year, county.Subsidy where a year has none. The supply should offer all
// posts ([OfferedAll]). Who is in the file took part, so no service term binds them. Everything else about the
// teachers is as the county has it. The choices are in order of teacher and year. The error is an *[AssignmentError]. It takes O(alternatives) time and memory.
//
// Fack, Grenet and He, "Beyond truth-telling: preference estimation with centralized school choice and college
// admissions", American Economic Review 109 (2019).
func (s *Supply) Feasible(assignments []Assignment, cutOffs CutOffs, schedules map[int]model.SubsidySchedule) (*History, error) {
	order := slices.Clone(assignments)
	slices.SortStableFunc(order, func(a, b Assignment) int {
		return cmp.Or(cmp.Compare(a.Teacher, b.Teacher), cmp.Compare(a.Year, b.Year))
	})
	h := newHistory()
	d := h.Data
	past := *s // with people as they stood before each assignment
	past.People = slices.Clone(s.People)
	var alternatives []Alternative
	for i := range order {
		a := &order[i]
		t := &past.People[a.Teacher]
		t.Present, t.Bound = a.Present, false
		if a.Present >= 0 {
			t.stage = s.Posts[a.Present].Stage
		}
		schedule, own := schedules[a.Year]
		if !own {
			schedule = s.County.Subsidy
		}
		alternatives = past.Alternatives(alternatives[:0], int(a.Teacher), schedule)
		chosen, reached := -1, 0
		for _, x := range alternatives {
			cutOff, full := cutOffs[PostYear{a.Year, x.Post}]
			could := x.Post < 0 || x.Post == a.Present || !full || a.Points >= cutOff
			if x.Post == a.Post {
				if chosen = d.First[d.Choices()] + reached; !could {
					return nil, s.misfit(a, fmt.Sprintf("%v points or more, the cut-off, not %v", cutOff, a.Points))
				}
			}
			if could {
				d.X = append(d.X, x.Values[:]...)
				h.Alternatives = append(h.Alternatives, s.name(&x))
				reached++
			}
		}
		if chosen < 0 {
			return nil, s.misfit(a, "a post that the teacher is qualified for by subject, stage and language")
		}
		h.add(string(t.ID), int(a.Teacher), chosen)
		h.Synthetic = h.Synthetic || a.Synthetic
	}
	return h, nil
}

func (s *Supply) misfit(a *Assignment, want string) error {
	e := &AssignmentError{Row: a.row, Year: a.Year, Teacher: s.People[a.Teacher].ID, Want: want}
	if a.Post >= 0 {
		e.Post = s.Posts[a.Post].PostID
	}
	return e
}
