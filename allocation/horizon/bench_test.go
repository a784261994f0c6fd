package horizon

import (
	"os"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// BenchmarkHorizon plans years together, with everything that comes with it: zhangwu over three years, and a plain county of 5,000 over five.
func BenchmarkHorizon(b *testing.B) {
	zhangwu, err := table.Read("../../testdata/zhangwu")
	if err != nil {
		b.Fatal(err)
	}
	large, err := synthetic.Generate(synthetic.Options{Teachers: 5000, Landscape: synthetic.Plain, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	o, err := Default().Scenario("")
	if err != nil {
		b.Fatal(err)
	}
	for _, x := range []struct {
		name   string
		county *model.County
		years  int
	}{{"zhangwu3", zhangwu, 3}, {"plain5000x5", large, 5}} {
		b.Run(x.name, func(b *testing.B) {
			if x.county == large && os.Getenv("XIANGUAN_LARGE") == "" {
				b.Skip("takes about a minute: XIANGUAN_LARGE=1")
			}
			var h *Horizon
			for b.Loop() {
				if h, err = Plan(b.Context(), x.county, Options{Years: x.years, Outlook: *o}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(100*h.Levels[0].Gap, "%gap")
			b.ReportMetric(100*float64(*h.Levels[0].Alone-h.Levels[0].Objective)/float64(max(1, *h.Levels[0].Alone)), "%better")
		})
	}
}
