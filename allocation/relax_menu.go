package allocation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// diagnosisLimit is how long a diagnosis may take where the options set no time limit.
const diagnosisLimit = time.Minute

// menuGap is the relative gap that is accepted on the cost of a way out: what it costs is
// there to compare it with others.
const menuGap = 1e-3

// diagnosed completes an *InfeasibleError with irreducible conflicts and the menu of ways out,
// in what is left of the time. Any other error stays as it is.
func diagnosed(ctx context.Context, c *model.County, o *model.Options, began time.Time, err error) error {
	var crude *InfeasibleError
	if !errors.As(err, &crude) {
		return err
	}
	crude.MoreConflicts, crude.MoreRelaxations = true, true
	limit := diagnosisLimit
	if o.TimeLimit > 0 {
		limit = o.TimeLimit - time.Since(began)
	}
	if limit <= 0 || ctx.Err() != nil {
		return crude
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	full, err := newDiagnosis(ctx, c, o).run()
	switch {
	case err != nil:
		return fmt.Errorf("allocation: diagnosis of a county without a plan: %w", err)
	case len(full.Conflicts) == 0:
		full.Conflicts = crude.Conflicts
	}
	return full
}

// run works the conflicts out, then the ways out, then what these cost; each has a third of the
// time, and what those before leave of theirs.
func (d *diagnosis) run() (full *InfeasibleError, err error) {
	full = &InfeasibleError{MoreConflicts: true, MoreRelaxations: true}
	var reliefs []*relief
	err = d.within(3, func() (err error) {
		full.Conflicts, full.MoreConflicts, err = d.conflicts()
		if err == nil && len(full.Conflicts) == 0 {
			err = errors.New("native finds a plan where the backend says that there is none")
		}
		return err
	})
	if err == nil {
		err = d.within(2, func() (err error) {
			reliefs, full.MoreRelaxations, err = d.menu()
			return err
		})
	}
	for i, r := range reliefs {
		if err == nil {
			err = d.within(len(reliefs)-i, func() (err error) {
				relaxation, err := d.price(r)
				if err == nil {
					full.Relaxations = append(full.Relaxations, relaxation)
				}
				return err
			})
		}
	}
	return full, err
}

// within does something in a part of the time that is left. That it was stopped is no error.
func (d *diagnosis) within(parts int, do func() error) error {
	whole := d.ctx
	defer func() { d.ctx = whole }()
	deadline, _ := whole.Deadline() // diagnosed sets one
	stage, cancel := context.WithTimeout(whole, time.Until(deadline)/time.Duration(parts))
	defer cancel()
	d.ctx = stage
	if err := do(); !errors.Is(err, errStopped) {
		return err
	}
	return nil
}

// price plans the county with a relief, which begins with an assignment that obeys it.
func (d *diagnosis) price(r *relief) (Relaxation, error) {
	p := d.plan(r)
	solution, err := d.solve(p, solver.Options{Gap: d.g.instance.options.Gap, LastGap: menuGap})
	if err == nil {
		err = solver.Verify(p, solution)
	}
	if err != nil {
		return Relaxation{}, err
	}
	to := d.g.assignment(solution.Flow)
	return Relaxation{Changes: d.changes(r, d.g.flow(to)), Severity: r.severity, Proven: r.proven, Levels: d.g.levels(solution, to)}, nil
}

// plan is the programme of the county with a relief: every level of the objective, the soft
// rules as they are, and the hard ones as far as they are kept.
func (d *diagnosis) plan(r *relief) *solver.Programme {
	p := d.keeping(r, len(r.rules), d.g.Levels...)
	p.Columns = append(slices.Clone(d.g.Columns), p.Columns...)
	shift := int32(len(d.g.Columns))
	for i := range p.Rows {
		for k := range p.Rows[i].Column {
			p.Rows[i].Column[k] += shift // the slices are of this programme alone
		}
	}
	for _, row := range d.g.Rows {
		if len(row.Column) > 0 {
			p.Rows = append(p.Rows, row)
		}
	}
	flow := d.g.flow(d.g.assignment(r.flow))
	p.Start, p.StartColumns = flow, append(d.g.shortfalls(flow), d.shortfalls(r.rules, flow)...)
	return p
}
