package census

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Format is the version of mapping files that this package reads.
const Format = 1

// Mapping says what the columns of a census mean and what is assumed where the
// census is silent. It is plain data, read from a JSON file by [ReadMapping].
type Mapping struct {
	Format int `json:"format"`

	// Where the census comes from. Real and Assumed go to model.Origin; sentences
	// on the kinds, overrides and faults are added to Assumed by the importer.
	Source  string   `json:"source"`
	Licence string   `json:"licence"`
	Real    []string `json:"real"`
	Assumed []string `json:"assumed"`

	// How counties are planned.
	Date            string           `json:"date"`   // first day of the school year, as in "2026-01-12"
	Policy          string           `json:"policy"` // the policy pack
	Overrides       []Override       `json:"overrides,omitempty"`
	Subjects        []Subject        `json:"subjects,omitempty"` // empty: the curriculum of the pack
	People          People           `json:"people,omitzero"`
	Subsidy         []SubsidyLine    `json:"subsidy,omitempty"`
	Tiers           []TierStep       `json:"tiers,omitempty"`
	HomeCell        string           `json:"home_cell,omitempty"`        // degrees, as in "0.1"; empty: no homes
	CommonLanguages []model.Language `json:"common_languages,omitempty"` // that every teacher can teach in

	// What the cells mean.
	Columns       Columns       `json:"columns"`
	Urban         Flag          `json:"urban"`
	UnderEnrolled UnderEnrolled `json:"under_enrolled,omitzero"`
	Kinds         []Kind        `json:"kinds"` // the first that fits a row counts
	Bounds        *Bounds       `json:"bounds,omitempty"`
	Faults        Faults        `json:"faults,omitzero"`
}

// Columns names the columns of the census. State, Level and Type may be empty; the
// others are needed.
type Columns struct {
	State    string   `json:"state,omitempty"` // or province: what districts belong to
	District string   `json:"district"`
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Level    string   `json:"level,omitempty"`
	Type     string   `json:"type,omitempty"`
	Pupils   []string `json:"pupils"` // summed; an empty cell is 0, the first is the main one
	Teachers string   `json:"teachers"`
	Lat      string   `json:"lat"`
	Lon      string   `json:"lon"`
}

// Flag is a column with two meanings. A value that is in neither list is an
// error.
type Flag struct {
	Column string   `json:"column"`
	Yes    []string `json:"yes"`
	No     []string `json:"no"`
}

// UnderEnrolled is the flag of schools with few pupils, which become weak
// schools. Where Limit is given, a school of one of the types with 1 to Limit
// pupils in the main column should have it, and one without is a fault, [FlagMissing].
type UnderEnrolled struct {
	Flag
	Limit int      `json:"limit,omitempty"`
	Types []string `json:"types,omitempty"` // empty: every type
}

// Kind is a kind of school, by level and type. An empty Level or Type fits any.
type Kind struct {
	Level      string         `json:"level,omitempty"`
	Type       string         `json:"type,omitempty"`
	Grades     string         `json:"grades"` // as in "1-6"
	Language   model.Language `json:"language,omitempty"`
	ClassSize  int            `json:"class_size,omitempty"` // pupils in a class; 0: by the class cap
	KeepStaff  bool           `json:"keep_staff,omitempty"` // the teachers in post are the staffing quota
	Assumption string         `json:"assumption,omitempty"` // why, for Origin.Assumed
}

// Override replaces a value of the policy pack, as an assumption.
type Override struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

// Subject is a subject with its weekly periods by grades: {"1-3": "12", "4-6": "10"}.
type Subject struct {
	ID       model.SubjectID   `json:"id"`
	Name     string            `json:"name"`
	NameEn   string            `json:"name_en,omitempty"`
	Language model.Language    `json:"language,omitempty"` // only schools of this language teach it
	Arts     bool              `json:"arts,omitempty"`     // PE, music or fine art: an indicator counts its teachers
	Periods  map[string]string `json:"periods"`
}

// SubsidyLine is a line of the subsidy schedule.
type SubsidyLine struct {
	Tier      model.Tier `json:"tier"`
	FromYears int        `json:"from_years"`
	Monthly   string     `json:"yuan_per_month"`
}

// TierStep gives the hardship tier of rural schools from a road distance to
// the district seat on.
type TierStep struct {
	Tier model.Tier   `json:"tier"`
	From model.Metres `json:"from_metres"`
}

// Bounds is the box of degrees in which all schools lie.
type Bounds struct {
	South string `json:"south"`
	North string `json:"north"`
	West  string `json:"west"`
	East  string `json:"east"`
}

// fits reports whether the kind is that of a row.
func (k *Kind) fits(level, kind string) bool {
	return (k.Level == "" || k.Level == level) && (k.Type == "" || k.Type == kind)
}

// String names the kind as the census does.
func (k *Kind) String() string {
	return strings.TrimSpace(k.Level + " " + k.Type)
}

// gradeSpan is a run of grades.
type gradeSpan struct{ first, last int }

// parseGrades reads "1-6" or "12".
func parseGrades(text string) (gradeSpan, error) {
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || first < 1 || last > 12 || first > last {
		return gradeSpan{}, fmt.Errorf("%q is not a run of grades such as 1-6", text)
	}
	return gradeSpan{first, last}, nil
}
