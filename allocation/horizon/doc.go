// Package horizon carries a county through several years, one plan after the other.
//
// A year is planned, and the county as it stands a year later follows from the plan: pupils go up a grade, people serve the year where the plan has them,
// and who reaches the day of retirement leaves. What comes from outside (recruits, people who leave, schools that close, other enrolment, other rules) is a
// scenario of the year.
//
// Pupils. In a school that has grade g and g+1 the pupils of g are those of g+1 a year later, times the share that stays. Where a school ends below a grade, its
// pupils go on to the schools that begin with that grade or have no pupils to move up to it, in proportion to the pupils that those have in the grade
// now, by largest remainder, so that nobody is lost to rounding. Grade 1 changes with births. A share of the pupils of rural schools moves to town schools with
// the grade, likewise.
//
// People. Who stays serves one year more; who moves has one year at the new school; a year in a rural school counts as rural service; a year of leave or
// secondment counts as none. An exchange that ends within the year brings its teacher back; a service term that ends is over, and its teacher stays; leave that
// ends is over; a maternity exemption ends with the year. A wish to move that was granted is granted.
//
// Plans are made one year at a time: each is optimal for its year, and no bound of all years together is claimed.
package horizon
