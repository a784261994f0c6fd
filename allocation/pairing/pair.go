package pairing

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Options says how schools are paired. The zero value works.
type Options struct {
	Most int  `json:"most"` // schools that one school supports; 0: the least number with which as many are covered as can be
	Keep bool `json:"keep"` // partners that a school has change only where coverage asks for it
	// Years over which the pairs come about, all by the last; 0: DefaultYears.
	Years int `json:"years"`
}

// DefaultYears is the horizon of 阜政办发〔2020〕21号, 2020 to 2022, by the end of which every rural school is supported.
const DefaultYears = 3

// Result is who supports whom.
type Result struct {
	County model.CountyID `json:"county"`
	Origin model.Origin   `json:"origin,omitzero"`
	Most   int            `json:"most"` // schools that a school of the county supports
	Levels []Level        `json:"levels"`
	Pairs  []Pair         `json:"pairs"`  // in order of the supported school
	Loads  []Load         `json:"loads"`  // in order of the supporting school
	Years  []Year         `json:"years"`  // when the pairs come about
	Alone  []Alone        `json:"alone"`  // schools without a partner, and why
	Change int            `json:"change"` // schools whose partner is another than before
}

// Level is one objective, proven.
type Level struct {
	Name  string `json:"name"`
	Value int64  `json:"value"`
}

// Pair is a school and the one that supports it, of the county or outside it.
type Pair struct {
	School  model.SchoolID  `json:"school"`
	Partner model.SchoolID  `json:"partner,omitempty"`
	Outside model.OutsideID `json:"outside,omitempty"` // in place of Partner: who runs or supports it from elsewhere (托管)
	Before  model.SchoolID  `json:"before,omitempty"`
	Stands  bool            `json:"stands"` // the partner is one that the school has already
	Year    int             `json:"year"`   // in which it begins: 0 where it stands, else 1, 2, …
	Metres  model.Metres    `json:"metres"` // by road; 0: a position is unknown
	Vacant  int             `json:"vacant"` // posts of the school that the plan leaves vacant
	Helped  int             `json:"helped"` // of these, in a stage and subject that the partner teaches
}

// Load is how many schools one supports.
type Load struct {
	School  model.SchoolID  `json:"school,omitempty"`
	Outside model.OutsideID `json:"outside,omitempty"` // in place of School
	Schools int             `json:"schools"`
	Most    int             `json:"most"`
}

// Year is the coverage at the end of a year.
type Year struct {
	Year    int `json:"year"`    // 0: now
	Asked   int `json:"asked"`   // of the rural schools, an even share a year
	Covered int `json:"covered"` // schools with a partner
}

// Alone is a school without a partner.
type Alone struct {
	School model.SchoolID `json:"school"`
	Why    string         `json:"why"`
	WhyZH  string         `json:"why_zh"`
}

const (
	levelAlone = iota
	levelChanged
	levelMisfit
	levelLoad
	levelMetres
	levels
)

var levelNames = [levels]string{"alone", "changed", "misfit", "load", "metres"}

// Choose chooses partners under a plan, whose vacancies say where help is wanted; p may be nil, where all subjects fit alike. The error is a *[model.FieldError]
// or the context's. It takes the time of a minimum-cost flow of |R|·|S| arcs.
func Choose(ctx context.Context, c *model.County, p *model.Plan, o *Options) (*Result, error) {
	if o == nil {
		o = &Options{}
	}
	if o.Years < 0 || o.Years > 30 {
		return nil, &model.FieldError{Table: "pairing", Index: -1, Field: "years", Value: fmt.Sprint(o.Years), Want: "0 to 30 years"}
	}
	if o.Most < 0 {
		return nil, &model.FieldError{Table: "pairing", Index: -1, Field: "most", Value: fmt.Sprint(o.Most), Want: "0 or more schools"}
	}
	if o.Most > 0 {
		g, s, err := solve(ctx, c, p, *o)
		if err != nil {
			return nil, err
		}
		return g.result(s, o.Years), nil
	}
	free := *o
	free.Most = max(1, len(c.Schools))
	g, s, err := solve(ctx, c, p, free)
	if err != nil {
		return nil, err
	}
	least := s.Levels[levelAlone].Objective
	// Coverage grows with the number, so the least that suffices is found by halving.
	low, high := 1, free.Most
	for low < high {
		middle := Options{Most: (low + high) / 2, Keep: o.Keep}
		tried, answer, err := solve(ctx, c, p, middle)
		if err != nil {
			return nil, err
		}
		if answer.Levels[levelAlone].Objective > least {
			low = middle.Most + 1
		} else {
			high, g, s = middle.Most, tried, answer
		}
	}
	return g.result(s, o.Years), nil
}

