package bench

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"runtime"
	"time"
)

// Compared is a load with what was predicted of it.
type Compared struct {
	Predicted Estimate `json:"predicted"`
	Measured  Usage    `json:"measured"`
}

// Cost is the cost model of this machine, held against measurements, with what it says of larger work.
type Cost struct {
	Synthetic   bool       `json:"synthetic"` // always: the counties are made up
	Processors  int        `json:"processors"`
	System      string     `json:"system"`
	Price       int64      `json:"price"` // fen for a core-hour, as the user gave it; 0: none
	Model       *CostModel `json:"model"`
	Calibration []Usage    `json:"calibration"`
	Compared    []Compared `json:"compared"`
	Estimates   []Estimate `json:"estimates"`
}

// NewCost describes this machine.
func NewCost(price int64) *Cost {
	return &Cost{Synthetic: true, Processors: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Price: price}
}

// WriteCost writes a cost model with its measurements as Markdown tables, at most 100 columns wide.
func WriteCost(w io.Writer, c *Cost) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "Cost of many counties (多县测算成本). Synthetic counties (合成数据); %d processors, %s.\n", c.Processors, c.System)
	fmt.Fprintf(out, "CPU is processor time, user and system; MiB the peak of the process.\n\n")
	fmt.Fprintf(out, "A county of n people (一个县): %s CPU s to make, fitted to %.0f%%;\n", c.Model.Make, 100*c.Model.Make.Worst)
	fmt.Fprintf(out, "%s CPU s for each scenario, fitted to %.0f%%;\n", c.Model.Plan, 100*c.Model.Plan.Worst)
	fmt.Fprintf(out, "a worker %.0f MiB + %.1f kB · n, fitted to %.0f%%\n\n", c.Model.Memory.Base/(1<<20), c.Model.Memory.Each/1000, 100*c.Model.Memory.Worst)
	table := [][]string{{"people", "counties", "scenarios", "CPU s", "MiB"}}
	for _, u := range c.Calibration {
		table = append(table, []string{fmt.Sprint(u.Teachers), fmt.Sprint(u.Counties), fmt.Sprint(u.Scenarios), secondsText(u.CPU), mebibytes(u.Memory)})
	}
	writeTable(out, table)
	writeCompared(out, c.Compared)
	fmt.Fprint(out, "\nEstimated (测算)\n\n")
	table = [][]string{{"counties", "people", "scenarios", "workers", "core-hours", "wall", "GiB", "yuan"}}
	for _, e := range c.Estimates {
		money := "-"
		if c.Price > 0 {
			money = fmt.Sprintf("%d.%02d", e.Money/100, e.Money%100)
		}
		table = append(table, []string{fmt.Sprint(e.Counties), fmt.Sprint(e.Teachers), fmt.Sprint(e.Scenarios), fmt.Sprint(e.Workers),
			fmt.Sprintf("%.2f", e.CPU.Hours()), wallText(e.Wall), fmt.Sprintf("%.2f", float64(e.Memory)/(1<<30)), money})
	}
	writeTable(out, table)
	if c.Price > 0 {
		fmt.Fprintf(out, "\nAt %d.%02d yuan a core-hour, as given; nobody's price is built in.\n", c.Price/100, c.Price%100)
	}
	return out.Flush()
}

// writeCompared writes what was predicted before a load beside what it took.
func writeCompared(out *bufio.Writer, all []Compared) {
	if len(all) == 0 {
		return
	}
	w := all[0].Predicted.Work
	fmt.Fprintf(out, "\nPredicted beside measured (预测与实测): %d people each, %d scenarios, %d workers\n\n", w.Teachers, w.Scenarios, w.Workers)
	table := [][]string{{"counties", "CPU s", "measured", "ratio", "wall s", "measured", "MiB", "measured"}}
	for _, x := range all {
		p, m := x.Predicted, x.Measured
		table = append(table, []string{fmt.Sprint(p.Counties), secondsText(p.CPU), secondsText(m.CPU), fmt.Sprintf("%.2f", p.CPU.Seconds()/max(1e-9, m.CPU.Seconds())),
			secondsText(p.Wall), secondsText(m.Wall), mebibytes(p.Memory), mebibytes(m.Memory)})
	}
	writeTable(out, table)
}

// String writes the formula.
func (p Power) String() string { return fmt.Sprintf("%.3g · n^%.2f", p.Factor, p.Exponent) }

func secondsText(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func mebibytes(b int64) string { return fmt.Sprint(int64(math.Round(float64(b) / (1 << 20)))) }

// wallText rounds a time to what is worth reading.
func wallText(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	if d < time.Hour {
		return fmt.Sprintf("%.1f min", d.Minutes())
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}
