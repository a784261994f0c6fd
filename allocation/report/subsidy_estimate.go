package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// SyntheticChoices is the line that goes with every figure from made-up choices.
const SyntheticChoices = "SYNTHETIC CHOICES (选择数据为合成): these figures say nothing about real teachers"

// Estimate is a fitted acceptance model, as `subsidy estimate` prints it.
type Estimate struct {
	County      model.CountyID        `json:"county"`
	Synthetic   bool                  `json:"synthetic_choices"`
	Fit         *subsidy.Fit          `json:"fit,omitempty"`
	McFadden    float64               `json:"mcfadden,omitempty"`
	Willingness []subsidy.Willingness `json:"willingness,omitempty"`
	NoMoney     string                `json:"no_willingness,omitempty"` // why there is no willingness to pay

	// Where the effect of money is declared there are three fits, and ranges, in place of the above.
	Declared *subsidy.Declared             `json:"declared,omitempty"`
	Ranges   []subsidy.DeclaredWillingness `json:"ranges,omitempty"`

	Model *subsidy.Model `json:"model"` // for the commands that take --coefficients
}

// Fill fits a model to choices. Errors are those of subsidy.Estimate.
func (e *Estimate) Fill(ctx context.Context, data *subsidy.Data, options subsidy.Options, observed subsidy.Observed, source string) (err error) {
	if e.Fit, err = subsidy.Estimate(ctx, data, options); err != nil {
		return err
	}
	e.McFadden = e.Fit.McFadden()
	if e.Willingness, err = e.Fit.Willingness(); err != nil {
		e.NoMoney = err.Error()
	}
	e.Model, err = e.Fit.Model(observed, source, e.Synthetic)
	return err
}

// Declare fits a model whose effect of money lies in a declared range, as in "0.05:0.15". Its middle is the model. Errors are a
// *subsidy.ElasticityError and those of subsidy.EstimateDeclared.
func (e *Estimate) Declare(ctx context.Context, data *subsidy.Data, options subsidy.Options, elasticity string, observed subsidy.Observed, source string) error {
	r, err := subsidy.ParseElasticity(elasticity)
	if err != nil {
		return err
	}
	if e.Declared, err = subsidy.EstimateDeclared(ctx, data, options, r); err != nil {
		return err
	}
	e.Ranges = e.Declared.Willingness()
	_, e.Model, _, err = e.Declared.Models(observed, source, e.Synthetic)
	return err
}

// WriteEstimate writes the coefficients, what each is worth in money, and how well the model fits.
func WriteEstimate(w io.Writer, c *model.County, e *Estimate) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "what teachers weigh (岗位选择模型)")
	if e.Synthetic {
		wrap(out, "", SyntheticChoices)
	}
	if e.Declared != nil {
		writeDeclared(out, e)
		return out.Flush()
	}
	var rows [][]string
	for _, k := range e.Fit.Coefficients {
		name := attributeTerm(k.Name)
		if k.Spread {
			name += ", spread (标准差)"
		}
		rows = append(rows, []string{name, fmt.Sprintf("%.4f", k.Value), fmt.Sprintf("%.4f", k.StdErr),
			fmt.Sprintf("%.4f", k.Robust), fmt.Sprintf("%.2f", k.Z), chance(k.P)})
	}
	grid(out, "Coefficients (系数); z and p by robust errors (稳健标准误), by person",
		[]string{"attribute", ">coefficient", ">s.e.", ">robust s.e.", ">z", ">p"}, rows)
	writeWillingness(out, e)
	f := e.Fit
	kind := "conditional logit (条件 logit)"
	if f.Draws > 0 {
		kind = fmt.Sprintf("mixed logit (混合 logit), %s draws a person", number(f.Draws))
	}
	grid(out, "Fit (拟合)", []string{"", ">"}, [][]string{
		{"Model (模型)", kind},
		{"Log-likelihood at zero (零系数)", fmt.Sprintf("%.3f", f.AtZero)},
		{"Log-likelihood at constants (仅常数)", fmt.Sprintf("%.3f", f.AtConstants)},
		{"Log-likelihood at the optimum (最优)", fmt.Sprintf("%.3f", f.LogLikelihood)},
		{"McFadden R2 against zero", fmt.Sprintf("%.4f", e.McFadden)},
		{"Choices / people (选择 / 人数)", number(f.Choices) + " / " + number(f.People)},
	})
	return out.Flush()
}

