package allocation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/model"
)

// MechanismsOptions says how mechanisms are compared. It is plain data whose zero value works.
type MechanismsOptions struct {
	Seed      uint64        `json:"seed"`                 // of the lottery among equal points, and among equal plans unless 0
	PerPost   bool          `json:"per_post,omitempty"`   // a lot at each post instead of one for all
	TimeLimit time.Duration `json:"time_limit,omitempty"` // of each search for a plan, in nanoseconds; 0: none
	Workers   int           `json:"workers,omitempty"`    // as in model.Options
}

// MechanismsResult is the same county under many mechanisms.
type MechanismsResult struct {
	Format    int               `json:"format"`
	Software  string            `json:"software"`
	CountyID  model.CountyID    `json:"county"`
	Hash      string            `json:"county_hash"`
	Date      model.Date        `json:"date"`
	Origin    model.Origin      `json:"origin,omitzero"`
	Options   MechanismsOptions `json:"options"`
	People    int               `json:"people"`     // who can be planned
	Taking    int               `json:"taking"`     // of them, who take part in the market
	Posts     int               `json:"posts"`      // people that the posts ask for
	RuralNeed int               `json:"rural_need"` // of them, at rural schools
	Rows      []MechanismRow    `json:"mechanisms"` // as they are, the mechanisms, the rounds, the plan

	// Market is what the mechanisms were run on.
	Market *matching.Market `json:"-"`
}

// The rows that are no mechanism of package matching.
const (
	RowPresent = "present" // everybody stays
	RowRounds  = "rounds"  // the three hiring rounds
	RowPlan    = "plan"    // the optimizer
)

// MechanismRow is one outcome for the whole county, in the same terms whatever it came from.
type MechanismRow struct {
	Name     string    `json:"name"`           // of the mechanism in package matching, or one of the rows above
	Err      string    `json:"error,omitzero"` // why there is no outcome; the figures are then 0
	Filled   int       `json:"filled"`         // of the need of the posts
	Surplus  int       `json:"surplus"`        // people without a post
	Rank     float64   `json:"mean_rank"`      // mean place, on their own lists, of what those get who take part and get something on it
	OffList  int       `json:"off_list"`       // who take part and get a post that is not on their list
	Blocking int       `json:"blocking"`       // blocking pairs: somebody who takes part wants a post more that has a free place or a person of lower rank
	Envy     int       `json:"envy"`           // of these, those with a person of lower rank
	WorseOff int       `json:"worse_off"`      // who take part, had a post, and get none or one that they want less
	Moved    int       `json:"moved"`          // people who get a post that they did not have
	Rural    int       `json:"rural_filled"`   // of the need of rural posts
	Cost     model.Fen `json:"cost"`           // of everybody, a month, as in the last level of the objective
}

