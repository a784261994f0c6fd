package subsidy

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// supplement is a response in which single schools have something to give on top of the amounts of their tiers: money of
// their own, or a place to live. It is a copy, so that the response it comes from stays as it is.
type supplement struct {
	response
	base *response
	held []offer // room
}

func newSupplement(base *response) *supplement {
	s := &supplement{response: *base, base: base}
	s.person, s.offers = slices.Clone(base.person), slices.Clone(base.offers)
	return s
}

// reset takes all supplements back.
func (s *supplement) reset() {
	copy(s.person, s.base.person)
	copy(s.offers, s.base.offers)
}

// give makes every post of a school worth more, by worth to each person. With x what is given to t,
//
//	v_tp' = v_tp + x     for the posts p of the school,
//
// so that for those who come the thresholds on its amounts fall by x, and for its own people those on the amounts of other schools
// rise by x. Between two posts of the school nothing changes. Several schools may give, one after the other. The
// response must hold the acceptances that amounts higher by x bring about. It takes O(offers · log) time.
func (s *supplement) give(school int32, worth func(person int32) model.Fen) {
	posts := s.supply.Posts
	at := func(p int32) bool { return p >= 0 && posts[p].School == school }
	tier := -1
	for p := range posts {
		if posts[p].School == school {
			tier = int(posts[p].Tier)
			s.cheapen(int32(p), at, worth)
		}
	}
	if tier < 0 {
		return
	}
	for p := range posts {
		if posts[p].School != school {
			s.hold(s.segment(int32(p), tier), at, worth)
		}
	}
	for t := range s.person {
		if who := &s.person[t]; at(who.home) {
			who.stay += worth(int32(t))
		}
	}
}

// cheapen lowers the thresholds on the amount of a post of the school.
func (s *supplement) cheapen(p int32, at func(p int32) bool, worth func(person int32) model.Fen) {
	for group := range groups {
		offers := s.segment(p, group)
		for i := range offers {
			o := &offers[i]
			x := int32(worth(o.person))
			o.least -= x
			if group < groupPool && !at(s.person[o.person].home) {
				o.above -= x
			}
		}
		slices.SortFunc(offers, offer.compare)
	}
}

// hold raises what the school's own people want for a post elsewhere. They are few among the offers of a segment, so they are
// taken out, put in order and merged back: sorting the whole would be most of the time of a search.
func (s *supplement) hold(offers []offer, at func(p int32) bool, worth func(person int32) model.Fen) {
	s.held = s.held[:0]
	rest := 0
	for _, o := range offers {
		if at(s.person[o.person].home) {
			o.above += int32(worth(o.person))
			s.held = append(s.held, o)
		} else {
			offers[rest] = o
			rest++
		}
	}
	if len(s.held) == 0 {
		return
	}
	slices.SortFunc(s.held, offer.compare)
	for to, held := len(offers)-1, len(s.held)-1; held >= 0; to-- { // from the back, where there is room
		if rest > 0 && offers[rest-1].compare(s.held[held]) > 0 {
			rest--
			offers[to] = offers[rest]
		} else {
			offers[to] = s.held[held]
			held--
		}
	}
}

// segment is the offers of a post and group.
func (r *response) segment(p int32, group int) []offer {
	at := int(p)*groups + group
	return r.offers[r.first[at]:r.first[at+1]]
}

// compare orders the offers of a segment: those that little money brings about first.
func (o offer) compare(other offer) int {
	return cmp.Or(cmp.Compare(o.above, other.above), cmp.Compare(o.least, other.least), cmp.Compare(o.person, other.person))
}

// filledAt is how much of a school's need is filled, and how many people it has.
func (r *response) filledAt(school int32, s *placing) (filled, people int) {
	for p := range r.post {
		if r.supply.Posts[p].School == school {
			filled += int(min(s.people[p], r.post[p].need))
			people += int(s.people[p])
		}
	}
	return filled, people
}
