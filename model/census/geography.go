package census

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// seat gives the school at whose position the seat of a district lies: of the
// urban schools with a position, or of all with one where none is urban, the
// school with most pupils (ties: the lower id, which comes first). It is nil where no
// school has a position.
func seat(schools []school) *school {
	var best *school
	for i := range schools {
		s := &schools[i]
		if s.position.IsZero() {
			continue
		}
		if best == nil || (s.urban && !best.urban) || (s.urban == best.urban && s.pupils > best.pupils) {
			best = s
		}
	}
	return best
}

// tier gives the hardship tier of a school: 0 in town, else the last step whose
// distance is not beyond the road to the seat.
func (s *scheme) tier(of *school, seat model.Position) model.Tier {
	tier := model.Tier(0)
	if of.urban {
		return tier
	}
	road := model.Metres(s.rules.RoadFactor.Of(int64(model.Distance(of.position, seat))))
	for _, step := range s.Tiers {
		if step.From <= road {
			tier = step.Tier
		}
	}
	return tier
}

// corner is the south-western corner of a cell, in cells.
type corner struct{ lat, lon int32 }

func floorDiv(a, b int32) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// cells gives the townships that stand for cells of the grid, in order from
// south to north and west to east, and the township of each school; a school
// without a position has none.
func (s *scheme) cells(schools []school) ([]model.Township, []model.TownshipID) {
	homes := make([]model.TownshipID, len(schools))
	if s.cell == 0 {
		return nil, homes
	}
	type sum struct{ lat, lon, n int64 }
	sums := map[corner]sum{}
	for i := range schools {
		p := schools[i].position
		if p.IsZero() {
			continue
		}
		at := corner{floorDiv(p.Lat, s.cell), floorDiv(p.Lon, s.cell)}
		t := sums[at]
		sums[at] = sum{t.lat + int64(p.Lat), t.lon + int64(p.Lon), t.n + 1}
		homes[i] = s.cellID(at)
	}
	corners := make([]corner, 0, len(sums))
	for at := range sums {
		corners = append(corners, at)
	}
	slices.SortFunc(corners, func(a, b corner) int {
		return cmp.Or(cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon))
	})
	townships := make([]model.Township, len(corners))
	for i, at := range corners {
		t := sums[at]
		id := s.cellID(at)
		townships[i] = model.Township{ID: id, Name: "cell " + string(id),
			Position: model.Position{Lat: int32(t.lat / t.n), Lon: int32(t.lon / t.n)}}
	}
	return townships, homes
}

// cellID names a cell by its south-western corner: "N2.0E112.9".
func (s *scheme) cellID(at corner) model.TownshipID {
	name := func(cells int32, positive, negative string) string {
		micro := cells * s.cell
		if micro < 0 {
			micro, positive = -micro, negative
		}
		degrees := strings.TrimRight(model.FormatDegrees(micro), "0")
		if strings.HasSuffix(degrees, ".") {
			degrees += "0"
		}
		return positive + degrees
	}
	return model.TownshipID(fmt.Sprintf("%s%s", name(at.lat, "N", "S"), name(at.lon, "E", "W")))
}
