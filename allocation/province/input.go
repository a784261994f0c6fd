package province

import (
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// Province is what is shared, and among whom.
type Province struct {
	Name     string
	Budget   model.Fen // of hardship subsidies, a month; at least 1
	Places   int       // of the special-post plan; at least 0
	Counties []County
}

// County is one county with its limits.
type County struct {
	Name       string // as the province calls it, such as its folder; each once
	County     *model.County
	MostBudget model.Fen // a month; 0: no limit
	MostPlaces *int      // nil: no limit
}

// Error says which part of a province is wrong and what would be right.
type Error struct {
	County string // name of the county; "" is the province itself
	Field  string
	Value  string
	Want   string
	Err    error // what lies behind it, or nil
}

func (e *Error) Error() string {
	who := "province"
	if e.County != "" {
		who = fmt.Sprintf("county %q", e.County)
	}
	return fmt.Sprintf("%s: %s %q: want %s", who, e.Field, e.Value, e.Want)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Greatest values: what sums of them still fit, and what a policy pack allows a county.
const (
	mostBudget   model.Fen = 1e15
	mostPlaces             = 1_000_000
	mostCounties           = 10_000
)

// Validate reports every fault, joined *[Error]. It does not look into the counties, which package allocation checks.
func (p *Province) Validate() error {
	var faults []error
	fault := func(county, field string, value any, want string) {
		faults = append(faults, &Error{County: county, Field: field, Value: fmt.Sprint(value), Want: want})
	}
	if p.Budget < 1 || p.Budget > mostBudget {
		fault("", "budget", p.Budget, fmt.Sprintf("yuan a month from 0.01 to %s", mostBudget))
	}
	if p.Places < 0 || p.Places > mostPlaces {
		fault("", "places", p.Places, fmt.Sprintf("a whole number from 0 to %d", mostPlaces))
	}
	if len(p.Counties) < 1 || len(p.Counties) > mostCounties {
		fault("", "counties", len(p.Counties), fmt.Sprintf("1 to %d of them", mostCounties))
	}
	names := map[string]bool{}
	for i := range p.Counties {
		c := &p.Counties[i]
		switch {
		case c.Name == "" || c.County == nil:
			fault(c.Name, "county", i+1, "a name and a county")
		case names[c.Name]:
			fault(c.Name, "name", c.Name, "each county once")
		}
		names[c.Name] = true
		if c.MostBudget < 0 || c.MostBudget > mostBudget {
			fault(c.Name, "most_budget", c.MostBudget, fmt.Sprintf("yuan a month from 0 (no limit) to %s", mostBudget))
		}
		if c.MostPlaces != nil && (*c.MostPlaces < 0 || *c.MostPlaces > mostPlaces) {
			fault(c.Name, "most_places", *c.MostPlaces, fmt.Sprintf("a whole number from 0 to %d", mostPlaces))
		}
	}
	return errors.Join(faults...)
}

// InfeasibleError says that the budget is below what the counties need at the least.
type InfeasibleError struct {
	Budget   model.Fen
	Least    model.Fen   // that the counties need together, with everybody lawfully placed
	Counties []model.Fen // that each needs, in the order of the province
}

func (e *InfeasibleError) Error() string {
	return fmt.Sprintf("province: budget %s yuan a month: want at least %s: the people whom no rule moves cost as much in hardship subsidies", e.Budget, e.Least)
}
