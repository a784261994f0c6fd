package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestHorizon(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	outlook := filepath.Join("testdata", "outlook.yaml")
	out := filepath.Join(t.TempDir(), "out")
	stdout, stderr, code := invoke(t.Context(), "horizon", data+"zhangwu", "--years", "3", "--outlook", outlook, "--scenario", "low", "--rounds", "2", "--out", out)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "horizon-zhangwu.txt", stdout)
	for _, year := range []string{"2026", "2027", "2028"} {
		if verdict, stderr, code := invoke(t.Context(), "verify", filepath.Join(out, "county-"+year+".json"), filepath.Join(out, "plan-"+year+".json")); code != exitDone || !strings.Contains(verdict, "Every rule holds") {
			t.Errorf("%s: exit %d: %s%s", year, code, verdict, stderr)
		}
	}
	if summary, err := os.ReadFile(filepath.Join(out, "summary.txt")); err != nil || string(summary) != stdout {
		t.Errorf("summary.txt is not what was printed: %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(out, "horizon.json")); err != nil || !json.Valid(text) {
		t.Errorf("horizon.json: %v", err)
	}
}

// A small county is searched through.
func TestHorizonOfTiny(t *testing.T) {
	stdout, stderr, code := invoke(t.Context(), "horizon", data+"tiny", "--years", "2")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "horizon-tiny.txt", stdout)
	asJSON, _, code := invoke(t.Context(), "horizon", data+"tiny", "--years", "2", "--json")
	var h struct {
		Method string
		Levels []struct{ Proven bool }
		Years  []struct{ Date string }
	}
	if err := json.Unmarshal([]byte(asJSON), &h); err != nil || code != exitDone || h.Method != "exhaustive" || len(h.Years) != 2 {
		t.Errorf("exit %d, %v: %+v", code, err, h)
	}
	for _, l := range h.Levels {
		if !l.Proven {
			t.Error("a level is not proven")
		}
	}
}

func TestHorizonRefuses(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "outlook.yaml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, test := range []struct {
		reason, want string
		args         []string
		code         int
	}{
		{"no years", "a whole number from 1 to 20", []string{"--years", "0"}, exitBadInput},
		{"an unknown scenario", `did you mean "high"?`, []string{"--scenario", "hihg"}, exitBadInput},
		{"no such file", "no such file", []string{"--outlook", "nowhere.yaml"}, exitBadInput},
		{"an unknown key", `did you mean "births"?`, []string{"--outlook", write("cohorts: {birth: [1%]}")}, exitBadInput},
		{"no percentage", "want a percentage", []string{"--outlook", write("cohorts: {births: [few]}")}, exitBadInput},
		{"an unknown stream", `did you mean "special-post"?`, []string{"--outlook", write("recruits: [{stream: special-pst, year: 2027, subject: chinese, stage: primary, count: 1}]")}, exitBadInput},
		{"a stage of no kind", "stage", []string{"--outlook", write("recruits: [{stream: open, year: 2027, subject: chinese, stage: kindergarten, count: 1}]")}, exitBadInput},
		{"a school that is not there", "housing.school", []string{"--outlook", write("housing: [{school: S99, year: 2027, places: 1}]")}, exitBadInput},
		{"somebody leaves whom nobody knows", "a teacher of the county", []string{"--outlook", write("years: [{name: x, leave: [nobody]}]")}, exitBadInput},
	} {
		_, stderr, code := invoke(t.Context(), append([]string{"horizon", data + "tiny"}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
