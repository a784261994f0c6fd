package horizon

import (
	"math/bits"

	"github.com/xianguan/xianguan/model"
)

// Spending holds what is spent on education against the rule that it never falls, in total and for each pupil (Fuxin, section 4(2)), and what the plan costs beside it.
type Spending struct {
	Total    model.Fen `json:"total,omitempty"`     // a year, as given; 0: not given
	PerPupil model.Fen `json:"per_pupil,omitempty"` // a year
	Falls    bool      `json:"falls,omitempty"`     // the total is below that of the year before
	PupilLow bool      `json:"per_pupil_falls,omitempty"`
	Subsidy  model.Fen `json:"subsidy"` // hardship subsidies of the plan, a year
	Cost     model.Fen `json:"cost"`    // all costs of the plan's last level, a year
}

const months = 12

// lessEach reports whether a over m is less than b over n, in whole numbers: amounts rounded to the fen could hide a fall.
func lessEach(a model.Fen, m int, b model.Fen, n int) bool {
	high, low := bits.Mul64(uint64(a), uint64(n))
	otherHigh, otherLow := bits.Mul64(uint64(b), uint64(m))
	return high < otherHigh || high == otherHigh && low < otherLow
}

// spend fills in the spending of the years.
func spend(years []Year, amounts []model.Fen) {
	for k := range years {
		y := &years[k]
		s := &y.Spending
		s.Subsidy, s.Cost = months*y.Plan.Cost.Subsidy, months*y.Plan.Cost.Total()
		if k >= len(amounts) {
			continue
		}
		s.Total, s.PerPupil = amounts[k], amounts[k]/model.Fen(max(1, y.Pupils))
		if k > 0 {
			before := &years[k-1]
			s.Falls = s.Total < before.Spending.Total
			s.PupilLow = lessEach(s.Total, y.Pupils, before.Spending.Total, before.Pupils)
		}
	}
}
