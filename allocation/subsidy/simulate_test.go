package subsidy_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func readCounty(t testing.TB, name string) *model.County {
	t.Helper()
	county, err := table.Read("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return county
}

func written(t testing.TB, h *subsidy.History) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := h.Write(&text); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// A history comes back number for number, by both readers, and a seed gives the same bytes.
func TestHistoryRoundTrip(t *testing.T) {
	county := readCounty(t, "tiny")
	m := subsidy.SyntheticModel()
	m.Spread[subsidy.AttributeDistance] = 0.01
	simulate := func(seed uint64) *subsidy.History {
		return subsidy.Simulate(m, subsidy.NewSupply(county, subsidy.OfferedVacant), subsidy.SimulateOptions{Seed: seed, Years: 4})
	}
	h := simulate(7)
	text := written(t, h)
	if !bytes.Equal(text, written(t, simulate(7))) {
		t.Error("the same seed gives different bytes")
	}
	if bytes.Equal(text, written(t, simulate(8))) {
		t.Error("different seeds give the same bytes")
	}
	back, err := subsidy.ReadHistory(bytes.NewReader(text), "history.csv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h, back); diff != "" {
		t.Errorf("ReadHistory (-written +read)\n%s", diff)
	}
	long, err := subsidy.ReadLong(bytes.NewReader(text), "history.csv", subsidy.HistoryLayout())
	if err != nil {
		t.Fatal(err)
	}
	data, err := long.Data(h.Data.Columns...)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(data.X, h.Data.X) || !slices.Equal(data.First, h.Data.First) || !slices.Equal(data.Chosen, h.Data.Chosen) {
		t.Error("ReadLong reads other numbers than were written")
	}
}

// The coefficients behind a county's history lie within three robust standard errors of the estimate; with nine of them,
// chance alone breaks that for one seed in forty.
func TestSimulatedCountyRecovered(t *testing.T) {
	m := subsidy.SyntheticModel()
	h := subsidy.Simulate(m, subsidy.NewSupply(readCounty(t, "zhangwu"), subsidy.OfferedVacant), subsidy.SimulateOptions{Seed: 1})
	fit, err := subsidy.Estimate(t.Context(), h.Data, subsidy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, c := range fit.Coefficients {
		if off := (c.Value - m.Mean[k]) / c.Robust; off < -3 || off > 3 {
			t.Errorf("%s: %.4f is %.1f errors from the true %v", c.Name, c.Value, off, m.Mean[k])
		}
	}
	if fit.People*3 != fit.Choices {
		t.Errorf("%d people made %d choices, want three each", fit.People, fit.Choices)
	}
}

const twoChoices = "choice,teacher,alternative,chosen,synthetic,subsidy,outside\n1,T1,S1,yes,no,8.8,0\n1,T1,none,no,no,0,1\n2,T2,S1,no,no,11,0\n2,T2,none,yes,no,0,1\n"

func TestReadHistoryRefuses(t *testing.T) {
	for _, test := range []struct{ reason, old, replacement, says string }{
		{"a misspelt column", "outside", "outsider", "outside"},
		{"no column of subsidies", ",subsidy,", ",distance,", "subsidy"},
		{"an infinite amount", "8.8", "Inf", "subsidy"},
		{"yuan instead of hundreds of yuan", "8.8", "8800000", "0 to 1000"},
		{"two chosen", "none,no", "none,yes", "another alternative"},
		{"a choice of two teachers", "1,T1,none", "1,T2,none", "one teacher"},
		{"no teacher", "T2,", ",", "teacher"},
		{"an alternative twice", "1,T1,none", "1,T1,S1", "each alternative once"},
	} {
		_, err := subsidy.ReadHistory(strings.NewReader(strings.ReplaceAll(twoChoices, test.old, test.replacement)), "history.csv")
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want one that says %q", test.reason, err, test.says)
		}
	}
	if _, err := subsidy.ReadHistory(strings.NewReader(twoChoices), "history.csv"); err != nil {
		t.Errorf("the sound file: %v", err)
	}
}

// What is read can be written and read again without a difference.
func FuzzReadHistory(f *testing.F) {
	f.Add([]byte(twoChoices))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(twoChoices, "8.8", "1e2")))
	f.Add([]byte("choice\n\"1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		h, err := subsidy.ReadHistory(bytes.NewReader(text), "history.csv")
		if err != nil {
			return
		}
		again, err := subsidy.ReadHistory(bytes.NewReader(written(t, h)), "history.csv")
		if err != nil {
			t.Fatalf("what was written is refused: %v", err)
		}
		if diff := cmp.Diff(h, again); diff != "" {
			t.Errorf("(-read +again)\n%s", diff)
		}
	})
}

// Data of any table that is accepted have one chosen row in each choice.
func FuzzReadLong(f *testing.F) {
	content, err := os.ReadFile("testdata/travel-mode.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content[:400], "gcost")
	f.Add([]byte("individual,mode,choice,gcost\n1,air,yes,3\n1,bus,no,-1e3\n"), "gcost:air")
	f.Fuzz(func(t *testing.T, text []byte, term string) {
		long, err := subsidy.ReadLong(bytes.NewReader(text), "x.csv", subsidy.Layout{Choice: "individual", Alternative: "mode", Chosen: "choice"})
		if err != nil {
			return
		}
		data, err := long.Data(term)
		if err != nil {
			return
		}
		if len(data.First) != data.Choices()+1 || data.First[data.Choices()] != data.Rows() {
			t.Fatalf("bounds %v, %d choices, %d rows", data.First, data.Choices(), data.Rows())
		}
		for n, chosen := range data.Chosen {
			if chosen < data.First[n] || chosen >= data.First[n+1] {
				t.Errorf("choice %d: row %d of %d to %d", n, chosen, data.First[n], data.First[n+1]-1)
			}
		}
	})
}
