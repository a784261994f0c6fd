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

// RoundsOptions says how the hiring rounds are run. It is plain data whose zero value
// works.
type RoundsOptions struct {
	Seed      uint64            `json:"seed"`                 // published before the rounds: breaks ties of points, and of equal plans unless 0
	Points    *PointWeights     `json:"points,omitempty"`     // of who has no points on record; nil: those of the rules
	Refuse    []model.TeacherID `json:"refuse,omitempty"`     // who will not be placed by the county (不服从调剂)
	TimeLimit time.Duration     `json:"time_limit,omitempty"` // of the county adjustment, in nanoseconds; 0: none
	Workers   int               `json:"workers,omitempty"`    // as in model.Options
}

// PointWeights are the weights of points, named here so that callers need one import less.
type PointWeights = model.PointWeights

// Round names one of the hiring rounds.
type Round string

// The rounds, in order.
const (
	RoundInSchool   Round = "in-school"  // each school hires among its own people (校内竞聘)
	RoundDistrict   Round = "district"   // open posts of the school district (学区内跨校竞聘)
	RoundCounty     Round = "county"     // open posts of the county (县内跨校竞聘)
	RoundAdjustment Round = "adjustment" // the county places who is left (县域统筹调剂)
)

// RoundReason says why a round decided as it did on somebody.
type RoundReason string

const (
	ReasonDirect    RoundReason = "direct"    // kept without competing: may not be moved or let go (直接聘用)
	ReasonRanked    RoundReason = "ranked"    // hired by rank (按积分聘用)
	ReasonOutranked RoundReason = "outranked" // all places went to people of higher rank (排名未入围)
	ReasonTitles    RoundReason = "titles"    // the post had a place, but none for the person's title class (职称岗位已满)
	ReasonNoPlace   RoundReason = "no-place"  // the post has no place to fill (岗位无空额)
	ReasonNoPost    RoundReason = "no-post"   // no open post that the rules and the list allow (无可报岗位)
	ReasonAdjusted  RoundReason = "adjusted"  // placed by the county (统筹调剂)
	ReasonDeclined  RoundReason = "declined"  // will not be placed by the county: retraining (不服从调剂，待岗培训)
	ReasonLeftOver  RoundReason = "left-over" // no vacancy was open that was not better filled: retraining (无适合空岗，待岗培训)
)

// RoundDecision is what one round decided on one person.
type RoundDecision struct {
	Round   Round           `json:"round"`
	Teacher model.TeacherID `json:"teacher"`
	From    model.PostID    `json:"from,omitzero"`  // held when the round began
	To      model.PostID    `json:"to,omitzero"`    // held when it ended; zero: none
	Reason  RoundReason     `json:"reason"`         // of To; where the person asked in vain, of Asked
	Asked   model.PostID    `json:"asked,omitzero"` // the post that the figures below are of: the one that hired, else the most wanted
	Choice  int             `json:"choice,omitempty"`
	Points  int             `json:"points"`
	Rank    int             `json:"rank,omitempty"` // in the ranking of Asked, from 1
	Of      int             `json:"of,omitempty"`   // people in that ranking
	CutOff  CutOff          `json:"cut_off,omitzero"`
}

// CutOff is the last person whom a post hired in a round. The zero CutOff means that it
// hired nobody.
type CutOff struct {
	Points int `json:"points"`
	Rank   int `json:"rank"` // in the ranking of the post, from 1
}

// RoundPost is how one post came out of a round.
type RoundPost struct {
	model.PostID
	Places int    `json:"places"` // open to newcomers when the round began, not counting those that movers leave
	Ranked int    `json:"ranked"` // people in the ranking
	Hired  int    `json:"hired"`
	CutOff CutOff `json:"cut_off,omitzero"`
}

// RoundLedger accounts for everybody: People = Posted + Surplus, Posts = Filled + Open,
// Posted = Filled + Over. Who is away is no part of it. Title classes are counted where schools have a
// quota for them.
type RoundLedger struct {
	People  int `json:"people"`
	Posted  int `json:"posted"`  // hold a post
	Surplus int `json:"surplus"` // hold none
	Posts   int `json:"posts"`   // people that the posts ask for
	Filled  int `json:"filled"`
	Open    int `json:"open"`
	Over    int `json:"over"` // people above the need of their post

	Senior TitleLedger `json:"senior,omitzero"` // senior posts (高级岗位)
	Middle TitleLedger `json:"middle,omitzero"` // middle posts (中级岗位)
}

