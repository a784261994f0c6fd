package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// The plan's arithmetic: weekly totals to the period, and every share of the
// nine years inside its range. Subjects of one language alone stand beside it.
func TestCurriculumAddsUp(t *testing.T) {
	for _, name := range Curricula() {
		plan, err := LoadCurriculum(name)
		if err != nil {
			t.Fatal(err)
		}
		common := map[model.SubjectID]bool{}
		for _, s := range plan.Subjects {
			common[s.ID] = s.Language == ""
		}
		weekly := make([]model.Tenths, 12)
		yearly := map[model.SubjectID]int{} // tenths of periods in all years
		total := 0
		for _, line := range plan.Curriculum {
			if !common[line.Subject] {
				continue
			}
			weekly[line.Grade-1] += line.Periods
			if line.Grade <= len(plan.Weeks) {
				yearly[line.Subject] += int(line.Periods) * plan.Weeks[line.Grade-1]
				total += int(line.Periods) * plan.Weeks[line.Grade-1]
			}
		}
		if diff := cmp.Diff([]model.Tenths{260, 260, 300, 300, 300, 300, 340, 340, 340, 350, 350, 350}, weekly); diff != "" {
			t.Errorf("%s: weekly periods in tenths:\n%s", name, diff)
		}
		if diff := cmp.Diff(plan.Totals, weekly[:len(plan.Totals)]); diff != "" {
			t.Errorf("%s: the totals that the plan states:\n%s", name, diff)
		}
		if total != 95_220 {
			t.Errorf("%s: %d tenths of periods in nine years: want 95220", name, total)
		}
		seen := map[model.SubjectID]bool{}
		for _, share := range plan.Shares {
			sum := 0
			for _, s := range share.Subjects {
				if seen[s] || !common[s] {
					t.Errorf("%s: %s stands in two shares or is no subject", name, s)
				}
				seen[s] = true
				sum += yearly[s]
			}
			// sum / total between low and high basis points, in whole numbers.
			if sum*int(model.Whole) < int(share.Low)*total || sum*int(model.Whole) > int(share.High)*total {
				t.Errorf("%s: %v have %d of %d tenths: want %s to %s", name, share.Subjects, sum, total, share.Low, share.High)
			}
		}
		for s := range yearly {
			if !seen[s] {
				t.Errorf("%s: %s has periods and stands in no share", name, s)
			}
		}
	}
}

// The shares that the plan of 2022 sets.
func TestCurriculumShares(t *testing.T) {
	plan, err := LoadCurriculum("national-2022")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, s := range plan.Shares {
		have = append(have, string(s.Subjects[0])+" "+s.Low.String()+" "+s.High.String())
	}
	want := []string{"chinese 20% 22%", "mathematics 13% 15%", "english 6% 8%", "pe 10% 11%", "music 9% 11%", "science 8% 10%",
		"morality-law 6% 8%", "it 1% 3%", "labour 14% 18%", "history 3% 4%"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

// Which grades have which subject.
func TestCurriculumGrades(t *testing.T) {
	_, lines, err := Curriculum("national")
	if err != nil {
		t.Fatal(err)
	}
	taught := map[model.SubjectID][]int{}
	for _, line := range lines {
		taught[line.Subject] = append(taught[line.Subject], line.Grade)
	}
	span := func(from, to int) (grades []int) {
		for g := from; g <= to; g++ {
			grades = append(grades, g)
		}
		return grades
	}
	senior := span(10, 12)
	want := map[model.SubjectID][]int{
		"chinese": span(1, 12), "mathematics": span(1, 12), "english": span(3, 12), "morality-law": span(1, 12),
		"science": span(1, 6), "physics": span(8, 12), "chemistry": span(9, 12), "biology": slices.Concat(span(7, 8), senior),
		"history": span(7, 12), "geography": slices.Concat(span(7, 8), senior), "pe": span(1, 12), "music": span(1, 12), "fine-art": span(1, 12),
		"it": slices.Concat(span(3, 8), senior), "labour": span(1, 12), "mongolian": span(1, 12),
	}
	if diff := cmp.Diff(want, taught); diff != "" {
		t.Error(diff)
	}
}

// A curriculum is found by its own name and by a pack's.
func TestCurriculumOfPacks(t *testing.T) {
	subjects, lines, err := Curriculum("national-2022")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		s, l, err := Curriculum(name)
		if err != nil || !cmp.Equal(subjects, s) || !cmp.Equal(lines, l) {
			t.Errorf("%s: another curriculum, %v", name, err)
		}
	}
}

func TestMalformedCurricula(t *testing.T) {
	tests := []struct{ reason, text, want string }{
		{"two decimal places", `{"subjects":[{"id":"a","periods":["1.25"]}]}`, `a in grade 1: "1.25" has more than 1 decimal places`},
		{"a total that is no number", `{"totals":["NaN"]}`, `totals: "NaN" is not a plain number`},
		{"a share without a percent sign", `{"shares":[{"low":"1","high":"2%"}]}`, `shares: "1" is not a percentage`},
		{"an unknown member", `{"subject":[]}`, `unknown field "subject"`},
	}
	for _, test := range tests {
		if _, err := parseCurriculum([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: have %v, want %s", test.reason, err, test.want)
		}
	}
}

// The example tables are schedules that a county may have.
func TestSubsidyTables(t *testing.T) {
	p := load(t, "fuxin")
	if len(p.Subsidies) == 0 {
		t.Fatal("no tables")
	}
	for _, table := range p.Subsidies {
		cited(t, table.ID, table.Citation)
		c := model.County{Subsidy: table.Schedule()}
		for _, fault := range model.FieldErrors(c.Validate()) {
			if fault.Table == "subsidies" {
				t.Errorf("%s: %v", table.ID, fault)
			}
		}
	}
	chenxi := p.Subsidies[0].Schedule()
	for tier, want := range map[model.Tier][2]model.Fen{1: {880_00, 1380_00}, 2: {1100_00, 1600_00}, 3: {1320_00, 1820_00}} {
		if have := [2]model.Fen{chenxi.Monthly(tier, 0), chenxi.Monthly(tier, 60)}; have != want {
			t.Errorf("Chenxi, class %d: %v: want %v", tier, have, want)
		}
	}
}
