package allocation

import (
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
)

// cost is the last level of the objective for teacher t in post p, by part; the
// package comment has the formulas.
func (n *instance) cost(t *person, p int32) model.Cost {
	place := n.posts[p].school
	school := &n.schools[place]
	cost := model.Cost{
		Subsidy:    n.county.Subsidy.Monthly(school.Tier, t.RuralYears),
		Travel:     n.travel(t, place),
		Preference: n.preference(t, p),
	}
	if t.school >= 0 && t.school != place {
		cost.Move = n.county.Rules.MoveCost
	}
	return cost
}

// travel is the fare of a month: ⌊2 · d · trips · fare / 1000⌋.
func (n *instance) travel(t *person, school int32) model.Fen {
	rules := &n.county.Rules
	distance := n.distance(t, school)
	trips := rules.CommuteDays
	if distance > rules.CommuteRange {
		trips = rules.BoardingTrips
	}
	return model.Fen(2 * int64(distance) * int64(trips) * int64(rules.TravelPerKilometre) / 1000)
}

// distance is the road distance from home, and for the pool without a home from
// the county seat. It is 0 from a present school whose position is unknown.
func (n *instance) distance(t *person, school int32) model.Metres {
	switch {
	case t.road != nil:
		return t.road[school]
	case t.school < 0:
		return n.seat[school]
	}
	return 0
}

// preference is the loss of rank. Staying loses nothing, unless the teacher
// asked to move.
func (n *instance) preference(t *person, p int32) model.Fen {
	if len(t.Preferences) == 0 || (p == t.present && !t.Volunteer) {
		return 0
	}
	if rank := slices.Index(t.Preferences, n.posts[p].id.School); rank >= 0 {
		return model.Fen(rank) * n.county.Rules.PreferenceStep
	}
	return n.county.Rules.PreferenceUnlisted
}

// soft is the shortfall on soft rules of teacher t in post p, in soft points.
// Compelled moves go first to those with the fewest points (积分) and the fewest rural
// years served; money has no part in it.
func (n *instance) soft(t *person, p *post, ground model.Ground) int64 {
	rules := &n.county.Rules
	points := int64(0)
	if ground == model.GroundRotation {
		points = int64(rules.CompelledWeight) + int64(rules.ClaimPointWeight)*int64(t.Points) +
			int64(rules.ClaimYearWeight)*int64(t.RuralYears)
	}
	if p.id.Subject != t.Main {
		points += int64(rules.OffSubjectWeight)
	}
	return points
}

// lots is the number of different lots of the lottery.
const lots = 1024

// lot draws the lot of teacher t for post p from a published seed: 64-bit FNV-1a
// over "seed|teacher|post", modulo lots. Anybody can draw it again.
func lot(seed uint64, t model.TeacherID, p model.PostID) int64 {
	hash := fnv.New64a()
	text := append(strconv.AppendUint(nil, seed, 10), '|')
	text = append(append(text, t...), '|')
	hash.Write(append(text, p.String()...)) // a hash never fails to write
	return int64(hash.Sum64() % lots)
}
