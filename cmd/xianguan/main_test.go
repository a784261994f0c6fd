package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

const data = "../../testdata/"

// invoke runs the program and returns what it prints and its exit code.
func invoke(ctx context.Context, args ...string) (stdout, stderr string, code int) {
	var out, err bytes.Buffer
	code = run(ctx, args, &out, &err)
	return out.String(), err.String(), code
}

func TestOutput(t *testing.T) {
	plan := filepath.Join(t.TempDir(), "out")
	if _, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--out", plan); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	tests := []struct {
		name string
		args []string
	}{
		{"plan", []string{"plan", data + "tiny"}},
		{"plan-json", []string{"plan", data + "tiny", "--json"}},
		{"check", []string{"check", data + "tiny"}},
		{"check-json", []string{"check", data + "tiny", "--json"}},
		{"demand", []string{"demand", data + "tiny"}},
		{"demand-school", []string{"demand", data + "tiny", "--school", "S3"}},
		{"demand-village", []string{"demand", data + "zhangwu", "--school", villageSchool}},
		{"verify", []string{"verify", data + "tiny", filepath.Join(plan, "plan.json")}},
		{"policy-fuxin", []string{"policy", "show", "fuxin"}},
		{"policy-list", []string{"policy", "list"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			stdout, stderr, code := invoke(t.Context(), test.args...)
			if code != exitDone || stderr != "" {
				t.Fatalf("exit %d: %s", code, stderr)
			}
			golden.Compare(t, test.name+".txt", stdout)
			fits(t, stdout)
		})
	}
	for _, name := range []string{"assignments.csv", "vacancies.csv", "summary.txt", "plan.json"} {
		content, err := os.ReadFile(filepath.Join(plan, name))
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "tiny-"+name, string(content))
	}
}

// villageSchool is a small school of zhangwu whose posts are bundled.
const villageSchool = "S046"

