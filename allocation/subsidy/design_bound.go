package subsidy

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// costs bounds from below what any schedule of a box costs, as a function of what it fills.
type costs struct {
	fixed model.Fen   // of those who stay in their posts whatever the box holds
	fill  int64       // weight that these fill
	steps model.Fen   // for years of service, at least, of the others who certainly have some post
	held  model.Fen   // amounts, at least, of the same
	rooms []tierPlace // weight left to fill, the cheapest first
}

// tierPlace is the places of a tier that nobody certain has.
type tierPlace struct {
	weight int64     // of those that are needed
	each   int64     // of one
	seats  int       // with those above need
	amount model.Fen // of one, at least
}

// costs counts the certain: who never leaves between low and high, and takes no other post even if that pays
// the highest amount and the present one the lowest, stays. All others might be anywhere, but
//
//   - every place that is filled costs at least the low amount of its tier: to fill a weight, take the places
//     of least amount for their weight;
//   - whoever never leaves has some place: as many people take the places of least amount.
//
// No schedule of the box costs less than the certain and the greater of the two.
func (r *response) costs(low, high *Amounts) costs {
	var c costs
	certain := make([]int32, len(r.post))
	others := 0
	for t := range r.person {
		who := &r.person[t]
		if who.home < 0 || low[who.tier]+who.stay < who.outside {
			continue
		}
		stays, step := true, r.steps[t][who.tier]
		for k := range who.nearest {
			if high[k]-low[who.tier] >= who.nearest[k] {
				stays, step = false, min(step, r.steps[t][k])
			}
		}
		if stays {
			c.fixed += low[who.tier] + step
			certain[who.home]++
		} else {
			others++
			c.steps += step
		}
	}
	var rooms [model.MaxTier + 1]tierPlace
	for p := range r.post {
		post := &r.post[p]
		sure := min(certain[p], post.need)
		room := &rooms[post.tier]
		c.fill += int64(sure) * post.weight
		room.weight += int64(post.need-sure) * post.weight
		room.seats += max(int(post.need), r.supply.Posts[p].Incumbent) - int(certain[p])
		room.each, room.amount = post.weight, low[post.tier]
	}
	for _, room := range rooms { // amounts ascend with the tier
		if room.seats > 0 {
			c.rooms = append(c.rooms, room)
			taken := min(others, room.seats)
			c.held += model.Fen(taken) * room.amount
			others -= taken
		}
	}
	slices.SortFunc(c.rooms, func(a, b tierPlace) int {
		return cmp.Compare(int64(a.amount)*b.each, int64(b.amount)*a.each)
	})
	return c
}

// bound is the least cost of filling a weight; the last place may be filled in part.
func (c *costs) bound(fill int64) model.Fen {
	rest, places := fill-c.fill, model.Fen(0)
	for _, room := range c.rooms {
		if rest <= 0 {
			break
		}
		part := min(rest, room.weight)
		places += model.Fen(part * int64(room.amount) / room.each)
		rest -= part
	}
	return c.fixed + c.steps + max(places, c.held)
}
