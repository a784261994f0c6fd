package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// A nation of long names and large numbers fits the page, its states are summed, and what has no plan is named and counts in nothing.
func TestWriteNation(t *testing.T) {
	var districts []NationDistrict
	for i, state := range []string{"WILAYAH PERSEKUTUAN KUALA LUMPUR", "B", "WILAYAH PERSEKUTUAN KUALA LUMPUR", "B"} {
		r := scenario.Result{Task: "t", County: scenario.Heading{ID: model.CountyID(state), Policy: "national", Synthetic: true},
			Indicators: scenario.Indicators{Schools: 10_000, People: 900_000, Need: 900_000, Filled: 800_000, Vacant: 100_000, VacantBefore: 100_000, RuralNeed: 10, RuralFilled: 9, Fill: 8888, Moved: 100_000, Proven: i > 0}}
		if i == 3 {
			r.Refused, r.Indicators = "no plan obeys every rule", scenario.Indicators{}
		}
		districts = append(districts, NationDistrict{State: state, Name: strings.Repeat("LONG ", 9) + string(rune('a'+i)), Result: r})
	}
	n := NewNation("census.csv", model.Origin{Synthetic: true}, districts)
	if len(n.States) != 2 || n.States[0].State != "B" || n.States[1].Total.People != 1_800_000 || n.Total.Counties != 4 || n.Total.Refused != 1 || n.Total.People != 2_700_000 {
		t.Errorf("%+v", n.States)
	}
	var out bytes.Buffer
	if err := WriteNation(&out, n); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if width := text.StringWidth(strings.TrimSuffix(line, "\n")); width > Width || strings.Contains(line, "≈") {
			t.Errorf("%d columns: %s", width, line)
		}
	}
	for _, want := range []string{"SYNTHETIC PEOPLE (人员为合成数据)", "A WHAT-IF (假设测算)", "2 of 4 districts have a plan that is proven optimal", "each of 3 plans", "no plan obeys every rule", "WILAYAH..KUALA LUMPUR"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if !strings.Contains(n.Districts[0].Result.Refused+n.Districts[1].Result.Refused, "no plan") {
		t.Error("the district without a plan is lost")
	}
	out.Reset()
	if err := WriteNationTable(&out, n); err != nil || strings.Count(out.String(), "\n") != 5 {
		t.Errorf("%v: %s", err, out.String())
	}
}
