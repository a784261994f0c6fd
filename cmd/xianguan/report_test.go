package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
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
		{"no file", []string{data + "tiny", plan}, "want a file that ends in .html, .xlsx or .txt"},
		{"a kind that is none", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.pdf")}, "b.pdf"},
		{"a language that is none", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.html"), "--language", "fr"}, "one of en, zh"},
		{"a plan of other data", []string{data + "zhangwu", plan, "--out", filepath.Join(out, "b.html")}, "county_hash"},
		{"rounds in a workbook", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.xlsx"), "--rounds", "rounds.json"}, "are for a page"},
		{"names in a text", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.txt"), "--official", "people.csv"}, "is for a page or a workbook"},
		{"rounds that are none", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.html"), "--rounds", plan}, "unknown field"},
		{"names of people who are not here", []string{data + "tiny", plan, "--out", filepath.Join(out, "b.html"), "--official", data + "zhangwu/people.csv"}, `unknown teacher of the county`},
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

// A page with everything: rounds, a front, names. The named copy is for its owner alone, and says what it is.
func TestOfficialReport(t *testing.T) {
	dir := t.TempDir()
	plan := planOf(t, "tiny")
	if _, stderr, code := invoke(t.Context(), "rounds", data+"tiny", "--out", dir); code != exitDone {
		t.Fatal(stderr)
	}
	front, stderr, code := invoke(t.Context(), "subsidy", "frontier", data+"tiny", "--points", "4", "--json")
	if code != exitDone {
		t.Fatal(stderr)
	}
	people := "教师编号,姓名,身份证号\nT1,张𬭎,110105198503010013\nT2,李四,\n"
	number := ""
	for _, check := range "0123456789X" {
		if n, _, err := model.ParseIDNumber("11010519850301001" + string(check)); err == nil {
			number = n
		}
	}
	people = strings.Replace(people, "110105198503010013", number, 1)
	for name, text := range map[string]string{"frontier.json": front, "people.csv": people, "wrong.csv": "教师编号,姓名,身份证号\nT2,李四," + number + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"official.html", "official.xlsx"} {
		args := []string{"report", data + "tiny", plan, "--out", filepath.Join(dir, name), "--official", filepath.Join(dir, "people.csv")}
		if name == "official.html" {
			args = append(args, "--rounds", filepath.Join(dir, "rounds.json"), "--frontier", filepath.Join(dir, "frontier.json"))
		}
		if _, stderr, code := invoke(t.Context(), args...); code != exitDone {
			t.Fatal(stderr)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, want a file for its owner alone: %v", name, err, info.Mode())
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "official.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"张𬭎", "内部资料", "竞聘轮次", "front-title", "curve-title", "去年"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	if strings.Contains(string(page), number) {
		t.Error("the page has an ID number")
	}
	_, stderr, code = invoke(t.Context(), "report", data+"tiny", plan, "--out", filepath.Join(dir, "x.html"), "--official", filepath.Join(dir, "wrong.csv"))
	if code != exitBadInput || !strings.Contains(stderr, "teacher T2: want an ID number with the birthday") || strings.Contains(stderr, number) {
		t.Errorf("another's ID number: exit %d, %s", code, stderr)
	}
}
