package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/scenario"
)

// size reads a number from the environment.
func size(t testing.TB, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s: want a number above 0", variable, text)
	}
	return n
}

// shards is how many parts the sweep is divided into.
const shards = 4

// The pool, shards that are killed again and again, and Prism, killed as well, give the same results, byte for byte, and the same sums; nothing is lost and
// nothing finished is made again. XIANGUAN_COUNTIES and XIANGUAN_TEACHERS set the size: 100 counties of 3,000 teachers are a province.
// Every process stays within 2 GiB.
func TestEnginesAgree(t *testing.T) {
	counties, teachers := size(t, "XIANGUAN_COUNTIES", 4), size(t, "XIANGUAN_TEACHERS", 300)
	dir := t.TempDir()
	folder := filepath.Join(dir, "counties")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	generate(t, folder, counties, teachers)
	s := &setting{t: t, folder: folder, scenarios: provinceScenarios, xianguan: filepath.Join(dir, "xianguan")}
	if text, err := exec.Command("go", "build", "-C", "../..", "-o", s.xianguan, "./cmd/xianguan").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	pool, sharded, prism := filepath.Join(dir, "pool"), filepath.Join(dir, "sharded"), filepath.Join(dir, "prism")

	whole := s.finish("pool", func() *exec.Cmd {
		return exec.CommandContext(t.Context(), s.xianguan, "sweep", folder, s.scenarios, "--out", pool)
	}, 0)
	for shard := range shards {
		s.finish(fmt.Sprintf("shard %d of %d", shard, shards), func() *exec.Cmd {
			cmd := exec.CommandContext(t.Context(), s.xianguan, "sweep", folder, s.scenarios, "--out", sharded, "--shards", strconv.Itoa(shards))
			cmd.Env = append(os.Environ(), "JOB_COMPLETION_INDEX="+strconv.Itoa(shard))
			return cmd
		}, whole/shards)
	}
	s.finish("merge", func() *exec.Cmd {
		return exec.CommandContext(t.Context(), s.xianguan, "merge", sharded, "--out", sharded)
	}, 0)
	s.finish("Prism", func() *exec.Cmd {
		return program(t, "--counties", filepath.Join(folder, "*.json"), "--scenarios", s.scenarios, "--out", prism, "--kept", filepath.Join(prism, "results"))
	}, whole)

	want := kept(t, pool)
	if len(want) != 3*counties {
		t.Errorf("%d results, want %d", len(want), 3*counties)
	}
	for _, out := range []string{sharded, prism} {
		if diff := cmp.Diff(want, kept(t, out)); diff != "" {
			t.Errorf("%s has other results than the pool:\n%.2000s", out, diff)
		}
	}
	for _, name := range []string{"sweep.csv", "sweep.json"} {
		if !bytes.Equal(read(t, filepath.Join(pool, name)), read(t, filepath.Join(sharded, name))) {
			t.Errorf("%s of the pool and of merged shards differ", name)
		}
	}
	checkPrism(t, pool, prism, want)
	if s.kills < shards {
		t.Errorf("%d processes were killed: too few to mean anything", s.kills)
	}
}

// checkPrism holds what the pipeline wrote against what the pool did.
func checkPrism(t *testing.T, pool, prism string, want map[string]string) {
	t.Helper()
	all := rows(t, prism)
	for _, r := range all {
		if want[r.Task+".json"] != string(r.Result) {
			t.Errorf("%s, %s: the row holds another result than the pool", r.County, r.Scenario)
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d rows for %d results", len(all), len(want))
	}
	var sweep struct{ Totals []scenario.Total }
	var totals []scenario.Total
	for path, into := range map[string]any{filepath.Join(pool, "sweep.json"): &sweep, filepath.Join(prism, "totals.json"): &totals} {
		if err := json.Unmarshal(read(t, path), into); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(sweep.Totals, totals); diff != "" {
		t.Errorf("sums of the pool and of Prism differ (-pool +Prism)\n%s", diff)
	}
}

// setting is what the engines of a test have in common.
type setting struct {
	t                           *testing.T
	folder, scenarios, xianguan string
	kills                       int
}

// mostMemory is what a worker may take: 2 GiB.
const mostMemory = 2 << 30

// finish runs a program to its end, killing it first several times at a random moment within the given time, and gives how long its last run took.
// Nothing that was finished may be made again.
func (s *setting) finish(name string, program func() *exec.Cmd, kill time.Duration) time.Duration {
	s.t.Helper()
	h := fnv.New64a()
	h.Write([]byte(name)) // never fails
	random := rand.New(rand.NewPCG(8, h.Sum64()))
	var peak int64
	kills, made := 0, map[string]time.Time{}
	for try := 0; ; try++ {
		cmd := program()
		var output bytes.Buffer
		cmd.Stdout, cmd.Stderr = &output, &output
		began := time.Now()
		if err := cmd.Start(); err != nil {
			s.t.Fatal(err)
		}
		done := make(chan error, 1)
		stop := watch(cmd.Process.Pid, &peak)
		go func() { done <- cmd.Wait() }()
		var limit <-chan time.Time
		if kill > 0 && kills < 3 {
			limit = time.After(time.Duration(random.Int64N(int64(kill)/2 + 1)))
		}
		select {
		case <-limit:
			_ = cmd.Process.Kill()
			<-done
			kills++
			s.kills++
		case err := <-done:
			stop()
			if err != nil {
				s.t.Fatalf("%s: %v: %s", name, err, output.String())
			}
			s.t.Logf("%s: %.1f s, %d MiB at its peak, killed %d times before", name, time.Since(began).Seconds(), peak>>20, kills)
			if peak > mostMemory {
				s.t.Errorf("%s takes %d bytes, want at most %d", name, peak, int64(mostMemory))
			}
			s.unchanged(name, cmd, made)
			return time.Since(began)
		}
		stop()
		s.unchanged(name, cmd, made)
	}
}

// unchanged holds the results of a program against those of its earlier runs.
func (s *setting) unchanged(name string, cmd *exec.Cmd, made map[string]time.Time) {
	s.t.Helper()
	for i, arg := range cmd.Args {
		if arg != "--out" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(cmd.Args[i+1], "results", "*.json"))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, file := range files {
			info, err := os.Stat(file)
			if err != nil {
				s.t.Fatal(err)
			}
			if before, there := made[file]; there && !before.Equal(info.ModTime()) {
				s.t.Errorf("%s: %s was made again", name, file)
			}
			made[file] = info.ModTime()
		}
	}
}

// kept reads the results in a folder by name.
func kept(t testing.TB, out string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, "results", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range files {
		all[filepath.Base(file)] = string(read(t, file))
	}
	return all
}

// watch keeps the peak of the resident memory of a process in peak until the function that it gives is called.
func watch(process int, peak *int64) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			*peak = max(*peak, peakOf(process))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-ended }
}

// peakOf reads the peak of a process from /proc; 0 where there is none. That of getrusage won't do: Linux carries the peak of the process that starts a
// program over into it.
func peakOf(process int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == "VmHWM:" {
			kibibytes, err := strconv.ParseInt(string(fields[1]), 10, 64)
			if err != nil {
				return 0
			}
			return kibibytes << 10
		}
	}
	return 0
}