// fits checks that tables keep within the width of a terminal, counting Chinese
// characters as two columns.
func fits(t *testing.T, output string) {
	t.Helper()
	if strings.Contains(output, "≈") {
		t.Error("a row was cut to fit; shorten its cells")
	}
	for line := range strings.Lines(output) {
		if width := text.StringWidth(strings.TrimSuffix(line, "\n")); width > report.Width && !strings.HasPrefix(strings.TrimSpace(line), `"`) {
			t.Errorf("%d columns, want at most %d: %s", width, report.Width, line)
		}
	}
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	broken := filepath.Join(dir, "broken.json")
	breakPlan(t, broken)
	tests := []struct {
		reason string
		ctx    context.Context
		args   []string
		code   int
		stderr string
	}{
		{"a plan", t.Context(), []string{"plan", data + "tiny"}, exitDone, ""},
		{"help is no error", t.Context(), nil, exitDone, ""},
		{"a word that is no command", t.Context(), []string{"paln"}, exitBadInput, `did you mean "plan"?`},
		{"a flag that does not exist", t.Context(), []string{"plan", data + "tiny", "--ouch"}, exitBadInput, "unknown flag: --ouch"},
		{"an argument is missing", t.Context(), []string{"plan"}, exitBadInput, "accepts 1 arg(s), received 0"},
		{"a county that does not exist", t.Context(), []string{"plan", data + "nowhere"}, exitBadInput, "nowhere"},
		{"a county with a fault", t.Context(), []string{"check", data + "bad-dangling-school"}, exitBadInput, "teachers.csv row"},
		{"a school that does not exist", t.Context(), []string{"demand", data + "tiny", "--school", "S9"}, exitBadInput, `did you mean "S1"?`},
		{"a pack that does not exist", t.Context(), []string{"policy", "show", "fuxn"}, exitBadInput, `did you mean "fuxin"?`},
		{"a landscape that does not exist", t.Context(), []string{"generate", "--landscape", "plian", "--out", filepath.Join(dir, "g")}, exitBadInput, `did you mean "plain"?`},
		{"generate needs a folder", t.Context(), []string{"generate"}, exitBadInput, "want --out FOLDER"},
		{"import needs a mapping", t.Context(), []string{"import", "census.csv"}, exitBadInput, "want --mapping FILE"},
		{"a district that does not exist", t.Context(), []string{"import", data + "malaysia/malaysia-schools-2025-07.csv", "--mapping", data + "malaysia/mapping.json",
			"--district", "PPD KAPITT", "--out", filepath.Join(dir, "k")}, exitBadInput, "PPD KAPIT"},
		{"a pin without a post", t.Context(), []string{"plan", data + "tiny", "--pin", "T1=S2"}, exitBadInput, "want TEACHER=SCHOOL/STAGE/SUBJECT"},
		{"a pin on nobody", t.Context(), []string{"plan", data + "tiny", "--pin", "T9"}, exitBadInput, `pins.teacher "T9"`},
		{"an options file that is no JSON", t.Context(), []string{"plan", data + "tiny", "--options", data + "tiny/teachers.csv"}, exitBadInput, "want options in JSON"},
		{"a pin that a rule forbids", t.Context(), []string{"plan", data + "tiny", "--pin", "T1=S2/primary/chinese"}, exitInfeasible, `rule "ground"`},
		{"cancelled before a plan is known", cancelled, []string{"plan", data + "tiny", "--pin", "T1"}, exitStopped, "before any plan was known"},
		{"cancelled with a plan in hand", cancelled, []string{"plan", data + "tiny"}, exitDone, ""},
		{"a backend that does not exist", t.Context(), []string{"plan", data + "tiny", "--backend", "ortool"}, exitBadInput, `did you mean "ortools"?`},
		{"auto is native for a network", t.Context(), []string{"plan", data + "tiny", "--backend", "auto"}, exitDone, ""},
		{"a plan that breaks a rule", t.Context(), []string{"verify", data + "tiny", broken}, exitBadInput, "breaks a rule"},
		{"a plan of another county", t.Context(), []string{"verify", data + "zhangwu", broken}, exitBadInput, "breaks a rule"},
		{"a plan that is no plan", t.Context(), []string{"verify", data + "tiny", data + "tiny/teachers.csv"}, exitBadInput, "teachers.csv"},
	}
	for _, test := range tests {
		_, stderr, code := invoke(test.ctx, test.args...)
		if code != test.code || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.reason, code, stderr, test.code, test.stderr)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "g")); err == nil {
		t.Error("a refused county left something behind")
	}
}

