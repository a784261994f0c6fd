package allocation

import (
	"context"
	"fmt"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// BenchmarkExchange finds exchanges on synthetic counties end to end, proven optimal at every level, without limits and with
// cycles of at most 3 and chains of at most 4 people.
func BenchmarkExchange(b *testing.B) {
	for _, teachers := range []int{2_000, 5_000, 20_000} {
		county := benchmarkCounty(b, teachers)
		options := []ExchangeOptions{{}, {LongestCycle: 3, LongestChain: 4}, {LongestCycle: 3}, {LongestChain: 4}}
		if teachers > 5_000 {
			options = options[:1] // with limits a minute or two
		}
		for _, o := range options {
			b.Run(fmt.Sprintf("teachers=%d/cycle=%d/chain=%d", teachers, o.LongestCycle, o.LongestChain), func(b *testing.B) {
				b.ReportAllocs()
				moves, arcs := 0, 0
				for b.Loop() {
					e, err := Exchange(context.Background(), county, &o)
					if err != nil || e.Stop != model.StopOptimal {
						b.Fatal(e, err)
					}
					moves = int(e.Levels[5].Objective)
				}
				g, err := newExchange(county, &o)
				if err != nil {
					b.Fatal(err)
				}
				arcs = len(g.Tail)
				b.ReportMetric(float64(moves), "moves")
				b.ReportMetric(float64(arcs), "arcs")
			})
		}
	}
}
