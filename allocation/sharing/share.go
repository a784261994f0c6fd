package sharing

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// ErrOtherCounty says that a plan is of other data than the county's.
var ErrOtherCounty = errors.New("sharing: want a plan of these data: its county_hash is another")

// Share covers the periods of a county's lessons under a plan: fewest missing, then least after-school service not given, then fewest over the network, then fewest metres. The package comment
// has the mathematics and what the second stage loses. Nil options are the zero options.
//
// A greedy and a search that ruins and recreates find the sharing, in a fixed number of rounds; branch and bound then proves it, improves it to the
// proven best, or in the time for the proof says how far it can be from that. So the same county, plan and options give the same sharing, unless the
// proof ends just before or after its time. The errors are *[model.FieldError], [ErrOtherCounty], or the context's.
func Share(ctx context.Context, c *model.County, p *model.Plan, o *Options) (*Result, error) {
	if o == nil {
		o = &Options{}
	}
	options, err := o.filled()
	if err != nil {
		return nil, err
	}
	if p.CountyHash != c.Hash() {
		return nil, ErrOtherCounty
	}
	g, alone, base, err := prepare(ctx, c, p, options)
	if err != nil {
		return nil, err
	}
	found := newResidual(g, base)
	found.greedy(nil)
	found.improve(ctx)
	g.begin(found)
	flow, columns, proven, err := g.prove(ctx)
	if err != nil {
		return nil, err
	}
	r := g.result(flow, columns)
	r.Levels = proven
	if r.Joins, err = g.joins(ctx, r); err != nil {
		return nil, err
	}
	r.Alone = alone
	r.Classes = short(Classes(c, r))
	r.Missing, r.Remedies, err = g.remedies(ctx, r, flow)
	return r, err
}

// prepare builds the programme. alone is what is missing where nothing is shared; base is a best flow without visits.
func prepare(ctx context.Context, c *model.County, p *model.Plan, o Options) (g *problem, alone model.Tenths, base []int64, err error) {
	g = newProblem(c, p, o)
	s, err := native.Solver{}.Solve(ctx, g.Programme, solver.Options{})
	if err != nil {
		return nil, 0, nil, err
	}
	alone = model.Tenths(s.Levels[levelMissing].Objective)
	if !o.NoNetwork {
		arcs := len(s.Flow)
		g.linkNetwork()
		g.Start = append(slices.Clone(s.Flow), make([]int64, len(g.Tail)-arcs)...)
		if s, err = (native.Solver{}).Solve(ctx, g.Programme, solver.Options{}); err != nil {
			return nil, 0, nil, err
		}
	}
	if !o.NoVisits {
		g.visitFrom(s.Flow)
	}
	return g, alone, s.Flow, nil
}

// prove bounds each level by branch and bound. What it finds counts where it is proven to be the best; else what was begun with stays,
// since what a clock cuts off differs from run to run.
func (g *problem) prove(ctx context.Context) (flow, columns []int64, known []Level, err error) {
	s, err := native.Solver{}.Solve(ctx, g.Programme, solver.Options{TimeLimit: g.options.Proof})
	if err != nil {
		return nil, nil, nil, err
	}
	flow, columns = g.Start, g.StartColumns
	if s.Stop == solver.StopOptimal {
		flow, columns = s.Flow, s.Columns
	}
	better := false // at a level before: what the solver knows of this one is of another face
	for k := range g.Levels {
		value := g.Objective(k, flow, columns)
		bound := int64(0)
		if !better {
			bound = min(value, s.Levels[k].Bound)
		}
		known = append(known, Level{g.Levels[k].Name, value, bound, solver.RelativeGap(value, bound), bound == value && !better, better})
		better = better || bound != value
	}
	return flow, columns, known, nil
}

