package sharing

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// The classes of zhangwu, with after-school service: every class has its periods of every subject, in sum those of the lessons, and no class is much worse off
// than another of its school.
func TestClassesAddUpToLessons(t *testing.T) {
	c := county(t, "zhangwu")
	c.Rules.AfterSchool.Primary = 15
	c.Overrides = append(c.Overrides, model.Override{Key: "after_school.primary", Value: "1.5"})
	p := planned(t, c)
	r, err := Share(t.Context(), c, p, &Options{NoNetwork: true, Rounds: 20, Proof: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(c, p, r); err != nil {
		t.Fatal(err)
	}
	sums := map[model.PostID]Covered{}
	asked := map[int]model.Tenths{} // by grade
	for _, line := range c.Curriculum {
		asked[line.Grade] += line.Periods
	}
	least, most := map[model.PostID]float64{}, map[model.PostID]float64{}
	for _, x := range Classes(c, r) {
		if x.Missing < 0 || x.Network < 0 || x.Presence < 0 || x.Missing+x.Network+x.Presence != x.Periods || x.Periods == 0 {
			t.Fatalf("%+v", x)
		}
		sum := sums[x.PostID]
		sum.Periods += x.Periods
		sum.Network += x.Network
		sum.Missing += x.Missing
		sum.Classes++
		sums[x.PostID] = sum
		share := float64(x.Missing) / float64(x.Periods)
		if low, seen := least[x.PostID]; !seen || share < low {
			least[x.PostID] = share
		}
		most[x.PostID] = max(most[x.PostID], share)
		if x.Periods >= 20 && most[x.PostID] > least[x.PostID]+0.5 {
			t.Errorf("%s: a class lacks %.2f of its periods, another %.2f", x.PostID, most[x.PostID], least[x.PostID])
		}
	}
	for _, l := range r.Lessons {
		sum := sums[l.PostID]
		if sum.Periods != l.Periods || sum.Missing != l.Missing || sum.Network != l.Network || sum.Classes != l.Classes {
			t.Errorf("%+v: the classes have %+v", l, sum)
		}
	}
	if len(r.Classes) == 0 || len(sums) != len(r.Lessons) {
		t.Errorf("%d classes are short; %d lessons of %d", len(r.Classes), len(sums), len(r.Lessons))
	}
}

func TestDeal(t *testing.T) {
	tests := []struct {
		reason          string
		periods         []model.Tenths
		amount, network model.Tenths
		missing, remote []model.Tenths
	}{
		{"the highest grade first", []model.Tenths{20, 20}, 10, 0, []model.Tenths{0, 10}, []model.Tenths{0, 0}},
		{"evenly", []model.Tenths{20, 20}, 30, 0, []model.Tenths{10, 20}, []model.Tenths{0, 0}},
		{"by share, not by number", []model.Tenths{80, 20}, 50, 0, []model.Tenths{40, 10}, []model.Tenths{0, 0}},
		{"a part of a period at the end", []model.Tenths{20, 20}, 13, 0, []model.Tenths{3, 10}, []model.Tenths{0, 0}},
		{"all", []model.Tenths{15, 5}, 20, 0, []model.Tenths{15, 5}, []model.Tenths{0, 0}},
		{"the network goes where less is missing", []model.Tenths{20, 20}, 10, 10, []model.Tenths{0, 10}, []model.Tenths{10, 0}},
		{"more than there is", []model.Tenths{5}, 20, 0, []model.Tenths{5}, []model.Tenths{0}},
	}
	for _, test := range tests {
		var classes []ClassLesson
		for i, periods := range test.periods {
			classes = append(classes, ClassLesson{Grade: i + 1, Class: 1, Periods: periods})
		}
		deal(classes, test.amount, func(x *ClassLesson) *model.Tenths { return &x.Missing })
		deal(classes, test.network, func(x *ClassLesson) *model.Tenths { return &x.Network })
		var missing, remote []model.Tenths
		for _, x := range classes {
			missing, remote = append(missing, x.Missing), append(remote, x.Network)
		}
		if diff := cmp.Diff([][]model.Tenths{test.missing, test.remote}, [][]model.Tenths{missing, remote}); diff != "" {
			t.Errorf("%s (-want +have)\n%s", test.reason, diff)
		}
	}
}
