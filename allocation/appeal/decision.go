package appeal

import (
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// Decision is what came of an appeal. One that is upheld has a remedy: corrections, pins or bans; one that is not has none.
type Decision struct {
	Appeal      string       `json:"appeal"` // its id
	Day         model.Date   `json:"day"`
	By          string       `json:"by"` // the office or the panel that decided
	Upheld      bool         `json:"upheld"`
	Reason      string       `json:"reason"`
	Corrections []Correction `json:"corrections,omitempty"`
	Pins        []model.Pin  `json:"pins,omitempty"` // posts that people get; the zero post is the present one
	Bans        []model.Pin  `json:"bans,omitempty"` // posts that people don't get
}

// Validate holds a decision to the appeal that it is about. The error joins *model.FieldError. What the remedy names is held to the county by [Correct] and by the
// planner.
func (d *Decision) Validate(a *Appeal) error {
	var faults []error
	fault := func(field, value, want string) {
		faults = append(faults, &model.FieldError{Table: "decisions", Index: -1, ID: d.Appeal, Field: field, Value: value, Want: want})
	}
	remedies := len(d.Corrections) + len(d.Pins) + len(d.Bans)
	if !d.Day.Valid() || d.Day < a.Day {
		fault("day", d.Day.String(), "a day from "+a.Day.String()+", when the appeal came in")
	}
	if d.By == "" {
		fault("by", "", "who decided")
	}
	if d.Reason == "" {
		fault("reason", "", "why")
	}
	if d.Upheld && remedies == 0 {
		fault("corrections", "", "a correction, a pin or a ban: an appeal that is upheld changes something")
	}
	if !d.Upheld && remedies > 0 {
		fault("corrections", fmt.Sprintf("%d remedies", remedies), "none: an appeal that is dismissed changes nothing")
	}
	return errors.Join(faults...)
}

// Concerns lists the people whom the remedy names: their posts may change on its account.
func (d *Decision) Concerns() []model.TeacherID {
	var all []model.TeacherID
	for i := range d.Corrections {
		if id := d.Corrections[i].Teacher; id != "" {
			all = append(all, id)
		}
	}
	for _, pin := range append(d.Pins[:len(d.Pins):len(d.Pins)], d.Bans...) {
		all = append(all, pin.Teacher)
	}
	return all
}