// RoundStep is one round.
type RoundStep struct {
	Round  Round       `json:"round"`
	Took   int         `json:"took_part"` // people whom it decided on
	Hired  int         `json:"hired"`     // people whom it gave a post that they did not hold; in the first round, all whom it hired
	Ledger RoundLedger `json:"ledger"`    // after the round
	Posts  []RoundPost `json:"posts,omitempty"`

	// Market is what the round was run on by matching.Protect and matching.DeferredAcceptance, so
	// that anybody can run it again; nil for the county adjustment.
	Market *matching.Market `json:"-"`
}

// RoundsResult is what the rounds came to.
type RoundsResult struct {
	Format    int             `json:"format"`
	Software  string          `json:"software"`
	CountyID  model.CountyID  `json:"county"`
	Hash      string          `json:"county_hash"` // of the county as it was given
	Date      model.Date      `json:"date"`
	Origin    model.Origin    `json:"origin,omitzero"`
	Options   RoundsOptions   `json:"options"`
	Points    PointWeights    `json:"point_weights"` // that were used
	Before    RoundLedger     `json:"before"`
	Steps     []RoundStep     `json:"rounds"`
	Decisions []RoundDecision `json:"decisions"` // in order of round, then of teacher

	// County is the county after the first round: who was not hired is in the pool, who was hired
	// into another post of the school teaches it. Plan is a plan of this county, not of the one given.
	County *model.County `json:"-"`
	Plan   *model.Plan   `json:"-"`
}

// Rounds runs the three hiring rounds of "county-managed, school-hired" on a county.
//
// Points. Where points (积分) are on record they count, else they are computed by the
// weights of the rules or the options (model.PointWeights). More points go first; equal points go by a lottery (matching.Lottery) that
// anybody can draw again from the seed.
//
// Round 1, in-school (校内竞聘). Who may not be let go keeps the present post without
// competing: a running term or exchange, an exemption, near retirement. The places left
// at post p are f_p = max(0, d_p − held_p), and where a school has fewer people left to its quota
// than Σ f_p, that number is divided over its posts in proportion to f_p. Everybody else
// asks for the present post, then for the other posts of the school that the rules on
// qualification, stage and language allow, main subject first. Who asked to leave competes
// too, and is not worse off for having asked.
//
// Round 2, cross-school (跨校竞聘), within the school district of the school that
// one comes from, then in the county. Those without a post (落聘) and those who asked to move
// and were not bound or moved before apply to posts of other schools and their own that no
// rule forbids (Rules): the schools of their list in order, or without a list the nearest
// first, within the greatest forced distance. Who asked to move keeps the present post until
// another is won, and then leaves it open to others. Nobody is hired where the post is above
// its need or the school above its quota. Recruits wait for round 3.
//
// Title quotas (职称结构比例) bind in round 2 where their rule is not off: of each class a school hires
// no more newcomers across schools than it has posts left for, r = max(0, Q − people of the class), beside those who take
// the place of one of the class who leaves the same post. Posts are filled apart, so r is divided
// over them in proportion to the people of the class who are qualified and for whom there could be a place;
// lists have no part in it, so that nobody gains by a false one. A place of the class that its post can't use stays
// open to round 3, where the rule itself binds. In round 1 nobody comes from elsewhere.
//
// Both rounds are deferred acceptance in which teachers propose, present posts safe
// (matching.Protect). So nobody is refused by a post that hires somebody of lower rank, and
// to state one's true list is best for everybody.
//
// Round 3, county adjustment (县域统筹调剂). Solve plans the people and the posts that are
// left: whoever holds a post is pinned to it. Who will not be placed, or for whom no post is
// left, goes to retraining (待岗培训).
//
// Errors: joined *model.FieldError for a county or options that are not valid;
// *[InfeasibleError] where the result of the first rounds breaks a hard rule that cuts across
// the network, with the pins in conflict; *[StoppedError]. The rounds before the adjustment take
// O(E log n) time and O(E) memory for E applications.
//
// Gale and Shapley, American Mathematical Monthly 69 (1962); Pereyra, Games and Economic
// Behavior 80 (2013).
func Rounds(ctx context.Context, c *model.County, options RoundsOptions) (*RoundsResult, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	weights := c.Rules.Points
	if options.Points != nil {
		weights = *options.Points
	}
	before := newInstance(c, &model.Options{Seed: options.Seed, TimeLimit: options.TimeLimit, Workers: options.Workers})
	if err := options.validate(before); err != nil {
		return nil, err
	}
	r := &RoundsResult{Format: model.Format, Software: Software, CountyID: c.ID, Hash: c.Hash(), Date: c.Date,
		Origin: c.Origin, Options: options, Points: weights, Before: before.roundLedger(before.asTheyAre())}
	h := newHiring(before, &options, weights)
	for _, round := range []func(*RoundsResult) error{h.inSchool, h.inDistrict, h.wholeCounty} {
		if err := round(r); err != nil {
			return nil, err
		}
	}
	if err := h.adjust(ctx, r); err != nil {
		return nil, err
	}
	return r, nil
}

