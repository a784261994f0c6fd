package subsidy

import (
	"cmp"
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// response is how a county's people answer a schedule when nothing is left to chance: what they
// see of a post is all that they go by, in money.
//
//   - v_tp = FenPerUnit · Base(x_tp) / β, rounded to the fen, is what a post is worth to a person
//     without any base amount, with the steps for years of service in it; o_t the same for the outside option.
//   - Who has a post p0 may keep it, and leaves if v + s of it is below o_t.
//   - Another post p is accepted if v_tp + s_p is above what p0 gives and not below o_t; the pool
//     compares with o_t alone. So acceptance is a threshold on s_p − s_p0 and one on s_p.
//   - The county places those who accept: the greatest weight of need that can be filled while everybody
//     who stays has a post that they accept, by chains of moves where need be.
//
// The last is a maximum-weight basis of a transversal matroid: the sets of places that can be filled
// at once. From everybody's present post, each vacancy is tried once, the heaviest first; a chain of
// acceptances to somebody free or above need fills it, or to a lighter place, which it
// then empties. What fails once fails for good, so all failures together look at each
// acceptance once. Among assignments of the greatest weight it is the one that shortest chains
// from the present lead to; its payroll is the cost.
//
// Edmonds and Fulkerson, "Transversals and matroid partition", Journal of Research of the National
// Bureau of Standards 69B (1965); Mendelsohn and Dulmage, Canadian Journal of Mathematics 10 (1958).
type response struct {
	supply *Supply
	post   []responsePost // beside supply.Posts
	person []responsePerson
	order  []int32 // posts with need, the heaviest first
	steps  [][model.MaxTier + 1]model.Fen
	offers []offer
	first  []int32 // of the offers of each post and group; post · groups + group
	need   int
	weight int64 // of all need
}

// groups of offers of a post: who is in tier 0 to 6 now, the pool, and the post's own people.
const (
	groupPool = int(model.MaxTier) + 1
	groupOwn  = groupPool + 1
	groups    = groupOwn + 1
)

type responsePost struct {
	tier   model.Tier
	need   int32
	weight int64 // of each place
}

type responsePerson struct {
	home    int32     // the present post, −1 for the pool
	tier    int       // of home, or groupPool
	stay    model.Fen // value of home without base amount
	outside model.Fen
	// nearest[k] is the least s_k − s_home at which the person takes some post of tier k; for the
	// pool the least s_k.
	nearest [model.MaxTier + 1]model.Fen
}

// offer is a post that a person takes if s_post − s_home > above and s_post ≥ least.
type offer struct {
	person int32
	above  int32
	least  int32
}

// never is a threshold that no amount reaches.
const never = model.Fen(math.MaxInt32)

// newResponse works out the thresholds that amounts from low to high can reach. weights are those of
// a place by tier. It takes O(alternatives · log) time; memory is linear in the
// acceptances that the amounts can bring about.
func newResponse(s *Supply, taste *Taste, weights [model.MaxTier + 1]int64, low, high Amounts) (*response, error) {
	if !(taste[AttributeSubsidy] > 0) {
		return nil, &NoMoneyError{Absent: taste[AttributeSubsidy] == 0, Value: taste[AttributeSubsidy]}
	}
	perUnit := float64(FenPerUnit) / taste[AttributeSubsidy]
	var alternatives []Alternative
	var worth []model.Fen
	return respond(s, weights, low, high, func(t int) ([]Alternative, []model.Fen) {
		alternatives, worth = s.Alternatives(alternatives[:0], t, nil), worth[:0]
		for i := range alternatives {
			worth = append(worth, money(taste.Base(&alternatives[i].Values), perUnit))
		}
		return alternatives, worth
	}), nil
}

// respond is newResponse for any values: appraise gives a person's alternatives, the outside option last, with what each
// is worth without subsidy, until the next call.
func respond(s *Supply, weights [model.MaxTier + 1]int64, low, high Amounts, appraise func(t int) ([]Alternative, []model.Fen)) *response {
	r := &response{supply: s, post: make([]responsePost, len(s.Posts)), person: make([]responsePerson, len(s.People))}
	for p := range s.Posts {
		post := &s.Posts[p]
		r.post[p] = responsePost{tier: post.Tier, need: int32(post.Need), weight: weights[post.Tier]}
		r.need += post.Need
		r.weight += int64(post.Need) * weights[post.Tier]
		if post.Need > 0 {
			r.order = append(r.order, int32(p))
		}
	}
	slices.SortStableFunc(r.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.post[b].weight, r.post[a].weight), cmp.Compare(r.post[b].tier, r.post[a].tier))
	})
	r.addOffers(appraise, low, high)
	return r
}

// money gives a utility in fen, cut at what an int32 holds.
func money(utility, perUnit float64) model.Fen {
	const most = math.MaxInt32 / 4
	return model.Fen(math.Round(max(-most, min(most, float64(utility*perUnit)))))
}

