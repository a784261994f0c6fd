package embedded

import (
	"math"
	"math/rand/v2"
	"testing"
)

// drawn is an assignment of people to posts with a way out for everybody, a column, and rows over all.
func drawn(rng *rand.Rand) (lp *LP, supply []int64, tail, head []int32, cost []float64) {
	people, posts := 3+rng.IntN(12), 2+rng.IntN(5)
	sink := int32(people + posts)
	supply = make([]int64, sink+1)
	var upper []float64
	add := func(from, to int32, u float64) {
		tail, head, upper = append(tail, from), append(head, to), append(upper, u)
		cost = append(cost, float64(rng.IntN(40)-20))
	}
	for i := range int32(people) {
		supply[i] = 1
		supply[sink]--
		for range 3 {
			add(i, int32(people+rng.IntN(posts)), 1)
		}
		add(i, sink, 1)
	}
	for j := range int32(posts) {
		add(int32(people)+j, sink, float64(people))
	}
	upper = append(upper, 4) // the column
	cost = append(cost, float64(rng.IntN(10)))
	rows := make([][]Entry, 1+rng.IntN(5))
	for r := range rows {
		for j := range upper {
			if rng.IntN(3) == 0 {
				rows[r] = append(rows[r], Entry{int32(j), float64(rng.IntN(9) - 2)})
			}
		}
	}
	lp = New(supply, tail, head, 1, rows)
	copy(lp.Upper, upper)
	for r := range rows {
		lp.Lower[len(upper)+r], lp.Upper[len(upper)+r] = -1000, 3+float64(rng.IntN(12))
	}
	return lp, supply, tail, head, cost
}

// The values obey every row, and by weak duality the prices prove that they are optimal; the costs and the bounds
// then change, and the same holds from the basis at hand. Where there are no values the ray proves it. All of it holds
// whether pivot rows are of all variables or of a working set.
func TestSolve(t *testing.T) {
	for _, siftFrom := range []int{siftLeast, 0} {
		solveDrawn(t, siftFrom)
	}
}

func solveDrawn(t *testing.T, siftFrom int) {
	rng := rand.New(rand.NewPCG(1, 2))
	outcomes := map[Outcome]int{}
	sifted := 0
	for range 500 {
		lp, supply, tail, head, cost := drawn(rng)
		lp.siftFrom = siftFrom
		for range 4 {
			lp.SetCost(cost)
			lp.Rebound()
			if lp.sifted() {
				sifted++
			}
			for r := range lp.rows {
				lp.Activate(r)
			}
			outcome := lp.Solve(10_000, func() bool { return false })
			outcomes[outcome]++
			potential, price := make([]float64, len(supply)), make([]float64, len(lp.rows))
			switch outcome {
			case Optimal:
				lp.Prices(cost, potential, price)
				if bound := lagrangian(lp, supply, tail, head, cost, potential, price); math.Abs(bound-lp.Objective()) > 1e-4 { // the noise on the costs
					t.Fatalf("objective %v, the prices prove %v", lp.Objective(), bound)
				}
				for r := range lp.rows {
					if a := lp.Activity(r); a > lp.Upper[lp.structural+r]+1e-6 {
						t.Fatalf("row %d is %v, above %v", r, a, lp.Upper[lp.structural+r])
					}
				}
			case Infeasible:
				lp.Ray(potential, price)
				zero := make([]float64, len(cost))
				proof := lagrangian(lp, supply, tail, head, zero, potential, price)
				for i := range potential {
					potential[i] = -potential[i]
				}
				for i := range price {
					price[i] = -price[i]
				}
				if proof = max(proof, lagrangian(lp, supply, tail, head, zero, potential, price)); proof <= 1e-9 {
					t.Fatalf("the ray proves %v, not above 0", proof)
				}
			default:
				t.Fatalf("outcome %d", outcome)
			}
			cost[rng.IntN(len(cost))] = float64(rng.IntN(40) - 20)
			if j := rng.IntN(len(tail)); rng.IntN(2) == 0 {
				lp.Lower[j] = lp.Upper[j]
			} else {
				lp.Upper[j] = lp.Lower[j]
			}
			lp.Retire()
		}
	}
	if outcomes[Optimal] < 500 || outcomes[Infeasible] < 50 || (sifted > 1000) != (siftFrom == 0) {
		t.Errorf("outcomes %v, %d sifted, say too little", outcomes, sifted)
	}
}

func lagrangian(lp *LP, supply []int64, tail, head []int32, cost, potential, price []float64) float64 {
	sum := 0.0
	for v, b := range supply {
		sum += potential[v] * float64(b)
	}
	for j := range lp.structural {
		rc := cost[j]
		for _, e := range lp.column(int32(j)) {
			rc -= e.Coef * price[e.Index]
		}
		if j < len(tail) {
			rc += potential[head[j]] - potential[tail[j]]
		}
		sum += min(rc*lp.Lower[j], rc*lp.Upper[j])
	}
	for r, y := range price {
		j := lp.structural + r
		sum += min(y*lp.Lower[j], y*lp.Upper[j])
	}
	return sum
}