// writeDeclared writes what the choices say at both ends and in the middle of a declared range.
func writeDeclared(w io.Writer, e *Estimate) {
	d := e.Declared
	wrap(w, "Effect of money (补贴效应): ", fmt.Sprintf("DECLARED (设定), not estimated: a hundred yuan a month raises the logarithm of the odds of a post by %g to %g. All figures below rest on it",
		d.Elasticity.Low, d.Elasticity.High))
	var rows [][]string
	for i, k := range d.Middle.Coefficients {
		name := attributeTerm(k.Name)
		if k.Spread {
			name += ", spread (标准差)"
		}
		rows = append(rows, []string{name, fmt.Sprintf("%.4f", d.Low.Coefficients[i].Value), fmt.Sprintf("%.4f", k.Value),
			fmt.Sprintf("%.4f", d.High.Coefficients[i].Value), fmt.Sprintf("%.4f", k.Robust)})
	}
	grid(w, "Coefficients (系数) where money counts least, in the middle, and most",
		[]string{"attribute", ">at low", ">middle", ">at high", ">robust s.e."}, rows)
	rows = nil
	for _, x := range e.Ranges {
		unit := ""
		if a, err := subsidy.ParseAttribute(x.Attribute); err == nil {
			unit = a.Unit()
		}
		rows = append(rows, []string{attributeTerm(x.Attribute), unit, wholeYuan(x.AtMiddle), wholeYuan(x.Range.Low) + " to " + wholeYuan(x.Range.High)})
	}
	grid(w, "Subsidy that makes up for one more (补偿额), yuan a month; below 0: would pay (支付意愿)",
		[]string{"attribute", "one more is", ">middle", ">range of all 95% intervals"}, rows)
	f := d.Middle
	grid(w, "Fit (拟合)", []string{"", ">"}, [][]string{
		{"Log-likelihood: at low, middle, high (对数似然)", fmt.Sprintf("%.3f, %.3f, %.3f", d.Low.LogLikelihood, f.LogLikelihood, d.High.LogLikelihood)},
		{"Choices / people (选择 / 人数)", number(f.Choices) + " / " + number(f.People)},
	})
}

func writeWillingness(w io.Writer, e *Estimate) {
	if e.NoMoney != "" {
		fmt.Fprintln(w)
		wrap(w, "No willingness to pay (无支付意愿): ", e.NoMoney)
		return
	}
	var rows [][]string
	for _, x := range e.Willingness {
		unit := ""
		if a, err := subsidy.ParseAttribute(x.Attribute); err == nil {
			unit = a.Unit()
		}
		rows = append(rows, []string{attributeTerm(x.Attribute), unit, wholeYuan(x.Yuan),
			wholeYuan(x.Classical.Low) + " to " + wholeYuan(x.Classical.High), wholeYuan(x.Sandwich.Low) + " to " + wholeYuan(x.Sandwich.High)})
	}
	grid(w, "Subsidy that makes up for one more (补偿额), yuan a month; below 0: would pay (支付意愿)",
		[]string{"attribute", "one more is", ">yuan", ">95% interval", ">robust 95%"}, rows)
}

// attributeTerm gives the English and Chinese name of a column.
func attributeTerm(name string) string {
	a, err := subsidy.ParseAttribute(name)
	if err != nil {
		return name
	}
	return a.English() + " (" + a.Chinese() + ")"
}

// wholeYuan rounds money to whole yuan.
func wholeYuan(x float64) string { return number(int64(math.Round(x))) }

// chance writes a probability to four places.
func chance(p float64) string {
	if p < 0.00005 {
		return "<0.0001"
	}
	return fmt.Sprintf("%.4f", p)
}
