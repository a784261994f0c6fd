package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// The rounds of two counties are what the goldens show, and what they write can be run and
// checked again by other commands.
func TestRounds(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for name, args := range map[string][]string{
		"rounds-tiny":    {"rounds", data + "tiny", "--school", "S1", "--out", out},
		"rounds-refuse":  {"rounds", data + "tiny", "--refuse", "T5", "--json"},
		"rounds-zhangwu": {"rounds", data + "zhangwu", "--seed", "2026", "--school", "S001"},
	} {
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		golden.Compare(t, name+".txt", strings.ReplaceAll(stdout, out, "out"))
		fits(t, stdout)
	}
	for _, name := range []string{"rounds.json", "decisions.csv", "market-in-school.json"} {
		content, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "tiny-"+name, string(content))
	}
	if _, stderr, code := invoke(t.Context(), "verify", filepath.Join(out, "county.json"), filepath.Join(out, "plan.json")); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, stderr)
	}
	stdout, stderr, code := invoke(t.Context(), "match", filepath.Join(out, "market-in-school.json"), "--mechanism", "da-present", "--trace", "T1")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "match-tiny.txt", stdout)
	fits(t, stdout)
}

// Title quotas stand in the ledger, and people who meet one are told so; the market with its caps runs again.
func TestRoundsWithTitleQuotas(t *testing.T) {
	county, err := table.Read(data + "tiny")
	if err != nil {
		t.Fatal(err)
	}
	posts := [4]int{1, 0, 2, 1}
	for i := range county.Schools {
		county.Schools[i].SeniorPosts = &posts[i]
	}
	for _, i := range []int{0, 1, 2, 5} { // T1, T2, T3 and T6
		county.Teachers[i].Title = model.TitleSenior
	}
	dir := t.TempDir()
	path, out := filepath.Join(dir, "county.json"), filepath.Join(dir, "out")
	if err := table.WriteJSON(path, county); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "rounds", path, "--out", out)
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "rounds-titles.txt", strings.ReplaceAll(stdout, dir, "dir"))
	fits(t, stdout)
	market := filepath.Join(out, "market-county.json")
	stdout, stderr, code = invoke(t.Context(), "match", market, "--mechanism", "da-present", "--trace", "T1")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "match-titles.txt", stdout)
	fits(t, stdout)
	if _, stderr, code := invoke(t.Context(), "match", market, "--mechanism", "ttc"); code != exitBadInput || !strings.Contains(stderr, "class caps") {
		t.Errorf("ttc: exit %d: %s", code, stderr)
	}
	if _, stderr, code := invoke(t.Context(), "verify", filepath.Join(out, "county.json"), filepath.Join(out, "plan.json")); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, stderr)
	}
}

