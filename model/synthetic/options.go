package synthetic

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// The sizes of county that can be made.
const (
	LeastTeachers = 20
	MostTeachers  = 1_000_000
)

// Options says what county to make. Only Teachers is needed.
type Options struct {
	Teachers  int        // people in all, the pool among them: LeastTeachers to MostTeachers
	Landscape Landscape  // "" is plain
	Seed      uint64     // the same options and seed give the same county, byte for byte
	Policy    string     // policy pack, "" is national
	Date      model.Date // first day of the school year, 0 is 2026-09-01
	Profile   *Profile   // of the teachers, nil is DefaultProfile
	Gazetteer *Gazetteer // real townships in place of made-up ones, nil for none
	Duties    bool       // principals, release time and after-school service as well
}

// Gazetteer is the real geography of a county.
type Gazetteer struct {
	ID      model.CountyID
	Name    string // in Chinese
	NameEn  string
	Seat    model.Position
	Places  []Place // the seat first; at least one with Town
	Real    []string
	Assumed []string
}

// OptionError says which option is wrong and what would be right.
type OptionError struct {
	Option string // as the field of Options
	Value  string
	Want   string
	Err    error // what lies behind it, or nil
}

func (e *OptionError) Error() string {
	return fmt.Sprintf("synthetic county: %s %q: want %s", e.Option, e.Value, e.Want)
}

func (e *OptionError) Unwrap() error { return e.Err }

// complete checks the options and fills in what is not given.
func (o Options) complete() (Options, error) {
	if o.Teachers < LeastTeachers || o.Teachers > MostTeachers {
		return o, &OptionError{Option: "Teachers", Value: fmt.Sprint(o.Teachers),
			Want: fmt.Sprintf("a whole number from %d to %d", LeastTeachers, MostTeachers)}
	}
	if o.Landscape == "" {
		o.Landscape = Plain
	}
	if err := o.Landscape.check(); err != nil {
		return o, err
	}
	if o.Policy == "" {
		o.Policy = "national"
	}
	if o.Date == 0 {
		o.Date = model.NewDate(2026, 9, 1)
	}
	if !o.Date.Valid() {
		return o, &OptionError{Option: "Date", Value: o.Date.String(), Want: "a day that exists, such as 2026-09-01"}
	}
	if o.Profile == nil {
		p := DefaultProfile()
		o.Profile = &p
	}
	return o, o.Gazetteer.check()
}

// check refuses an unknown landscape. Behind the error is a
// *[model.UnknownWordError].
func (l Landscape) check() error {
	known := make([]string, 0, len(Landscapes()))
	for _, k := range Landscapes() {
		if k == l {
			return nil
		}
		known = append(known, string(k))
	}
	unknown := &model.UnknownWordError{What: "landscape", Word: string(l), Known: known}
	return &OptionError{Option: "Landscape", Value: string(l), Want: "plain, mountain or pastoral; " + unknown.Hint(), Err: unknown}
}

// check refuses a gazetteer that no county can stand on.
func (g *Gazetteer) check() error {
	if g == nil {
		return nil
	}
	towns := 0
	for _, p := range g.Places {
		if p.Weight < 1 || p.Position.IsZero() {
			return &OptionError{Option: "Gazetteer", Value: string(p.ID), Want: "a position and a weight above 0 for each place"}
		}
		if p.Town {
			towns++
		}
	}
	if towns == 0 || !g.Places[0].Town {
		return &OptionError{Option: "Gazetteer", Value: string(g.ID), Want: "the county seat as the first place, with Town"}
	}
	return nil
}
