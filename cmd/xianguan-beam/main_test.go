package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// asProgram makes the test binary be the program, so that processes can be started, and killed, without building it again.
const asProgram = "XIANGUAN_BEAM_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program is the program with arguments.
func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// generate makes counties, a JSON file each.
func generate(t testing.TB, folder string, counties, teachers int) {
	t.Helper()
	for seed := range counties {
		c, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Seed: uint64(seed) + 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := table.WriteJSON(filepath.Join(folder, string(c.ID)+".json"), c); err != nil {
			t.Fatal(err)
		}
	}
}

// provinceScenarios fits every county.
const provinceScenarios = "../../examples/kubernetes/scenarios.yaml"

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// rows reads the Parquet files of a run.
func rows(t testing.TB, out string) []row {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, "results-*.parquet"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d Parquet files, %v", len(files), err)
	}
	var all []row
	for _, file := range files {
		read, err := parquet.ReadFile[row](file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read...)
	}
	return all
}

// A county that can't be read and a scenario that does not fit one are named, with exit code 2; the other counties are done, and any division of the
// work gives the same rows.
func TestFaultsStopNothingElse(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 2, 100)
	write(t, filepath.Join(dir, "broken.json"), `{"format": 1, "schools": [`)
	scenarios := filepath.Join(dir, "scenarios.yaml")
	write(t, scenarios, string(read(t, provinceScenarios))+"  - name: a school that is not there\n    close: [{school: S999, into: S001}]\n")
	var runs [2][]row
	for i, extra := range [][]string{{"--chunk=1", "--parts=3"}, {"--chunk=9"}} {
		out := filepath.Join(t.TempDir(), "new", "out")
		var stderr bytes.Buffer
		cmd := program(t, append([]string{"--counties", filepath.Join(dir, "*.json"), "--scenarios", scenarios, "--out", out}, extra...)...)
		cmd.Stderr = &stderr
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != exitBadInput {
			t.Fatalf("%v: %s", err, stderr.String())
		}
		if !strings.Contains(stderr.String(), "3 faults") || !strings.Contains(stderr.String(), "broken.json: ") {
			t.Errorf("%s", stderr.String())
		}
		var faults []fault
		if err := json.Unmarshal(read(t, filepath.Join(out, "faults.json")), &faults); err != nil || len(faults) != 3 {
			t.Errorf("%d faults, %v", len(faults), err)
		}
		runs[i] = rows(t, out)
		byPlace := map[string]row{}
		for _, r := range runs[i] {
			byPlace[r.County+" "+r.Scenario] = r
		}
		if len(runs[i]) != 6 || len(byPlace) != 6 {
			t.Errorf("%d results, %d of them different, want 6", len(runs[i]), len(byPlace))
		}
		for _, r := range runs[i] {
			if result, err := scenario.Decode(r.Result); err != nil || r.Need == 0 || int64(result.Indicators.Need) != r.Need || !r.Synthetic || result.Task != r.Task {
				t.Errorf("%+v: %v", r, err)
			}
		}
	}
	byTask := func(all []row) map[string]row {
		m := map[string]row{}
		for _, r := range all {
			m[r.Task] = r
		}
		return m
	}
	if diff := cmp.Diff(byTask(runs[0]), byTask(runs[1])); diff != "" {
		t.Errorf("two divisions of the work differ:\n%s", diff)
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "s.yaml"), "scenarios: [")
	for _, c := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"nothing", nil, "want --counties GLOB"},
		{"no scenarios", []string{"--counties", "x", "--out", dir, "--scenarios", "nowhere.yaml"}, "nowhere.yaml"},
		{"bad scenarios", []string{"--counties", "x", "--out", dir, "--scenarios", filepath.Join(dir, "s.yaml")}, "s.yaml: "},
	} {
		cmd := program(t, c.args...)
		text, _ := cmd.CombinedOutput() // an exit code above 0
		if cmd.ProcessState.ExitCode() != exitBadInput || !strings.Contains(string(text), c.want) {
			t.Errorf("%s: exit %d, %s", c.reason, cmd.ProcessState.ExitCode(), text)
		}
	}
}