// breakPlan writes the plan of tiny with T4 moved without a ground.
func breakPlan(t *testing.T, path string) {
	t.Helper()
	out := t.TempDir()
	if _, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--out", out); code != exitDone {
		t.Fatal(stderr)
	}
	content, err := os.ReadFile(filepath.Join(out, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	var plan map[string]any
	if err := json.Unmarshal(content, &plan); err != nil {
		t.Fatal(err)
	}
	for _, a := range plan["assignments"].([]any) {
		if a := a.(map[string]any); a["teacher"] == "T4" {
			a["to"].(map[string]any)["school"] = "S3"
		}
	}
	if content, err = json.Marshal(plan); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A backend that is not installed is named with every place that was tried, and
// nothing falls back in silence.
func TestBackendUnavailable(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nothing")
	for name, variable := range map[string]string{"ortools": "XIANGUAN_ORTOOLS_WORKER", "highs": "XIANGUAN_HIGHS"} {
		t.Setenv(variable, nowhere)
		_, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--backend", name)
		if code != exitBackend || !strings.Contains(stderr, nowhere) || !strings.Contains(stderr, "install") {
			t.Errorf("%s: exit %d, stderr %q; want 5, the place that was tried, and how to install it", name, code, stderr)
		}
	}
}

func TestGenerateIsReproducible(t *testing.T) {
	var folders [2]map[string]string
	for i := range folders {
		dir := filepath.Join(t.TempDir(), "county")
		if _, stderr, code := invoke(t.Context(), "generate", "--teachers", "200", "--landscape", "mountain", "--seed", "9", "--out", dir); code != exitDone {
			t.Fatal(stderr)
		}
		folders[i] = map[string]string{}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folders[i][filepath.Base(file)] = string(content)
		}
		stdout, stderr, code := invoke(t.Context(), "plan", dir, "--out", filepath.Join(t.TempDir(), "out"))
		if code != exitDone || !strings.Contains(stdout, "SYNTHETIC") {
			t.Fatalf("exit %d: %s; the summary must be labelled synthetic", code, stderr)
		}
	}
	if diff := cmp.Diff(folders[0], folders[1]); diff != "" {
		t.Errorf("the same seed gives other bytes\n%s", diff)
	}
}

// importPlanVerify runs the three commands for one census district, as an
// analyst would.
func importPlanVerify(t *testing.T, district string) {
	dir := t.TempDir()
	county, out := filepath.Join(dir, "county"), filepath.Join(dir, "out")
	for _, args := range [][]string{
		{"import", data + "malaysia/malaysia-schools-2025-07.csv", "--mapping", data + "malaysia/mapping.json", "--district", district, "--out", county},
		{"plan", county, "--out", out},
		{"verify", county, filepath.Join(out, "plan.json")},
	} {
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone {
			t.Fatalf("%s of %s: exit %d: %s", args[0], district, code, stderr)
		}
		if args[0] == "plan" && !strings.Contains(stdout, "Assumed (假定)") {
			t.Errorf("the plan of %s does not list its assumptions", district)
		}
	}
}

// A few districts here, from the smallest to the largest; every one of the 146
// with XIANGUAN_ALL_DISTRICTS=1, as CI does.
func TestImportPlanVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	stdout, stderr, code := invoke(t.Context(), "import", data+"malaysia/malaysia-schools-2025-07.csv", "--mapping", data+"malaysia/mapping.json", "--json")
	if code != exitDone {
		t.Fatal(stderr)
	}
	var districts []struct{ Name string }
	if err := json.Unmarshal([]byte(stdout), &districts); err != nil {
		t.Fatal(err)
	}
	if len(districts) != 146 {
		t.Fatalf("%d districts, want 146", len(districts))
	}
	few := []string{"PPD KAPIT", "PPD BARAM", "PPD BATANG PADANG", "PPD PETALING PERDANA"}
	found := 0
	for _, d := range districts {
		if slices.Contains(few, d.Name) || os.Getenv("XIANGUAN_ALL_DISTRICTS") == "1" {
			found++
			t.Run(d.Name, func(t *testing.T) { importPlanVerify(t, d.Name) })
		}
	}
	if found < len(few) {
		t.Errorf("%d of the districts %v are in the census", found, few)
	}
}

// What the README shows is what the commands print.
func TestReadmeShowsRealOutput(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	plan, pinned := planOf(t, "zhangwu"), planOf(t, "zhangwu", "--pin", "S001-52")
	shown := 0
	for part := range strings.SplitSeq(string(readme), "<!-- excerpt of: xianguan ") {
		line, rest, found := strings.Cut(part, " -->\n```\n")
		excerpt, _, closed := strings.Cut(rest, "\n```\n")
		if !found || !closed {
			continue
		}
		shown++
		args := strings.Fields(strings.NewReplacer("testdata/zhangwu", data+"zhangwu", "testdata/province", data+"province", "cmd/xianguan/testdata/", "testdata/", "out/plan.json", plan, "pinned/plan.json", pinned).Replace(line))
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone && code != exitGate {
			t.Errorf("%s: %s", line, stderr)
		}
		for part := range strings.SplitSeq(excerpt, "\n[...]\n") {
			if part = strings.TrimSpace(strings.TrimSuffix(part, "\n[...]")); !strings.Contains(stdout, part) {
				t.Errorf("%s: the README shows what the command does not print:\n%s", line, part)
			}
		}
	}
	if shown < 4 {
		t.Errorf("%d excerpts", shown)
	}
}
