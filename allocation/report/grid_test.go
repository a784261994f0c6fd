package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

func TestNumbersForPeople(t *testing.T) {
	tests := []struct{ reason, got, want string }{
		{"small numbers have no comma", number(999), "999"},
		{"thousands have one", number(1000), "1,000"},
		{"millions have two", number(1234567), "1,234,567"},
		{"a sign stands before the digits", number(-123456), "-123,456"},
		{"and before a short first group", number(-1234), "-1,234"},
		{"yuan keep two places", yuan(model.Fen(168733)), "1,687.33"},
		{"a part of nothing is no number", percent(0, 0), "-"},
		{"one place is enough", percent(1436, 1480), "97.0%"},
		{"a surplus shows its sign", signed(3), "+3"},
		{"a shortage too", signed(-3), "-3"},
		{"a long name is cut to its columns, of which a Chinese character takes two", short("劳动与综合实践", 8), "劳动与.."},
		{"a short one is left", short("语文", 8), "语文"},
		{"a word with a capital", titled("primary"), "Primary"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.reason, test.got, test.want)
		}
	}
}

func TestGridAlignsChinese(t *testing.T) {
	var out strings.Builder
	grid(&out, "Title (题)", []string{"学校", ">need"}, [][]string{{"城关小学", "12"}, {"S1", "3"}})
	want := "\nTitle (题)\n  学校      need\n────────────────\n  城关小学    12\n  S1           3\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("grid (-want +got)\n%s", diff)
	}
}

// A wrapped paragraph fits and loses no word.
func TestWrapFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,12}|[一-鿿]{1,8}`), 1, 60).Draw(t, "words")
		var out strings.Builder
		wrap(&out, "  - ", strings.Join(words, " "))
		for line := range strings.Lines(out.String()) {
			if width := text.StringWidth(strings.TrimSuffix(line, "\n")); width > Width {
				t.Fatalf("a line of %d columns: %q", width, line)
			}
		}
		if diff := cmp.Diff(words, strings.Fields(out.String())[1:]); diff != "" {
			t.Fatalf("words (-in +out)\n%s", diff)
		}
	})
}

func TestReasonsNeverTellExemptions(t *testing.T) {
	county := &model.County{Rules: model.Rules{RotationYears: 6}}
	teacher := &model.Teacher{ID: "T1", YearsHere: 8, Exemptions: []model.Exemption{model.ExemptionIllness}, Preferences: []model.SchoolID{"S2", "S3"}}
	for ground := model.GroundStay; ground <= model.GroundAway; ground++ {
		a := &model.Assignment{Ground: ground, To: model.PostID{School: "S3"}}
		english, chinese := Reason(county, teacher, a)
		if english == "" || chinese == "" {
			t.Errorf("ground %s has no reason", ground)
		}
		if strings.Contains(english+chinese, "illness") || strings.Contains(english+chinese, "病") || strings.Contains(english, "exempt") {
			t.Errorf("the reason for %s tells why somebody is exempt: %s %s", ground, english, chinese)
		}
	}
	english, _ := Reason(county, teacher, &model.Assignment{Ground: model.GroundVolunteer, To: model.PostID{School: "S3"}})
	if english != "asked to move; choice 2 of 2" {
		t.Errorf("got %q", english)
	}
}
