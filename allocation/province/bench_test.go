package province

import (
	"errors"
	"fmt"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// twenty is a province of synthetic counties whose budget lets about half of what money can do be done.
func twenty(t testing.TB, counties, teachers, places int) *Province {
	p := &Province{Name: "Synthetic province", Places: places, Budget: 1}
	landscapes := []synthetic.Landscape{synthetic.Plain, synthetic.Mountain, synthetic.Pastoral}
	for i := range counties {
		c, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: landscapes[i%3], Seed: uint64(i + 1)})
		if err != nil {
			t.Fatal(err)
		}
		p.Counties = append(p.Counties, County{Name: fmt.Sprintf("county-%02d", i+1), County: c})
	}
	_, err := Solve(t.Context(), p, Options{})
	var none *InfeasibleError
	if !errors.As(err, &none) {
		t.Fatalf("a budget of a fen: %v", err)
	}
	p.Budget = none.Least + model.Fen(counties)*model.Fen(teachers)*2000
	return p
}

func BenchmarkTwentyCounties(b *testing.B) {
	p := twenty(b, 20, 1000, 40)
	for b.Loop() {
		r, err := Solve(b.Context(), p, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(100*r.Levels[0].Gap, "gap-%")
		b.ReportMetric(float64(r.Proposals), "proposals")
		b.ReportMetric(float64(r.Unspent)/100, "yuan-unspent")
	}
}
