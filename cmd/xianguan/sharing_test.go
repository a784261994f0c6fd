package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/sharing"
)

func TestSharing(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	out := t.TempDir()
	plan := planOf(t, "tiny")
	stdout, stderr, code := invoke(t.Context(), "sharing", data+"tiny", plan, "--out", out)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "sharing-tiny.txt", stdout)
	text, err := os.ReadFile(filepath.Join(out, "sharing.json"))
	if err != nil {
		t.Fatal(err)
	}
	var result sharing.Result
	if err := json.Unmarshal(text, &result); err != nil || len(result.Lessons) == 0 {
		t.Errorf("%v: %d lessons", err, len(result.Lessons))
	}
	for name, header := range map[string]string{"classes.csv": "school,name,stage,subject,subject_zh,grade,class,periods", "remedies.csv": "school,name,stage,subject,periods,means"} {
		if rows, err := os.ReadFile(filepath.Join(out, name)); err != nil || !strings.HasPrefix(string(rows), header) {
			t.Errorf("%v: %.80s", err, rows)
		}
	}
	if rows, err := os.ReadFile(filepath.Join(out, "teaching.csv")); err != nil || !strings.HasPrefix(string(rows), "way,way_zh,teacher,host,school") {
		t.Errorf("%v: %.80s", err, rows)
	}
	stdout, _, code = invoke(t.Context(), "sharing", data+"zhangwu", "--rounds", "100", "--proof", "1ms")
	if code != exitDone || !strings.Contains(stdout, "Every class of every school has its full periods (开齐开足).") {
		t.Errorf("exit %d:\n%s", code, stdout)
	}
	fits(t, stdout)
	stdout, _, code = invoke(t.Context(), "sharing", data+"zhangwu", "--no-network", "--stops", "3", "--rounds", "20", "--proof", "1ms")
	if code != exitDone || !strings.Contains(stdout, "The cheapest remedies (最省补救)") || !strings.Contains(stdout, "Classes short of periods (未开足的班级)") {
		t.Errorf("exit %d:\n%s", code, stdout)
	}
	fits(t, stdout)
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"no county", nil, "accepts between 1 and 2"},
		{"a plan of other data", []string{data + "zhangwu", plan}, "county_hash"},
		{"a reach below nothing", []string{data + "tiny", "--reach", "-1"}, "want kilometres from 0 up"},
		{"a post for words", []string{data + "tiny", "--post-cost", "much"}, "want yuan"},
		{"six days", []string{data + "tiny", "--days", "6"}, "days"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"sharing"}, test.args...)...); code != exitBadInput || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
