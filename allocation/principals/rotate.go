package principals

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// UsualTermYears is the term where neither the options nor the county's policy sets one; by practice it is three to six years.
const UsualTermYears = 5

// Terms is how many terms a principal leads one school at most.
const Terms = 2

// ErrNone says that the data name no principal.
var ErrNone = errors.New("principals: want the day since which each principal leads a school: column principal_since (任校长日期) of the teachers")

// Options says how principals rotate. The zero value works.
type Options struct {
	TermYears int          `json:"term_years"` // 0: the county's policy, or else UsualTermYears
	Reach     model.Metres `json:"reach"`      // road distance from the present school; 0: the greatest distance of a forced move
	MakeWay   bool         `json:"make_way"`   // after one term, principals who are not due may move where that lets others go
}

// Result is who leads which school.
type Result struct {
	County     model.CountyID   `json:"county"`
	CountyHash string           `json:"county_hash"`
	Origin     model.Origin     `json:"origin,omitzero"`
	Options    Options          `json:"options"`
	Assumed    bool             `json:"assumed"` // nobody has set the term
	Levels     []Level          `json:"levels"`
	Moves      []Move           `json:"moves"`    // in order of the principal
	Overdue    []Overdue        `json:"overdue"`  // due and staying, in order of the principal
	Headless   []model.SchoolID `json:"headless"` // schools without a principal afterwards, in order of the county's
	Principals int              `json:"principals"`
	Due        int              `json:"due"`
}

// Level is one objective, proven.
type Level struct {
	Name  string `json:"name"` // overdue, early, upward: principals; metres
	Value int64  `json:"value"`
}

// Move is a principal who goes to lead another school.
type Move struct {
	Teacher model.TeacherID `json:"teacher"`
	From    model.SchoolID  `json:"from"`
	To      model.SchoolID  `json:"to"`
	Since   model.Date      `json:"since"`
	Years   int             `json:"years"` // completed at the present school
	Due     bool            `json:"due"`   // after two terms; else to make way
	Down    bool            `json:"down"`  // from a town or strong school to a rural or weak one
	Metres  model.Metres    `json:"metres"`
}

// Overdue is a principal who is due and has nowhere to go.
type Overdue struct {
	Teacher model.TeacherID `json:"teacher"`
	School  model.SchoolID  `json:"school"`
	Years   int             `json:"years"`
	// Within is how many schools there are that the principal may lead and reach; where it is not 0, others need them.
	Within int `json:"within"`
}

const (
	levelOverdue = iota
	levelEarly
	levelUpward
	levelMetres
	levels
)

var levelNames = [levels]string{"overdue", "early", "upward", "metres"}

// Rotate assigns principals to schools. The error is a *[model.FieldError], [ErrNone] or the context's. It takes the time of a minimum-cost flow of at most |H|·|S| arcs.
func Rotate(ctx context.Context, c *model.County, o *Options) (*Result, error) {
	if o == nil {
		o = &Options{}
	}
	filled, err := o.filled(c)
	if err != nil {
		return nil, err
	}
	g := newProblem(c, filled)
	if len(g.heads) == 0 {
		return nil, ErrNone
	}
	s, err := native.Solver{}.Solve(ctx, &g.Programme, solver.Options{})
	if err != nil {
		return nil, err
	}
	r := g.result(s)
	r.Assumed = o.TermYears == 0 && c.Rules.PrincipalTermYears == 0
	return r, nil
}

func (o Options) filled(c *model.County) (Options, error) {
	if o.TermYears < 0 || o.TermYears > 30 {
		return o, &model.FieldError{Table: "principals", Index: -1, Field: "term_years", Value: fmt.Sprint(o.TermYears), Want: "whole years from 0 to 30"}
	}
	if o.Reach < 0 {
		return o, &model.FieldError{Table: "principals", Index: -1, Field: "reach", Value: fmt.Sprint(int64(o.Reach)), Want: "metres from 0 up"}
	}
	o.TermYears = cmp.Or(o.TermYears, c.Rules.PrincipalTermYears, UsualTermYears)
	o.Reach = cmp.Or(o.Reach, c.Rules.ForcedDistance)
	return o, nil
}

// head is a principal at work.
type head struct {
	*model.Teacher
	school   *model.School
	years    int
	due, may bool // due to move; may be moved
}

