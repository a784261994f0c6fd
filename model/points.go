package model

// PointWeights computes the points (积分) of teachers who have none on record, by which the hiring
// rounds rank them:
//
//	points = year · years at the school + rural year · rural years + title · title step + backbone · backbone level + evaluation
//
// Title steps: none 0, third 1, second 2, first 3, senior 4, professor 5. Backbone levels: none 0,
// school 1, county 2, city 3, province 4, nation 5. Evaluation (考核) adds the weight of its grade,
// and nothing for unqualified or where there is none. What counts differs from county to county, so each
// weight is a key of the policy pack, rounds.points.NAME.
type PointWeights struct {
	Year      int `json:"year"`       // of a completed year at the school (校龄)
	RuralYear int `json:"rural_year"` // of a completed year of rural service (乡村教龄)
	Title     int `json:"title"`      // of a step of title (职称)
	Backbone  int `json:"backbone"`   // of a level of backbone teacher (骨干、荣誉)
	Excellent int `json:"excellent"`  // of an excellent evaluation (考核优秀)
	Qualified int `json:"qualified"`  // of a qualified one (合格)
	Basic     int `json:"basic"`      // of a basically qualified one (基本合格)
}

// MaxPointWeight keeps computed points in the range of recorded ones.
const MaxPointWeight = 1000

// NamedWeight is one weight with its name in policy keys and JSON.
type NamedWeight struct {
	Name  string
	Value *int // in the weights that were listed
}

// List names the weights in order, so that each can be read and set.
func (w *PointWeights) List() []NamedWeight {
	return []NamedWeight{{"year", &w.Year}, {"rural_year", &w.RuralYear}, {"title", &w.Title}, {"backbone", &w.Backbone},
		{"excellent", &w.Excellent}, {"qualified", &w.Qualified}, {"basic", &w.Basic}}
}

// Of gives a teacher's points: those on record, or else computed ones.
func (w *PointWeights) Of(t *Teacher) int {
	if t.Points != 0 {
		return t.Points
	}
	points := w.Year*t.YearsHere + w.RuralYear*t.RuralYears + w.Title*int(t.Title) + w.Backbone*int(t.Backbone)
	switch t.Evaluation {
	case EvaluationExcellent:
		points += w.Excellent
	case EvaluationQualified:
		points += w.Qualified
	case EvaluationBasic:
		points += w.Basic
	}
	return points
}
