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
	rooms []tierPlace // weight left to fill, by tier; when sorted, the cheapest first
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
		taken := min(others, room.seats)
		c.held += model.Fen(taken) * room.amount
		others -= taken
	}
	c.rooms = rooms[:]
	return c
}

// add joins the costs of another response to the same box: the sum of both is bounded by the sums, since places
// of a tier cost the same in both, and max(a, b) + max(c, d) ≥ max(a+c, b+d).
func (c *costs) add(other *costs) {
	c.fixed += other.fixed
	c.fill += other.fill
	c.steps += other.steps
	c.held += other.held
	for k := range c.rooms {
		room, more := &c.rooms[k], &other.rooms[k]
		room.weight, room.seats = room.weight+more.weight, room.seats+more.seats
	}
}

// sort puts the tiers that have places in order of cost.
func (c *costs) sort() {
	c.rooms = slices.DeleteFunc(c.rooms, func(room tierPlace) bool { return room.weight <= 0 })
	slices.SortStableFunc(c.rooms, func(a, b tierPlace) int {
		return cmp.Compare(int64(a.amount)*b.each, int64(b.amount)*a.each)
	})
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

// priced bounds from below Whole · cost − price · fill over what fills at most a weight. It is convex
// and piecewise linear in the fill: filling more pays while the places cost no more than held, and beyond that
// while the next one is cheaper than the price.
func (c *costs) priced(price int64, fill int64) int64 {
	rest, places, gain := fill-c.fill, int64(0), price*c.fill
	for _, room := range c.rooms {
		part := min(rest, room.weight)
		if part <= 0 {
			break
		}
		cost := part * int64(room.amount) / room.each
		if int64(room.amount)*int64(model.Whole) >= price*room.each && places+cost > int64(c.held) {
			if free := int64(c.held) - places; free > 0 { // some of the room comes with who is held
				gain += price * min(part, (free+1)*room.each/int64(room.amount)+1)
				places = int64(c.held)
			}
			break
		}
		gain += price * part
		places += cost
		rest -= part
	}
	return int64(c.fixed+c.steps+max(model.Fen(places), c.held))*int64(model.Whole) - gain
}
