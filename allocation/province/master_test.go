package province

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// randomMaster draws proposals of a few counties, the first of each cheap enough that together they keep to the limits.
func randomMaster(r *rand.Rand) (limit, cost []float64, use [][]float64, county []int, counties int) {
	counties = 1 + r.IntN(4)
	limit = []float64{float64(counties * 50), float64(counties)}
	for c := range counties {
		cost, use, county = append(cost, float64(500+r.IntN(500))), append(use, []float64{float64(r.IntN(40)), 0}), append(county, c)
	}
	for range r.IntN(20) {
		cost, use, county = append(cost, float64(r.IntN(1000))), append(use, []float64{float64(r.IntN(200)), float64(r.IntN(4))}), append(county, r.IntN(counties))
	}
	return limit, cost, use, county, counties
}

func TestMasterEqualsDenseSimplex(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	decided := 0
	for n := range 500 {
		limit, cost, use, county, counties := randomMaster(r)
		m := newMaster(limit, cost[:counties], use[:counties])
		for j := counties; j < len(cost); j++ {
			m.add(county[j], cost[j], use[j])
		}
		got := m.solve()
		rows := len(limit) + counties
		a := mat.NewDense(rows, len(cost)+len(limit), nil)
		b := append(slices.Clone(limit), slices.Repeat([]float64{1}, counties)...)
		for j := range cost {
			for i := range limit {
				a.Set(i, j, use[j][i])
			}
			a.Set(len(limit)+county[j], j, 1)
		}
		for i := range limit {
			a.Set(i, len(cost)+i, 1)
		}
		want, _, err := lp.Simplex(append(slices.Clone(cost), make([]float64, len(limit))...), a, b, 1e-10, nil)
		if err != nil {
			continue // gonum gives up on some degenerate ones
		}
		decided++
		if math.Abs(got.value-want) > 1e-6*(1+math.Abs(want)) {
			t.Fatalf("master %d: %g, want %g", n, got.value, want)
		}
		dual := 0.0 // strong duality, with the prices alone
		for i := range limit {
			dual -= got.price[i] * limit[i]
		}
		for c := range counties {
			least := math.Inf(1)
			for j := range cost {
				if county[j] == c {
					least = math.Min(least, cost[j]+got.price[0]*use[j][0]+got.price[1]*use[j][1])
				}
			}
			dual += least
		}
		if math.Abs(dual-want) > 1e-6*(1+math.Abs(want)) {
			t.Fatalf("master %d: its prices prove %g, want %g", n, dual, want)
		}
	}
	if decided < 400 {
		t.Errorf("gonum decided %d of 500", decided)
	}
}

func TestChooseEqualsEveryChoice(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 300 {
		counties := make([][]*proposal, 1+r.IntN(4))
		prices := allocation.Prices{Levels: []int64{4}, Subsidy: int64(r.IntN(3)), Place: int64(r.IntN(6))}
		for c := range counties {
			for range 1 + r.IntN(6) {
				p := &allocation.Proposal{Subsidy: model.Fen(r.IntN(50)), Levels: []int64{int64(r.IntN(20)), int64(r.IntN(3))}, Hired: make([]model.TeacherID, r.IntN(3))}
				counties[c] = append(counties[c], &proposal{Proposal: p, reduced: p.Cost(prices)})
			}
			least := slices.MinFunc(counties[c], func(a, b *proposal) int { return int(a.reduced - b.reduced) }).reduced
			for _, p := range counties[c] {
				p.reduced -= least
			}
		}
		budget, places, room := int64(r.IntN(40*len(counties))), int64(r.IntN(2*len(counties))), int64(r.IntN(40*len(counties)))
		want := every(counties, budget, places, room)
		chosen, cut := choose(counties, budget, places, room)
		if cut {
			t.Fatal("too many labels for a small test")
		}
		var got []int64
		if chosen != nil {
			got = make([]int64, 2)
			for c, j := range chosen {
				for k, v := range counties[c][j].Levels {
					got[k] += v
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("choice %d: %v, want %v", n, got, want)
		}
	}
}

// every is the best of all choices.
func every(counties [][]*proposal, budget, places, room int64) (best []int64) {
	var visit func(c int, l label)
	visit = func(c int, l label) {
		if l.subsidy > budget || l.places > places || l.reduced > room {
			return
		}
		if c == len(counties) {
			if best == nil || slices.Compare(l.levels, best) < 0 {
				best = l.levels
			}
			return
		}
		for j, p := range counties[c] {
			visit(c+1, *l.extend(p, j))
		}
	}
	visit(0, label{})
	return best
}
