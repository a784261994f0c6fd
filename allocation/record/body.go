package record

import (
	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Inputs is what a season begins with.
type Inputs struct {
	County     model.CountyID `json:"county"`
	CountyHash string         `json:"county_hash"` // model.County.Hash
	Synthetic  bool           `json:"synthetic,omitempty"`
	Data       Object         `json:"data"`   // the county
	Policy     string         `json:"policy"` // name of the policy pack
	Pack       Object         `json:"pack"`   // the pack, as the program had it
}

// Planned is a plan and what shows that it is right.
type Planned struct {
	Day         model.Date        `json:"day,omitzero"`
	CountyHash  string            `json:"county_hash"`
	Software    string            `json:"software"` // name and version
	Backend     string            `json:"backend"`
	Seed        uint64            `json:"seed"`
	Stop        model.StopReason  `json:"stop"`
	Levels      []model.PlanLevel `json:"levels"`      // with their bounds
	Plan        Object            `json:"plan"`        // with its options
	Certificate Object            `json:"certificate"` // [allocation.Certificate]: the duals
	Checks      []Checked         `json:"checks"`      // what the independent checker found
}

// Checked is what the checker found of one rule.
type Checked struct {
	Rule       model.RuleID `json:"rule"`
	Applied    int          `json:"applied"`
	Violations int          `json:"violations"`
	Short      int64        `json:"short,omitempty"` // of a soft rule
}

func checksOf(r *check.Report) []Checked {
	var all []Checked
	for _, status := range r.Rules {
		if status.Checked > 0 {
			all = append(all, Checked{status.Rule, status.Checked, len(status.Violations), status.Short})
		}
	}
	return all
}

// Publication is what was posted for everybody to see.
type Publication struct {
	Day   model.Date `json:"day"`
	Until model.Date `json:"until"` // the last day on which one may object
	Files []File     `json:"files,omitempty"`
}

// File is a file that was published, by its hash.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// Amended is a plan mended after appeals.
type Amended struct {
	Day        model.Date                `json:"day"`
	Appeals    []string                  `json:"appeals"`
	Applied    []appeal.Applied          `json:"corrections,omitempty"`
	Appellants []model.TeacherID         `json:"appellants"`
	Own        []allocation.PersonChange `json:"own,omitempty"`
	Touched    []allocation.PersonChange `json:"touched,omitempty"`
	Others     int64                     `json:"others"`
	Least      int64                     `json:"least"`
	Proven     bool                      `json:"proven"`
	Fill       bool                      `json:"fill,omitempty"` // fewest others only after shortage and unplaced
	Data       Object                    `json:"data"`           // the county with the corrections
	Planned
}

// Final says whose posts take effect.
type Final struct {
	Day      model.Date        `json:"day"`
	Approver string            `json:"approver"`
	Teachers []model.TeacherID `json:"teachers,omitempty"` // none: everybody's
	Plan     string            `json:"plan"`               // SHA-256 of the plan
}