func solve(ctx context.Context, c *model.County, p *model.Plan, o Options) (*problem, *solver.Solution, error) {
	g := newProblem(c, p, o)
	s, err := native.Solver{}.Solve(ctx, &g.Programme, solver.Options{})
	return g, s, err
}

// problem is the choice as a flow: from each supported school to a supporting one or to nobody, and on to a sink by as many arcs as it supports schools.
type problem struct {
	solver.Programme
	county   *model.County
	most     int
	rural    []*model.School
	strong   []supporter
	vacant   map[model.SchoolID][]model.PlannedPost
	teaches  map[model.PostID]bool
	pairs    []pair
	nobody   []int32 // arc of each rural school
	possible []bool  // a strong school has a stage in common
}

type pair struct{ rural, strong, arc int32 }

func newProblem(c *model.County, p *model.Plan, o Options) *problem {
	g := &problem{county: c, vacant: map[model.SchoolID][]model.PlannedPost{}, teaches: map[model.PostID]bool{}}
	for i := range c.Schools {
		switch s := &c.Schools[i]; {
		case s.Strong:
			g.strong = append(g.strong, supporter{school: s, at: s.Position, most: o.Most})
		case s.Rural || s.Weak:
			g.rural = append(g.rural, s)
		}
	}
	for i := range c.Outside {
		s := &c.Outside[i]
		g.strong = append(g.strong, supporter{outside: s, at: s.Position, most: min(s.Capacity, len(c.Schools))})
	}
	if p != nil {
		for _, post := range p.Posts {
			if post.Short() > 0 {
				g.vacant[post.School] = append(g.vacant[post.School], post)
			}
			g.teaches[post.PostID] = post.Filled > 0
		}
	}
	g.most = o.Most
	for _, name := range levelNames {
		g.Levels = append(g.Levels, solver.Level{Name: name, Cost: []int64{}})
	}
	g.link(o.Keep)
	return g
}

func (g *problem) arc(tail, head int32, upper int64, cost map[int]int64) int32 {
	g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, upper)
	for k := range g.Levels {
		g.Levels[k].Cost = append(g.Levels[k].Cost, cost[k])
	}
	return int32(len(g.Tail) - 1)
}

func (g *problem) link(keep bool) {
	sink := int32(len(g.rural) + len(g.strong))
	g.Supply = make([]int64, sink+1)
	g.Supply[sink] = -int64(len(g.rural))
	g.possible = make([]bool, len(g.rural))
	for r, school := range g.rural {
		g.Supply[r] = 1
		changed := int64(0)
		if keep && (school.Partner != "" || school.OutsidePartner != "") {
			changed = 1
		}
		g.nobody = append(g.nobody, g.arc(int32(r), sink, 1, map[int]int64{levelAlone: 1, levelChanged: changed}))
		for s := range g.strong {
			partner := &g.strong[s]
			if !partner.together(school) {
				continue
			}
			g.possible[r] = true
			cost := map[int]int64{levelMisfit: int64(g.count(school) - g.helped(school, partner)), levelMetres: int64(g.road(school, partner))}
			if changed > 0 && !partner.supports(school) {
				cost[levelChanged] = 1
			}
			g.pairs = append(g.pairs, pair{int32(r), int32(s), g.arc(int32(r), int32(len(g.rural)+s), 1, cost)})
		}
	}
	for s := range g.strong { // n² = 1 + 3 + 5 + …, so the k-th school costs 2k − 1
		for k := 1; k <= g.strong[s].most; k++ {
			g.arc(int32(len(g.rural)+s), sink, 1, map[int]int64{levelLoad: int64(2*k - 1)})
		}
	}
}

