package model

// SubsidySchedule is the hardship subsidy (差别化补贴) by hardship tier and,
// where the county has it so, by completed years of rural service. Lines are in
// order of tier, then of years. Validate holds it to the policy: strictly
// increasing with the tier, never falling with service (越往基层，越是艰苦，待遇越高).
type SubsidySchedule []SubsidyLine

// SubsidyLine is the monthly amount in a tier from a number of years on.
type SubsidyLine struct {
	Tier      Tier `json:"tier"`
	FromYears int  `json:"from_years"` // completed years of rural service
	Monthly   Fen  `json:"monthly"`
}

// Monthly is the amount a month for a tier and completed years of rural
// service: the line of the tier with the most years not above them. It is 0
// where the schedule has no line. It takes O(lines) time.
func (s SubsidySchedule) Monthly(tier Tier, years int) Fen {
	amount, from := Fen(0), -1
	for _, line := range s {
		if line.Tier == tier && line.FromYears <= years && line.FromYears > from {
			amount, from = line.Monthly, line.FromYears
		}
	}
	return amount
}
