package allocation

import (
	"errors"
	"fmt"
	"time"

	"github.com/xianguan/xianguan/model"
)

// ExchangeOptions says which exchange is looked for. It is plain data whose zero value
// works.
type ExchangeOptions struct {
	Aim          ExchangeAim   `json:"aim,omitempty"`           // "" is AimCost
	LongestCycle int           `json:"longest_cycle,omitempty"` // people in a cycle (互换), at most; 0: no limit, 1: no cycles
	LongestChain int           `json:"longest_chain,omitempty"` // people in a chain (链式交流), at most; 0: no limit
	NoChains     bool          `json:"no_chains,omitempty"`     // cycles only: every post keeps as many people as it has
	Uncovered    int           `json:"uncovered,omitempty"`     // people whom a post may lack beyond today, though never all
	Pins         []model.Pin   `json:"pins,omitempty"`          // as in model.Options; without a post: the teacher stays
	Bans         []model.Pin   `json:"bans,omitempty"`          // as in model.Options
	Seed         uint64        `json:"seed,omitempty"`          // published before: draws among equal plans, unless 0
	Gap          float64       `json:"gap,omitempty"`           // as in model.Options
	TimeLimit    time.Duration `json:"time_limit,omitempty"`    // in nanoseconds; 0: none
	Workers      int           `json:"workers,omitempty"`       // as in model.Options; changes no byte of the result
}

// ExchangeAim says what an exchange is for once the shares are met.
type ExchangeAim string

const (
	AimCost ExchangeAim = "cost" // the least cost of the county (成本最低)
	AimGain ExchangeAim = "gain" // the greatest gain of those who move (受益最大)
)

// planOptions are the options of a plan that the instance of an exchange is built with.
func (o *ExchangeOptions) planOptions() *model.Options {
	return &model.Options{Pins: o.Pins, Bans: o.Bans, Seed: o.Seed, Gap: o.Gap, TimeLimit: o.TimeLimit, Workers: o.Workers}
}

// validate reports every fault of the options, each a *model.FieldError.
func (o *ExchangeOptions) validate(n *instance) error {
	faults := []error{validateOptions(n, n.options)}
	fault := func(field string, value any, want string) {
		faults = append(faults, &model.FieldError{Table: "options", Index: -1, Field: field, Value: fmt.Sprint(value), Want: want})
	}
	if o.Aim != "" && o.Aim != AimCost && o.Aim != AimGain {
		fault("aim", o.Aim, fmt.Sprintf("%q or %q", AimCost, AimGain)+didYouMean(o.Aim, []ExchangeAim{AimCost, AimGain}))
	}
	for _, limit := range []struct {
		field string
		value int
		want  string
	}{{"longest_cycle", o.LongestCycle, "0 (no limit), 1 (no cycles) or more people"},
		{"longest_chain", o.LongestChain, "0 (no limit) or more people"},
		{"uncovered", o.Uncovered, "0 or more people"}} {
		if limit.value < 0 {
			fault(limit.field, limit.value, limit.want)
		}
	}
	return errors.Join(faults...)
}

// tooLong reports limits that are so long that the network by positions does not fit.
func (o *ExchangeOptions) tooLong() error {
	field, value := "longest_cycle", o.LongestCycle
	if o.LongestChain > o.LongestCycle {
		field, value = "longest_chain", o.LongestChain
	}
	return &model.FieldError{Table: "options", Index: -1, Field: field, Value: fmt.Sprint(value),
		Want: fmt.Sprintf("fewer people, or 0 for no limit: the network would have more than %d arcs", mostArcs)}
}

// validatePins sees to it that whoever is pinned to another post has a move there.
func (x *trade) validatePins() error {
	var faults []error
	for i, pin := range x.options.Pins {
		t := x.n.byTeacher[pin.Teacher]
		p, person := x.n.pins[t], &x.n.people[t]
		switch {
		case person.present < 0:
			faults = append(faults, &model.FieldError{Table: "options", Index: i, Field: "pins.teacher", Value: string(pin.Teacher),
				Want: "a teacher who holds a post: the pool has nothing to exchange"})
		case p != person.present && len(x.of(int(t))) == 0:
			faults = append(faults, &model.FieldError{Table: "options", Index: i, Field: "pins.post", Value: pin.Post.String(),
				Want: "a post of another school that leaves the teacher at least as well off"})
		}
	}
	return errors.Join(faults...)
}
