package allocation

import "github.com/xianguan/xianguan/model"

// PointWeights computes the points (积分) of people who have none on record:
//
//	points = year · years at the school + rural year · rural years + title · title step + backbone · backbone level
//
// Title steps: none 0, third 1, second 2, first 3, senior 4, professor 5. Backbone levels:
// none 0, school 1, county 2, city 3, province 4, nation 5. What counts differs from county
// to county, so each weight is a setting; the defaults are practice.
type PointWeights struct {
	Year      int `json:"year"`       // of a completed year at the school (校龄): default 1
	RuralYear int `json:"rural_year"` // of a completed year of rural service (乡村教龄): default 2
	Title     int `json:"title"`      // of a step of title (职称): default 4
	Backbone  int `json:"backbone"`   // of a level of backbone teacher (骨干、荣誉): default 3
}

// DefaultPointWeights are the weights where a county sets none.
func DefaultPointWeights() PointWeights {
	return PointWeights{Year: 1, RuralYear: 2, Title: 4, Backbone: 3}
}

// maxPointWeight keeps computed points in the range of recorded ones.
const maxPointWeight = 1000

type namedWeight struct {
	name  string
	value int
}

func (w PointWeights) list() []namedWeight {
	return []namedWeight{{"year", w.Year}, {"rural_year", w.RuralYear}, {"title", w.Title}, {"backbone", w.Backbone}}
}

// Of gives a teacher's points: those on record, or else computed ones.
func (w PointWeights) Of(t *model.Teacher) int {
	if t.Points != 0 {
		return t.Points
	}
	return w.Year*t.YearsHere + w.RuralYear*t.RuralYears + w.Title*int(t.Title) + w.Backbone*int(t.Backbone)
}
