package synthetic

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// How many near places a draw looks at.
const (
	nearSchools   = 14
	nearTownships = 6
)

// nearby answers what lies near a place. Answers are kept, since many people
// share a place; each costs one pass over all schools or townships.
type nearby struct {
	c         *model.County
	narrowing int64 // of a degree of longitude, in thousandths of a degree of latitude
	townships map[model.Position][]int
	schools   map[schoolQuestion][]int
	township  map[model.TownshipID]int
	towns     []int // townships that have a town school
}

type schoolQuestion struct {
	at    model.Position
	stage model.Stage
	rural bool // rural schools only
}

func newNearby(c *model.County) *nearby {
	n := &nearby{c: c, townships: map[model.Position][]int{}, schools: map[schoolQuestion][]int{},
		township: map[model.TownshipID]int{}}
	for i := range c.Townships {
		n.township[c.Townships[i].ID] = i
	}
	town := make([]bool, len(c.Townships))
	for i := range c.Schools {
		s := &c.Schools[i]
		if place, found := n.township[s.Township]; found && s.Town && !town[place] {
			town[place] = true
			n.towns = append(n.towns, place)
		}
		if n.narrowing == 0 && !s.Position.IsZero() {
			n.narrowing = narrowing(s.Position.Lat)
		}
	}
	slices.Sort(n.towns)
	return n
}

// narrowing is the cosine of a latitude in thousandths.
func narrowing(lat int32) int64 {
	return int64(math.Round(1000 * math.Cos(float64(lat)*math.Pi/180e6)))
}

// apart is a squared distance on the plane, good for an order of near places.
func (n *nearby) apart(a, b model.Position) int64 {
	north, east := int64(a.Lat-b.Lat), int64(a.Lon-b.Lon)*n.narrowing/1000
	return north*north + east*east
}

// around gives the townships nearest to a place, itself among them if it is one.
func (n *nearby) around(at model.Position) []int {
	list, known := n.townships[at]
	if !known {
		list = nearest(len(n.c.Townships), nearTownships, func(i int) int64 {
			return n.distance(at, n.c.Townships[i].Position)
		})
		n.townships[at] = list
	}
	return list
}

// town gives the nearest township that has a town school; false without any.
func (n *nearby) town(at model.Position) (int, bool) {
	list := nearest(len(n.towns), 1, func(i int) int64 { return n.distance(at, n.c.Townships[n.towns[i]].Position) })
	if len(list) == 0 {
		return 0, false
	}
	return n.towns[list[0]], true
}

// schoolsFor gives the schools of a stage that are nearest to a place.
func (n *nearby) schoolsFor(q schoolQuestion) []int {
	list, known := n.schools[q]
	if !known {
		list = nearest(len(n.c.Schools), nearSchools, func(i int) int64 {
			s := &n.c.Schools[i]
			if !s.HasStage(q.stage) || (q.rural && !s.Rural) {
				return -1
			}
			return n.distance(q.at, s.Position)
		})
		n.schools[q] = list
	}
	return list
}

// distance is apart, or -1 where a place is unknown.
func (n *nearby) distance(a, b model.Position) int64 {
	if a.IsZero() || b.IsZero() {
		return -1
	}
	return n.apart(a, b)
}

// nearest gives the up to k indices below n of least distance, the nearest
// first; ties go to the lower index, and a negative distance leaves one out.
// It takes O(n · k) time.
func nearest(n, k int, distance func(int) int64) []int {
	type near struct {
		index int
		far   int64
	}
	best := make([]near, 0, k+1)
	for i := range n {
		far := distance(i)
		if far < 0 || (len(best) == k && far >= best[k-1].far) {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].far > far {
			at--
		}
		best = slices.Insert(best, at, near{i, far})
		best = best[:min(k, len(best))]
	}
	list := make([]int, len(best))
	for i, b := range best {
		list[i] = b.index
	}
	return list
}
