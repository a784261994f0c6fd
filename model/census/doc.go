// Package census makes counties from school censuses: one CSV file with a row a
// school, as ministries publish them. A mapping file, and no code, says what
// the columns mean; another country needs another mapping only.
//
// # What is real and what is drawn
//
// A census has schools, enrolment, the number of teachers and, with luck,
// positions. A planner needs grades, classes, people and their subjects as well.
// What the census has is taken over as it is. What it lacks follows from
// assumptions that the mapping states; each of them goes to Origin.Assumed of
// the county, so every output shows them. The people are drawn by
// [synthetic.DrawTeachers] from a seed, exactly as many in each school as the census
// counts; so the county is called synthetic.
//
// # How a county is made
//
//   - Grades: the kind of a school, by its level and type, gives its grades. Its n
//     pupils are split evenly over its k grades by largest remainder: ⌈n/k⌉ in the
//     first n mod k grades, ⌊n/k⌋ in the others.
//   - Classes are left to the class cap, or follow from a class size of the kind:
//     ⌈pupils / class size⌉ a grade.
//   - Seat: of a district, the position of the school with most pupils among its urban
//     schools, or among all where none is urban (ties: the lower id). The seat of
//     the county is that of the district named first.
//   - Hardship tier: 0 for an urban school; else by road distance
//     ⌊great circle · road factor⌋ to the seat of its own district, the last step
//     of the mapping that is not beyond it. A school whose position is unknown counts as at the seat.
//   - Homes: a census has no townships. Cells of a grid stand for them, each at the
//     mean position of its schools, so that no home is finer than a cell.
//   - Staffing quota: none, so posts follow from the ratios of the rules; or, for
//     kinds with norms of their own, the teachers in post.
//
// # Faults
//
// Real censuses have gaps. Every kind of fault has a treatment in the mapping, by
// default to refuse the file. What was done to which school is a [Finding]; what
// concerns a county is listed in its Origin.Assumed.
package census
