package matching

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// region is a node of the laminar family of regions.
type region struct {
	id         string
	floor, cap int32
	parent     int32 // smallest region strictly around it, or None
}

// readRegions builds the tree of regions: sorted by size, smallest first, each
// region's parent is the next one that holds its schools. Two regions that cross
// are a fault, since with crossing bounds no mechanism is both fair and
// strategy-proof in general and even feasibility is hard.
func (p *Problem) readRegions(m *Market, f *faults) {
	p.regionOf = make([]int32, len(p.schools))
	for s := range p.regionOf {
		p.regionOf[s] = None
	}
	order := make([]int, len(m.Regions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(m.Regions[a].Schools), len(m.Regions[b].Schools))
	})
	top := make([]int32, len(p.schools)) // the largest region around a school so far
	for s := range top {
		top[s] = None
	}
	names := map[string]bool{}
	size := make([]int, 0, len(m.Regions))
	for _, i := range order {
		r := &m.Regions[i]
		if r.ID == "" || names[r.ID] {
			f.add("region", i, r.ID, "id", r.ID, "an id of its own")
		}
		names[r.ID] = true
		if r.Floor < 0 || r.Floor > math.MaxInt32 {
			f.add("region", i, r.ID, "floor", strconv.Itoa(r.Floor), "0 or more, less than 2^31")
		}
		if r.Cap != 0 && (r.Cap < r.Floor || r.Cap > math.MaxInt32) {
			f.add("region", i, r.ID, "cap", strconv.Itoa(r.Cap), "0 for none, or the floor or more, less than 2^31")
		}
		members := p.readMembers(i, r, f)
		node := int32(len(p.regions))
		p.regions = append(p.regions, region{id: r.ID, floor: int32(r.Floor), cap: int32(r.Cap), parent: None})
		size = append(size, len(members))
		p.adopt(i, r, node, members, top, size, f)
	}
}

func (p *Problem) readMembers(i int, r *Region, f *faults) []int32 {
	members := make([]int32, 0, len(r.Schools))
	for k, id := range r.Schools {
		s := p.FindSchool(id)
		switch {
		case s == None:
			f.unknown("region", i, r.ID, fmt.Sprintf("schools[%d]", k), id, "a school", p.schools)
		case slices.Contains(members, s):
			f.add("region", i, r.ID, fmt.Sprintf("schools[%d]", k), id, "each school once")
		default:
			members = append(members, s)
		}
	}
	return members
}

// adopt makes the new region the parent of the top regions inside it. A top
// region that is only partly inside crosses it.
func (p *Problem) adopt(i int, r *Region, node int32, members, top []int32, size []int, f *faults) {
	inside := map[int32]int{}
	for _, s := range members {
		if top[s] == None {
			p.regionOf[s] = node
		} else {
			inside[top[s]]++
		}
	}
	for k, s := range members {
		child := top[s]
		if child != None && inside[child] < size[child] {
			f.add("region", i, r.ID, fmt.Sprintf("schools[%d]", k), p.schools[s],
				fmt.Sprintf("regions that nest or are disjoint; region %q holds this school and others outside", p.regions[child].id))
			return
		}
	}
	for _, s := range members {
		if child := top[s]; child != None {
			p.regions[child].parent = node
		}
	}
	for _, s := range members {
		top[s] = node
	}
}
