package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

// sweepFile has 16 scenarios, some of which miss its gate.
const sweepFile = "testdata/sweep.yaml"

func TestSweep(t *testing.T) {
	out := t.TempDir()
	stdout, stderr, code := invoke(t.Context(), "sweep", data+"zhangwu", sweepFile, "--out", out)
	if code != exitGate || !strings.Contains(stderr, `scenario "rotation 6/pupils +20%/as now": rural_fill >= 95%`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "sweep.txt", stdout)
	fits(t, stdout)
	rows, err := os.ReadFile(filepath.Join(out, "sweep.csv"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "sweep.csv", string(rows))
}

// A grid with seeds, and two of its scenarios person by person.
func TestSweepCompares(t *testing.T) {
	stdout, stderr, code := invoke(t.Context(), "sweep", data+"tiny", "testdata/sweep-seeds.yaml", "--compare", "less far/seed 3")
	if code != exitDone || stderr != "" {
		t.Errorf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "sweep-compare.txt", stdout)
	fits(t, stdout)
}

func TestSweepExitCodes(t *testing.T) {
	for _, c := range []struct {
		reason string
		args   []string
		stderr string
	}{
		{"a file that is not there", []string{"sweep", data + "tiny", "nowhere.yaml"}, "nowhere.yaml"},
		{"a gate of nothing", []string{"sweep", data + "tiny", sweepFile, "--gate", "vacent <= 3"}, `did you mean "vacant"?`},
		{"a goal of nothing", []string{"sweep", data + "tiny", sweepFile, "--goals", "coast"}, `did you mean "cost"?`},
		{"a scenario that does not fit", []string{"sweep", data + "tiny", sweepFile}, "one of chinese, mathematics, music"},
		{"a scenario to compare that is not there", []string{"sweep", data + "tiny", "testdata/sweep-seeds.yaml", "--compare", "less far/seed 4"}, `did you mean "less far/seed 1"?`},
		{"a negative number of workers", []string{"sweep", data + "tiny", sweepFile, "--workers", "-1"}, "want 0 or more"},
	} {
		stdout, stderr, code := invoke(t.Context(), c.args...)
		if code != exitBadInput || stdout != "" || !strings.Contains(stderr, c.stderr) {
			t.Errorf("%s: exit %d, %q, %q, want %q", c.reason, code, stdout, stderr, c.stderr)
		}
	}
}

// A sweep that is killed again and again, whenever, ends with the files of one that was not, and makes no finished result again.
func TestSweepSurvivesKilling(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "xianguan")
	if text, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	sweep := func(out string) *exec.Cmd {
		return exec.CommandContext(t.Context(), program, "sweep", data+"zhangwu", sweepFile, "--out", out)
	}
	undisturbed, killed := filepath.Join(dir, "undisturbed"), filepath.Join(dir, "killed")
	began := time.Now()
	if err := sweep(undisturbed).Run(); err == nil {
		t.Fatal("want a gate that is not kept")
	}
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(1, 2))
	made, kills := map[string]time.Time{}, 0
	for range 12 {
		run := sweep(killed)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole) / 2)))
		if run.Process.Kill() == nil {
			kills++
		}
		_ = run.Wait() // killed, or done before
		for name, at := range results(t, killed) {
			if before, there := made[name]; there && !before.Equal(at) {
				t.Errorf("%s was made again", name)
			}
			made[name] = at
		}
	}
	if kills < 6 {
		t.Errorf("killed %d times: too few to mean anything", kills)
	}
	_ = sweep(killed).Run() // the gate again
	for name, at := range results(t, killed) {
		if before, there := made[name]; there && !before.Equal(at) {
			t.Errorf("%s was made again", name)
		}
	}
	for name := range results(t, undisturbed) {
		same(t, filepath.Join(undisturbed, "results", name), filepath.Join(killed, "results", name))
	}
	for _, name := range []string{"sweep.csv", "sweep.json"} {
		same(t, filepath.Join(undisturbed, name), filepath.Join(killed, name))
	}
}

// results lists the results of a sweep with the time at which each was written.
func results(t *testing.T, out string) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	entries, err := os.ReadDir(filepath.Join(out, "results"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && filepath.Ext(entry.Name()) == ".json" {
			all[entry.Name()] = info.ModTime()
		}
	}
	return all
}

func same(t *testing.T, a, b string) {
	t.Helper()
	x, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(x, y) {
		t.Errorf("%s and %s differ", a, b)
	}
}

func TestCompare(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for out, extra := range map[string][]string{first: nil, second: {"--pin", "S001-02"}} {
		if _, stderr, code := invoke(t.Context(), append([]string{"plan", data + "zhangwu", "--out", out}, extra...)...); code != exitDone {
			t.Fatal(stderr)
		}
	}
	stdout, stderr, code := invoke(t.Context(), "compare", data+"zhangwu", filepath.Join(first, "plan.json"), filepath.Join(second, "plan.json"))
	if code != exitDone {
		t.Fatal(stderr)
	}
	golden.Compare(t, "compare.txt", stdout)
	fits(t, stdout)
	_, stderr, code = invoke(t.Context(), "compare", data+"tiny", filepath.Join(first, "plan.json"), filepath.Join(second, "plan.json"))
	if code != exitBadInput || !strings.Contains(stderr, "county_hash") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// A hundred scenarios of zhangwu.
func BenchmarkSweep(b *testing.B) {
	for b.Loop() {
		if _, stderr, code := invoke(b.Context(), "sweep", data+"zhangwu", "testdata/sweep-hundred.yaml", "--json"); code != exitDone {
			b.Fatal(stderr)
		}
	}
}
