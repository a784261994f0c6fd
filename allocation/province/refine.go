package province

import (
	"context"
	"errors"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// improve looks for better choices, and reports whether the best one is now the joint optimum at this level and all after it.
func (s *search) improve(ctx context.Context, level int, at *posted) (closed bool, err error) {
	s.choose(at)
	if err := s.refine(ctx, level, at); err != nil || s.stop != "" || s.settled(level, at) {
		return false, err
	}
	return s.close(ctx, at)
}

// settled reports whether a level needs no better choice: it is proven, or its gap is accepted, which is noted.
func (s *search) settled(level int, at *posted) bool {
	switch {
	case s.levels[level] <= at.bound:
		return true
	case level > 0 || s.options.Gap <= 0 || solver.RelativeGap(s.levels[0], at.bound) > s.options.Gap:
		return false
	}
	s.stop = StopGap
	return true
}

// rounds is in how many rounds counties propose near their shares.
func (s *search) rounds() int {
	if s.options.Rounds != 0 {
		return s.options.Rounds
	}
	for _, m := range s.members {
		if m.proposer.Arcs() > roundsArcs {
			return 0
		}
	}
	return defaultRounds
}

// question asks a county for its best plan within so much money and so many places.
type question struct {
	county int
	money  model.Fen
	places int
}

// refine lets counties propose near their shares, until there is nothing new to ask.
func (s *search) refine(ctx context.Context, level int, at *posted) error {
	asked := map[question]bool{}
	for range s.rounds() {
		if s.settled(level, at) {
			return nil
		}
		questions := s.near(asked)
		if len(questions) == 0 {
			return nil
		}
		news := make([][]*allocation.Proposal, len(s.members))
		err := s.each(ctx, func(c int, m *member) error {
			for _, x := range questions[c] {
				p, err := m.proposer.Within(ctx, x.money, x.places)
				var none *allocation.InfeasibleError
				if errors.As(err, &none) {
					continue
				}
				if err != nil {
					return err
				}
				news[c] = append(news[c], p)
			}
			return nil
		})
		for c, m := range s.members { // what came in time counts
			for _, p := range news[c] {
				m.add(p)
			}
		}
		s.choose(at)
		if err != nil {
			return s.stopped(ctx, err)
		}
	}
	return nil
}

// near gives the questions to each county that were not asked yet: its share with what is unspent on top, with one step less, with the most that one other county would free
// on top, and with a place less.
func (s *search) near(asked map[question]bool) map[int][]question {
	questions := map[int][]question{}
	money, places := s.left()
	freed := s.freed()
	for c, m := range s.members {
		share := m.proposals[s.chosen[c]]
		b, q := share.Subsidy, len(share.Hired)
		for _, x := range []question{{c, b + money, q + places}, {c, b - 1, q + places}, {c, b + money + freed[c], q + places}, {c, b + money, q - 1}} {
			x.places = min(x.places, m.places)
			if x.money >= m.cheapest && x.places >= 0 && !asked[x] {
				asked[x] = true
				questions[c] = append(questions[c], x)
			}
		}
	}
	return questions
}

// freed gives for each county the most money that one other would free by its next cheaper proposal.
func (s *search) freed() []model.Fen {
	saving := make([]model.Fen, len(s.members))
	for c, m := range s.members {
		now, next := m.proposals[s.chosen[c]].Subsidy, model.Fen(-1)
		for _, p := range m.proposals {
			if p.Subsidy < now && p.Subsidy > next {
				next = p.Subsidy
			}
		}
		if next >= 0 {
			saving[c] = now - next
		}
	}
	freed := make([]model.Fen, len(s.members))
	for c := range freed {
		for d := range saving {
			if d != c {
				freed[c] = max(freed[c], saving[d])
			}
		}
	}
	return freed
}
