package synthetic

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Place is a township with its part in the county.
type Place struct {
	model.Township
	Town     bool           // has town schools (城镇), and no rural ones
	Weight   int            // of its need, among the places of its kind
	Language model.Language // language of instruction of one of its schools; "" for none
}

// places lays out n townships around a seat, the seat first, then the nearest
// first: on a jittered grid, or along valleys. towns of them, spread evenly,
// have town schools.
func (t *terrain) places(n, towns int, seed uint64) []Place {
	list := make([]Place, 0, n)
	for i, cell := range t.cells(n) {
		id := fmt.Sprintf("T%0*d", width(n), i+1)
		dice := stream(seed, "township", id)
		jitter := t.spacing / 4
		name, nameEn := townshipName(i, t.suffix)
		p := Place{Weight: dice.between(60, 140)}
		p.Township = model.Township{ID: model.TownshipID(id), Name: name, NameEn: nameEn, Position: t.seat}
		if i > 0 {
			p.Position = offset(t.seat, cell.north+dice.bend(0, jitter), cell.east+dice.bend(0, jitter))
		}
		list = append(list, p)
	}
	for k := range towns {
		town := &list[k*n/towns]
		town.Town, town.Weight = true, 100
	}
	list[0].Weight = 200
	return list
}

type cell struct{ north, east int }

// cells gives the n cells nearest to the origin, the nearest first. In the
// mountains the rows of the grid are valleys, farther apart than the townships in
// a valley, and every other valley is shifted by half a step.
func (t *terrain) cells(n int) []cell {
	row := t.spacing
	if t.ridge > 0 {
		row = t.ridge
	}
	reach := 1
	for reach*reach*2 < n*max(row, t.spacing)/t.spacing {
		reach++
	}
	var list []cell
	for y := -reach; y <= reach; y++ {
		for x := -2 * reach; x <= 2*reach; x++ {
			c := cell{y * row, x * t.spacing}
			if t.ridge > 0 && y&1 != 0 {
				c.east += t.spacing / 2
			}
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b cell) int {
		return cmp.Compare(a.north*a.north+a.east*a.east, b.north*b.north+b.east*b.east)
	})
	return list[:n]
}

// districtSize is the number of townships of a school district (学区), about.
const districtSize = 6

// districts gives each place the school district of the nearest of every sixth
// place.
func districts(places []Place) []model.DistrictID {
	var anchors []int
	for i := 0; i < len(places); i += districtSize {
		anchors = append(anchors, i)
	}
	n := &nearby{narrowing: narrowing(places[0].Position.Lat)}
	list := make([]model.DistrictID, len(places))
	for i := range places {
		at := nearest(len(anchors), 1, func(k int) int64 {
			return n.distance(places[i].Position, places[anchors[k]].Position)
		})
		list[i] = model.DistrictID(fmt.Sprintf("D%0*d", width(len(anchors)), at[0]+1))
	}
	return list
}

// width is the number of digits of ids up to n, two at least.
func width(n int) int { return max(2, len(fmt.Sprint(n))) }