func (r *response) addOffers(appraise func(t int) ([]Alternative, []model.Fen), low, high Amounts) {
	s := r.supply
	last := s.County.Subsidy
	r.steps = make([][model.MaxTier + 1]model.Fen, len(s.People))
	type placed struct {
		post  int32
		group int32
		offer offer
	}
	var all []placed
	for t := range s.People {
		who := &s.People[t]
		for k := range r.steps[t] {
			r.steps[t][k] = last.Monthly(model.Tier(k), who.RuralYears) - last.Monthly(model.Tier(k), 0)
		}
		alternatives, worth := appraise(t)
		value := func(i int) model.Fen { return worth[i] + r.steps[t][alternatives[i].Tier] }
		person := responsePerson{home: who.Present, tier: groupPool, outside: worth[len(worth)-1]}
		for k := range person.nearest {
			person.nearest[k] = never
		}
		for i := range alternatives {
			if a := &alternatives[i]; a.Post >= 0 && a.Post == who.Present {
				person.tier, person.stay = int(a.Tier), value(i)
				all = append(all, placed{a.Post, int32(groupOwn), offer{int32(t), 0, int32(person.outside - person.stay)}})
			}
		}
		for i := range alternatives {
			a := &alternatives[i]
			if a.Post < 0 || a.Post == who.Present {
				continue
			}
			v, k := value(i), a.Tier
			o := offer{int32(t), 0, int32(person.outside - v)}
			threshold, reach := person.outside-v, high[k]
			if person.home >= 0 {
				o.above = int32(person.stay - v)
				threshold, reach = max(person.stay-v+1, threshold-high[person.tier]), high[k]-low[person.tier]
			}
			person.nearest[k] = min(person.nearest[k], threshold)
			if threshold <= reach && model.Fen(o.least) <= high[k] {
				all = append(all, placed{a.Post, int32(person.tier), o})
			}
		}
		r.person[t] = person
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.post, b.post), cmp.Compare(a.group, b.group), cmp.Compare(a.offer.above, b.offer.above),
			cmp.Compare(a.offer.least, b.offer.least), cmp.Compare(a.offer.person, b.offer.person))
	})
	r.first = make([]int32, len(r.post)*groups+1)
	r.offers = make([]offer, len(all))
	for i := range all {
		r.offers[i] = all[i].offer
		r.first[int(all[i].post)*groups+int(all[i].group)+1]++
	}
	for i := 1; i < len(r.first); i++ {
		r.first[i] += r.first[i-1]
	}
}

// placing is one answer to a schedule, and room to find it in.
type placing struct {
	at     []int32 // by person: a post, −1 for none
	people []int32 // by post
	fill   int64   // weight of the need that is filled

	seen  []int32 // by post: the search that came here
	dead  []bool  // by post: no chain from here ends anywhere
	via   []link  // by post seen: who would leave it, for which post
	queue []int32
}

type link struct{ person, to int32 }

func (r *response) newPlacing() *placing {
	return &placing{at: make([]int32, len(r.person)), people: make([]int32, len(r.post)), seen: make([]int32, len(r.post)),
		dead: make([]bool, len(r.post)), via: make([]link, len(r.post))}
}

// answer finds who is where when every tier pays between low and high: exactly, where the two are the
// same, and else with every acceptance that some schedule between them brings about, so that the
// fill is a bound on each of theirs.
func (r *response) answer(low, high *Amounts, into *placing) {
	clear(into.people)
	clear(into.seen)
	clear(into.dead)
	for t := range r.person {
		who := &r.person[t]
		into.at[t] = -1
		if who.home >= 0 && high[who.tier]+who.stay >= who.outside {
			into.at[t] = who.home
			into.people[who.home]++
		}
	}
	search := int32(0)
	for _, p := range r.order {
		for !into.dead[p] && into.people[p] < r.post[p].need {
			search++
			if !r.fillOne(p, low, high, into, search) {
				break
			}
		}
	}
	into.fill = 0
	for p := range r.post {
		into.fill += int64(min(into.people[p], r.post[p].need)) * r.post[p].weight
	}
}

// fillOne looks for a chain that fills one more place of post p, breadth first.
func (r *response) fillOne(p int32, low, high *Amounts, s *placing, search int32) bool {
	s.queue = append(s.queue[:0], p)
	s.seen[p] = search
	lightest := int32(-1)
	for head := 0; head < len(s.queue); head++ {
		q := s.queue[head]
		most := high[r.post[q].tier]
		for group := groups - 1; group >= 0; group-- {
			gap := int32(math.MaxInt32)
			if group < groupPool {
				gap = int32(most - low[group])
			}
			at := int(q)*groups + group
			for _, o := range r.offers[r.first[at]:r.first[at+1]] {
				if o.above >= gap {
					break
				}
				if model.Fen(o.least) > most {
					continue
				}
				c := s.at[o.person]
				switch {
				case c == q:
				case c < 0 || s.people[c] > r.post[c].need:
					r.move(o.person, q, p, s)
					return true
				case s.seen[c] != search && !s.dead[c]:
					s.seen[c], s.via[c] = search, link{o.person, q}
					s.queue = append(s.queue, c)
					if lightest < 0 || r.post[c].weight < r.post[lightest].weight {
						lightest = c
					}
				}
			}
		}
	}
	if lightest >= 0 && r.post[lightest].weight < r.post[p].weight {
		r.move(s.via[lightest].person, s.via[lightest].to, p, s)
		return true
	}
	for _, q := range s.queue {
		s.dead[q] = true
	}
	return false
}

// move carries out a chain: the person goes to post q, and whoever the search would send on from there goes
// on, up to post p.
func (r *response) move(person, q, p int32, s *placing) {
	if c := s.at[person]; c >= 0 {
		s.people[c]--
	}
	for s.at[person] = q; q != p; s.at[person] = q {
		person, q = s.via[q].person, s.via[q].to
	}
	s.people[p]++
}

// payroll is what everybody who has a post is paid, fen a month.
func (r *response) payroll(a *Amounts, s *placing) model.Fen {
	total := model.Fen(0)
	for t, p := range s.at {
		if p >= 0 {
			k := r.post[p].tier
			total += a[k] + r.steps[t][k]
		}
	}
	return total
}
