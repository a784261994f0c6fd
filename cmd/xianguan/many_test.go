package main

import (
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model/table"
)

// provinceScenarios fits every county.
const provinceScenarios = "../../examples/kubernetes/scenarios.yaml"

// manyCounties makes counties in a folder.
func manyCounties(t *testing.T, counties, teachers int) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "counties")
	stdout, stderr, code := invoke(t.Context(), "generate", "--counties", strconv.Itoa(counties), "--teachers", strconv.Itoa(teachers), "--landscape", "mountain", "--seed", "5", "--out", folder)
	if code != exitDone || !strings.Contains(stdout, "synthetic people") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	return folder
}

// A folder of counties, a pattern and a list of files are the same sweep, which sums up what it shows.
func TestSweepOverManyCounties(t *testing.T) {
	folder, scenarios := manyCounties(t, 3, 120), provinceScenarios
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) != 3 {
		t.Fatalf("%d counties, %v", len(files), err)
	}
	var first string
	for i, args := range [][]string{{folder}, {filepath.Join(folder, "*.json")}, files, {files[0], folder}} {
		out := t.TempDir()
		stdout, stderr, code := invoke(t.Context(), slices.Concat([]string{"sweep"}, args, []string{scenarios, "--out", out})...)
		if code != exitDone {
			t.Fatalf("%v: exit %d: %s", args, code, stderr)
		}
		if i == 0 {
			first = stdout
			golden.Compare(t, "sweep-many.txt", stdout)
			fits(t, stdout)
			holdsSums(t, out)
		} else if stdout != first {
			t.Errorf("%v: another answer:\n%s", args, cmp.Diff(first, stdout))
		}
	}
}

