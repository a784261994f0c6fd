package horizon

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Outlook is what is expected of the years. The zero value expects nothing but time. Nothing in it depends on the plans: who is in the county's service in a year, and
// what its schools need, is the same whatever was planned before.
type Outlook struct {
	Cohorts Cohorts `yaml:"cohorts" json:"cohorts,omitzero"`

	Seed       uint64      `yaml:"seed" json:"seed,omitempty"`             // of the draw of who leaves
	Attrition  []Attrition `yaml:"attrition" json:"attrition,omitempty"`   // of a group, the first line that fits counts
	Conversion *Percent    `yaml:"conversion" json:"conversion,omitempty"` // of special posts whose term ends, who stay on; nil: all
	Recruits   []Intake    `yaml:"recruits" json:"recruits,omitempty"`     // in the order of their ids
	Promote    bool        `yaml:"promote" json:"promote,omitempty"`       // free title posts are filled each summer

	Housing  []Housing           `yaml:"housing" json:"housing,omitempty"`
	Years    []scenario.Scenario `yaml:"years" json:"years,omitempty"`       // changes of the second year, the third, …: subsidies, closures, enrolment, rules, people who leave
	Spending []string            `yaml:"spending" json:"spending,omitempty"` // on education a year, in yuan, from the first year on

	Retention []Percent `yaml:"retention" json:"retention,omitempty"` // of an intake that completes compulsory education (巩固率), from the first year on

	TrainingYears int `yaml:"training_years" json:"training_years,omitempty"` // from the start of directed training to the first day at school; 0: 4
}

// Cohorts say how enrolment changes. A list gives one value a year, for the second year, the third, …; its last value holds on.
type Cohorts struct {
	Births []Percent `yaml:"births" json:"births,omitempty"`   // change of grade 1 from year to year: -5% is five in a hundred fewer
	Lost   []Percent `yaml:"lost" json:"lost,omitempty"`       // of each cohort, who do not come back to the county's schools
	ToTown []Percent `yaml:"to_town" json:"to_town,omitempty"` // of the pupils of rural schools, who go to school in town instead
}

// at gives the cohorts of a step between two years, from 0.
func (c *Cohorts) at(step int) (births, lost, toTown Percent) {
	return held(c.Births, step), held(c.Lost, step), held(c.ToTown, step)
}

func held(list []Percent, step int) Percent {
	if len(list) == 0 {
		return 0
	}
	return list[min(step, len(list)-1)]
}

// Attrition is the share of a group of people who leave in a year, besides those who retire.
type Attrition struct {
	Under int     `yaml:"under" json:"under,omitempty"` // of those younger than so many years; 0: of any age
	Share Percent `yaml:"share" json:"share"`
}

// Intake is a number of people who come in a year.
type Intake struct {
	Stream  Stream           `yaml:"stream" json:"stream"`
	Year    int              `yaml:"year" json:"year"` // the summer in which they come, or graduate
	Subject model.SubjectID  `yaml:"subject" json:"subject"`
	Stage   model.Stage      `yaml:"stage" json:"stage"`
	Count   int              `yaml:"count" json:"count"`
	Home    model.TownshipID `yaml:"home" json:"home,omitempty"` // where they are from, if that is known
}

// Stream is a way into the county's service.
type Stream string

// The streams.
const (
	Open        Stream = "open"         // open recruitment (公开招聘)
	SpecialPost Stream = "special-post" // special posts (特岗): a term of Rules.SpecialPostYears
	Directed    Stream = "directed"     // directed training (定向培养): trained for years, then a term of Rules.DirectedYears
)

// Streams lists the streams.
func Streams() []Stream { return []Stream{Open, SpecialPost, Directed} }

// Chinese gives the Chinese term.
func (s Stream) Chinese() string {
	return map[Stream]string{Open: "公开招聘", SpecialPost: "特岗", Directed: "定向培养"}[s]
}

// Housing is transitional housing (周转房) that is built.
type Housing struct {
	School model.SchoolID `yaml:"school" json:"school"`
	Year   int            `yaml:"year" json:"year"` // the summer in which it is ready
	Places int            `yaml:"places" json:"places"`
}

// Percent is a signed share in basis points, written as in "-2.5%".
type Percent int32

// String writes a percentage.
func (p Percent) String() string {
	if p < 0 {
		return "-" + model.Share(-p).String()
	}
	return model.Share(p).String()
}

// MarshalText implements [encoding.TextMarshaler].
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Percent) UnmarshalText(text []byte) error {
	digits, negative := strings.CutPrefix(string(text), "-")
	share, err := model.ParseShare(digits)
	if err != nil {
		return fmt.Errorf("%q: want a percentage such as 2%% or -2.5%%", text)
	}
	if *p = Percent(share); negative {
		*p = -*p
	}
	return nil
}

