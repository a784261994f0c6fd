package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// trade is what an exchange is made of: the moves that the rules and the people concerned
// allow, and what every post and school can take and spare. Whoever has no move stays.
type trade struct {
	n       *instance
	options *ExchangeOptions
	moves   []move  // in order of person, then of post
	first   []int32 // of each person: their first move; and the end
	pairs   *pairs  // present posts and moves

	open  []int // of each post: vacancies, in which chains begin
	spare []int // of each post: people whom it can do without, at whom chains end
	room  []int // of each school: people whom it may have beyond today
}

// move is one person who would leave one post for another.
type move struct {
	person, from, to int32
	ground           model.Ground
	rank, present    int       // of the new and the present school in the list, from 1; 0: none
	gain             model.Fen // of the person, a month
	cost             int64     // of the new post less that of the present one, in fen a month
	soft             int64     // the same in soft points
}

// newTrade lists the moves. It takes O(pairs) time.
func newTrade(n *instance, o *ExchangeOptions) *trade {
	x := &trade{n: n, options: o, open: make([]int, len(n.posts)), spare: make([]int, len(n.posts)), room: make([]int, len(n.schools))}
	for p := range n.posts {
		post := &n.posts[p]
		x.open[p] = max(0, post.need-post.incumbents)
		x.spare[p] = post.incumbents - post.leastHeld(o.Uncovered)
	}
	for s := range n.schools {
		x.room[s] = max(0, n.schools[s].teachingQuota-n.schools[s].incumbents)
	}
	x.addMoves(n.eligiblePairs())
	return x
}

// leastHeld is how many people an exchange leaves in a post: those it has, up to its need, less
// those that may go uncovered, but somebody where there is somebody.
func (p *post) leastHeld(uncovered int) int {
	covered := min(p.need, p.incumbents)
	return max(min(covered, 1), covered-uncovered)
}

// addMoves keeps, of all pairs, those that take somebody with a post to another school and
// leave them at least as well off.
func (x *trade) addMoves(all *pairs) {
	x.pairs = &pairs{start: []int32{0}}
	for t := range x.n.people {
		x.first = append(x.first, int32(len(x.moves)))
		for _, p := range all.of(t) {
			present := x.n.people[t].present
			if present < 0 { // the pool has nothing to exchange
				continue
			}
			if p != present {
				m, ok := x.move(int32(t), p)
				if !ok {
					continue
				}
				x.moves = append(x.moves, m)
			}
			x.pairs.post = append(x.pairs.post, p)
		}
		x.pairs.start = append(x.pairs.start, int32(len(x.pairs.post)))
	}
	x.first = append(x.first, int32(len(x.moves)))
}

// of gives the moves of one person.
func (x *trade) of(t int) []move { return x.moves[x.first[t]:x.first[t+1]] }

// must reports whether the options make somebody move.
func (x *trade) must(t int) bool {
	present := x.n.people[t].present
	if present < 0 {
		return false
	}
	pin, pinned := x.n.pins[int32(t)]
	return (pinned && pin != present) || x.n.bans[[2]int32{int32(t), present}]
}

// move weighs a pair that no rule forbids. There is none within a school, and none that leaves
// the person worse off.
func (x *trade) move(t, p int32) (m move, ok bool) {
	n := x.n
	person, post := &n.people[t], &n.posts[p]
	if post.school == person.school {
		return move{}, false
	}
	m = move{person: t, from: person.present, to: p, ground: n.ground(person, post)}
	m.cost = int64(n.cost(person, p).Total() - n.cost(person, person.present).Total())
	m.soft = n.soft(person, post, m.ground) - n.soft(person, &n.posts[person.present], model.GroundStay)
	if len(person.Preferences) > 0 {
		return m, x.rank(&m)
	}
	m.gain = x.net(person, post.school) - x.net(person, person.school)
	return m, m.gain >= 0 && (n.boarding(person, person.school) || !n.boarding(person, post.school))
}

// rank fills in what a move is worth to somebody with a list, and reports whether the new school is on
// it and before the present one. What is not on a list stands behind what is.
func (x *trade) rank(m *move) bool {
	person := &x.n.people[m.person]
	list := person.Preferences
	m.rank = 1 + slices.Index(list, x.n.posts[m.to].id.School)
	m.present = 1 + slices.Index(list, x.n.schools[person.school].ID)
	before := m.present
	if before == 0 {
		before = len(list) + 1
	}
	m.gain = model.Fen(before-m.rank) * x.n.county.Rules.PreferenceStep
	return m.rank > 0 && m.rank < before
}

// net is what a school leaves the teacher, of what depends on the school: subsidy less travel.
func (x *trade) net(t *person, school int32) model.Fen {
	return x.n.county.Subsidy.Monthly(x.n.schools[school].Tier, t.RuralYears) - x.n.travel(t, school)
}

// boarding reports whether a school is beyond the teacher's commuting range.
func (n *instance) boarding(t *person, school int32) bool {
	return n.distance(t, school) > n.county.Rules.CommuteRange
}

// entering lists the moves into each post, leaving those out of it.
func (x *trade) entering() [][]int32 {
	return x.byPost(func(m *move) int32 { return m.to })
}
func (x *trade) leaving() [][]int32 { return x.byPost(func(m *move) int32 { return m.from }) }

func (x *trade) byPost(end func(*move) int32) [][]int32 {
	by := make([][]int32, len(x.n.posts))
	for i := range x.moves {
		p := end(&x.moves[i])
		by[p] = append(by[p], int32(i))
	}
	return by
}