// Mechanisms runs every mechanism of package matching on one county, and beside them the three hiring rounds and the
// optimizer, and gives what each comes to in the same figures.
//
// The market. Those take part who have no post, and those who asked to move and are not bound by a term or an
// exchange; everybody else stays. The posts are its schools. A post has the places that are open if they all leave: its need,
// and no more newcomers than the school's quota has room for (see [Rounds]). A list has the posts that no rule forbids, in the order
// of Rounds, and at its end the present post. Posts rank by points (积分), equal points by the lottery. Since all posts
// rank alike, "da", "da-school", "ttc" and "serial" agree unless each post draws its own lots, and differ from "da-present"
// by what becomes of those who hold a post.
// Serial dictatorship, the chains of "ttcc" and the reserve of "multistage" go by points. For the mechanisms with floors, a rural post has as its floor
// the people who are there now and as its target its capacity; another post has its people as the target, so that rural
// places are filled first. "couples" is left out: a county has no joint lists. Title quotas and rules that cut across the
// network bind in the rounds and in the plan alone.
//
// Blocking pairs are counted for all outcomes in the same way: on the lists and rankings of the market, with the places that
// are left by those who don't take part. The present post of a person of lower rank is no exception: where it is
// protected, that shows as envy.
//
// Errors are those of Rounds and Solve. Time is that of Rounds, Solve and the slowest mechanism, O(n E log S) for "rank".
func Mechanisms(ctx context.Context, c *model.County, o MechanismsOptions) (*MechanismsResult, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	solving := &model.Options{Seed: o.Seed, TimeLimit: o.TimeLimit, Workers: o.Workers}
	n := newInstance(c, solving)
	if err := validateOptions(n, solving); err != nil {
		return nil, err
	}
	m := newComparison(n, o)
	r := &MechanismsResult{Format: model.Format, Software: Software, CountyID: c.ID, Hash: c.Hash(), Date: c.Date, Origin: c.Origin,
		Options: o, People: len(n.people), Taking: len(m.contest.people), Market: m.market}
	for i := range n.posts {
		r.Posts += n.posts[i].need
		if n.rural(int32(i)) {
			r.RuralNeed += n.posts[i].need
		}
	}
	r.Rows = append(r.Rows, m.row(RowPresent, n.asTheyAre()))
	for _, mechanism := range matching.Mechanisms() {
		if mechanism.Name == "couples" {
			continue
		}
		row, err := m.run(mechanism)
		if err != nil {
			return nil, err
		}
		r.Rows = append(r.Rows, row)
	}
	rounds, err := Rounds(ctx, c, RoundsOptions{Seed: o.Seed, TimeLimit: o.TimeLimit, Workers: o.Workers})
	if err != nil {
		return nil, err
	}
	plan, err := Solve(ctx, c, solving)
	if err != nil {
		return nil, err
	}
	r.Rows = append(r.Rows, m.row(RowRounds, n.planned(rounds.Plan)), m.row(RowPlan, n.planned(plan)))
	return r, nil
}

// comparison is one county with its market.
type comparison struct {
	n       *instance
	hiring  *hiring
	contest contest
	market  *matching.Market // its schools are posts[i]
	posts   []int32
	problem *matching.Problem
	lottery matching.Lottery
	order   []int32 // applicants by points
}

// newComparison builds the market of a county. O(E log n) for E list entries.
func newComparison(n *instance, o MechanismsOptions) *comparison {
	m := &comparison{n: n, hiring: newHiring(n, &RoundsOptions{Seed: o.Seed}, n.county.Rules.Points), lottery: matching.Lottery{Seed: o.Seed, PerSchool: o.PerPost}}
	h := m.hiring
	held := n.heldBy(h.to)
	m.contest = contest{places: n.openPlaces(held)}
	for t := range n.people {
		if person := &n.people[t]; person.present < 0 || (person.Volunteer && !person.bound) {
			m.contest.people = append(m.contest.people, int32(t))
		}
	}
	open := h.openToNewcomers(&m.contest, held)
	for _, t := range m.contest.people {
		m.contest.lists = append(m.contest.lists, h.wishes(t, open, ""))
	}
	var rankings []ranking
	m.market, rankings = h.market(&m.contest)
	for i := range m.market.Applicants {
		if a := &m.market.Applicants[i]; a.Present != "" {
			a.List = append(a.List, a.Present)
		}
	}
	for i := range rankings {
		m.posts = append(m.posts, rankings[i].post)
		s := &m.market.Schools[i]
		s.Target = s.Capacity - rankings[i].places
		if n.rural(rankings[i].post) {
			s.Floor, s.Target = s.Target, s.Capacity
		}
	}
	problem, err := matching.NewProblem(m.market, m.lottery)
	if err != nil {
		panic(fmt.Sprintf("allocation: the market of a valid county is not valid: %v", err))
	}
	m.problem = problem
	m.order = problem.LotteryOrder()
	slices.SortStableFunc(m.order, func(a, b int32) int {
		return cmp.Compare(h.points[m.contest.people[b]], h.points[m.contest.people[a]])
	})
	return m
}

// run applies a mechanism. Floors that can't be met are no error of the comparison.
func (m *comparison) run(mechanism matching.Mechanism) (MechanismRow, error) {
	result, err := mechanism.Run(m.problem, matching.Options{Order: slices.Clone(m.order), Chains: matching.ChainRule{Order: slices.Clone(m.order)}}, nil)
	var none *matching.InfeasibleError
	if errors.As(err, &none) {
		return MechanismRow{Name: mechanism.Name, Err: none.Error()}, nil
	}
	if err != nil {
		return MechanismRow{}, err
	}
	to := m.n.asTheyAre()
	for i, t := range m.contest.people {
		to[t] = -1
		if s := result[i]; s != matching.None {
			to[t] = m.posts[s]
		}
	}
	return m.row(mechanism.Name, to), nil
}

