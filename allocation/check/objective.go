package check

import (
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
)

// level is one recomputed level of the objective.
type level struct {
	name  string
	value int64
}

// outcome is what follows from the seats.
type outcome struct {
	levels []level
	ledger model.Ledger
	cost   model.Cost
	costs  []model.Cost // by seat
}

// evaluate recomputes every level of the objective, the costs and the ledger.
func (a *audit) evaluate() outcome {
	found := outcome{ledger: a.ledger(), costs: make([]model.Cost, len(a.seats))}
	cost, lottery, changes := int64(0), int64(0), a.changes()
	for i := range a.seats {
		s := &a.seats[i]
		if s.to.IsZero() {
			continue
		}
		part := a.costOf(s)
		found.costs[i] = part
		found.cost = addCost(found.cost, part)
		if a.options.Seed != 0 {
			lottery += draw(a.options.Seed, a.Teachers[s.teacher].ID, s.to)
		}
	}
	for _, part := range []model.Fen{found.cost.Subsidy, found.cost.Travel, found.cost.Preference, found.cost.Move} {
		cost = plus(cost, int64(part))
	}
	if keep := a.options.Keep; keep != nil && keep.PerChange > 0 {
		cost = plus(cost, mulDiv(changes, int64(keep.PerChange), 1))
	}
	found.levels = []level{
		{model.LevelShortage, a.shortage()},
		{model.LevelUnplaced, int64(found.ledger.Unplaced)},
		{model.LevelSoft, a.soft()},
		{model.LevelCost, cost},
	}
	if a.options.Seed != 0 {
		found.levels = append(found.levels, level{model.LevelLottery, lottery})
	}
	if keep := a.options.Keep; keep != nil && keep.PerChange == 0 {
		place := 2 // after shortage and unplaced
		if keep.First {
			place = 0
		}
		found.levels = slices.Insert(found.levels, place, level{model.LevelChanges, changes})
	}
	return found
}

// shortage is convex in the shortage u_p = max(0, d_p − Σ_t x_tp) of each post
// and in the sum U_s of each school:
//
//	Σ_p Σ_{i=1..u_p} ⌊(2i−1) W_p / d_p⌋ + Σ_s Σ_{i=1..U_s} ⌊(2i−1) V_s / D_s⌋
//	W_p = ⌊(10000 + tier step · tier) · subject weight / 10000⌋
//	V_s = ⌊(10000 + tier step · tier) · school weight / 10000⌋
func (a *audit) shortage() int64 {
	step, share := a.Rules.TierWeightStep, a.Rules.SchoolWeight
	if w := a.options.Weights.TierStep; w != nil {
		step = *w
	}
	if w := a.options.Weights.School; w != nil {
		share = *w
	}
	total := int64(0)
	needOf, shortOf := map[model.SchoolID]int{}, map[model.SchoolID]int{}
	for post, need := range a.need {
		short := max(0, need-a.filled[post])
		needOf[post.School] += need
		shortOf[post.School] += short
		subject, named := a.options.Weights.Subject[post.Subject]
		if !named {
			subject = model.Whole
		}
		total = plus(total, convex(short, need, a.weight(post.School, step, subject)))
	}
	for school, need := range needOf {
		total = plus(total, convex(shortOf[school], need, a.weight(school, step, share)))
	}
	return total
}

// weight is ⌊(10000 + step · tier) · share / 10000⌋. Weights below 0 count as 0;
// the record is at fault for them.
func (a *audit) weight(school model.SchoolID, step, share model.Share) int64 {
	tier := int64(0)
	if s := a.school[school]; s != nil {
		tier = int64(s.Tier)
	}
	hardship := int64(model.Whole) + int64(max(0, step))*tier
	return mulDiv(hardship, int64(max(0, share)), int64(model.Whole))
}

// convex is Σ_{i=1..short} ⌊(2i−1) · weight / need⌋, about weight · short² / need.
func convex(short, need int, weight int64) int64 {
	total := int64(0)
	for i := 1; i <= short; i++ {
		total = plus(total, mulDiv(int64(2*i-1), weight, int64(need)))
	}
	return total
}

