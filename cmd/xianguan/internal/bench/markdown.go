package bench

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// WriteMarkdown writes what the results are measured under, a table with a line for each size and backend, and one
// with a line for each instance. No line is longer than 100 columns with three backends.
func WriteMarkdown(w io.Writer, results []Result) error {
	out := bufio.NewWriter(w)
	if len(results) > 0 {
		first := &results[0]
		limit := "no time limit"
		if first.TimeLimit > 0 {
			limit = fmt.Sprintf("%g s a plan", first.TimeLimit.Seconds())
		}
		if at := slices.IndexFunc(results, func(r Result) bool { return r.Times > 0 }); at >= 0 {
			limit += fmt.Sprintf(", for others %g times that of %s where it solved", results[at].Times, first.Backend)
		}
		fmt.Fprintf(out, "Synthetic counties (合成数据). Solved: every level to a gap of %.4g %%.\n%s; %d processors, %s/%s.\n",
			100*first.Gap, limit, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
		fmt.Fprint(out, "Times are from the county in memory to the plan; one that ran out of time counts as the limit (>).\n",
			"Ratio is the time of the fastest peer by this time, MiB the peak of the process and its worker.\n\n")
	}
	writeTable(out, summaryTable(Summarise(results)))
	fmt.Fprintln(out)
	writeTable(out, seedTable(results))
	return out.Flush()
}

func summaryTable(all []Summary) [][]string {
	table := [][]string{{"county", "rules", "backend", "solved", "median s", "CPU s", "ratio", "gap", "MiB"}}
	for _, s := range all {
		g := s.Group
		table = append(table, []string{fmt.Sprintf("%s %d", g.Landscape, g.Teachers), g.rulesText(), s.Backend,
			fmt.Sprintf("%d/%d", s.Solved, s.Seeds), timeText(s.Median, s.AtLeast), timeText(s.CPU, false),
			ratioText(s.Ratio, s.Most), gapText(s.Gap), fmt.Sprint(s.Memory >> 20)})
	}
	return table
}

// seedTable has a line for each instance: the time of each backend, and how many times as long as native the faster peer
// took.
func seedTable(results []Result) [][]string {
	var backends []string
	for i := range results {
		if !slices.Contains(backends, results[i].Backend) {
			backends = append(backends, results[i].Backend)
		}
	}
	head := []string{"instance"}
	for _, name := range backends {
		head = append(head, name+" s")
	}
	table := [][]string{append(head, "native gap", "ratio")}
	for _, instance := range instancesOf(results) {
		line := []string{instance.String()}
		var cells []*Result
		gap := "-"
		for _, name := range backends {
			at := slices.IndexFunc(results, func(r Result) bool { return r.Backend == name && same(r.Instance, instance) })
			if at < 0 {
				line = append(line, "-")
				continue
			}
			r := &results[at]
			cells = append(cells, r)
			line = append(line, r.timeText())
			if name == native {
				gap = gapText(r.gap())
			}
		}
		table = append(table, append(line, gap, peerRatio(cells)))
	}
	return table
}

func instancesOf(results []Result) []Instance {
	var all []Instance
	for i := range results {
		all = append(all, results[i].Instance.key())
	}
	slices.SortStableFunc(all, compare)
	return slices.CompactFunc(all, same)
}

// peerRatio is the time of the fastest peer by that of native, or a dash where native did not reach the gap.
func peerRatio(cells []*Result) string {
	own := slices.IndexFunc(cells, func(r *Result) bool { return r.Backend == native })
	peers := slices.DeleteFunc(slices.Clone(cells), func(r *Result) bool { return r.Backend == native })
	if own < 0 || len(peers) == 0 || !cells[own].Solved() {
		return "-"
	}
	fastest := slices.MinFunc(peers, func(a, b *Result) int { return cmp.Compare(a.Time(), b.Time()) })
	return ratioText(float64(fastest.Time())/float64(max(1, cells[own].Time())), !fastest.Solved())
}

func (r *Result) timeText() string {
	if r.Failure != "" {
		return r.Stop
	}
	return timeText(r.Time(), !r.Solved())
}

// gapText is a gap in per cent; a gap of 1 says that nothing is known.
func gapText(gap float64) string {
	if gap >= 1 {
		return "-"
	}
	return fmt.Sprintf("%.4f%%", 100*gap)
}

func timeText(d time.Duration, atLeast bool) string {
	text := fmt.Sprintf("%.2f", d.Seconds())
	if d < time.Second {
		text = fmt.Sprintf("%.3f", d.Seconds())
	}
	if atLeast {
		return "> " + text
	}
	return text
}

func ratioText(ratio float64, atLeast bool) string {
	switch {
	case ratio == 0:
		return "-"
	case atLeast:
		return "> " + ratioText(ratio, false)
	case ratio < 10:
		return fmt.Sprintf("%.2f", ratio)
	}
	return fmt.Sprintf("%.1f", ratio)
}

// writeTable writes a Markdown table with aligned columns: those that begin with a letter in every line to the left, the
// others to the right.
func writeTable(out *bufio.Writer, table [][]string) {
	widths := make([]int, len(table[0]))
	numeric := make([]bool, len(table[0]))
	for i, line := range table {
		for j, cell := range line {
			widths[j] = max(widths[j], utf8.RuneCountInString(cell), 2)
			if i > 0 && cell != "" && strings.Contains("0123456789>-", cell[:1]) {
				numeric[j] = true
			}
		}
	}
	for i, line := range table {
		for j, cell := range line {
			blanks := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
			if numeric[j] {
				cell = blanks + cell
			} else {
				cell += blanks
			}
			fmt.Fprintf(out, "| %s ", cell)
		}
		fmt.Fprintln(out, "|")
		if i > 0 {
			continue
		}
		for j := range line {
			rule := strings.Repeat("-", widths[j]+1)
			if numeric[j] {
				fmt.Fprintf(out, "|%s:", rule)
			} else {
				fmt.Fprintf(out, "|%s-", rule)
			}
		}
		fmt.Fprintln(out, "|")
	}
}
