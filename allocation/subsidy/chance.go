package subsidy

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/xianguan/xianguan/model"
)

// ChanceOptions says how a design by sample average is made. The zero value works.
type ChanceOptions struct {
	Scenarios    int    `json:"scenarios"`    // of each replication; 0: 10
	Replications int    `json:"replications"` // that bound the optimum, beside the first; 0: 5
	Evaluate     int    `json:"evaluate"`     // fresh scenarios that judge the candidates, and as many the one chosen; 0: 200
	Seed         uint64 `json:"seed"`
	Nodes        int    `json:"nodes,omitempty"` // of each replication's search, at most; 0: 100
}

// The defaults of a design by sample average.
const (
	DefaultScenarios    = 10
	DefaultReplications = 5
	DefaultEvaluate     = 200
	defaultChanceNodes  = 100
)

func (o *ChanceOptions) fill() error {
	for _, setting := range []struct {
		field      string
		value      *int
		normal     int
		least, top int
	}{
		{"scenarios", &o.Scenarios, DefaultScenarios, 1, 10_000},
		{"replications", &o.Replications, DefaultReplications, 2, 1_000},
		{"evaluate", &o.Evaluate, DefaultEvaluate, 2, 1_000_000},
		{"nodes", &o.Nodes, defaultChanceNodes, 1, math.MaxInt32},
	} {
		if *setting.value == 0 {
			*setting.value = setting.normal
		}
		if *setting.value < setting.least || *setting.value > setting.top {
			return &DesignError{setting.field, fmt.Sprint(*setting.value), fmt.Sprintf("%d to %d", setting.least, setting.top)}
		}
	}
	return nil
}

// Estimated is a mean over scenarios with its 95 % interval (Student's t). The interval is that of the mean,
// not of a single year, which varies by Deviation.
type Estimated struct {
	Mean      float64  `json:"mean"`
	Interval  Interval `json:"interval"`
	Deviation float64  `json:"deviation"` // standard deviation of one scenario
	Year      Interval `json:"year"`      // where all but 2.5 % of the scenarios at each end lie
}

// estimated works out the mean and interval of values, of which there are two or more.
func estimated(values []float64) Estimated {
	e := Estimated{}
	n := float64(len(values))
	for _, x := range values {
		e.Mean += x / n
	}
	for _, x := range values {
		e.Deviation += (x - e.Mean) * (x - e.Mean) / (n - 1)
	}
	e.Deviation = math.Sqrt(e.Deviation)
	half := e.quantile((1+confidence)/2, len(values))
	e.Interval = Interval{e.Mean - half, e.Mean + half}
	sorted := slices.Sorted(slices.Values(values))
	cut := len(sorted) / 40
	e.Year = Interval{sorted[cut], sorted[len(sorted)-1-cut]}
	return e
}

// quantile is that of the mean's error, for a sample of n.
func (e *Estimated) quantile(p float64, n int) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(p) * e.Deviation / math.Sqrt(float64(n))
}

// ChanceOutcome is what a schedule brings about a month when people answer by chance, as the model says.
type ChanceOutcome struct {
	Amounts    Amounts               `json:"amounts"`
	Schedule   model.SubsidySchedule `json:"schedule"`
	Need       int                   `json:"need"`
	Filled     Estimated             `json:"filled"` // people of the need
	Weight     Estimated             `json:"weight"` // of what is filled, in basis points
	Cost       Estimated             `json:"cost"`   // fen
	OverBudget float64               `json:"over_budget"`
	Short      float64               `json:"short"` // share of the scenarios below the target; OverBudget likewise
	Tiers      []ChanceTier          `json:"tiers"`
	Scenarios  int                   `json:"scenarios"`
}

// ChanceTier is the part of one tier.
type ChanceTier struct {
	Tier   model.Tier `json:"tier"`
	Amount model.Fen  `json:"amount"`
	Need   int        `json:"need"`
	Filled Estimated  `json:"filled"`
}