// validate reports every fault of the options, each a *model.FieldError.
func (o *RoundsOptions) validate(n *instance) error {
	faults := []error{validateOptions(n, n.options)}
	fault := func(index int, field string, value any, want string) {
		faults = append(faults, &model.FieldError{Table: "options", Index: index, Field: field, Value: fmt.Sprint(value), Want: want})
	}
	if o.Points != nil {
		for _, w := range o.Points.List() {
			if *w.Value < 0 || *w.Value > model.MaxPointWeight {
				fault(-1, "points."+w.Name, *w.Value, fmt.Sprintf("0 to %d points", model.MaxPointWeight))
			}
		}
	}
	for i, id := range o.Refuse {
		person, found := n.byTeacher[id]
		switch {
		case !found:
			fault(i, "refuse", id, "a teacher of the county"+didYouMean(id, sortedKeys(n.byTeacher)))
		case person < 0:
			fault(i, "refuse", id, "a teacher who is not on leave, seconded or retired")
		case slices.Contains(o.Refuse[:i], id):
			fault(i, "refuse", id, "each teacher once")
		}
	}
	return errors.Join(faults...)
}

// roundLedger counts who holds a post, and what of the need is filled.
func (n *instance) roundLedger(to []int32) RoundLedger {
	l := RoundLedger{People: len(to)}
	held := n.heldBy(to)
	for p := range n.posts {
		need := n.posts[p].need
		l.Posted += held[p]
		l.Posts += need
		l.Filled += min(need, held[p])
		l.Open += max(0, need-held[p])
		l.Over += max(0, held[p]-need)
	}
	l.Surplus = l.People - l.Posted
	l.Senior, l.Middle = n.titleLedger(to, model.TitleClassSenior), n.titleLedger(to, model.TitleClassMiddle)
	return l
}

// heldBy counts the people of each post.
func (n *instance) heldBy(to []int32) []int {
	held := make([]int, len(n.posts))
	for _, p := range to {
		if p >= 0 {
			held[p]++
		}
	}
	return held
}

// openPlaces gives how many newcomers each post may hire: f_p = max(0, need − held), and where
// a school's quota leaves room for fewer, that room in proportion to f_p.
func (n *instance) openPlaces(held []int) []int {
	open := make([]int, len(n.posts))
	postsOf, people := make([][]int32, len(n.schools)), make([]int, len(n.schools))
	for p := range n.posts {
		s := n.posts[p].school
		open[p] = max(0, n.posts[p].need-held[p])
		postsOf[s] = append(postsOf[s], int32(p))
		people[s] += held[p]
	}
	for s, posts := range postsOf {
		room, wanted := max(0, n.schools[s].teachingQuota-people[s]), []int{}
		sum := 0
		for _, p := range posts {
			wanted = append(wanted, open[p])
			sum += open[p]
		}
		if sum <= room {
			continue
		}
		for i, part := range apportion(room, wanted) {
			open[posts[i]] = part
		}
	}
	return open
}

func (r *RoundsResult) add(step RoundStep, decisions []RoundDecision) {
	slices.SortFunc(decisions, func(a, b RoundDecision) int { return cmp.Compare(a.Teacher, b.Teacher) })
	step.Took = len(decisions)
	r.Steps = append(r.Steps, step)
	r.Decisions = append(r.Decisions, decisions...)
}