// count is the vacancies of a school.
func (g *problem) count(s *model.School) (vacant int) {
	for i := range g.vacant[s.ID] {
		vacant += g.vacant[s.ID][i].Short()
	}
	return vacant
}

// helped is the vacancies in a stage and subject that the partner teaches.
func (g *problem) helped(s *model.School, partner *supporter) (helped int) {
	for i := range g.vacant[s.ID] {
		post := &g.vacant[s.ID][i]
		if partner.outside != nil && partner.outside.Helps(post.Stage, post.Subject) ||
			partner.school != nil && g.teaches[model.PostID{School: partner.school.ID, Stage: post.Stage, Subject: post.Subject}] {
			helped += post.Short()
		}
	}
	return helped
}

// road is the road distance, ⌊great circle · road factor⌋; 0 where a position is unknown.
func (g *problem) road(a *model.School, b *supporter) model.Metres {
	return model.Metres(g.county.Rules.RoadFactor.Of(int64(model.Distance(a.Position, b.at))))
}

func (g *problem) result(s *solver.Solution, years int) *Result {
	r := &Result{County: g.county.ID, Origin: g.county.Origin, Most: g.most}
	for k := range s.Levels {
		r.Levels = append(r.Levels, Level{levelNames[k], s.Levels[k].Objective})
	}
	loads := make([]int, len(g.strong))
	for _, p := range g.pairs {
		if s.Flow[p.arc] == 0 {
			continue
		}
		school, partner := g.rural[p.rural], &g.strong[p.strong]
		pair := Pair{School: school.ID, Before: school.Partner, Stands: partner.supports(school), Metres: g.road(school, partner), Vacant: g.count(school), Helped: g.helped(school, partner)}
		pair.Partner, pair.Outside = partner.ids()
		r.Pairs = append(r.Pairs, pair)
		loads[p.strong]++
		if !pair.Stands {
			r.Change++
		}
	}
	for i, school := range g.rural {
		if s.Flow[g.nobody[i]] == 0 {
			continue
		}
		alone := Alone{school.ID, "every strong school with a stage in common supports as many as it may", "同学段优质学校帮扶数已满"}
		if !g.possible[i] {
			alone.Why, alone.WhyZH = "no strong school has a stage in common", "没有同学段的优质学校"
		}
		r.Alone = append(r.Alone, alone)
	}
	for i := range g.strong {
		load := Load{Schools: loads[i], Most: g.strong[i].most}
		load.School, load.Outside = g.strong[i].ids()
		r.Loads = append(r.Loads, load)
	}
	slices.SortFunc(r.Pairs, func(a, b Pair) int { return cmp.Compare(a.School, b.School) })
	slices.SortFunc(r.Loads, func(a, b Load) int { return cmp.Or(cmp.Compare(a.School, b.School), cmp.Compare(a.Outside, b.Outside)) })
	g.schedule(r, cmp.Or(years, DefaultYears))
	return r
}

// Apply gives the county with the partners that were chosen; schools without one keep none. The county given is not changed.
func Apply(c *model.County, r *Result) *model.County {
	out := *c
	out.Schools = slices.Clone(c.Schools)
	chosen := map[model.SchoolID]Pair{}
	for _, p := range r.Pairs {
		chosen[p.School] = p
	}
	for _, a := range r.Alone {
		chosen[a.School] = Pair{School: a.School}
	}
	for i := range out.Schools {
		if p, found := chosen[out.Schools[i].ID]; found && !p.Stands {
			out.Schools[i].Partner, out.Schools[i].OutsidePartner = p.Partner, p.Outside
		}
	}
	return &out
}