func (g *problem) result(flow, columns []int64) *Result {
	c := g.county
	r := &Result{County: c.ID, CountyHash: c.Hash(), Origin: c.Origin, Options: g.options}
	for j := range g.lessons {
		covered := Covered{Lesson: g.lessons[j], Missing: model.Tenths(flow[g.missing[j]])}
		if g.network[j] >= 0 {
			covered.Network = model.Tenths(flow[g.network[j]])
		}
		r.Lessons = append(r.Lessons, covered)
	}
	taught := func(l link) {
		periods := model.Tenths(flow[l.arc])
		if periods == 0 {
			return
		}
		r.Teaching = append(r.Teaching, Teaching{g.teachers[l.teacher].ID, g.lessons[l.lesson].PostID, periods})
		if l.visit < 0 {
			r.Lessons[l.lesson].Own += periods
		} else {
			r.Lessons[l.lesson].Visiting += periods
		}
	}
	for _, l := range g.local {
		taught(l)
	}
	for _, l := range g.away {
		taught(l)
	}
	slices.SortFunc(r.Teaching, func(a, b Teaching) int { return cmp.Or(cmp.Compare(a.Teacher, b.Teacher), a.PostID.Compare(b.PostID)) })
	r.Visits = g.visitsOf(flow, columns)
	return r
}

// visitsOf gives the visits of an answer, in order of teacher, then of stops.
func (g *problem) visitsOf(flow, columns []int64) (all []Visit) {
	taught := make([]map[model.SchoolID]model.Tenths, len(g.visits))
	for _, l := range g.away {
		if n := flow[l.arc]; n > 0 {
			if taught[l.visit] == nil {
				taught[l.visit] = map[model.SchoolID]model.Tenths{}
			}
			taught[l.visit][g.lessons[l.lesson].School] += model.Tenths(n)
		}
	}
	for k := range g.visits {
		v := &g.visits[k]
		days := columns[v.days]
		if days == 0 {
			continue
		}
		t := &g.teachers[v.teacher]
		x := Visit{Teacher: t.ID, Home: t.post.School, Days: int(days), Metres: v.round * model.Metres(days)}
		for _, school := range v.stops {
			x.Stops = append(x.Stops, Stop{school, taught[k][school]})
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Teacher, b.Teacher), slices.CompareFunc(a.Stops, b.Stops, func(a, b Stop) int { return cmp.Compare(a.School, b.School) }))
	})
	return all
}

// joins deals the lessons over the network out to hosts: a flow from what each host can carry to what each lesson takes, not to its own.
func (g *problem) joins(ctx context.Context, r *Result) (all []Join, err error) {
	var flow solver.Programme
	flow.Levels = []solver.Level{{Name: "joins"}}
	var pairs [][2]int // of an arc: host and lesson
	slack := int32(len(r.Lessons))
	flow.Supply = make([]int64, len(r.Lessons)+1+len(r.Lessons)) // hosts, slack, lessons
	arc := func(tail, head int32, upper int64) {
		flow.Tail, flow.Head, flow.Upper = append(flow.Tail, tail), append(flow.Head, head), append(flow.Upper, upper)
	}
	for _, pool := range g.pools {
		for _, h := range pool.lessons {
			host := &r.Lessons[h]
			carry := int64(g.options.Joined) * int64(host.Own+host.Visiting)
			if !g.host(&host.Lesson) || carry == 0 {
				continue
			}
			flow.Supply[h] = carry
			flow.Supply[slack] -= carry
			for _, j := range pool.lessons {
				if n := int64(r.Lessons[j].Network); n > 0 && j != h {
					arc(h, slack+1+j, min(n, carry))
					pairs = append(pairs, [2]int{int(h), int(j)})
				}
			}
		}
	}
	for h := range r.Lessons {
		if carry := flow.Supply[h]; carry > 0 {
			arc(int32(h), slack, carry)
		}
		flow.Supply[int(slack)+1+h] = -int64(r.Lessons[h].Network)
		flow.Supply[slack] += int64(r.Lessons[h].Network)
	}
	s, err := native.Solver{}.Solve(ctx, &flow, solver.Options{})
	if err != nil {
		return nil, err
	}
	for k, pair := range pairs {
		if s.Flow[k] > 0 {
			all = append(all, Join{r.Lessons[pair[0]].School, r.Lessons[pair[1]].PostID, model.Tenths(s.Flow[k])})
		}
	}
	slices.SortFunc(all, func(a, b Join) int { return cmp.Or(cmp.Compare(a.Host, b.Host), a.PostID.Compare(b.PostID)) })
	return all, nil
}
