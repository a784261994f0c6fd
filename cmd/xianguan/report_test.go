package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	plan := planOf(t, "tiny")
	out := t.TempDir()
	for name, want := range map[string]string{"a.html": `<html lang="zh-CN" data-language="zh">`, "a.txt": "Every rule holds"} {
		file := filepath.Join(out, name)
		stdout, stderr, code := invoke(t.Context(), "report", data+"tiny", plan, "--out", file)
		if code != exitDone || stdout != "" || stderr != "" {
			t.Errorf("%s: exit %d: %s%s", name, code, stdout, stderr)
		}
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	for _, c := range []struct {
		reason string
		args   []string
		stderr string
	}{
		{"no file", []string{data + "tiny", plan}, "want a file that ends in .html or .txt"},
		{"a kind that is none", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.pdf")}, "b.pdf"},
		{"a language that is none", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.html"), "--language", "fr"}, "one of en, zh"},
		{"a plan of other data", []string{data + "zhangwu", plan, "--out", filepath.Join(out, "b.html")}, "county_hash"},
		{"a folder that is not there", []string{data + "tiny", plan, "--out", filepath.Join(out, "nowhere", "b.html")}, "nowhere"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"report"}, c.args...)...); code != exitBadInput || !strings.Contains(stderr, c.stderr) {
			t.Errorf("%s: exit %d, %q, want %q", c.reason, code, stderr, c.stderr)
		}
	}
	if left, err := filepath.Glob(filepath.Join(out, "b*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