// of is a share of n, rounded to the nearest, half up.
func (p Percent) of(n int) int {
	return (n*int(p) + int(model.Whole)/2) / int(model.Whole)
}

const (
	mostYears  = 20
	mostIntake = 10_000
	mostChange = Percent(5000) // of enrolment or of people in one year
	// trainingYears is how long directed training takes where nothing else is said: a bachelor's course.
	trainingYears = 4
)

func (o *Outlook) training() int {
	if o.TrainingYears == 0 {
		return trainingYears
	}
	return o.TrainingYears
}

// validate holds an outlook to a county and so many years. The faults are joined *[model.FieldError].
func (o *Outlook) validate(c *model.County, years int) error {
	v := &outlookFaults{}
	v.number(-1, "years", years, 1, mostYears)
	v.number(-1, "training_years", o.TrainingYears, 0, mostYears)
	for _, x := range []struct {
		field string
		list  []Percent
		low   Percent
	}{{"cohorts.births", o.Cohorts.Births, -mostChange}, {"cohorts.lost", o.Cohorts.Lost, 0}, {"cohorts.to_town", o.Cohorts.ToTown, 0}} {
		for i, p := range x.list {
			v.percent(i, x.field, p, x.low, mostChange)
		}
	}
	for i, a := range o.Attrition {
		v.number(i, "attrition.under", a.Under, 0, 120)
		v.percent(i, "attrition.share", a.Share, 0, mostChange)
	}
	for i, p := range o.Retention {
		v.percent(i, "retention", p, 0, Percent(model.Whole))
	}
	if o.Conversion != nil {
		v.percent(-1, "conversion", *o.Conversion, 0, Percent(model.Whole))
	}
	o.validateIntakes(c, v)
	schools := map[model.SchoolID]bool{}
	for i := range c.Schools {
		schools[c.Schools[i].ID] = true
	}
	for i, h := range o.Housing {
		known(v, i, "housing.school", h.School, schools)
		v.number(i, "housing.places", h.Places, 0, mostIntake)
		v.number(i, "housing.year", h.Year, c.Date.Year()+1, c.Date.Year()+mostYears)
	}
	if _, err := o.spending(); err != nil {
		v.faults = append(v.faults, err)
	}
	return errors.Join(v.faults...)
}

func (o *Outlook) validateIntakes(c *model.County, v *outlookFaults) {
	subjects, townships := map[model.SubjectID]bool{}, map[model.TownshipID]bool{"": true}
	for i := range c.Subjects {
		subjects[c.Subjects[i].ID] = true
	}
	for i := range c.Townships {
		townships[c.Townships[i].ID] = true
	}
	for i, r := range o.Recruits {
		known(v, i, "recruits.stream", r.Stream, map[Stream]bool{Open: true, SpecialPost: true, Directed: true})
		known(v, i, "recruits.subject", r.Subject, subjects)
		known(v, i, "recruits.home", r.Home, townships)
		if r.Stage == 0 {
			v.fault(i, "recruits.stage", "", "primary, junior or senior")
		}
		v.number(i, "recruits.count", r.Count, 0, mostIntake)
		v.number(i, "recruits.year", r.Year, c.Date.Year()+1, c.Date.Year()+mostYears)
	}
}

// spending gives the amounts of the series.
func (o *Outlook) spending() ([]model.Fen, error) {
	var all []model.Fen
	for i, text := range o.Spending {
		amount, err := model.ParseYuan(text)
		if err != nil || amount == 0 {
			return nil, &model.FieldError{Table: "outlook", Index: i, Field: "spending", Value: text, Want: "yuan a year, such as 812000000"}
		}
		all = append(all, amount)
	}
	return all, nil
}

// outlookFaults collects what is wrong.
type outlookFaults struct{ faults []error }

func (v *outlookFaults) fault(index int, field, value, want string) {
	v.faults = append(v.faults, &model.FieldError{Table: "outlook", Index: index, Field: field, Value: value, Want: want})
}

func (v *outlookFaults) number(index int, field string, value, low, high int) {
	if value < low || value > high {
		v.fault(index, field, fmt.Sprint(value), fmt.Sprintf("a whole number from %d to %d", low, high))
	}
}

func (v *outlookFaults) percent(index int, field string, value, low, high Percent) {
	if value < low || value > high {
		v.fault(index, field, value.String(), fmt.Sprintf("a percentage from %s to %s", low, high))
	}
}

// known asks for a word of a list and says which one was meant.
func known[T ~string](v *outlookFaults, index int, field string, word T, list map[T]bool) {
	if list[word] {
		return
	}
	var words []string
	for w := range list {
		if w != "" {
			words = append(words, string(w))
		}
	}
	slices.Sort(words)
	hint := (&model.UnknownWordError{What: field, Word: string(word), Known: words}).Hint()
	v.fault(index, field, string(word), "one that the county has: "+hint)
}
