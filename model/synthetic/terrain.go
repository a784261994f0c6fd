package synthetic

import (
	"github.com/xianguan/xianguan/model"
)

// Landscape is the kind of country that a county lies in. It sets distances,
// hardship tiers and the kinds of school.
type Landscape string

const (
	Plain    Landscape = "plain"    // 平原: townships some 12 km apart, six-class village schools
	Mountain Landscape = "mountain" // 山区: valleys, long roads, many teaching points
	Pastoral Landscape = "pastoral" // 牧区: far apart, boarding schools
)

// Landscapes lists the landscapes.
func Landscapes() []Landscape { return []Landscape{Plain, Mountain, Pastoral} }

// terrain is what a landscape means in figures. All are assumed, in the range
// of what counties report.
type terrain struct {
	name, nameEn string
	seat         model.Position // somewhere in a region of the kind
	spacing      int            // metres between neighbouring townships
	ridge        int            // metres between valleys; 0: townships lie on a grid
	villages     int            // greatest offset of a village from its township, metres north or east
	township     int            // teaching posts of a rural township, about
	suffix       [2]string      // of township names, in Chinese and English

	nineYear  model.Share // of rural townships, with one nine-year school for both stages
	points    model.Share // of village schools, that are teaching points
	boarding  span        // per cent of the pupils from grade 4 on who board at rural central schools, from and to
	housing   span        // housing places as per cent of the posts of a rural school, from and to
	tierSteps []int       // metres by road from the nearest town at which the tier rises from 1
	overrides []model.Override
}

func (l Landscape) terrain() *terrain {
	switch l {
	case Mountain:
		return &terrain{name: "山区", nameEn: "mountain", seat: model.Position{Lat: 27_500_000, Lon: 109_500_000},
			spacing: 8_000, ridge: 16_000, villages: 5_000, township: 60, suffix: [2]string{"乡", "township"},
			nineYear: 4500, points: 6000, boarding: span{35, 60}, housing: span{30, 60},
			tierSteps: []int{15_000, 30_000, 50_000, 80_000},
			overrides: []model.Override{{Key: "forced_move.road_factor", Value: "170%"}}}
	case Pastoral:
		return &terrain{name: "牧区", nameEn: "pastoral", seat: model.Position{Lat: 44_000_000, Lon: 117_000_000},
			spacing: 30_000, villages: 12_000, township: 50, suffix: [2]string{"苏木", "sumu"},
			nineYear: 7000, points: 4500, boarding: span{55, 85}, housing: span{40, 70},
			tierSteps: []int{30_000, 60_000, 110_000, 170_000},
			overrides: []model.Override{{Key: "forced_move.road_factor", Value: "120%"}, {Key: "forced_move.distance", Value: "80000"}}}
	default:
		return &terrain{name: "平原", nameEn: "plain", seat: model.Position{Lat: 35_000_000, Lon: 115_500_000},
			spacing: 12_000, villages: 4_500, township: 75, suffix: [2]string{"镇", "town"},
			nineYear: 3000, points: 3000, boarding: span{10, 30}, housing: span{10, 30},
			tierSteps: []int{22_000, 45_000}}
	}
}

// tier is the hardship tier of a rural school: 1, and one more for each step of
// the road to the nearest town; teaching points count one more.
func (t *terrain) tier(road int, point bool) model.Tier {
	tier := model.Tier(1)
	for _, step := range t.tierSteps {
		if road >= step {
			tier++
		}
	}
	if point {
		tier++
	}
	return min(tier, model.MaxTier)
}

// offset moves a position by metres to the north and to the east.
func offset(p model.Position, north, east int) model.Position {
	const microDegreesPerKilometre = 8993 // of latitude: 1e6 / 111.195
	p.Lat += int32(int64(north) * microDegreesPerKilometre / 1000)
	p.Lon += int32(int64(east) * microDegreesPerKilometre / narrowing(p.Lat))
	return p
}