// row works the figures of an outcome out.
func (m *comparison) row(name string, to []int32) MechanismRow {
	n := m.n
	row := MechanismRow{Name: name}
	held := n.heldBy(to)
	for p := range n.posts {
		filled := min(n.posts[p].need, held[p])
		row.Filled += filled
		if n.rural(int32(p)) {
			row.Rural += filled
		}
	}
	for t, p := range to {
		switch {
		case p < 0:
			row.Surplus++
			continue
		case p != n.people[t].present:
			row.Moved++
		}
		row.Cost += n.cost(&n.people[t], p).Total()
	}
	ranks, got := 0, 0
	for i, t := range m.contest.people {
		wish := m.wish(i, to[t])
		switch {
		case wish > 0:
			ranks, got = ranks+wish, got+1
		case to[t] >= 0:
			row.OffList++
		}
		if own := m.wish(i, n.people[t].present); own > 0 && (wish == 0 || wish > own) {
			row.WorseOff++
		}
	}
	if got > 0 {
		row.Rank = float64(ranks) / float64(got)
	}
	row.Blocking, row.Envy = m.blocking(to, held)
	return row
}

// wish is the place of a post on the list of the i-th person who takes part, 0 if it is not there. The present post
// stands at the end.
func (m *comparison) wish(i int, p int32) int {
	if p < 0 {
		return 0
	}
	list := m.contest.lists[i]
	if p == m.n.people[m.contest.people[i]].present {
		return len(list) + 1
	}
	return 1 + slices.Index(list, p)
}

// blocking counts the blocking pairs of an outcome, and those with envy. It goes by a market of its own, with
// the places that those leave in this outcome who don't take part.
func (m *comparison) blocking(to []int32, held []int) (pairs, envy int) {
	n := m.n
	people := make([]int, len(n.schools))
	for p := range n.posts {
		people[n.posts[p].school] += held[p]
	}
	after := &matching.Market{Applicants: make([]matching.Applicant, len(m.market.Applicants)), Schools: slices.Clone(m.market.Schools)}
	schools, taking, holders := map[string]string{}, make([]int, len(n.posts)), make([]int, len(n.posts))
	for i, t := range m.contest.people {
		a := m.market.Applicants[i]
		after.Applicants[i] = matching.Applicant{ID: a.ID, List: a.List}
		if p := n.people[t].present; p >= 0 {
			holders[p]++
		}
		if p := to[t]; p >= 0 {
			taking[p]++
			if _, wanted := slices.BinarySearch(m.posts, p); wanted {
				schools[a.ID] = n.posts[p].id.String()
			}
		}
	}
	for i, p := range m.posts {
		s := &after.Schools[i]
		left := max(0, n.posts[p].incumbents-holders[p]-(held[p]-taking[p])) // by those who don't take part
		free := max(0, min(n.posts[p].need-held[p], n.schools[n.posts[p].school].teachingQuota-people[n.posts[p].school]))
		s.Capacity = max(taking[p], min(taking[p]+free, s.Capacity+left))
		s.Floor, s.Target = 0, 0
	}
	problem, err := matching.NewProblem(after, m.lottery)
	if err != nil {
		panic(fmt.Sprintf("allocation: the market of an outcome is not valid: %v", err))
	}
	result, err := problem.Match(schools)
	if err != nil {
		panic(fmt.Sprintf("allocation: an outcome does not fit its market: %v", err))
	}
	found := matching.BlockingPairs(problem, result)
	for i := range found {
		if found[i].Instead != matching.None {
			envy++
		}
	}
	return len(found), envy
}

// rural reports whether a post is at a rural school.
func (n *instance) rural(p int32) bool { return n.schools[n.posts[p].school].Rural }

// planned is the assignment of a plan of the same people, or of the county that the first round left.
func (n *instance) planned(plan *model.Plan) []int32 {
	to := make([]int32, len(n.people))
	for t := range to {
		to[t] = -1
	}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		if t := n.byTeacher[a.Teacher]; t >= 0 && !a.To.IsZero() {
			to[t] = n.byPost[a.To]
		}
	}
	return to
}
