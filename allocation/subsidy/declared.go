package subsidy

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Elasticity is a declared range of the subsidy's coefficient: by how much a hundred yuan a month more
// raises the logarithm of the odds that a post is chosen rather than another. It stands in
// for an estimate where the data have none (ErrNotIdentified). At 0.1 the odds grow by e^0.1 − 1, 10.5 %.
type Elasticity struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// greatestElasticity bounds what can be declared: above it a hundred yuan decides everything.
const greatestElasticity = 5

// ParseElasticity reads "LOW:HIGH", as in "0.05:0.15". The error is an *[ElasticityError].
func ParseElasticity(text string) (Elasticity, error) {
	low, high, found := strings.Cut(text, ":")
	bad := &ElasticityError{text, "LOW:HIGH, as in 0.05:0.15"}
	if !found {
		return Elasticity{}, bad
	}
	var e Elasticity
	var err error
	if e.Low, err = strconv.ParseFloat(strings.TrimSpace(low), 64); err != nil {
		return Elasticity{}, bad
	}
	if e.High, err = strconv.ParseFloat(strings.TrimSpace(high), 64); err != nil {
		return Elasticity{}, bad
	}
	if err := e.Validate(); err != nil {
		return Elasticity{}, err
	}
	return e, nil
}

// Validate checks that 0 < low < high ≤ 5.
func (e Elasticity) Validate() *ElasticityError {
	if e.Low > 0 && e.Low < e.High && e.High <= greatestElasticity { // false for NaN
		return nil
	}
	return &ElasticityError{e.String(), fmt.Sprintf("two numbers above 0 and up to %d, the lower first", greatestElasticity)}
}

// Middle is the mean of the ends.
func (e Elasticity) Middle() float64 { return (e.Low + e.High) / 2 }

// String gives what ParseElasticity reads.
func (e Elasticity) String() string {
	return strconv.FormatFloat(e.Low, 'g', -1, 64) + ":" + strconv.FormatFloat(e.High, 'g', -1, 64)
}

// ElasticityError says that a declared range makes no sense.
type ElasticityError struct{ Value, Want string }

func (e *ElasticityError) Error() string {
	return fmt.Sprintf("range of the subsidy's effect %q: want %s", e.Value, e.Want)
}

// Declared is what data say once the subsidy's coefficient is declared: three fits, of the two
// ends and the middle. Their coefficients leave the subsidy out.
type Declared struct {
	Elasticity Elasticity `json:"elasticity"`
	Low        *Fit       `json:"low"`
	Middle     *Fit       `json:"middle"`
	High       *Fit       `json:"high"`
}

// EstimateDeclared fits the other coefficients with the subsidy's held at the low end, the middle
// and the high end of a declared range. The column of the subsidy must be there, and may not be
// random. Errors: an *[ElasticityError], a *[NoMoneyError] without that column, or those of Estimate.
func EstimateDeclared(ctx context.Context, d *Data, options Options, e Elasticity) (*Declared, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	money := d.column(AttributeSubsidy)
	if money < 0 {
		return nil, &NoMoneyError{Absent: true}
	}
	if err := d.validate(); err != nil {
		return nil, err
	}
	rest := options
	rest.Random = nil
	for _, c := range options.Random {
		if c == money {
			return nil, &DataError{-1, "the subsidy is to be random: want its effect declared or random, not both"}
		}
		if c > money {
			c--
		}
		rest.Random = append(rest.Random, c)
	}
	found := &Declared{Elasticity: e}
	for _, end := range []struct {
		fit  **Fit
		beta float64
	}{{&found.Low, e.Low}, {&found.Middle, e.Middle()}, {&found.High, e.High}} {
		var err error
		if *end.fit, err = Estimate(ctx, d.Fix(money, end.beta), rest); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Models gives the acceptance models of the three fits, marked as declared. They have no covariance: the
// declared range, which no data bear out, is what answers range over.
func (d *Declared) Models(observed Observed, source string, synthetic bool) (low, middle, high *Model, err error) {
	var all [3]*Model
	for i, end := range []struct {
		fit  *Fit
		beta float64
	}{{d.Low, d.Elasticity.Low}, {d.Middle, d.Elasticity.Middle()}, {d.High, d.Elasticity.High}} {
		if all[i], err = end.fit.Model(observed, source, synthetic); err != nil {
			return nil, nil, nil, err
		}
		all[i].Mean[AttributeSubsidy] = end.beta
		all[i].Declared, all[i].Elasticity, all[i].Covariance = true, d.Elasticity, nil
	}
	return all[0], all[1], all[2], nil
}

// DeclaredWillingness is the range of a willingness to pay, in yuan a month, over a declared range.
type DeclaredWillingness struct {
	Attribute string   `json:"attribute"`
	AtLow     float64  `json:"at_low"` // at the low end of the effect: money counts least, so the sum is greatest
	AtMiddle  float64  `json:"at_middle"`
	AtHigh    float64  `json:"at_high"`
	Range     Interval `json:"range"` // over all three robust 95 % intervals
}

// Willingness gives the range of the willingness to pay for each coefficient but the spreads. At a
// declared β_s it is W_k = −β_k/β_s with the error of β_k alone, since β_s has none.
func (d *Declared) Willingness() []DeclaredWillingness {
	unit := float64(FenPerUnit) / 100 // yuan
	var all []DeclaredWillingness
	for k, c := range d.Middle.Coefficients {
		if c.Spread {
			continue
		}
		w := DeclaredWillingness{Attribute: c.Name}
		at := func(f *Fit, beta float64) (float64, Interval) {
			c := f.Coefficients[k]
			return -unit * c.Value / beta, around(-unit*c.Value/beta, unit*c.Robust/beta)
		}
		var low, middle, high Interval
		w.AtLow, low = at(d.Low, d.Elasticity.Low)
		w.AtMiddle, middle = at(d.Middle, d.Elasticity.Middle())
		w.AtHigh, high = at(d.High, d.Elasticity.High)
		w.Range = Interval{min(low.Low, middle.Low, high.Low), max(low.High, middle.High, high.High)}
		all = append(all, w)
	}
	return all
}