// soft is, over rotation moves, compelled + claim point · points + claim year ·
// rural years, and off subject for everybody who teaches outside the main
// subject, whether they move or stay, and weight · shortfall of every soft rule that cuts
// across the network.
func (a *audit) soft() int64 {
	total, r := int64(0), &a.Rules
	for i := range a.seats {
		s := &a.seats[i]
		t := &a.Teachers[s.teacher]
		if s.ground == model.GroundRotation {
			total += int64(r.CompelledWeight) + int64(r.ClaimPointWeight)*int64(t.Points) + int64(r.ClaimYearWeight)*int64(t.RuralYears)
		}
		if !s.to.IsZero() && s.to.Subject != t.Main {
			total += int64(r.OffSubjectWeight)
		}
	}
	for _, c := range a.conditions {
		total = plus(total, c.Points)
	}
	return total
}

// costOf is the cost of a seat with a post, in fen a month.
func (a *audit) costOf(s *seat) model.Cost {
	t, p0, r := &a.Teachers[s.teacher], a.present[s.teacher], &a.Rules
	var cost model.Cost
	if school := a.school[s.to.School]; school != nil {
		cost.Subsidy = a.Subsidy.Monthly(school.Tier, t.RuralYears)
	}
	cost.Travel = a.travel(s)
	if len(t.Preferences) > 0 && (s.to != p0 || t.Volunteer) {
		cost.Preference = r.PreferenceUnlisted
		if rank := slices.Index(t.Preferences, s.to.School); rank >= 0 {
			cost.Preference = model.Fen(rank) * r.PreferenceStep
		}
	}
	if !p0.IsZero() && s.to.School != p0.School {
		cost.Move = r.MoveCost
	}
	return cost
}

// travel is ⌊2 · d · trips · fare / 1000⌋ with d the road distance in metres from
// home, or for the pool without a home from the county seat.
func (a *audit) travel(s *seat) model.Fen {
	home, known := a.home(s.teacher)
	if !known {
		home = a.Seat
	}
	d, trips := a.road(home, s.to.School), a.Rules.BoardingTrips
	if d <= a.Rules.CommuteRange {
		trips = a.Rules.CommuteDays
	}
	return model.Fen(mulDiv(2*int64(d)*int64(trips), int64(a.Rules.TravelPerKilometre), 1000))
}

// addCost adds part by part and can't overflow.
func addCost(c, d model.Cost) model.Cost {
	add := func(a, b model.Fen) model.Fen { return model.Fen(plus(int64(a), int64(b))) }
	return model.Cost{Subsidy: add(c.Subsidy, d.Subsidy), Travel: add(c.Travel, d.Travel),
		Preference: add(c.Preference, d.Preference), Move: add(c.Move, d.Move)}
}

// draw is the lottery number of a teacher in a post: the 64-bit FNV-1a hash of
// the text "seed|teacher|post" (Fowler, Noll and Vo), modulo 1024.
func draw(seed uint64, teacher model.TeacherID, post model.PostID) int64 {
	hash := fnv.New64a()
	hash.Write([]byte(strconv.FormatUint(seed, 10) + "|" + string(teacher) + "|" + post.String()))
	return int64(hash.Sum64() % 1024)
}

// ledger counts people and places:
// People = Posted + Unplaced + Away, Need = Filled + Short, and where every
// rule holds, Posted = Filled + Over.
func (a *audit) ledger() model.Ledger {
	l := model.Ledger{People: len(a.Teachers)}
	for i := range a.Teachers {
		place := a.first[i]
		switch posted := place >= 0 && !a.seats[place].to.IsZero(); {
		case a.away[i]:
			l.Away++
		case !posted:
			l.Unplaced++
		default:
			l.Posted++
			if a.seats[place].to != a.present[i] {
				l.Moved++
			}
		}
	}
	for _, need := range a.need {
		l.Need += need
	}
	for post, filled := range a.filled {
		l.Filled += min(filled, a.need[post])
		l.Over += max(0, filled-a.need[post])
	}
	l.Short = l.Need - l.Filled
	return l
}
