package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// publishedSeason publishes the plan of tiny in a folder.
func publishedSeason(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "season")
	if stdout, stderr, code := invoke(t.Context(), "publish", data+"tiny", planOf(t, "tiny"), "--out", folder, "--day", "2026-07-01"); code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	return folder
}

// steps invokes the program once for each line of words, and fails where it does.
func steps(t *testing.T, lines ...[]string) (stdout string) {
	t.Helper()
	for _, args := range lines {
		out, stderr, code := invoke(t.Context(), args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%v: exit %d: %s", args, code, stderr)
		}
		fits(t, regexp.MustCompile(`(目录): .*`).ReplaceAllString(out, ""))
		stdout = out
	}
	return stdout
}

// The season of tiny by the commands: T2 turns out to be ill and stays, the school's objection is dismissed.
func TestSeason(t *testing.T) {
	folder := publishedSeason(t)
	steps(t, []string{"appeal", "add", folder, "--teacher", "T2", "--ground", "exemption", "--evidence", "医2026-3", "--day", "2026-07-02"},
		[]string{"appeal", "add", folder, "--school", "S3", "--ground", "school", "--day", "2026-07-03"},
		[]string{"appeal", "decide", folder, "A001", "--uphold", "--by", "教育局", "--reason", "属实", "--correct", "T2.exemption=illness", "--day", "2026-07-09"},
		[]string{"appeal", "decide", folder, "A002", "--dismiss", "--by", "教育局", "--reason", "无误", "--day", "2026-07-09"})
	golden.Compare(t, "appeal-list.txt", steps(t, []string{"appeal", "list", folder}))
	entries := func() int {
		files, err := os.ReadDir(filepath.Join(folder, "record", "entries"))
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	before := entries()
	dry := steps(t, []string{"amend", folder, "--day", "2026-07-10", "--dry-run"})
	if entries() != before {
		t.Error("a dry run was recorded")
	}
	stdout := steps(t, []string{"amend", folder, "--day", "2026-07-10"})
	if !strings.HasPrefix(stdout, dry) {
		t.Error("the amendment is not what the dry run showed")
	}
	golden.Compare(t, "amend.txt", strings.ReplaceAll(stdout, folder, "FOLDER"))
	letter, err := os.ReadFile(filepath.Join(folder, "amendment-1", "teachers", "T2.txt"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "amend-letter.txt", string(letter))
	steps(t, []string{"finalize", folder, "--approver", "县教育局党组会议", "--day", "2026-07-20"})
	if verified := steps(t, []string{"verify", "--record", folder}); !strings.Contains(verified, "10 entries") || !strings.Contains(verified, "(重算一致): 2") {
		t.Errorf("verify: %s", verified)
	}
	if plan, err := table.ReadPlan(filepath.Join(folder, "plan.json")); err != nil || plan.Assignments[1].To.School != "S1" {
		t.Errorf("the plan that takes effect: %v", err)
	}
	if _, stderr, code := invoke(t.Context(), "appeal", "add", folder, "--teacher", "T1", "--ground", "post", "--day", "2026-07-21"); code != exitBadInput || !strings.Contains(stderr, "every post is final") {
		t.Errorf("an appeal after all: exit %d, %s", code, stderr)
	}
}

func TestSeasonByFiles(t *testing.T) {
	folder, dir := publishedSeason(t), t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	appeals := write("appeals.json", `[{"day": "2026-07-02", "teacher": "T2", "ground": "exemption"}, {"day": "2026-07-03", "school": "S3", "ground": "school"}]`)
	decisions := write("decisions.json", `[{"appeal": "A001", "day": "2026-07-09", "by": "x", "reason": "x", "upheld": true, "corrections": [{"teacher": "T2", "field": "exemption", "value": "illness"}]},
		{"appeal": "A002", "day": "2026-07-09", "by": "x", "reason": "x", "upheld": false}]`)
	for _, args := range [][]string{{"appeal", "add", folder, "--file", appeals, "--json"}, {"appeal", "decide", folder, "--file", decisions, "--json"}, {"appeal", "list", folder, "--json"},
		{"amend", folder, "--day", "2026-07-10", "--json"}, {"finalize", folder, "--approver", "x", "--day", "2026-07-20", "--json"}, {"verify", "--record", filepath.Join(folder, "record"), "--json"}} {
		if stdout, stderr, code := invoke(t.Context(), args...); code != exitDone || stderr != "" || !strings.HasPrefix(strings.TrimSpace(stdout), "{") && !strings.HasPrefix(stdout, "[") {
			t.Errorf("%v: exit %d: %s%s", args, code, stdout, stderr)
		}
	}
}

func TestSeasonExitCodes(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	breakPlan(t, broken)
	bad := filepath.Join(dir, "bad.json")
	if err := os.WriteFile(bad, []byte("[\n{\"who\": 1}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	decide := []string{"appeal", "decide", "FOLDER", "A001", "--by", "x", "--reason", "x", "--day", "2026-07-09"}
	for _, tc := range []struct {
		reason string
		args   []string
		stderr string
	}{
		{"publish needs a folder", []string{"publish", data + "tiny", "PLAN"}, "want --out FOLDER"},
		{"a plan that breaks a rule", []string{"publish", data + "tiny", broken, "--out", filepath.Join(dir, "x")}, "breaks a rule"},
		{"a season that is there", []string{"publish", data + "tiny", "PLAN", "--out", "FOLDER"}, "one season a record"},
		{"a day that is not there", []string{"publish", data + "tiny", "PLAN", "--out", filepath.Join(dir, "y"), "--day", "2026-02-30"}, "--day"},
		{"the last day before the first", []string{"publish", data + "tiny", "PLAN", "--out", filepath.Join(dir, "y"), "--day", "2026-07-02", "--until", "2026-07-01"}, "--until 2026-07-01"},
		{"names that are not there", []string{"publish", data + "tiny", "PLAN", "--out", filepath.Join(dir, "y"), "--official", filepath.Join(dir, "people.csv")}, "people.csv"},
		{"a folder without a season", []string{"appeal", "list", dir}, "no such file"},
		{"a step that is not there", []string{"appeal", "ad", "FOLDER"}, `did you mean "add"?`},
		{"a ground that is not there", []string{"appeal", "add", "FOLDER", "--teacher", "T2", "--ground", "exemtion"}, `did you mean "exemption"?`},
		{"a late appeal", []string{"appeal", "add", "FOLDER", "--teacher", "T2", "--ground", "post", "--day", "2026-07-09"}, "open until 2026-07-08"},
		{"a teacher who is not there", []string{"appeal", "add", "FOLDER", "--teacher", "T22", "--ground", "post", "--day", "2026-07-02"}, `did you mean "T2"?`},
		{"a file with a field that nobody knows", []string{"appeal", "add", "FOLDER", "--file", bad}, "bad.json, line 2"},
		{"neither upheld nor dismissed", decide, "one of --uphold and --dismiss"},
		{"upheld without a remedy", append(decide[:len(decide):len(decide)], "--uphold"), "a correction, a pin or a ban"},
		{"a correction without a value", append(decide[:len(decide):len(decide)], "--uphold", "--correct", "T2.exemption"), "want ID.FIELD=VALUE"},
		{"a value that is not there", append(decide[:len(decide):len(decide)], "--uphold", "--correct", "T2.exemption=ilness"), `did you mean "illness"?`},
		{"nothing to amend", []string{"amend", "FOLDER", "--day", "2026-07-10"}, "an appeal that was upheld"},
		{"final with an appeal open", []string{"finalize", "FOLDER", "--approver", "x", "--day", "2026-07-10"}, "A001 is open"},
		{"a plan and a record", []string{"verify", data + "tiny", "PLAN", "--record", "FOLDER"}, "accepts"},
		{"another head", []string{"verify", "--record", "FOLDER", "--head", "00"}, "is broken"},
	} {
		folder := publishedSeason(t)
		steps(t, []string{"appeal", "add", folder, "--teacher", "T2", "--ground", "exemption", "--day", "2026-07-02"})
		plan := planOf(t, "tiny")
		args := make([]string, len(tc.args))
		for i, word := range tc.args {
			args[i] = strings.NewReplacer("FOLDER", folder, "PLAN", plan).Replace(word)
		}
		if _, stderr, code := invoke(t.Context(), args...); code != exitBadInput || !strings.Contains(stderr, tc.stderr) {
			t.Errorf("%s: exit %d, want %d with %q: %s", tc.reason, code, exitBadInput, tc.stderr, stderr)
		}
	}
}

// A second writer is turned away, a broken record is told by entry, file and byte, and remedies that leave no plan exit with 3 and the conflict.
func TestSeasonTrouble(t *testing.T) {
	folder := publishedSeason(t)
	held, err := record.OpenFolder(filepath.Join(folder, "record"))
	if err != nil {
		t.Fatal(err)
	}
	add := []string{"appeal", "add", folder, "--teacher", "T1", "--ground", "post", "--day", "2026-07-02"}
	if _, stderr, code := invoke(t.Context(), add...); code != exitBadInput || !strings.Contains(stderr, "another process writes to this record") {
		t.Errorf("a second writer: exit %d, %s", code, stderr)
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	posted := filepath.Join(folder, "public", "teachers", "T2.txt")
	text, err := os.ReadFile(posted)
	if err != nil {
		t.Fatal(err)
	}
	for reason, spoil := range map[string]func() error{"another letter": func() error { return os.WriteFile(posted, append(text, '!'), 0o600) }, "no letter": func() error { return os.Remove(posted) }} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if stdout, _, code := invoke(t.Context(), "verify", "--record", folder); code != exitBadInput || !strings.Contains(stdout, "teachers/T2.txt") {
			t.Errorf("%s: exit %d, %s", reason, code, stdout)
		}
		if err := os.WriteFile(posted, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	steps(t, []string{"verify", "--record", folder}, add, []string{"appeal", "decide", folder, "A001", "--uphold", "--by", "x", "--reason", "x", "--day", "2026-07-09", "--pin", "T1=S2/primary/chinese"})
	if stdout, stderr, code := invoke(t.Context(), "amend", folder, "--day", "2026-07-10"); code != exitInfeasible || !strings.Contains(stdout+stderr, "ground") {
		t.Errorf("a pin that a rule forbids: exit %d, %s%s", code, stdout, stderr)
	}
	file := filepath.Join(folder, "record", "entries", "000003.json")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("2026-07-08"))
	content[at+9] = '9'
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "verify", "--record", folder)
	if code != exitBadInput || !strings.Contains(stderr, "is broken") || !strings.Contains(stdout, "entry 3") || !strings.Contains(strings.ReplaceAll(stdout, "\n", " "), "byte") || !strings.Contains(stdout, "'8'") {
		t.Errorf("a changed day: exit %d, %s%s", code, stdout, stderr)
	}
}

// Every byte of what publish and amend write for everybody is searched for names, ID numbers and causes; the copy with names is for its owner alone.
func TestPublishedFilesArePublic(t *testing.T) {
	dir := t.TempDir()
	people := []model.Person{{Teacher: "T2", Name: "阚鑫淼甲"}, {Teacher: "T4", Name: "阚鑫淼乙"}}
	list := filepath.Join(dir, "people.csv")
	if err := table.WritePeople(list, people); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "season")
	steps(t, []string{"publish", data + "tiny", planOf(t, "tiny"), "--out", folder, "--day", "2026-07-01", "--official", list},
		[]string{"appeal", "add", folder, "--teacher", "T2", "--ground", "exemption", "--day", "2026-07-02", "--text", "阚鑫淼甲重病"},
		[]string{"appeal", "decide", folder, "A001", "--uphold", "--by", "x", "--reason", "重病属实", "--day", "2026-07-09", "--correct", "T2.exemption=illness"})
	stdout := steps(t, []string{"amend", folder, "--day", "2026-07-10", "--official", list}) + steps(t, []string{"appeal", "list", folder})
	searched := 0
	for _, sub := range []string{"public", "amendment-1"} {
		err := filepath.WalkDir(filepath.Join(folder, sub), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			stdout += string(content)
			searched++
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, word := range []string{"阚鑫淼", "重病", "illness", "孕", "maternity"} {
		if at := strings.Index(stdout, word); at >= 0 {
			t.Errorf("public files have %q: …%s…", word, stdout[max(0, at-80):at+20])
		}
	}
	named, err := os.ReadFile(filepath.Join(folder, "official", "letters.zh.html"))
	if err != nil || !bytes.Contains(named, []byte("阚鑫淼甲（T2）")) || searched < 30 {
		t.Errorf("the copy with names: %v; %d files searched", err, searched)
	}
	for path, want := range map[string]os.FileMode{"official": 0o700, "official/letters.zh.html": 0o600, "official-amendment-1/teachers/T2.html": 0o600, "record": 0o700, "record/entries/000001.json": 0o600, "public/posting.html": 0o644} {
		if info, err := os.Stat(filepath.Join(folder, path)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, want %v", path, info.Mode().Perm(), err, want)
		}
	}
}

// A run that was stopped between the record and the files goes on when it is run again: publish posts the plan that was begun, amend the letters
// of the amendment on record.
func TestSeasonGoesOnAfterAStop(t *testing.T) {
	county, err := table.Read(data + "tiny")
	if err != nil {
		t.Fatal(err)
	}
	planFile := planOf(t, "tiny")
	plan, err := table.ReadPlan(planFile)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "season")
	step := func(do func(*record.Season) error) {
		t.Helper()
		store, err := record.CreateFolder(filepath.Join(folder, "record"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := record.Open(t.Context(), store, nil)
		if err == nil {
			err = do(s)
		}
		if err := errors.Join(err, store.Close()); err != nil {
			t.Fatal(err)
		}
	}
	step(func(s *record.Season) error { return s.Begin(t.Context(), county, plan, 20260701) })
	steps(t, []string{"publish", data + "tiny", planFile, "--out", folder, "--day", "2026-07-01"},
		[]string{"appeal", "add", folder, "--teacher", "T2", "--ground", "exemption", "--day", "2026-07-02"},
		[]string{"appeal", "decide", folder, "A001", "--uphold", "--by", "x", "--reason", "x", "--day", "2026-07-09", "--correct", "T2.exemption=illness"})
	step(func(s *record.Season) error {
		_, err := s.Amend(t.Context(), record.AmendOptions{Day: 20260710})
		return err
	})
	if stdout := steps(t, []string{"amend", folder, "--day", "2026-07-10"}); !strings.Contains(stdout, "11 files") {
		t.Errorf("amend goes on: %s", stdout)
	}
	if verified := steps(t, []string{"verify", "--record", folder}); !strings.Contains(verified, "7 entries") {
		t.Errorf("verify: %s", verified)
	}
}
