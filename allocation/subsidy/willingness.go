package subsidy

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is the share of samples in which an interval holds the true value.
const confidence = 0.95

// Interval is a 95 % confidence interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// around is value ± z · stdErr, z the normal quantile.
func around(value, stdErr float64) Interval {
	z := distuv.UnitNormal.Quantile((1 + confidence) / 2)
	return Interval{value - z*stdErr, value + z*stdErr}
}

// Holds reports whether a value lies within the interval.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// Interval is that of the coefficient by its classical standard error.
func (c *Coefficient) Interval() Interval { return around(c.Value, c.StdErr) }

// RobustInterval is that of the coefficient by its robust standard error.
func (c *Coefficient) RobustInterval() Interval { return around(c.Value, c.Robust) }

// Willingness is the subsidy that makes up for one more of an attribute, in yuan a month: above 0
// for what teachers avoid, below 0 for what they would pay for.
type Willingness struct {
	Attribute string   `json:"attribute"`
	Yuan      float64  `json:"yuan"` // a month
	StdErr    float64  `json:"std_err"`
	Robust    float64  `json:"robust"`
	Classical Interval `json:"interval"`
	Sandwich  Interval `json:"robust_interval"`
}

// NoMoneyError says why coefficients cannot be turned into money. It is an [ErrNotIdentified].
type NoMoneyError struct {
	Absent   bool     // there is no coefficient of the subsidy
	Value    float64  // the coefficient
	Interval Interval // its widest 95 % interval, which holds 0
}

func (e *NoMoneyError) Error() string {
	if e.Absent {
		return fmt.Sprintf("%v: there is no coefficient of %s, which willingness to pay divides by; estimate with that column",
			ErrNotIdentified, AttributeSubsidy)
	}
	return fmt.Sprintf("%v: the 95 %% interval of its coefficient %.4g, from %.4g to %.4g, holds 0, and willingness to pay divides by it; want more choices, or amounts that differ more",
		ErrNotIdentified, e.Value, e.Interval.Low, e.Interval.High)
}

func (e *NoMoneyError) Unwrap() error { return ErrNotIdentified }

// Willingness gives the willingness to pay for each coefficient but the subsidy's and the spreads.
// It expects the subsidy in units of [FenPerUnit]. With β the coefficients and s the subsidy, it
// is W_k = −β_k/β_s units a month; by the delta method
//
//	Var W_k = (V_kk + 2 W_k V_ks + W_k² V_ss) / β_s²
//
// once with the classical covariance V, once with the robust one. Where the subsidy's coefficient differs
// between people it is the ratio of means. The error is a *[NoMoneyError] where that coefficient is absent
// or either of its 95 % intervals holds 0: then the ratio has no finite interval (Fieller 1954).
//
// Train (2009), section 3.6; Hensher and Greene, Transportation 30 (2003).
func (f *Fit) Willingness() ([]Willingness, error) {
	s := slices.IndexFunc(f.Coefficients, func(c Coefficient) bool { return c.Name == AttributeSubsidy.String() && !c.Spread })
	if s < 0 {
		return nil, &NoMoneyError{Absent: true}
	}
	money := &f.Coefficients[s]
	if widest := around(money.Value, max(money.StdErr, money.Robust)); widest.Holds(0) {
		return nil, &NoMoneyError{Value: money.Value, Interval: widest}
	}
	unit := float64(FenPerUnit) / 100 // yuan
	var all []Willingness
	for k, c := range f.Coefficients {
		if k == s || c.Spread {
			continue
		}
		ratio := -c.Value / money.Value
		stdErr := func(v [][]float64) float64 {
			return unit * math.Sqrt(max(0, v[k][k]+2*ratio*v[k][s]+ratio*ratio*v[s][s])) / math.Abs(money.Value)
		}
		w := Willingness{Attribute: c.Name, Yuan: unit * ratio, StdErr: stdErr(f.Covariance), Robust: stdErr(f.Robust)}
		w.Classical, w.Sandwich = around(w.Yuan, w.StdErr), around(w.Yuan, w.Robust)
		all = append(all, w)
	}
	return all, nil
}