// heads lists the principals who lead a school, in order of id. One who has retired leads none.
func heads(c *model.County, o Options) (all []head) {
	schools := make(map[model.SchoolID]*model.School, len(c.Schools))
	for i := range c.Schools {
		schools[c.Schools[i].ID] = &c.Schools[i]
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.PrincipalSince == 0 || schools[t.School] == nil || t.RetiresOn(&c.Rules) <= c.Date {
			continue
		}
		years := c.Date.YearsSince(t.PrincipalSince)
		fixed := len(t.Exemptions) > 0 || t.RetiresOn(&c.Rules) <= c.Date.AddYears(c.Rules.NearRetirementYears) || t.TermEnds > c.Date ||
			t.OnExchange(c.Date) || t.Away(c.Date, &c.Rules)
		due := !fixed && years >= Terms*o.TermYears
		all = append(all, head{t, schools[t.School], years, due, due || !fixed && o.MakeWay && years >= o.TermYears})
	}
	slices.SortFunc(all, func(a, b head) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// mayLead reports whether a principal can lead a school of this stage and language.
func (h *head) mayLead(s *model.School) bool {
	if s.Language != "" && !slices.Contains(h.Languages, s.Language) {
		return false
	}
	return slices.ContainsFunc(h.Stages, s.HasStage)
}

// problem is the assignment as a flow: principals, schools, a sink.
type problem struct {
	solver.Programme
	county  *model.County
	options Options
	heads   []head
	links   []link
	within  []int // by principal: other schools to lead
}

type link struct {
	head, school, arc int32
	metres            model.Metres
}

func newProblem(c *model.County, o Options) *problem {
	g := &problem{county: c, options: o, heads: heads(c, o)}
	for _, name := range levelNames {
		g.Levels = append(g.Levels, solver.Level{Name: name})
	}
	sink := int32(len(g.heads) + len(c.Schools))
	g.Supply = make([]int64, sink+1)
	g.Supply[sink] = -int64(len(g.heads))
	g.within = make([]int, len(g.heads))
	for i := range g.heads {
		g.Supply[i] = 1
		g.link(i)
	}
	for s := range c.Schools {
		g.arc(int32(len(g.heads)+s), sink, [levels]int64{})
	}
	return g
}

func (g *problem) arc(tail, head int32, cost [levels]int64) int32 {
	g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, 1)
	for k := range g.Levels {
		g.Levels[k].Cost = append(g.Levels[k].Cost, cost[k])
	}
	return int32(len(g.Tail) - 1)
}

func (g *problem) link(i int) {
	h := &g.heads[i]
	for s := range g.county.Schools {
		school := &g.county.Schools[s]
		var cost [levels]int64
		metres := g.road(h.school, school)
		switch {
		case school.ID == h.school.ID:
			if h.due {
				cost[levelOverdue] = 1
			}
		case !h.may || !h.mayLead(school) || metres == 0 || metres > g.options.Reach:
			continue
		default:
			g.within[i]++
			cost[levelMetres] = int64(metres)
			if !h.due {
				cost[levelEarly] = 1
			}
			if (h.school.Town || h.school.Strong) && !down(h.school, school) {
				cost[levelUpward] = 1
			}
		}
		g.links = append(g.links, link{int32(i), int32(s), g.arc(int32(i), int32(len(g.heads)+s), cost), metres})
	}
}

// down reports whether a move goes from a town or strong school to a rural or weak one.
func down(from, to *model.School) bool { return (from.Town || from.Strong) && (to.Rural || to.Weak) }

// road is the road distance, ⌊great circle · road factor⌋; 0 where a position is unknown.
func (g *problem) road(a, b *model.School) model.Metres {
	return model.Metres(g.county.Rules.RoadFactor.Of(int64(model.Distance(a.Position, b.Position))))
}

func (g *problem) result(s *solver.Solution) *Result {
	r := &Result{County: g.county.ID, CountyHash: g.county.Hash(), Origin: g.county.Origin, Options: g.options, Principals: len(g.heads)}
	for k := range s.Levels {
		r.Levels = append(r.Levels, Level{levelNames[k], s.Levels[k].Objective})
	}
	led := make([]bool, len(g.county.Schools))
	for _, l := range g.links {
		h := &g.heads[l.head]
		if s.Flow[l.arc] == 0 {
			continue
		}
		led[l.school] = true
		to := &g.county.Schools[l.school]
		switch {
		case to.ID != h.school.ID:
			r.Moves = append(r.Moves, Move{h.ID, h.school.ID, to.ID, h.PrincipalSince, h.years, h.due, down(h.school, to), l.metres})
		case h.due:
			r.Overdue = append(r.Overdue, Overdue{h.ID, h.school.ID, h.years, g.within[l.head]})
		}
		if h.due {
			r.Due++
		}
	}
	for s := range led {
		if !led[s] {
			r.Headless = append(r.Headless, g.county.Schools[s].ID)
		}
	}
	return r
}

// Apply gives the county in which the principals lead their new schools since its day: the personnel goes with them. The county given is not changed.
func Apply(c *model.County, r *Result) *model.County {
	out := *c
	out.Teachers = slices.Clone(c.Teachers)
	to := map[model.TeacherID]model.SchoolID{}
	for _, m := range r.Moves {
		to[m.Teacher] = m.To
	}
	for i := range out.Teachers {
		if t := &out.Teachers[i]; to[t.ID] != "" {
			t.School, t.YearsHere, t.PrincipalSince, t.TeachesStage = to[t.ID], 0, c.Date, 0
		}
	}
	return &out
}
