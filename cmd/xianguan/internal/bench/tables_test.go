package bench

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/model/synthetic"
)

// measured is a run of three backends over two groups, in which every kind of end occurs.
func measured() []Result {
	var all []Result
	add := func(i Instance, backend string, seconds float64, proven int, failure string) {
		bound := [4]int64{100, 2, 50, 1_000_000}
		for k := proven; k < 4; k++ {
			bound[k]--
		}
		r := result(backend, [4]int64{100, 2, 50, 1_000_000}, bound)
		r.Instance, r.TimeLimit, r.Gap = i, time.Minute, 1e-6
		r.Wall = time.Duration(seconds * float64(time.Second))
		r.CPU, r.Build = r.Wall*3/2, r.Wall/10
		r.Memory, r.Arcs, r.Rows, r.Stop = 150<<20, 126_000, 40, "optimal"
		if backend != native {
			r.Worker = 300 << 20
		} else {
			r.Pivots = 12_345
		}
		if proven < 4 {
			r.Stop = "time"
		}
		if failure != "" {
			r.Stop, r.Failure, r.Levels = stopFailed, failure, nil
		}
		all = append(all, r)
	}
	pastoral := some
	pastoral.Landscape, pastoral.Teachers = synthetic.Pastoral, 50_000
	for seed := uint64(8); seed <= 10; seed++ {
		i := pastoral
		i.Seed = seed
		add(i, "native", 1.5*float64(seed-7), 4, "")
		add(i, "ortools:8", 60, 2, "")
		add(i, "highs:2", []float64{30, 60, 60}[seed-8], []int{4, 1, 2}[seed-8], "")
	}
	for seed := uint64(1); seed <= 2; seed++ {
		i := Instance{Landscape: synthetic.Plain, Teachers: 200, Seed: seed, Rules: NoRules, Tightness: Loose}
		add(i, "native", 0.0021, []int{4, 3}[seed-1], "")
		add(i, "ortools:8", 0.75, 4, "")
		add(i, "highs:2", 0.5, 4, []string{"", `the process died: "signal: killed"`}[seed-1])
	}
	return all
}

func TestTables(t *testing.T) {
	for name, write := range map[string]func(io.Writer, []Result) error{"results.csv": WriteCSV, "results.md": WriteMarkdown} {
		var written bytes.Buffer
		if err := write(&written, measured()); err != nil {
			t.Fatal(err)
		}
		machine := fmt.Sprintf("%d processors, %s/%s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
		got := strings.Replace(written.String(), machine, "2 processors, linux/amd64", 1)
		golden.Compare(t, name, got)
		for line := range strings.Lines(got) {
			if width := text.StringWidth(strings.TrimSuffix(line, "\n")); name == "results.md" && width > 100 {
				t.Errorf("%d columns, want at most 100: %s", width, line)
			}
		}
	}
}

// The figures of the summary, by hand.
func TestSummarise(t *testing.T) {
	all := Summarise(measured())
	find := func(backend string, teachers int) Summary {
		for _, s := range all {
			if s.Backend == backend && s.Group.Teachers == teachers {
				return s
			}
		}
		t.Fatalf("no summary of %s at %d", backend, teachers)
		return Summary{}
	}
	own := find("native", 50_000)
	if own.Solved != 3 || own.Seeds != 3 || own.Median != 3*time.Second || own.Ratio != 20 || !own.Most || own.AtLeast {
		t.Errorf("%+v: want 3 of 3 solved in a median of 3 s, at least 20 times as fast as a peer that ran out of its minute", own)
	}
	highs := find("highs:2", 50_000)
	if highs.Solved != 1 || highs.Median != time.Minute || !highs.AtLeast || highs.Gap != 0.5 || highs.Memory != 450<<20 {
		t.Errorf("%+v: want 1 solved, the limit as the median, the worst gap of all levels, and the memory of the worker counted", highs)
	}
	if small := find("native", 200); small.Solved != 2 || small.Gap != 1e-6 {
		t.Errorf("%+v: want levels within the gap to count as solved", small)
	}
	// A cell that failed counts as the limit: (0.5 + 60) / 2.
	if failed := find("highs:2", 200); failed.Solved != 1 || failed.Median != 30250*time.Millisecond {
		t.Errorf("%+v: want a median of 30.25 s", failed)
	}
	if ratio := find("native", 200).Ratio; ratio < 357 || ratio > 358 { // 0.75 / 0.0021
		t.Errorf("ratio %g, want that of ortools, whose median is the least", ratio)
	}
}

// However wide a gap is accepted, a cell that failed or found no plan has not reached it.
func TestSolvedNeedsAPlan(t *testing.T) {
	for _, r := range []Result{{Failure: "it crashed"}, {Stop: "time"}} {
		if r.Gap = 2; r.Solved() {
			t.Errorf("%+v counts as solved", r)
		}
	}
}
