package scenario

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// counted is a source that counts how often it is read.
type counted struct {
	seed  uint64
	reads atomic.Int32
	fails error
}

func (c *counted) String() string { return fmt.Sprint("county ", c.seed) }

func (c *counted) County() (*model.County, error) {
	c.reads.Add(1)
	if c.fails != nil {
		return nil, c.fails
	}
	return synthetic.Generate(synthetic.Options{Teachers: 60, Seed: c.seed})
}

// manyTasks are tasks of n counties under the same scenarios.
func manyTasks(n int, scenarios ...Scenario) ([]Task, []*counted) {
	var tasks []Task
	var sources []*counted
	for seed := range n {
		source := &counted{seed: uint64(seed) + 1}
		sources = append(sources, source)
		for _, s := range scenarios {
			tasks = append(tasks, Task{Source: source, Scenario: s})
		}
	}
	return tasks, sources
}

var threeScenarios = []Scenario{{Name: "base"}, {Name: "4 years", Policy: map[string]string{"rotation.years": "4"}}, {Name: "lottery", Seed: 7}}

// A county is read once for all its tasks, and let go when they are done; a task that reads its county has the result of one that holds it.
func TestSourcesAreReadWhenTaken(t *testing.T) {
	tasks, sources := manyTasks(6, threeScenarios...)
	shelf := newShelf(tasks)
	for i := range tasks {
		loaded, err := shelf.take(&tasks[i])
		if err != nil || loaded.County == nil || tasks[i].County != nil {
			t.Fatalf("task %d: %v", i, err)
		}
		if len(shelf.counties) != 6-i/3 {
			t.Errorf("task %d: %d counties on the shelf", i, len(shelf.counties))
		}
		shelf.put(loaded)
	}
	if len(shelf.counties) != 0 {
		t.Errorf("%d counties are never let go", len(shelf.counties))
	}
	got, err := (&Local{Workers: 3}).Run(t.Context(), tasks)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if n := s.reads.Load(); n != 2 { // once above, once by the run
			t.Errorf("%s was read %d times, want 2", s, n)
		}
	}
	var held []Task
	for i := range tasks {
		c, err := tasks[i].Source.County()
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, Task{County: c, Scenario: tasks[i].Scenario})
	}
	want, err := (&Local{Workers: 1}).Run(t.Context(), held)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-held +read)\n%s", err, diff)
	}
}

