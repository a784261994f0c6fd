package bench

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFits(t *testing.T) {
	p, err := FitPower([]float64{100, 200, 400}, []float64{0.3, 0.3 * math.Pow(2, 1.5), 0.3 * math.Pow(4, 1.5)})
	if err != nil || math.Abs(p.Exponent-1.5) > 1e-9 || math.Abs(p.At(100)-0.3) > 1e-9 || p.Worst > 1e-9 {
		t.Errorf("a power of 1.5: %+v, %v", p, err)
	}
	l, err := FitLine([]float64{10, 20, 40}, []float64{130, 160, 220})
	if err != nil || math.Abs(l.Base-100) > 1e-9 || math.Abs(l.Each-3) > 1e-9 || l.Worst > 1e-9 {
		t.Errorf("100 + 3 n: %+v, %v", l, err)
	}
	if l, err = FitLine([]float64{10, 20, 30}, []float64{100, 220, 300}); err != nil || math.Abs(l.Worst-(20.0/3)/100) > 1e-9 {
		t.Errorf("the worst is 100 fitted as 106.67: %+v, %v", l, err)
	}
	for _, c := range []struct {
		reason        string
		sizes, values []float64
	}{
		{"one size", []float64{5, 5}, []float64{1, 2}},
		{"nothing", nil, nil},
		{"a value too few", []float64{5, 6}, []float64{1}},
		{"no time", []float64{5, 6}, []float64{1, 0}},
		{"not a number", []float64{5, 6}, []float64{1, math.NaN()}},
	} {
		if _, err := FitPower(c.sizes, c.values); err == nil {
			t.Errorf("%s is fitted", c.reason)
		}
		if _, err := FitLine(c.sizes, c.values); err == nil {
			t.Errorf("%s is fitted by a line", c.reason)
		}
	}
}

func TestEstimate(t *testing.T) {
	m := &CostModel{Make: Power{Factor: 0.001, Exponent: 1}, Plan: Power{Factor: 0.00001, Exponent: 2}, Memory: Line{Base: 1 << 20, Each: 1000}}
	for _, c := range []struct {
		reason string
		work   Work
		want   Estimate
	}{
		{"one county on two workers works on one", Work{Counties: 1, Teachers: 100, Scenarios: 3, Workers: 2},
			Estimate{CPU: 400 * time.Millisecond, Wall: 400 * time.Millisecond, Memory: 1<<20 + 100_000, Money: 1}},
		{"ten counties on two workers", Work{Counties: 10, Teachers: 100, Scenarios: 3, Workers: 2},
			Estimate{CPU: 4 * time.Second, Wall: 2 * time.Second, Memory: 1<<20 + 200_000, Money: 1}},
		{"an hour on each of two workers", Work{Counties: 2 * 3600, Teachers: 100, Scenarios: 9, Workers: 2},
			Estimate{CPU: 2 * time.Hour, Wall: time.Hour, Memory: 1<<20 + 200_000, Money: 60}},
		{"no worker does a part of a county", Work{Counties: 3, Teachers: 100, Scenarios: 9, Workers: 2},
			Estimate{CPU: 3 * time.Second, Wall: 1500 * time.Millisecond, Memory: 1<<20 + 200_000, Money: 1}},
	} {
		got := m.Estimate(c.work, 30)
		if near(got.CPU, c.want.CPU) && near(got.Wall, c.want.Wall) && got.Memory == c.want.Memory && got.Money == c.want.Money && got.Work == c.work {
			continue
		}
		t.Errorf("%s: %+v, want %+v", c.reason, got, c.want)
	}
	if e := (&CostModel{Plan: Power{Factor: 1e30, Exponent: 3}}).Estimate(Work{1000, 1000, 1, 1}, 1<<50); e.CPU != math.MaxInt64 || e.Money != math.MaxInt64 {
		t.Errorf("beyond what fits: %+v", e)
	}
}

func near(a, b time.Duration) bool { return (a - b).Abs() < time.Microsecond }

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		cpu         time.Duration
		price, want int64
	}{{0, 100, 0}, {time.Hour, 30, 30}, {time.Nanosecond, 30, 1}, {90 * time.Minute, 30, 45}, {100 * time.Minute, 1, 2}, {time.Hour, 0, 0}} {
		if got := Money(c.cpu, c.price); got != c.want {
			t.Errorf("%s at %d fen an hour: %d, want %d", c.cpu, c.price, got, c.want)
		}
	}
}

// Measurements that follow a law are fitted to it, and the prediction of another load is the law's.
func TestCalibrate(t *testing.T) {
	law := func(_ context.Context, l Load) (*Usage, error) {
		n := float64(l.Teachers)
		each := 0.0002*n + float64(l.Scenarios)*0.00003*math.Pow(n, 1.2)
		return &Usage{Load: l, CPU: time.Duration(float64(l.Counties) * each * 1e9), Memory: int64(20_000_000 + 9000*n)}, nil
	}
	m, all, err := Calibrate(t.Context(), law, []int{500, 1000, 4000}, 1)
	if err != nil || len(all) != 6 {
		t.Fatalf("%v, %d measurements", err, len(all))
	}
	load := Load{Work{Counties: 7, Teachers: 3000, Scenarios: 20, Workers: 1}, 5}
	want, _ := law(t.Context(), load)
	got := m.Estimate(load.Work, 0)
	if math.Abs(got.CPU.Seconds()/want.CPU.Seconds()-1) > 1e-3 || math.Abs(float64(got.Memory)/float64(want.Memory)-1) > 1e-3 {
		t.Errorf("%+v, want %+v", got, want)
	}
	cost := NewCost(30)
	cost.Model, cost.Calibration = m, all
	cost.Compared = []Compared{{got, *want}}
	cost.Estimates = []Estimate{m.Estimate(Work{2800, 3000, 50, 16}, 30)}
	var text bytes.Buffer
	if err := WriteCost(&text, cost); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(text.String()) {
		if utf8.RuneCountInString(line) > 101 {
			t.Errorf("more than 100 columns: %s", line)
		}
	}
	for _, want := range []string{"n^1.20 CPU s for each scenario", " 1.00 |", "合成数据", "At 0.30 yuan a core-hour"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
}

// A load is work really done: the same plans however many work at it.
func TestCarry(t *testing.T) {
	load := Load{Work{Counties: 3, Teachers: 60, Scenarios: 2, Workers: 1}, 1}
	one, err := load.Carry(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	load.Workers = 3
	three, err := load.Carry(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if one.Vacant != three.Vacant || one.Vacant == 0 || one.CPU <= 0 || one.Memory <= 0 {
		t.Errorf("%+v and %+v", one, three)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := load.Carry(ended); err == nil {
		t.Error("a load that was cancelled is done")
	}
}
