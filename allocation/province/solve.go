package province

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Options says how far to go. The zero value goes on until the prices are final and no county has anything better near its share.
type Options struct {
	Gap        float64       // accepted relative gap of the first level, (value − bound) / max(1, |value|)
	Iterations int           // of the prices at one level, at most; 0: 60
	Rounds     int           // in which counties propose again near their shares; 0: 1 where no county's network has more than 5,000 arcs, else none; below 0: none
	Closing    int           // questions to each county to close the gap that is left; a county that needs more leaves it open; 0: 20 to 500, fewer for larger counties; below 0: none
	Workers    int           // counties asked at once; 0: one for each processor. It never changes a result
	TimeLimit  time.Duration // 0: none. What is best then is returned
	Progress   func(Progress)
}

// Progress is a glimpse of the search, after each round of prices.
type Progress struct {
	Level            string
	Iteration        int
	Objective, Bound int64
	Proposals        int
}

const (
	defaultIterations = 60
	defaultRounds     = 1
	roundsArcs        = 5_000 // of the largest network that is asked where rounds are left open
)

// Validate reports every fault, joined *[Error].
func (o Options) Validate() error {
	var faults []error
	fault := func(field string, value any, want string) {
		faults = append(faults, &Error{Field: field, Value: fmt.Sprint(value), Want: want})
	}
	if !(o.Gap >= 0 && o.Gap <= 1) {
		fault("gap", o.Gap, "a share from 0 to 1")
	}
	if o.Iterations < 0 {
		fault("iterations", o.Iterations, "0 or more")
	}
	if o.Workers < 0 {
		fault("workers", o.Workers, "0 or more")
	}
	if o.TimeLimit < 0 {
		fault("time limit", o.TimeLimit, "0 or more")
	}
	return errors.Join(faults...)
}

// proposal is a county's proposal with its reduced cost at the prices of the best bound, over their scale.
type proposal struct {
	*allocation.Proposal
	reduced int64
}

// member is a county in the search.
type member struct {
	*County
	applied    *model.County // with its applicants
	applicants []model.TeacherID
	places     int // that it may have at most
	proposer   *allocation.Proposer
	proposals  []*proposal
	cheapest   model.Fen // that it needs at the least
}

// add takes a proposal in and reports whether it is new. Its people are dropped where another has the same figures.
func (m *member) add(p *allocation.Proposal) bool {
	for _, q := range m.proposals {
		if q.Subsidy == p.Subsidy && len(q.Hired) == len(p.Hired) && slices.Equal(q.Levels, p.Levels) {
			return false
		}
	}
	m.proposals = append(m.proposals, &proposal{Proposal: p})
	return true
}

// search is the whole state of Solve.
type search struct {
	*Province
	options Options
	members []*member
	names   []string // of the levels
	chosen  []int    // the best choice so far: a proposal of each county
	levels  []int64  // its levels
	posted  posted   // at the first level
	stop    Stop
	asked   int  // rounds of prices, over all levels
	cut     bool // the last choice had too many labels to be exact
}

// Solve shares the budget and the places of a province. It does not change the counties.
//
// The shares are lexicographically as good as the interval of each level says. Where the context ends or time is up, what is best so far is returned with err == nil, its bound, and the
// reason. The same province and options give the same result, whatever the number of workers, unless time ends the search.
//
// Errors: joined *[Error] for a province or options that are not valid; *[InfeasibleError] where the budget is below what the people cost whom no rule moves; *[CountyError]
// for a county that is not valid or has no lawful plan; *allocation.StoppedError where the search ended before every county had proposed. It takes the memory of
// every county with its network and its proposals at once, about 10 kB for each teacher, and one search for a plan more for each worker.
func Solve(ctx context.Context, p *Province, o Options) (*Result, error) {
	if err := errors.Join(p.Validate(), o.Validate()); err != nil {
		return nil, err
	}
	if o.Iterations == 0 {
		o.Iterations = defaultIterations
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.TimeLimit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.TimeLimit)
		defer cancel()
	}
	s := &search{Province: p, options: o, names: []string{model.LevelShortage, model.LevelUnplaced, model.LevelSoft, model.LevelCost}}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	levels, err := s.descend(ctx)
	if err != nil {
		return nil, err
	}
	return s.result(ctx, levels)
}

// CountyError says in which county something went wrong.
type CountyError struct {
	County string
	Err    error
}

func (e *CountyError) Error() string { return fmt.Sprintf("county %q: %v", e.County, e.Err) }

// Unwrap gives the cause.
func (e *CountyError) Unwrap() error { return e.Err }

