package subsidy_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/xianguan/xianguan/allocation/subsidy"
)

// The sample counties carry choices of known coefficients: the files are what Simulate gives, and the estimate finds the
// coefficients again. Of 9 intervals of 95 % about 8.6 hold the truth; none may be four errors off.
func TestTheSampleHistoriesAreRecovered(t *testing.T) {
	truth := subsidy.SyntheticModel()
	for _, name := range []string{"zhangwu", "fumeng"} {
		text, err := os.ReadFile("../../testdata/" + name + "/choices.csv")
		if err != nil {
			t.Fatal(err)
		}
		county := readCounty(t, name)
		made := subsidy.Simulate(truth, subsidy.NewSupply(county, subsidy.OfferedVacant), subsidy.SimulateOptions{People: 500, Seed: 1})
		if !bytes.Equal(text, written(t, made)) {
			t.Errorf("%s: choices.csv is not what Simulate gives; the folder's README says how to write it anew", name)
		}
		history, err := subsidy.ReadHistory(bytes.NewReader(text), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := history.Check(subsidy.NewSupply(county, subsidy.OfferedAll), name); err != nil || !history.Synthetic {
			t.Errorf("%s: %v, synthetic %t", name, err, history.Synthetic)
		}
		fit, err := subsidy.Estimate(t.Context(), history.Data, subsidy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		held := 0
		for _, c := range fit.Coefficients {
			a, err := subsidy.ParseAttribute(c.Name)
			if err != nil {
				t.Fatal(err)
			}
			off := (c.Value - truth.Mean[a]) / c.Robust
			t.Logf("%s, %s: %.3f, true %.3f", name, c.Name, c.Value, truth.Mean[a])
			if c.RobustInterval().Holds(truth.Mean[a]) {
				held++
			}
			if off > 4 || off < -4 {
				t.Errorf("%s: %s is %.3f, %.1f errors from %.3f", name, c.Name, c.Value, off, truth.Mean[a])
			}
		}
		if held < 7 {
			t.Errorf("%s: %d of %d intervals hold the truth, want 7", name, held, len(fit.Coefficients))
		}
	}
}
