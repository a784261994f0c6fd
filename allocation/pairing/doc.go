// Package pairing chooses which strong school supports which rural one (集团化、对口帮扶), so that every rural school has a partner (帮扶全覆盖).
//
// With R the rural or weak schools that are not strong, S the strong ones, z_rs = 1 where s supports r, u_r = 1 where nobody does, and K the most that a
// school supports,
//
//	Σ_s z_rs + u_r = 1     every r          z_rs only where s and r have a stage in common
//	Σ_r z_rs ≤ K           every s
//
// lexicographically: fewest u_r; where partners are to be kept, fewest that change; fewest vacancies of r in a stage and subject that s does not teach
// (Σ z_rs · misfit_rs), since who supports is to send such people; the most even load (Σ_s n_s²); fewest metres of road. It is a minimum-cost flow, so the optimum is
// proven at every level.
//
// S holds the schools outside the county that can run or support schools in it (县域外优质学校托管) as well, each with a K of its own and the subjects in which it
// helps: [model.OutsideSchool].
//
// Who is supported when is a schedule: with Y years and n schools, ⌈n · k / Y⌉ by the end of year k, the hardest places first, so that all are covered
// by the last.
package pairing