// ChanceDesign is a schedule chosen by sample average, with what is known of the best one.
type ChanceDesign struct {
	ChanceOutcome
	Asked  string    `json:"asked"`
	Method string    `json:"method"`
	Target int64     `json:"target"` // weight asked for, in the mean; 0: none
	Budget model.Fen `json:"budget"` // a month, in the mean; 0: none
	// Met says whether target and budget are met in the mean of the fresh scenarios; Surely, also at the far ends of the
	// intervals.
	Met    bool `json:"met"`
	Surely bool `json:"surely_met"`

	// Bound is an estimate of what no schedule can better, with Limit, beyond which the bound is not with confidence
	// 97.5 %: the least expected cost in fen of meeting the target, or the most expected weight within the budget.
	Bound float64 `json:"bound"`
	Limit float64 `json:"limit"`
	// Gap is from the mean to Bound, and GapLimit the greatest that it is with confidence 95 %: the far
	// end of the mean's interval from Limit. Both are in fen or weight as the bound is, 0 where less.
	Gap      float64 `json:"gap"`
	GapLimit float64 `json:"gap_limit"`

	Price      model.Fen     `json:"price"`  // of a place of weight 1 in the bound
	Proven     bool          `json:"proven"` // each replication's sum was searched to its end
	Candidates int           `json:"candidates"`
	Options    ChanceOptions `json:"options"`
}

// ChanceMethod says in a sentence how designs under chance are made.
const ChanceMethod = "sample average approximation with common random numbers; the budget and the target hold for the mean of the scenarios"

// LeastCostByChance finds a schedule of low expected cost that fills at least `people` of the need in the mean, when
// everybody answers by chance as the logit model says: utility is what the model sees, plus a Gumbel draw for
// each alternative, at a taste drawn from the population. The same draws meet every schedule.
//
// It is the sample average approximation. Each of several replications draws scenarios and finds the
// schedule of least mean cost that meets the target in their mean, by the search of LeastCost
// over the sum of the scenarios' bounds. The candidates, and what lies a little on the safe side of them, are judged on
// fresh scenarios, and the best that meets the target there is evaluated on fresh ones again, which
// choosing has not biased.
//
// The bound comes from a Lagrangian. For any price π of a place, with L(π) = min over schedules of
// E[cost − π · fill], no schedule that fills F in the mean costs less than L(π) + π F, and none of mean cost
// B fills more than (B − L(π)) / π. The mean of the minimum over a sample's scenarios is at most L(π), so the
// replications' mean, less its t quantile, bounds it from below; π is the slope at the optimum of a first replication
// that is not counted. A part of the gap may be the Lagrangian's own.
//
// Errors are those of LeastCost. Kleywegt, Shapiro and Homem-de-Mello, "The sample average approximation method for
// stochastic discrete optimization", SIAM Journal on Optimization 12 (2002); Mak, Morton and Wood, "Monte Carlo
// bounding techniques for determining solution quality in stochastic programs", Operations Research Letters 24 (1999).
func (d *Designer) LeastCostByChance(ctx context.Context, people int, budget model.Fen, o ChanceOptions) (*ChanceDesign, error) {
	if people < 1 || people > d.response.need {
		return nil, &DesignError{"target", fmt.Sprint(people), fmt.Sprintf("1 to %d people, the need", d.response.need)}
	}
	if err := o.fill(); err != nil {
		return nil, err
	}
	asked := fmt.Sprintf("fill %d of %d in the mean at least expected cost", people, d.response.need)
	return d.byChance(ctx, &sampled{designer: d, options: o, people: people, target: d.weightOf(people), budget: budget}, asked)
}

// MostFilledByChance finds a schedule that fills much weight of need in the mean, of an expected cost within
// a budget a month; see LeastCostByChance.
func (d *Designer) MostFilledByChance(ctx context.Context, budget model.Fen, o ChanceOptions) (*ChanceDesign, error) {
	if budget < 1 {
		return nil, &DesignError{"budget", budget.String(), "an amount above 0"}
	}
	if err := o.fill(); err != nil {
		return nil, err
	}
	asked := "fill the most in the mean within an expected cost of " + budget.String() + " yuan a month"
	return d.byChance(ctx, &sampled{designer: d, options: o, budget: budget}, asked)
}

// ByChance evaluates amounts, all on the same scenarios. Amounts must lie within what At asks for.
func (d *Designer) ByChance(ctx context.Context, amounts []Amounts, o ChanceOptions) ([]ChanceOutcome, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	samples, err := d.lottery(o.Seed).evaluate(ctx, amounts, streamFinal, o.Evaluate)
	if err != nil {
		return nil, err
	}
	all := make([]ChanceOutcome, len(amounts))
	for i, a := range amounts {
		all[i] = d.summary(a, samples[i], 0, 0)
	}
	return all, nil
}
