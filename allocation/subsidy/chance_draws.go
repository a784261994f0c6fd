package subsidy

import (
	"context"
	"math"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/xianguan/xianguan/model"
)

// lottery draws what the acceptance model leaves to chance. Every draw is a function of the seed, the stream, the
// scenario, the person and the post alone (a counter-based generator), so schedules meet the same
// people, and no order of work shows.
type lottery struct {
	designer *Designer
	seed     uint64
	all      []Alternative // of everybody, one after another
	first    []int
	weights  [model.MaxTier + 1]int64
}

// Streams of scenarios. Replications count up from streamSearch.
const (
	streamSearch = uint64(0)
	streamSelect = uint64(1) << 32
	streamFinal  = uint64(2) << 32
)

// lottery works out everybody's alternatives once.
func (d *Designer) lottery(seed uint64) *lottery {
	l := &lottery{designer: d, seed: seed, first: []int{0}}
	for t := range d.Supply.People {
		l.all = d.Supply.Alternatives(l.all, t, nil)
		l.first = append(l.first, len(l.all))
	}
	for k, w := range d.options.Weights {
		l.weights[k] = int64(w)
	}
	return l
}

// leastMoney is the least part of the mean coefficient of money that a drawn one counts as, since a
// normal coefficient may be drawn near 0 or below, where no amount would mean anything.
const leastMoney = 1.0 / 20

// scenario is the response of one draw of everybody, for amounts from low to high.
func (l *lottery) scenario(stream, number uint64, low, high Amounts) *response {
	d := l.designer
	m := d.Model
	var worth []model.Fen
	return respond(d.Supply, l.weights, low, high, func(t int) ([]Alternative, []model.Fen) {
		alternatives := l.all[l.first[t]:l.first[t+1]]
		key := mix(mix(mix(l.seed, stream), number), uint64(t))
		taste := m.Mean
		for k, s := range m.Spread {
			if s != 0 {
				taste[k] += s * distuv.UnitNormal.Quantile(uniform(mix(key, uint64(k)|1<<63)))
			}
		}
		taste[AttributeSubsidy] = max(taste[AttributeSubsidy], leastMoney*m.Mean[AttributeSubsidy])
		perUnit := float64(FenPerUnit) / taste[AttributeSubsidy]
		worth = worth[:0]
		for i := range alternatives {
			a := &alternatives[i]
			gumbel := -math.Log(-math.Log(uniform(mix(key, uint64(a.Post+1)))))
			worth = append(worth, money(taste.Base(&a.Values)+gumbel, perUnit))
		}
		return alternatives, worth
	})
}

// mix joins a key and a counter by the finalizer of SplitMix64, whose output for counters passes tests of randomness.
//
// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA (2014).
func mix(key, counter uint64) uint64 {
	z := key + (counter+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// uniform maps bits to (0, 1), neither end included.
func uniform(bits uint64) float64 { return (float64(bits>>11) + 0.5) * 0x1p-53 }

// reach is the range of amounts that a designer's scenarios must know.
func (d *Designer) reach() (low, high Amounts) {
	return d.Grid.Last.cut(2000), d.Grid.Amounts(d.Grid.highest())
}

// scenarios draws the first n of a stream, for every schedule of the grid.
func (l *lottery) scenarios(ctx context.Context, stream uint64, n int) ([]*response, error) {
	low, high := l.designer.reach()
	all := make([]*response, n)
	err := l.designer.each(ctx, n, func(i int) { all[i] = l.scenario(stream, uint64(i), low, high) })
	return all, err
}

// each runs a task for 0 to n-1 on the designer's workers.
func (d *Designer) each(ctx context.Context, n int, task func(i int)) error {
	workers := d.options.Workers
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < n && ctx.Err() == nil; i += workers {
				task(i)
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

// sample is what one scenario answers to a schedule.
type sample struct {
	fill   int64
	cost   model.Fen
	filled [model.MaxTier + 1]int32 // people of the need by tier
}

// evaluate answers schedules in the first n scenarios of a stream: by schedule, then scenario.
func (l *lottery) evaluate(ctx context.Context, amounts []Amounts, stream uint64, n int) ([][]sample, error) {
	samples := make([][]sample, len(amounts))
	if len(amounts) == 0 {
		return nil, nil
	}
	low, high := amounts[0], amounts[0]
	for i := range amounts {
		samples[i] = make([]sample, n)
		for k, a := range amounts[i] {
			low[k], high[k] = min(low[k], a), max(high[k], a)
		}
	}
	err := l.designer.each(ctx, n, func(number int) {
		r := l.scenario(stream, uint64(number), low, high)
		s := r.newPlacing()
		for i := range amounts {
			r.answer(&amounts[i], &amounts[i], s)
			one := &samples[i][number]
			one.fill, one.cost = s.fill, r.payroll(&amounts[i], s)
			for p := range r.post {
				one.filled[r.post[p].tier] += min(s.people[p], r.post[p].need)
			}
		}
	})
	return samples, err
}

// summary counts the samples of a schedule.
func (d *Designer) summary(a Amounts, samples []sample, target int64, budget model.Fen) ChanceOutcome {
	o := ChanceOutcome{Amounts: a, Schedule: a.Schedule(d.County.Subsidy), Need: d.response.need, Scenarios: len(samples)}
	values := make([]float64, len(samples))
	estimate := func(of func(*sample) float64) Estimated {
		for i := range samples {
			values[i] = of(&samples[i])
		}
		return estimated(values)
	}
	o.Weight = estimate(func(s *sample) float64 { return float64(s.fill) })
	o.Cost = estimate(func(s *sample) float64 { return float64(s.cost) })
	o.Filled = estimate(func(s *sample) float64 {
		sum := int32(0)
		for _, n := range s.filled {
			sum += n
		}
		return float64(sum)
	})
	over, short := 0, 0
	for i := range samples {
		if budget > 0 && samples[i].cost > budget {
			over++
		}
		if samples[i].fill < target {
			short++
		}
	}
	o.OverBudget, o.Short = float64(over)/float64(len(samples)), float64(short)/float64(len(samples))
	var need [model.MaxTier + 1]int
	for p := range d.response.post {
		need[d.response.post[p].tier] += int(d.response.post[p].need)
	}
	for k := range need {
		if need[k] > 0 {
			o.Tiers = append(o.Tiers, ChanceTier{model.Tier(k), a[k], need[k], estimate(func(s *sample) float64 { return float64(s.filled[k]) })})
		}
	}
	return o
}
