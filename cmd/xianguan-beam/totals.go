package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/xianguan/xianguan/allocation/scenario"
)

func init() {
	register.Combiner2[[]byte, planned](&totalFn{})
	register.Function1x2(byScenario)
	register.Function2x1(placed)
	register.DoFn3x1[context.Context, int, func(*placedTotal) bool, error](&totalsFn{})
	register.DoFn3x1[context.Context, []byte, func(*fault) bool, error](&faultsFn{})
	register.Iter1[placedTotal]()
	register.Iter1[fault]()
}

// totalFn sums the results of a scenario. A sum on its way is JSON of scenario.Total; its integers are exact, so no order matters.
type totalFn struct{}

// CreateAccumulator gives the empty sum.
func (totalFn) CreateAccumulator() []byte { return nil }

// AddInput adds a result.
func (totalFn) AddInput(sum []byte, p planned) ([]byte, error) {
	r, err := scenario.Decode(p.Text)
	if err != nil {
		return nil, err
	}
	return change(sum, func(t *scenario.Total) { t.Add(r) })
}

// MergeAccumulators adds two sums.
func (totalFn) MergeAccumulators(a, b []byte) ([]byte, error) {
	other, err := totalOf(b)
	if err != nil {
		return nil, err
	}
	return change(a, func(t *scenario.Total) { t.Join(other) })
}

func totalOf(text []byte) (*scenario.Total, error) {
	t := &scenario.Total{}
	if len(text) == 0 {
		return t, nil
	}
	return t, json.Unmarshal(text, t)
}

func change(sum []byte, by func(*scenario.Total)) ([]byte, error) {
	t, err := totalOf(sum)
	if err != nil {
		return nil, err
	}
	by(t)
	return json.Marshal(t)
}

// byScenario keys a result by the place of its scenario.
func byScenario(p planned) (int, planned) { return p.Scenario, p }

// placedTotal is a sum with the place of its scenario.
type placedTotal struct {
	Place int
	Text  []byte
}

func placed(place int, sum []byte) placedTotal { return placedTotal{place, sum} }

// writeTotals writes the sums of all scenarios, in the order of the file.
func writeTotals(s beam.Scope, out string, results beam.PCollection) {
	sums := beam.ParDo(s, placed, beam.CombinePerKey(s, &totalFn{}, beam.ParDo(s, byScenario, results)))
	beam.ParDo0(s, &totalsFn{out}, beam.GroupByKey(s, beam.AddFixedKey(s, sums)))
}

// totalsFn writes the file of sums.
type totalsFn struct{ Out string }

// ProcessElement writes all sums.
func (f *totalsFn) ProcessElement(ctx context.Context, _ int, next func(*placedTotal) bool) error {
	var all []placedTotal
	for p := (placedTotal{}); next(&p); p = (placedTotal{}) {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b placedTotal) int { return cmp.Compare(a.Place, b.Place) })
	totals := make([]*scenario.Total, len(all))
	for i := range all {
		var err error
		if totals[i], err = totalOf(all[i].Text); err != nil {
			return err
		}
	}
	return writeJSON(ctx, join(f.Out, "totals.json"), totals)
}

func writeJSON(ctx context.Context, path string, value any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return writeFile(ctx, path, text.Bytes())
}

// writeFaults writes the faults, an empty list where there are none.
func writeFaults(s beam.Scope, out string, faults beam.PCollection) {
	beam.ParDo0(s, &faultsFn{out}, beam.Impulse(s), beam.SideInput{Input: faults})
}

// faultsFn writes the file of faults.
type faultsFn struct{ Out string }

// ProcessElement writes all faults.
func (f *faultsFn) ProcessElement(ctx context.Context, _ []byte, next func(*fault) bool) error {
	all := []fault{}
	for x := (fault{}); next(&x); x = (fault{}) {
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.County, b.County), cmp.Compare(a.Scenario, b.Scenario), cmp.Compare(a.Text, b.Text))
	})
	return writeJSON(ctx, join(f.Out, "faults.json"), slices.Compact(all))
}

// faultsOf reads the faults of a run; any is an error.
func faultsOf(ctx context.Context, out string) error {
	text, err := readFile(ctx, join(out, "faults.json"))
	if err != nil {
		return err
	}
	var all []fault
	if err := json.Unmarshal(text, &all); err != nil || len(all) == 0 {
		return err
	}
	var says strings.Builder
	fmt.Fprintf(&says, "%d faults (the other counties are done)", len(all))
	for _, f := range all[:min(len(all), 20)] {
		fmt.Fprintf(&says, "\n  %s: %s", f.County, f.Text)
	}
	return inputError{fmt.Errorf("%s", says.String())}
}
