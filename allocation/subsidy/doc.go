// Package subsidy decides hardship subsidies (差别化补贴): how teachers answer money,
// what that is worth, and which amounts a county should pay.
//
// # The acceptance model: the interface in short
//
//	m := subsidy.SyntheticModel()                         // or Estimate(...).Model: Mean, Spread, Covariance, Observed
//	supply := subsidy.NewSupply(county, subsidy.OfferedVacant) // Posts, People
//	tastes := m.Tastes(200, seed)                         // one for a conditional logit, draws of people for a mixed one
//	alternatives = supply.Alternatives(alternatives[:0], person, county.Subsidy) // present post, posts offered, last: outside
//	p = subsidy.Probabilities(p[:0], tastes, alternatives) // sums to 1
//
// A fast way through many schedules: for each taste t the utility of an alternative is
//
//	t.Base(&a.Values) + t[AttributeSubsidy] · Units(schedule.Monthly(a.Tier, person.RuralYears))
//
// so that what does not depend on the schedule is worked out once, and by tier:
// with L_k = ln Σ_{a in tier k} exp Base(a), P(tier k) = exp(β s_k + L_k) / Σ exp(β s_i + L_i).
package subsidy