// A flag replaces one weight of points, and the others stay those of the county.
func TestPointsFlags(t *testing.T) {
	stdout := func(args ...string) (weights map[string]int) {
		out := filepath.Join(t.TempDir(), "out")
		if _, stderr, code := invoke(t.Context(), append([]string{"rounds", data + "tiny", "--out", out}, args...)...); code != exitDone {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		var result struct {
			Weights map[string]int `json:"point_weights"`
		}
		text, err := os.ReadFile(filepath.Join(out, "rounds.json"))
		if err == nil {
			err = json.Unmarshal(text, &result)
		}
		if err != nil {
			t.Fatal(err)
		}
		return result.Weights
	}
	want := map[string]int{"year": 1, "rural_year": 2, "title": 4, "backbone": 3, "excellent": 5, "qualified": 3, "basic": 1}
	if diff := cmp.Diff(want, stdout()); diff != "" {
		t.Errorf("of the county\n%s", diff)
	}
	want["rural_year"], want["excellent"] = 7, 0
	if diff := cmp.Diff(want, stdout("--points-rural-year", "7", "--points-excellent", "0")); diff != "" {
		t.Errorf("with two flags\n%s", diff)
	}
}

// Every mechanism runs on one market and keeps what it states, as the certificates say.
func TestMatch(t *testing.T) {
	market := filepath.Join(t.TempDir(), "market.json")
	write(t, market, matching.Market{
		Applicants: []matching.Applicant{{ID: "an", Present: "hill", List: []string{"town"}}, {ID: "bo", Present: "town", List: []string{"hill"}},
			{ID: "chen", List: []string{"town", "hill"}}},
		Schools: []matching.School{{ID: "town", Capacity: 1, Ranking: matching.InOrder("chen", "an", "bo")},
			{ID: "hill", Capacity: 1, Ranking: matching.InOrder("bo", "an", "chen")}},
	})
	for _, m := range matching.Mechanisms() {
		stdout, stderr, code := invoke(t.Context(), "match", market, "--mechanism", m.Name, "--json")
		if code != exitDone {
			t.Fatalf("%s: exit %d: %s", m.Name, code, stderr)
		}
		var got struct {
			Pairs              []matching.Pair
			Blocking, Breaches []string
			WorseOff           []string `json:"worse_off"`
			Improvable         bool
		}
		if err := json.Unmarshal([]byte(stdout), &got); err != nil {
			t.Fatal(err)
		}
		g := m.Guarantees
		if len(got.Pairs) != 3 || len(got.Breaches) > 0 || (g.Stable && len(got.Blocking) > 0) || (g.Efficient && got.Improvable) || (g.KeepsPeople && len(got.WorseOff) > 0) {
			t.Errorf("%s does not keep its word: %s", m.Name, stdout)
		}
	}
}

func TestMatchAndRoundsExitCodes(t *testing.T) {
	dir := t.TempDir()
	market, unknown := filepath.Join(dir, "market.json"), filepath.Join(dir, "unknown.json")
	write(t, market, matching.Market{Applicants: []matching.Applicant{{ID: "an", List: []string{"town"}}},
		Schools: []matching.School{{ID: "town", Capacity: 1, Ranking: matching.InOrder("an")}}})
	write(t, unknown, matching.Market{Applicants: []matching.Applicant{{ID: "an", List: []string{"twon"}}},
		Schools: []matching.School{{ID: "town", Capacity: 1, Ranking: matching.InOrder("an")}}})
	tests := []struct {
		reason string
		args   []string
		stderr string
	}{
		{"a mechanism that does not exist", []string{"match", market, "--mechanism", "bostn"}, `did you mean "boston"?`},
		{"no mechanism", []string{"match", market}, "want --mechanism"},
		{"a list with an unknown school", []string{"match", unknown, "--mechanism", "da"}, `did you mean "town"?`},
		{"an applicant that does not exist", []string{"match", market, "--mechanism", "da", "--trace", "ann"}, `did you mean "an"?`},
		{"a market that is no JSON", []string{"match", data + "tiny/teachers.csv", "--mechanism", "da"}, "teachers.csv"},
		{"a file that does not exist", []string{"match", filepath.Join(dir, "nothing"), "--mechanism", "da"}, "nothing"},
		{"somebody who does not exist refuses", []string{"rounds", data + "tiny", "--refuse", "T9"}, `refuse "T9"`},
		{"a negative weight", []string{"rounds", data + "tiny", "--points-year", "-1"}, "points.year"},
		{"a school that does not exist", []string{"rounds", data + "tiny", "--school", "S9"}, `did you mean "S1"?`},
		{"a county that does not exist", []string{"rounds", data + "nowhere"}, "nowhere"},
	}
	for _, test := range tests {
		_, stderr, code := invoke(t.Context(), test.args...)
		if code != exitBadInput || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.reason, code, stderr, exitBadInput, test.stderr)
		}
	}
}

func write(t *testing.T, path string, m matching.Market) {
	t.Helper()
	text, err := json.Marshal(m)
	if err == nil {
		err = os.WriteFile(path, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