// What is wrong with one county or scenario is named once, in order, and the other tasks have their results.
func TestFaultsOfTasksAreJoined(t *testing.T) {
	tasks, sources := manyTasks(4, Scenario{Name: "base"}, Scenario{Name: "gone", Leave: []model.TeacherID{"nobody"}})
	broken := errors.New("it can't be read")
	sources[2].fails = broken
	folder := t.TempDir()
	results, err := (&Local{Workers: 2, Folder: folder}).Run(t.Context(), tasks)
	faults := TaskErrors(err)
	var says []string
	for _, f := range faults {
		says = append(says, f.Source+"|"+f.Scenario)
	}
	if diff := cmp.Diff([]string{"county 1|gone", "county 2|gone", "county 3|", "county 4|gone"}, says); diff != "" || !errors.Is(err, broken) {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	for i := range results {
		if done := results[i].Task != ""; done != (tasks[i].Scenario.Name == "base" && i/2 != 2) {
			t.Errorf("task %d: done %v", i, done)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(folder, "*")); len(files) != 3 {
		t.Errorf("%d files are kept, want 3", len(files))
	}
}

// A fault of the machine ends the run, and is not taken for one of the data.
func TestFaultsOfTheMachineEndTheRun(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tasks, _ := manyTasks(2, threeScenarios...)
	if _, err := (&Local{Folder: folder}).Run(t.Context(), tasks); err == nil || TaskErrors(err) != nil {
		t.Errorf("%v, want an error that is of no task", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&Local{}).Run(ctx, tasks); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

// With Plans each plan is there before its result, and is made where it is not.
func TestPlansAreKept(t *testing.T) {
	tasks, _ := manyTasks(1, threeScenarios[:1]...)
	local := Local{Folder: t.TempDir()}
	results, err := local.Run(t.Context(), tasks)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(local.Folder, results[0].Task+".plan.json")
	if _, err := os.Stat(path); err == nil {
		t.Error("a plan that nobody asked for is kept")
	}
	local.Plans = true
	if again, err := local.Run(t.Context(), tasks); err != nil || cmp.Diff(results, again) != "" {
		t.Errorf("%v: %s", err, cmp.Diff(results, again))
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, count := rapid.IntRange(0, 5000).Draw(t, "tasks"), rapid.IntRange(1, 300).Draw(t, "shards")
		at := 0
		for i := range count {
			first, end := Shard{i, count}.Of(tasks)
			if first != at || end < first || end-first > tasks/count+1 {
				t.Fatalf("shard %d of %d has tasks %d to %d of %d", i, count, first, end, tasks)
			}
			at = end
		}
		if at != tasks {
			t.Fatalf("%d of %d tasks are in a shard", at, tasks)
		}
	})
	if first, end := (Shard{}).Of(9); first != 0 || end != 9 {
		t.Error("the zero shard is not the whole")
	}
	for _, text := range []string{"", "3", "3/", "a/3", "3/3", "-1/3", "0/0", "1/2/3", "0/-1"} {
		if s, err := ParseShard(text); err == nil {
			t.Errorf("%q is read as %s", text, s)
		}
	}
	if s, err := ParseShard("2/3"); err != nil || s != (Shard{2, 3}) || s.String() != "2/3" {
		t.Errorf("%v, %v", s, err)
	}
}

// keptShards carries out shards into one folder.
func keptShards(t *testing.T, folder string, tasks []Task, count int, skip ...int) {
	t.Helper()
	for i := range count {
		if slices.Contains(skip, i) {
			continue
		}
		shard := Shard{i, count}
		first, end := shard.Of(len(tasks))
		results, err := (&Local{Folder: filepath.Join(folder, ResultsFolder)}).Run(t.Context(), tasks[first:end])
		if err := NewPart("sweep", shard, len(tasks), results, err).Write(filepath.Join(folder, PartsFolder)); err != nil {
			t.Fatal(err)
		}
	}
}

// Shards in one folder or in several make the whole; whatever is missing is named.
func TestMerge(t *testing.T) {
	tasks, _ := manyTasks(3, threeScenarios...)
	want, err := (&Local{}).Run(t.Context(), tasks)
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := t.TempDir(), t.TempDir(), t.TempDir()
	keptShards(t, a, tasks, 4, 1, 2)
	keptShards(t, b, tasks, 4, 0, 3)
	got, part, err := Merge([]string{b, a})
	if diff := cmp.Diff(want, got); diff != "" || err != nil || part.Tasks != 9 {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	var wrong *MergeError
	if got, _, err := Merge([]string{b}); !errors.As(err, &wrong) || !cmp.Equal(wrong.Missing, []Shard{{0, 4}, {3, 4}}) || len(got) != 9 {
		t.Errorf("%v, %d results", err, len(got))
	}
	if _, _, err := Merge([]string{c}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "no shard is done") {
		t.Error(err)
	}
	lost := ResultPath(filepath.Join(b, ResultsFolder), want[3].Task)
	if err := os.WriteFile(lost, []byte(`{"sha256":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Merge([]string{a, b}); !errors.As(err, &wrong) || !cmp.Equal(wrong.Lost, []string{want[3].Task}) {
		t.Error(err)
	}
	keptShards(t, c, tasks, 2)
	if _, _, err := Merge([]string{a, c}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "of two sweeps") {
		t.Error(err)
	}
	tasks, sources := manyTasks(2, threeScenarios[0])
	sources[1].fails = errors.New("it can't be read")
	d := t.TempDir()
	keptShards(t, d, tasks, 2)
	if got, _, err := Merge([]string{d}); !errors.As(err, &wrong) || len(wrong.Faults) != 1 || wrong.Faults[0].Source != "county 2" || len(got) != 2 || got[1].Task != "" {
		t.Errorf("%v", err)
	}
	if err := os.WriteFile(filepath.Join(d, PartsFolder, "x.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Merge([]string{d}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "x.json: want a part") {
		t.Error(err)
	}
}

// Sums come out the same in any order and any grouping.
func TestTotalsMergeInAnyOrder(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) Result {
		n := func(name string, most int) int { return rapid.IntRange(0, most).Draw(t, name) }
		r := Result{Task: "t", County: Heading{ID: model.CountyID(rapid.StringMatching("[a-e]").Draw(t, "id")), Synthetic: rapid.Bool().Draw(t, "synthetic")}, Scenario: Scenario{Name: "s"}}
		if n("refused", 4) == 0 {
			r.Refused = "no plan"
			return r
		}
		r.Indicators = Indicators{Schools: n("schools", 9), People: n("people", 999), Need: 10 + n("need", 5), Filled: n("filled", 10), RuralNeed: n("rural", 5), RuralFilled: n("ruralFilled", 5),
			Vacant: n("vacant", 9), Cost: model.Fen(n("cost", 99)), Proven: rapid.Bool().Draw(t, "proven")}
		r.Indicators.Fill = shareOf(r.Indicators.Filled, r.Indicators.Need)
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		results := rapid.SliceOfN(draw, 1, 8).Draw(t, "results")
		want := Totals(results)[0]
		order := rapid.Permutation(results).Draw(t, "order")
		at := rapid.IntRange(0, len(order)).Draw(t, "split")
		var a, b Total
		for i := range order {
			if i < at {
				a.Add(&order[i])
			} else {
				b.Add(&order[i])
			}
		}
		b.Join(&a)
		if diff := cmp.Diff(want, b); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFrontOfTotals(t *testing.T) {
	totals := []Total{{Scenario: "a", Counties: 2, Vacant: 3, Cost: 9}, {Scenario: "b", Counties: 2, Vacant: 4, Cost: 9}, {Scenario: "c", Counties: 2, Vacant: 1, Cost: 9, Refused: 1}}
	if front, err := FrontOfTotals(totals, []string{"vacant", "cost"}); err != nil || !slices.Equal(front, []int{0}) {
		t.Errorf("%v, %v: a sum over fewer counties must not be on the front", front, err)
	}
	if _, err := FrontOfTotals(totals, []string{"gini"}); err == nil {
		t.Error("inequality between schools is summed over counties")
	}
}

// Decode gives a result back, or an error; FuzzDecode looks for a third outcome.
func FuzzDecode(f *testing.F) {
	r := Result{Format: resultFormat, Task: "t", Scenario: Scenario{Name: "s"}, Indicators: Indicators{Need: 3}}
	text, err := r.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add(`{"sha256":"","result":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Decode([]byte(text))
		if err != nil {
			return
		}
		again, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := Decode(again); err != nil || cmp.Diff(r, back) != "" {
			t.Errorf("%v: %s", err, cmp.Diff(r, back))
		}
	})
}
