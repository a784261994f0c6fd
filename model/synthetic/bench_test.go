package synthetic

import (
	"fmt"
	"testing"
)

func BenchmarkGenerate(b *testing.B) {
	for _, people := range []int{3_000, 50_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				generate(b, Options{Teachers: people, Seed: 1})
			}
		})
	}
}
