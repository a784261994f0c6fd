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
	held  model.Fen   // at least, of the others who certainly have some post
	rooms []tierPlace // weight left to fill, the cheapest first
}

// tierPlace is the places of a tier that nobody certain fills.
type tierPlace struct {
	weight int64     // of all
	each   int64     // of one
	amount model.Fen // of one, at least
}

// costs counts the certain: who never leaves between low and high, and takes no other post even if that pays
// the highest amount and the present one the lowest, stays. All others might be anywhere, but whoever never
// leaves has some post, and every place that is filled costs at least the low amount of its tier.
func (r *response) costs(low, high *Amounts) costs {
	var c costs
	certain := make([]int32, len(r.post))
	for t := range r.person {
		who := &r.person[t]
		if who.home < 0 || low[who.tier]+who.stay < who.outside {
			continue
		}
		stays := true
		least := low[who.tier] + r.steps[t][who.tier]
		for k := range who.nearest {
			if high[k]-low[who.tier] >= who.nearest[k] {
				stays = false
				least = min(least, low[k]+r.steps[t][k])
			}
		}
		if stays {
			c.fixed += least
			certain[who.home]++
		} else {
			c.held += least
		}
	}
	var rooms [model.MaxTier + 1]tierPlace
	for p := range r.post {
		post := &r.post[p]
		sure := min(certain[p], post.need)
		c.fill += int64(sure) * post.weight
		room := &rooms[post.tier]
		room.weight += int64(post.need-sure) * post.weight
		room.each, room.amount = post.weight, low[post.tier]
	}
	for _, room := range rooms {
		if room.weight > 0 {
			c.rooms = append(c.rooms, room)
		}
	}
	slices.SortFunc(c.rooms, func(a, b tierPlace) int {
		return cmp.Compare(int64(a.amount)*b.each, int64(b.amount)*a.each)
	})
	return c
}

// bound is the least cost of filling a weight: the places of least amount for their weight, of which the last
// may be filled in part.
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
	return c.fixed + max(places, c.held)
}
