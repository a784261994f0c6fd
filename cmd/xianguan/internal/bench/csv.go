package bench

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xianguan/xianguan/model"
)

// levels are those of an instance, most important first: no lottery is drawn.
var levels = []string{model.LevelShortage, model.LevelUnplaced, model.LevelSoft, model.LevelCost}

// WriteCSV writes a line for each result, every figure in full: times in seconds, memory in bytes, money in fen but for the
// budget, which is in yuan. What is not known is empty.
func WriteCSV(w io.Writer, results []Result) error {
	out := csv.NewWriter(w)
	header := []string{"landscape", "teachers", "seed", "rules", "tightness", "hard", "budget_yuan", "county",
		"backend", "time_limit_s", "gap_asked", "stop", "solved", "wall_s", "build_s", "cpu_s",
		"memory_bytes", "worker_bytes", "arcs", "rows", "columns", "pivots"}
	for _, level := range levels {
		header = append(header, level, level+"_bound", level+"_gap")
	}
	if err := out.Write(append(header, "failure")); err != nil {
		return err
	}
	for i := range results {
		if err := out.Write(record(&results[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func record(r *Result) []string {
	line := append(instanceFields(r.Instance), r.County, r.Backend, seconds(r.TimeLimit),
		fmt.Sprint(r.Gap), r.Stop, strconv.FormatBool(r.Solved()), seconds(r.Wall), seconds(r.Build), seconds(r.CPU),
		positive(r.Memory), positive(r.Worker), positive(r.Arcs), strconv.Itoa(r.Rows), strconv.Itoa(r.Columns), positive(r.Pivots))
	for k := range levels {
		if k >= len(r.Levels) {
			line = append(line, "", "", "")
			continue
		}
		l := &r.Levels[k]
		line = append(line, fmt.Sprint(l.Objective), fmt.Sprint(l.Bound), strconv.FormatFloat(l.Gap, 'g', 6, 64))
	}
	return append(line, r.Failure)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 6, 64) }

// positive writes a number that is unknown where it is 0.
func positive[T int | int64](n T) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