// each does something for every county, by several workers. The error is the first in order of counties, or that of the context.
func (s *search) each(ctx context.Context, do func(c int, m *member) error) error {
	failed := make([]error, len(s.members))
	next := make(chan int)
	var group sync.WaitGroup
	for range min(s.options.Workers, len(s.members)) {
		group.Go(func() {
			for c := range next {
				if err := do(c, s.members[c]); err != nil {
					failed[c] = &CountyError{s.members[c].Name, err}
				}
			}
		})
	}
	for c := range s.members {
		next <- c
	}
	close(next)
	group.Wait()
	failed = append(failed, ctx.Err()) // what was answered after the end may be cut short
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// open prepares the counties and asks each for its cheapest plan without places and for its best at no price.
func (s *search) open(ctx context.Context) error {
	for i := range s.Counties {
		c := &s.Counties[i]
		m := &member{County: c, places: s.Places}
		if c.MostPlaces != nil {
			m.places = min(m.places, *c.MostPlaces)
		}
		s.members = append(s.members, m)
	}
	err := s.each(context.WithoutCancel(ctx), func(_ int, m *member) (err error) {
		if err := m.County.County.Validate(); err != nil {
			return err
		}
		if m.applied, m.applicants, err = withApplicants(m.County, m.places); err != nil {
			return err
		}
		if m.proposer, err = allocation.NewProposer(m.applied, m.applicants); err != nil {
			return err
		}
		least, err := m.proposer.At(ctx, allocation.Prices{Subsidy: 1}, 0)
		if err != nil {
			return err
		}
		best, err := m.proposer.At(ctx, allocation.Prices{}, m.places)
		if err != nil {
			return err
		}
		m.cheapest = model.Fen(max(0, least.Bound))
		m.add(least)
		m.add(best)
		return nil
	})
	if err != nil {
		return err
	}
	infeasible := &InfeasibleError{Budget: s.Budget}
	for _, m := range s.members {
		infeasible.Least += m.cheapest
		infeasible.Counties = append(infeasible.Counties, m.cheapest)
	}
	if infeasible.Least > s.Budget {
		return infeasible
	}
	s.adopt(make([]int, len(s.members)))
	if money, _ := s.left(); money < 0 { // only where the search was cut short
		return &allocation.StoppedError{Stop: stopReason(ctx), Cause: context.Cause(ctx)}
	}
	s.choose(nil)
	return nil
}

// adopt makes a choice the best one.
func (s *search) adopt(chosen []int) {
	s.chosen, s.levels = chosen, make([]int64, len(s.names))
	for c, j := range chosen {
		for k, v := range s.members[c].proposals[j].Levels {
			s.levels[k] += v
		}
	}
}

// choose looks for a better choice among all proposals, with the room that a bound leaves, and reports whether there is one.
func (s *search) choose(at *posted) bool {
	counties := make([][]*proposal, len(s.members))
	for c, m := range s.members {
		counties[c] = m.proposals
		for _, p := range m.proposals {
			p.reduced = at.reduced(c, p, len(s.members))
		}
	}
	var chosen []int
	chosen, s.cut = choose(counties, int64(s.Budget), int64(s.Places), at.room(s.levels))
	if chosen == nil {
		return false
	}
	before := s.levels
	old := s.chosen
	if s.adopt(chosen); slices.Compare(s.levels, before) >= 0 {
		s.chosen, s.levels = old, before
		return false
	}
	return true
}

// left is what the best choice does not use.
func (s *search) left() (money model.Fen, places int) {
	money, places = s.Budget, s.Places
	for c, j := range s.chosen {
		money -= s.members[c].proposals[j].Subsidy
		places -= len(s.members[c].proposals[j].Hired)
	}
	return money, places
}

// stopped notes why the context ended the search; other errors it gives back.
func (s *search) stopped(ctx context.Context, err error) error {
	var cut *allocation.StoppedError
	if ctx.Err() == nil || !(errors.As(err, &cut) || errors.Is(err, ctx.Err())) {
		return err
	}
	s.stop = StopCancelled
	if stopReason(ctx) == model.StopTime {
		s.stop = StopTime
	}
	return nil
}

// stopReason says how a context ended.
func stopReason(ctx context.Context) model.StopReason {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return model.StopTime
	}
	return model.StopCancelled
}

// descend goes through the levels, most important first, as far as they are proven.
func (s *search) descend(ctx context.Context) ([]Level, error) {
	levels := make([]Level, len(s.names))
	conditional := false
	for k := range levels {
		levels[k] = Level{Name: s.names[k], Conditional: conditional}
		if conditional {
			continue
		}
		at, err := s.price(ctx, k)
		closed := false
		if err == nil && s.stop == "" {
			closed, err = s.improve(ctx, k, at)
		}
		if err != nil {
			return nil, err
		}
		if k == 0 {
			s.posted = *at
		}
		if closed {
			for j := k; j < len(levels); j++ {
				levels[j] = Level{Name: s.names[j], Bound: s.levels[j]}
			}
			break
		}
		levels[k].Bound = min(at.bound, s.levels[k])
		conditional = levels[k].Bound < s.levels[k]
	}
	for k := range levels {
		l := &levels[k]
		if l.Objective = s.levels[k]; l.Conditional {
			l.Bound = 0
		}
		l.Gap = solver.RelativeGap(l.Objective, l.Bound)
		l.Proven = !l.Conditional && l.Bound == l.Objective
	}
	if s.stop == "" {
		s.stop = StopConverged
		if !conditional {
			s.stop = StopOptimal
		}
	}
	return levels, nil
}
