package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xianguan/xianguan/cmd/xianguan/internal/bench"
)

// bench and estimate start their own executable for each measurement, which is the test binary here.
func TestMain(m *testing.M) {
	if args := os.Args[1:]; slices.Equal(args, []string{"bench", "cell"}) || slices.Equal(args, []string{"estimate", "load"}) {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// readTable reads a CSV file as a map from column to value for each line.
func readTable(t *testing.T, path string) (lines []map[string]string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, fields := range all[1:] {
		line := map[string]string{}
		for i, name := range all[0] {
			line[name] = fields[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// Counties are measured, the best known is written, holds the next run, and is never made worse.
func TestBench(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	out, best := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "best")
	stdout, stderr, code := invoke(t.Context(), "bench", "--teachers", "60,40", "--seeds", "2", "--landscape", "mountain", "--out", out, "--check", best, "--update")
	if code != exitDone || !strings.Contains(stdout, "Synthetic") || !strings.Contains(stderr, "4/4 mountain-40-2 none native: optimal") {
		t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
	}
	fits(t, stdout)
	markdown, err := os.ReadFile(filepath.Join(out, "results.md"))
	if err != nil || string(markdown) != stdout {
		t.Errorf("results.md is not what is printed: %v", err)
	}
	results, known := readTable(t, filepath.Join(out, "results.csv")), readTable(t, filepath.Join(best, bench.BookFile))
	if len(results) != 4 || len(known) != 4 {
		t.Fatalf("%d results and %d best known, want 4 of each", len(results), len(known))
	}
	for _, r := range results {
		if r["solved"] != "true" || r["shortage"] != r["shortage_bound"] || r["cost"] != r["cost_bound"] || r["failure"] != "" {
			t.Errorf("a network is not solved: %v", r)
		}
	}
	first, err := os.ReadFile(filepath.Join(best, bench.BookFile))
	if err != nil {
		t.Fatal(err)
	}
	// Without flags the whole book is measured again; flags choose from it.
	stdout, stderr, code = invoke(t.Context(), "bench", "--check", best, "--json")
	var again []bench.Result
	if err := json.Unmarshal([]byte(stdout), &again); code != exitDone || err != nil || len(again) != 4 {
		t.Fatalf("exit %d, %d results, %v\n%s", code, len(again), err, stderr)
	}
	_, stderr, code = invoke(t.Context(), "bench", "--check", best, "--teachers", "40", "--seeds", "2-2", "--update")
	second, err := os.ReadFile(filepath.Join(best, bench.BookFile))
	if code != exitDone || err != nil || !strings.Contains(stderr, "1/1 ") {
		t.Errorf("exit %d, %v\n%s", code, err, stderr)
	}
	if !strings.Contains(string(second), "plain,40,2,") || len(second) <= len(first) {
		t.Errorf("the new instance is not in the book\n%s", second)
	}
	for line := range strings.Lines(string(first)) {
		if !strings.Contains(string(second), line) {
			t.Errorf("a line that nothing improves is gone: %s", line)
		}
	}
	// A best-known value that the result can't reach is a regression; one that it beats beyond a proven bound, a contradiction.
	for _, test := range []struct{ change, want string }{{"-1", "its bound is"}, {"1", "is known, proved by"}} {
		line := known[0]
		spoiled := strings.Replace(string(first), ","+line["shortage"]+","+line["shortage_bound"]+",",
			","+plus(line["shortage"], test.change)+","+plus(line["shortage_bound"], test.change)+",", 1)
		if err := os.WriteFile(filepath.Join(best, bench.BookFile), []byte(spoiled), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, update := range []string{"--update=false", "--update"} {
			_, stderr, code = invoke(t.Context(), "bench", "--check", best, "--landscape", line["landscape"], "--teachers", line["teachers"],
				"--seeds", line["seed"]+"-"+line["seed"], update)
			if code != exitFault || !strings.Contains(stderr, test.want) {
				t.Errorf("best known %s %s: exit %d, want %d and %q\n%s", line["shortage"], test.change, code, exitFault, test.want, stderr)
			}
		}
		if after, err := os.ReadFile(filepath.Join(best, bench.BookFile)); err != nil || string(after) != spoiled {
			t.Errorf("a contradiction changed the book: %v", err)
		}
	}
}

// plus adds −1 or 1 to a number in text.
func plus(text, change string) string {
	var n, d int64
	if json.Unmarshal([]byte(text), &n) != nil || json.Unmarshal([]byte(change), &d) != nil {
		return text
	}
	b, _ := json.Marshal(n + d) // an integer always has a JSON form
	return string(b)
}

// With rules the budget and what is hard are in the results, and the plan is checked.
func TestBenchRules(t *testing.T) {
	out := t.TempDir()
	_, stderr, code := invoke(t.Context(), "bench", "--teachers", "30", "--rules", "all", "--budget", "40%", "--out", out)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, r := range readTable(t, filepath.Join(out, "results.csv")) {
		if r["tightness"] != "40%" || r["budget_yuan"] == "0.00" || r["hard"] == "" || r["rows"] == "0" {
			t.Errorf("want a budget, hard rules and rows: %v", r)
		}
	}
}

// The backends after the first have a multiple of its time, and the table says so.
func TestBenchTimes(t *testing.T) {
	out := t.TempDir()
	stdout, stderr, code := invoke(t.Context(), "bench", "--teachers", "40", "--seeds", "2", "--backends", "native,native", "--times", "50", "--out", out)
	if code != exitDone || !strings.Contains(stdout, "for others 50 times that of native where it solved") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	fits(t, stdout)
	results := readTable(t, filepath.Join(out, "results.csv"))
	for i := 0; i < len(results); i += 2 {
		first, err := time.ParseDuration(results[i]["wall_s"] + "s")
		if err != nil {
			t.Fatal(err)
		}
		second, err := time.ParseDuration(results[i+1]["time_limit_s"] + "s")
		if err != nil || results[i]["time_limit_s"] != "60.000000" || (second-50*first).Abs() > time.Millisecond {
			t.Errorf("limits of %s s and %v after %v, want a minute and 50 times the first", results[i]["time_limit_s"], second, first)
		}
	}
	if len(results) != 4 {
		t.Errorf("%d results, want 4", len(results))
	}
}

func TestBenchFaults(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nothing")
	t.Setenv("XIANGUAN_ORTOOLS_WORKER", nowhere)
	t.Setenv("XIANGUAN_HIGHS", nowhere)
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, bench.BookFile), []byte("a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		args   []string
		code   int
		stderr string
	}{
		{"a landscape that does not exist", []string{"--landscape", "plian"}, exitBadInput, `did you mean "plain"?`},
		{"a county too small to make", []string{"--teachers", "3"}, exitBadInput, "Teachers"},
		{"seeds that are none", []string{"--seeds", "x"}, exitBadInput, "--seeds"},
		{"a budget that is none", []string{"--budget", "much"}, exitBadInput, "--budget"},
		{"rules that do not exist", []string{"--rules", "every"}, exitBadInput, "set of rules"},
		{"a backend that does not exist", []string{"--backends", "nativ"}, exitBadInput, `did you mean "native"?`},
		{"auto is not measured", []string{"--backends", "auto"}, exitBadInput, "backend"},
		{"threads of nobody", []string{"--backends", "highs:0"}, exitBadInput, "as in highs:2"},
		{"native has no threads to set", []string{"--backends", "native:2"}, exitBadInput, "as in highs:2"},
		{"a multiple below 0", []string{"--times", "-1"}, exitBadInput, "0 or more"},
		{"a gap below 0", []string{"--gap", "-1"}, exitBadInput, "0 or more"},
		{"update wants a folder", []string{"--update"}, exitBadInput, "--check FOLDER"},
		{"a book that is none", []string{"--check", broken}, exitBadInput, "want the header"},
		{"nothing is chosen from the book", []string{"--check", nowhere}, exitBadInput, "no instance"},
		{"a peer that is not there, found before the work", []string{"--backends", "highs"}, exitBackend, nowhere},
		{"a peer that is not there, found in the cell", []string{"--backends", "ortools", "--teachers", "30"}, exitBackend, nowhere},
		{"a cell that is none", []string{"cell"}, exitBadInput, "cell in JSON"},
	} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"bench"}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.stderr) || stdout != "" {
			t.Errorf("%s: exit %d, stderr %q, stdout %q, want %d and %q", test.reason, code, stderr, stdout, test.code, test.stderr)
		}
	}
}
