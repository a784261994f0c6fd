package sharing

import "github.com/xianguan/xianguan/model"

// Result is who teaches what in a week, and what stays open.
type Result struct {
	County     model.CountyID `json:"county"`
	CountyHash string         `json:"county_hash"`
	Origin     model.Origin   `json:"origin,omitzero"`
	Options    Options        `json:"options"`
	Levels     []Level        `json:"levels"`
	Alone      model.Tenths   `json:"missing_alone"` // periods that are missing where nothing is shared
	Lessons    []Covered      `json:"lessons"`       // in order of PostID
	Teaching   []Teaching     `json:"teaching"`      // in order of teacher, then of lesson
	Visits     []Visit        `json:"visits"`        // in order of teacher, then of stops
	Joins      []Join         `json:"joins"`         // in order of host, then of school
	Classes    []ClassLesson  `json:"short_classes"` // that miss periods, see [Classes]
	Missing    []Remedy       `json:"missing"`       // what stays open, with the cheapest that would fill it
	Remedies   Level          `json:"remedies"`      // what the remedies cost together, in fen a month
}

// Level is one objective with what is known of it.
type Level struct {
	Name   string  `json:"name"`  // missing and network, in tenths of periods, or metres
	Value  int64   `json:"value"` //
	Bound  int64   `json:"bound"` // no sharing that is as good before has less, within the stated choice of visits
	Gap    float64 `json:"gap"`
	Proven bool    `json:"proven"`
	// Conditional says that a level before is not proven, so that no bound of this one is known: Bound is 0.
	Conditional bool `json:"conditional,omitempty"`
}

// Covered is how the periods of a lesson are taught: Periods = Own + Visiting + Network + Missing.
type Covered struct {
	Lesson
	Own      model.Tenths `json:"own"`      // by people of the school
	Visiting model.Tenths `json:"visiting"` // by visitors
	Network  model.Tenths `json:"network"`
	Missing  model.Tenths `json:"missing"`
}

// Teaching is what somebody teaches of a lesson in a week.
type Teaching struct {
	Teacher model.TeacherID `json:"teacher"`
	model.PostID
	Periods model.Tenths `json:"periods"`
}

// Visit is somebody's days of a week that go to another school, or on one tour of two or three.
type Visit struct {
	Teacher model.TeacherID `json:"teacher"`
	Home    model.SchoolID  `json:"home"`
	Stops   []Stop          `json:"stops"` // in the order of the road
	Days    int             `json:"days"`
	Metres  model.Metres    `json:"metres"` // a week, from home and back
}

// Stop is a school of a visit, with the periods of a week taught there on it.
type Stop struct {
	School  model.SchoolID `json:"school"`
	Periods model.Tenths   `json:"periods"`
}

// Periods is what a visit teaches in a week.
func (v *Visit) Periods() (sum model.Tenths) {
	for _, s := range v.Stops {
		sum += s.Periods
	}
	return sum
}

// Join is lessons that classes of a school join over the network.
type Join struct {
	Host model.SchoolID `json:"host"`
	model.PostID
	Periods model.Tenths `json:"periods"`
}
