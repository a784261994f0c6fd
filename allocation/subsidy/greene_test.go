package subsidy_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/xianguan/xianguan/allocation/subsidy"
)

// travel reads Greene's travellers.
func travel(t testing.TB, terms ...string) *subsidy.Data {
	t.Helper()
	file, err := os.Open("testdata/travel-mode.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	long, err := subsidy.ReadLong(file, "travel-mode.csv", subsidy.Layout{Choice: "individual", Alternative: "mode", Chosen: "choice"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := long.Data(terms...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The conditional logit of Greene, Econometric Analysis (2003), table 21.11, p. 729: standard errors and log-likelihood to every
// digit, coefficients to five digits. In the sixth digit four published ones are short of the maximum: at them the likelihood is lower, and
// still rises towards ours.
func TestGreeneTravelMode(t *testing.T) {
	data := travel(t, "gcost", "wait", "air", "income:air", "train", "bus")
	fit, err := subsidy.Estimate(t.Context(), data, subsidy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		name   string
		value  float64
		stdErr string
	}{
		{"gcost", -0.0155015, "0.0044080"},
		{"wait", -0.0961246, "0.0104398"},
		{"air", 5.2074329, "0.7790551"},
		{"income:air", 0.0132870, "0.0102624"},
		{"train", 3.8690357, "0.4431269"},
		{"bus", 3.1631903, "0.4502659"},
	}
	var ours, published []float64
	for i, w := range want {
		c := fit.Coefficients[i]
		stdErr := fmt.Sprintf("%.7f", c.StdErr)
		if c.Name != w.name || math.Abs(c.Value-w.value) > 5e-6*math.Abs(w.value) || stdErr != w.stdErr {
			t.Errorf("got %s %.7f %s, want %s %.7f %s", c.Name, c.Value, stdErr, w.name, w.value, w.stdErr)
		}
		ours, published = append(ours, c.Value), append(published, w.value)
	}
	at, atPublished := logLikelihood(data, ours), logLikelihood(data, published)
	if math.Abs(at-fit.LogLikelihood) > 1e-9 || at <= atPublished {
		t.Errorf("log-likelihood %.12f reported %.12f, want more than %.12f at the published coefficients", at, fit.LogLikelihood, atPublished)
	}
	if got := fmt.Sprintf("%.4f", fit.LogLikelihood); got != "-199.1284" {
		t.Errorf("log-likelihood %s, want -199.1284", got)
	}
	// Both yardsticks have closed forms: 210 ln ¼, and Σ n_j ln(n_j/210) over 58 by air, 63 by train, 30 by bus, 59 by car.
	atConstants := 0.0
	for _, n := range []float64{58, 63, 30, 59} {
		atConstants += n * math.Log(n/210)
	}
	if math.Abs(fit.AtZero-210*math.Log(0.25)) > 1e-9 || math.Abs(fit.AtConstants-atConstants) > 1e-9 {
		t.Errorf("at zero %v, at constants %v, want %v and %v", fit.AtZero, fit.AtConstants, 210*math.Log(0.25), atConstants)
	}
}

// logLikelihood is Σ ln P(chosen), written out once more.
func logLikelihood(d *subsidy.Data, coefficients []float64) float64 {
	total := 0.0
	for n, chosen := range d.Chosen {
		denominator, own := 0.0, 0.0
		for i := d.First[n]; i < d.First[n+1]; i++ {
			utility := 0.0
			for k, c := range coefficients {
				utility += c * d.X[i*len(coefficients)+k]
			}
			denominator += math.Exp(utility)
			if i == chosen {
				own = utility
			}
		}
		total += own - math.Log(denominator)
	}
	return total
}