// holdsSums adds up sweep.csv and compares with sweep.json.
func holdsSums(t *testing.T, out string) {
	t.Helper()
	file, err := os.Open(filepath.Join(out, "sweep.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != 1+9 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	sums := map[string]int{}
	for _, row := range rows[1:] {
		for _, name := range []string{"need", "vacant", "moved", "people", "vacant_before"} {
			n, err := strconv.Atoi(row[slices.Index(rows[0], name)])
			if err != nil {
				t.Fatal(err)
			}
			sums[row[slices.Index(rows[0], "scenario")]+" "+name] += n
		}
	}
	text, err := os.ReadFile(filepath.Join(out, "sweep.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sweep struct{ Totals []scenario.Total }
	if err := json.Unmarshal(text, &sweep); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, s := range sweep.Totals {
		for name, n := range map[string]int{"need": s.Need, "vacant": s.Vacant, "moved": s.Moved, "people": s.People, "vacant_before": s.VacantBefore} {
			got[s.Scenario+" "+name] = n
		}
	}
	if diff := cmp.Diff(sums, got); diff != "" {
		t.Errorf("sums (-csv +json)\n%s", diff)
	}
}

// What is wrong is said with its place and exit code 2, which an indexed job must not try again; what may pass has exit code 1.
func TestManyCountiesExitCodes(t *testing.T) {
	folder, scenarios := manyCounties(t, 2, 60), provinceScenarios
	out := filepath.Join(t.TempDir(), "out")
	occupied := filepath.Join(t.TempDir(), "occupied")
	twins := t.TempDir()
	for path, content := range map[string]string{filepath.Join(folder, "broken.json"): `{"format": 1,`, occupied: ""} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tiny, err := table.Read(data + "tiny")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.json", "b.json"} {
		if err := table.WriteJSON(filepath.Join(twins, name), tiny); err != nil {
			t.Fatal(err)
		}
	}
	malaysia := data + "malaysia/malaysia-schools-2025-07.csv"
	for _, c := range []struct {
		reason string
		args   []string
		code   int
		stderr string
	}{
		{"one county of three is broken", []string{"sweep", folder, scenarios, "--out", out}, exitBadInput, "broken.json"},
		{"a shard with a broken county", []string{"sweep", folder, scenarios, "--out", out, "--shard", "0/1"}, exitBadInput, "broken.json"},
		{"merge names the broken county", []string{"merge", out}, exitBadInput, "broken.json"},
		{"merge of what is there", []string{"merge", out, "--partial"}, exitDone, "broken.json"},
		{"merge of nothing", []string{"merge", folder}, exitBadInput, "no shard is done"},
		{"a pattern that nothing fits", []string{"sweep", filepath.Join(folder, "*.xlsx"), scenarios}, exitBadInput, "want a pattern that some county fits"},
		{"two counties of one id", []string{"sweep", twins, scenarios}, exitBadInput, "two have this one"},
		{"a shard that is not one", []string{"sweep", folder, scenarios, "--out", out, "--shard", "3/3"}, exitBadInput, "numbered from 0 to one less"},
		{"a shard that keeps nothing", []string{"sweep", folder, scenarios, "--shard", "0/3"}, exitBadInput, "want --out"},
		{"shards without a number", []string{"sweep", folder, scenarios, "--out", out, "--shards", "3"}, exitBadInput, indexVariable},
		{"both", []string{"sweep", folder, scenarios, "--out", out, "--shards", "3", "--shard", "0/3"}, exitBadInput, "not both"},
		{"a folder that can't be made", []string{"sweep", folder, scenarios, "--out", occupied}, exitFault, "occupied"},
		{"a goal that has no sum", []string{"sweep", data + "tiny", data + "zhangwu", scenarios, "--goals", "gini"}, exitBadInput, "indicator of many counties"},
		{"a census without a mapping", []string{"nation", malaysia}, exitBadInput, "want --mapping"},
		{"no counties", []string{"generate", "--counties", "0", "--out", out}, exitBadInput, "want 1 or more"},
	} {
		_, stderr, code := invoke(t.Context(), c.args...)
		if code != c.code || !strings.Contains(stderr, c.stderr) {
			t.Errorf("%s: exit %d, %q, want %d and %q", c.reason, code, stderr, c.code, c.stderr)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(out, "results", "*.json")); len(files) != 2*3 {
		t.Errorf("%d results of the two good counties are kept, want 6", len(files))
	}
	if _, err := os.Stat(filepath.Join(out, "sweep.csv")); err == nil {
		t.Error("a sweep with a fault has left its table")
	}
}

// Shards run at the same time, each killed at random moments and started again until it is done, as an indexed job of Kubernetes does. Nothing is lost, nothing
// finished is made again, and merged they are what one undisturbed process gives.
func TestShardsSurviveKilling(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "xianguan")
	if text, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	folder, scenarios := manyCounties(t, 9, 600), provinceScenarios
	undisturbed, killed := filepath.Join(dir, "undisturbed"), filepath.Join(dir, "killed")
	began := time.Now()
	if text, err := exec.CommandContext(t.Context(), program, "sweep", folder, scenarios, "--out", undisturbed).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	whole := time.Since(began)
	const count = 3
	var kills [count]int
	var group sync.WaitGroup
	for i := range count {
		random := rand.New(rand.NewPCG(7, uint64(i)))
		group.Go(func() {
			for try := 0; ; try++ {
				cmd := exec.CommandContext(t.Context(), program, "sweep", folder, scenarios, "--out", killed, "--shards", strconv.Itoa(count), "--workers", "1")
				cmd.Env = append(os.Environ(), indexVariable+"="+strconv.Itoa(i))
				if err := cmd.Start(); err != nil {
					t.Error(err)
					return
				}
				if try < 4 {
					time.Sleep(time.Duration(random.Int64N(int64(whole) / 5))) // a shard takes a third of the whole, or more beside others
					if cmd.Process.Kill() == nil {
						kills[i]++
					}
				}
				if cmd.Wait() == nil {
					return
				}
				if try > 20 {
					t.Errorf("shard %d never ends", i)
					return
				}
			}
		})
	}
	watched, stop := map[string]time.Time{}, make(chan struct{})
	var watcher sync.WaitGroup
	watcher.Go(func() {
		for {
			for name, at := range results(t, killed) {
				if before, there := watched[name]; there && !before.Equal(at) {
					t.Errorf("%s was made again", name)
				}
				watched[name] = at
			}
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	group.Wait()
	close(stop)
	watcher.Wait()
	if kills[0]+kills[1]+kills[2] < 5 {
		t.Errorf("killed %v times: too few to mean anything", kills)
	}
	if text, err := exec.CommandContext(t.Context(), program, "merge", killed, "--out", killed).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	want, got := results(t, undisturbed), results(t, killed)
	if len(want) != 27 || len(got) != 27 {
		t.Errorf("%d and %d results, want 27", len(want), len(got))
	}
	for name := range want {
		same(t, filepath.Join(undisturbed, "results", name), filepath.Join(killed, "results", name))
	}
	for _, name := range []string{"sweep.csv", "sweep.json"} {
		same(t, filepath.Join(undisturbed, name), filepath.Join(killed, name))
	}
}
