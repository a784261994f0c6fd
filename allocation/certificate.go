package allocation

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Certificate is what proves the bounds of a plan, so that somebody who has the county, the plan and it need not solve anything: see [VerifyCertificate].
//
// Where rules cut across the network there are no duals: the bounds are the backend's own, and Certified is false.
type Certificate struct {
	Format     int         `json:"format"`
	CountyHash string      `json:"county_hash"`
	Levels     []LevelDual `json:"levels"` // most important first
	// Fixed says for each arc of the programme ([Programme]) which level holds it, from 1; 0 for an arc that stayed free.
	Fixed []int `json:"fixed,omitempty"`
}

// LevelDual is the proof of one level.
type LevelDual struct {
	Name       string  `json:"name"`
	Objective  int64   `json:"objective"`
	Bound      int64   `json:"bound"`
	Certified  bool    `json:"certified"`            // by the potentials; otherwise the backend vouches for the bound
	Potentials []int64 `json:"potentials,omitempty"` // by node of the programme; none: all are 0
}

// Certify gives the certificate of a plan of a county. A plan with all levels proven by a pure network is proven again from itself, which
// takes less time than to find it; for any other the certificate has bounds alone.
//
// Errors: *model.FieldError where the plan is not of the county; *[NotOptimalError] where it can be bettered though it claims to be proven; errors of [Solve].
func Certify(ctx context.Context, c *model.County, plan *model.Plan) (*Certificate, error) {
	k := &Certificate{Format: model.Format, CountyHash: plan.CountyHash}
	certified := true
	for _, level := range plan.Levels {
		k.Levels = append(k.Levels, LevelDual{Name: level.Name, Objective: level.Objective, Bound: level.Bound})
		certified = certified && level.Proven
	}
	g, to, err := reopened(c, plan, unlimited(plan))
	if err != nil || !certified || !g.Pure() {
		return k, err
	}
	g.Start, g.StartColumns = g.flow(to), nil
	solution, err := native.Solver{}.Solve(ctx, g.Programme, solver.Options{})
	if err != nil {
		return nil, g.instance.explain(g, err)
	}
	for i := range solution.Levels {
		level := &solution.Levels[i]
		objective := level.Objective + g.Levels[i].Constant
		if !level.Proven {
			return nil, &StoppedError{Stop: stopReasons[solution.Stop], Cause: context.Cause(ctx)}
		} else if objective != plan.Levels[i].Objective {
			return nil, &NotOptimalError{level.Name, plan.Levels[i].Objective, objective}
		}
		k.Levels[i].Certified, k.Levels[i].Potentials = level.Certified, solution.Potentials[i]
	}
	for _, by := range solution.Fixed {
		k.Fixed = append(k.Fixed, int(by))
	}
	return k, nil
}

// VerifyCertificate checks, in exact integers and without solving anything, that a certificate proves the bounds of a plan of a
// county: the plan's own flow and the potentials satisfy complementary slackness, level by level ([solver.Verify]). What the
// certificate calls not certified is not checked. The error says where it fails. It takes O(county + pairs) time for each level.
func VerifyCertificate(c *model.County, plan *model.Plan, k *Certificate) error {
	wrong := func(field, value, want string) error {
		return &model.FieldError{Table: "certificate", Index: -1, Field: field, Value: value, Want: want}
	}
	if k.CountyHash != plan.CountyHash {
		return wrong("county_hash", k.CountyHash, plan.CountyHash+", the plan's")
	}
	g, to, err := reopened(c, plan, unlimited(plan))
	if err != nil {
		return err
	}
	if len(k.Levels) != len(plan.Levels) || len(plan.Levels) != len(g.Levels) {
		return wrong("levels", fmt.Sprint(len(k.Levels)), fmt.Sprint(len(g.Levels))+" levels")
	}
	flow := g.flow(to)
	s := &solver.Solution{Flow: flow, Columns: g.shortfalls(flow), Stop: solver.StopOptimal, Fixed: make([]uint8, len(g.Tail))}
	if len(k.Fixed) > 0 && len(k.Fixed) != len(g.Tail) {
		return wrong("fixed", fmt.Sprint(len(k.Fixed)), fmt.Sprint(len(g.Tail))+" arcs")
	}
	for a, by := range k.Fixed {
		if by < 0 || by > len(g.Levels) {
			return wrong("fixed", fmt.Sprint(by), "a level from 1, or 0")
		}
		s.Fixed[a] = uint8(by)
	}
	any := false
	for i, level := range k.Levels {
		claim := plan.Levels[i]
		if level.Name != claim.Name || level.Objective != claim.Objective || level.Bound != claim.Bound {
			return wrong("levels."+level.Name, fmt.Sprint(level.Objective), "name, objective and bound of the plan")
		}
		constant := g.Levels[i].Constant
		objective, bound := level.Objective-constant, level.Bound-constant
		s.Levels = append(s.Levels, solver.LevelResult{Name: g.Levels[i].Name, Objective: objective, Bound: bound,
			Proven: objective == bound, Gap: g.Levels[i].Gap(objective, bound), Certified: level.Certified})
		s.Potentials = append(s.Potentials, level.Potentials)
		any = any || level.Certified
	}
	if !any {
		return nil
	}
	return solver.Verify(g.Programme, s)
}

// reopened states the programme that a plan was made of, by options that differ from the plan's in limits alone, and reads where the plan puts everybody.
func reopened(c *model.County, plan *model.Plan, o *model.Options) (*programme, []int32, error) {
	if hash := c.Hash(); plan.CountyHash != hash {
		return nil, nil, &model.FieldError{Table: "plan", Index: -1, Field: "county_hash", Value: plan.CountyHash, Want: hash + ", the county's: a plan of these data"}
	}
	g, err := state(c, o)
	if err != nil {
		return nil, nil, err
	}
	to, err := g.instance.placedBy(plan)
	return g, to, err
}

// unlimited gives the options of a plan without limits on the search.
func unlimited(plan *model.Plan) *model.Options {
	o := plan.Options
	o.TimeLimit, o.Gap, o.Workers = 0, 0, 0
	return &o
}
