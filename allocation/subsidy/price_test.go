package subsidy

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

// matrixMarket is a market in which everybody may take every post.
func matrixMarket(values [][]model.Fen, worth []model.Fen, places []int, outside []model.Fen) *Market {
	m := &Market{Outside: outside, Places: places, Worth: worth, Start: []int32{0}}
	for _, row := range values {
		for p, v := range row {
			m.Post, m.Value = append(m.Post, int32(p)), append(m.Value, v)
		}
		m.Start = append(m.Start, int32(len(m.Post)))
	}
	return m
}

// The house market of Shapley and Shubik (1971), section 3: three sellers who would keep their houses
// below 18, 15 and 19 thousand, three buyers. Buyers are our posts, which pay; sellers are our people,
// to whom letting a house go costs what it is worth to them. Here, where money differs by
// house and not by buyer, the roles are turned: houses are the posts, a buyer's value is v, a
// seller's reservation −w, and the amount is minus the price. The core's corners are worked out again below by
// trying every price.
func TestShapleyShubikHouses(t *testing.T) {
	reservation := []model.Fen{18, 15, 19}
	bids := [][]model.Fen{{23, 26, 20}, {22, 24, 21}, {21, 22, 17}} // by house, then by buyer
	values := make([][]model.Fen, 3)
	worth := make([]model.Fen, 3)
	for h := range bids {
		worth[h] = -reservation[h]
		for b, bid := range bids[h] {
			values[b] = append(values[b], bid)
		}
	}
	m := matrixMarket(values, worth, []int{1, 1, 1}, make([]model.Fen, 3))
	got, err := Prices(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	// buyer 1 has house 3, buyer 2 house 1, buyer 3 house 2: 2 + 8 + 6 thousand to share.
	want := &Equilibrium{At: []int32{2, 0, 1}, Low: []model.Fen{-23, -21, -20}, High: []model.Fen{-21, -20, -19}, Surplus: 16}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("prices differ (-want +got):\n%s", diff)
	}
	low, high := []model.Fen{99, 99, 99}, []model.Fen{0, 0, 0}
	prices := make([]model.Fen, 3)
	var try func(h int)
	try = func(h int) {
		if h == 3 {
			amount := []model.Fen{-prices[0], -prices[1], -prices[2]}
			if len(Envies(m, want.At, amount)) == 0 && len(Slackness(m, want.At, amount)) == 0 {
				for i, price := range prices {
					low[i], high[i] = min(low[i], price), max(high[i], price)
				}
			}
			return
		}
		for price := range model.Fen(31) {
			prices[h] = price
			try(h + 1)
		}
	}
	try(0)
	if diff := cmp.Diff([][]model.Fen{{21, 20, 19}, {23, 21, 20}}, [][]model.Fen{low, high}); diff != "" {
		t.Errorf("trying every price gives another range (-want +got):\n%s", diff)
	}
}

// drawMarket draws a market in which some pairs are missing.
func drawMarket(t *rapid.T, mostPeople, mostPosts int) *Market {
	people := rapid.IntRange(0, mostPeople).Draw(t, "people")
	posts := rapid.IntRange(1, mostPosts).Draw(t, "posts")
	money := rapid.Custom(func(t *rapid.T) model.Fen { return model.Fen(rapid.IntRange(-9, 20).Draw(t, "money")) })
	m := &Market{Start: []int32{0}}
	for range posts {
		m.Places = append(m.Places, rapid.IntRange(1, 3).Draw(t, "places"))
		m.Worth = append(m.Worth, money.Draw(t, "worth"))
	}
	for range people {
		m.Outside = append(m.Outside, money.Draw(t, "outside"))
		for p := range posts {
			if rapid.IntRange(0, 3).Draw(t, "may") > 0 {
				m.Post, m.Value = append(m.Post, int32(p)), append(m.Value, money.Draw(t, "value"))
			}
		}
		m.Start = append(m.Start, int32(len(m.Post)))
	}
	return m
}

// Both ends, and what lies between them post by post in the lattice, are equilibria by the certificates.
func TestPricesPassCertificates(t *testing.T) {
	markets, empty := 0, 0
	check := func(r *rapid.T) {
		m := drawMarket(r, 12, 5)
		e, err := Prices(t.Context(), m)
		if err != nil {
			r.Fatal(err)
		}
		for p := range e.Low {
			if e.Low[p] > e.High[p] {
				r.Fatalf("post %d: low %d above high %d", p, e.Low[p], e.High[p])
			}
		}
		for name, amount := range map[string][]model.Fen{"low": e.Low, "high": e.High} {
			if envies := Envies(m, e.At, amount); len(envies) > 0 {
				r.Fatalf("%s: envy %+v", name, envies)
			}
			if breaches := Slackness(m, e.At, amount); len(breaches) > 0 {
				r.Fatalf("%s: %v", name, breaches)
			}
			if gap := DualityGap(m, e.At, amount); gap != 0 {
				r.Fatalf("%s: duality gap %d", name, gap)
			}
		}
		markets++
		for t := range e.At {
			if e.At[t] < 0 {
				empty++
			}
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		for range 50 {
			check(r)
		}
	})
	t.Logf("%d random markets, %d people without a post among them", markets, empty)
	if empty == 0 {
		t.Error("no market left anybody without a post")
	}
}

// The ends are those of the dual linear programme, by gonum's simplex.
func TestPricesAreTheEndsOfTheDual(t *testing.T) {
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		m := drawMarket(r, 4, 3)
		e, err := Prices(t.Context(), m)
		if err != nil {
			r.Fatal(err)
		}
		for p := range m.Places {
			least, greatest := dualRange(r, m, e.Surplus, p)
			if math.Abs(least-float64(e.Low[p])) > 1e-6 || math.Abs(greatest-float64(e.High[p])) > 1e-6 {
				r.Fatalf("post %d: %d to %d, the linear programme says %g to %g", p, e.Low[p], e.High[p], least, greatest)
			}
			compared++
		}
	})
	t.Logf("%d posts compared", compared)
}

// dualRange finds by linear programming the least and greatest amount of a post over all optimal duals:
// u_t ≥ o_t, u_t + r_p ≥ v_tp + w_p, r ≥ 0, Σ u + Σ d r = surplus; s = w − r. With u' = u − o it is in
// the form of gonum's Simplex: A x = b, x ≥ 0, with a slack for each pair.
func dualRange(r *rapid.T, m *Market, surplus model.Fen, post int) (least, greatest float64) {
	people, posts, pairs := len(m.Outside), len(m.Places), len(m.Post)
	columns := people + posts + pairs
	a := mat.NewDense(pairs+1, columns, nil)
	b := make([]float64, pairs+1)
	for t := range people {
		for i := int(m.Start[t]); i < int(m.Start[t+1]); i++ {
			p := int(m.Post[i])
			a.Set(i, t, 1)
			a.Set(i, people+p, 1)
			a.Set(i, people+posts+i, -1)
			b[i] = float64(m.Value[i] + m.Worth[p] - m.Outside[t])
		}
	}
	b[pairs] = float64(surplus)
	for t := range people {
		a.Set(pairs, t, 1)
		b[pairs] -= float64(m.Outside[t])
	}
	for p, places := range m.Places {
		a.Set(pairs, people+p, float64(places))
	}
	end := func(sign float64) float64 {
		c := make([]float64, columns)
		c[people+post] = sign
		best, _, err := lp.Simplex(c, a, b, 1e-10, nil)
		if err != nil {
			r.Fatalf("gonum: %v", err)
		}
		return sign * best
	}
	worth := float64(m.Worth[post])
	return worth - end(-1), worth - end(1)
}

// Supporting amounts are least: they hold, and no amount can be lower whatever the others are.
func TestSupporting(t *testing.T) {
	supported, circles := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		for range 10 { // about one market in ten has a circle: enough of them in -short too
			m := drawMarket(r, 5, 3)
			at := make([]int32, len(m.Outside))
			for t := range at {
				if own := m.Post[m.Start[t]:m.Start[t+1]]; len(own) > 0 {
					at[t] = rapid.SampledFrom(own).Draw(r, "at")
				} else {
					at[t] = -1
				}
			}
			floor := make([]model.Fen, len(m.Places))
			for p := range floor {
				floor[p] = model.Fen(rapid.IntRange(-5, 5).Draw(r, "floor"))
			}
			got, err := Supporting(m, at, floor)
			least := leastByTrial(m, at, floor)
			var circle *UnsupportableError
			switch {
			case errors.As(err, &circle):
				circles++
				if circle.Gain <= 0 || len(circle.People) < 2 {
					r.Fatalf("no gain in %v", err)
				}
				if least != nil {
					r.Fatalf("%v, but %v holds", err, least)
				}
			case err != nil:
				r.Fatal(err)
			default:
				supported++
				if diff := cmp.Diff(least, got.Amount); diff != "" {
					r.Fatalf("amounts differ (-by trial +got):\n%s", diff)
				}
			}
		}
	})
	t.Logf("%d supported, %d circles", supported, circles)
	if supported == 0 || circles == 0 {
		t.Error("one of the outcomes never came up")
	}
}

// leastByTrial tries every amount within reach; nil where none holds. The set is a lattice, so the least of
// each post is reached at once.
func leastByTrial(m *Market, at []int32, floor []model.Fen) []model.Fen {
	const reach = 120 // three posts, differences of at most 29 in two steps, from outside or floor
	amount := append([]model.Fen(nil), floor...)
	for range 3 * reach {
		raised := false
		for _, envy := range Envies(m, at, amount) {
			if p := at[envy.Person]; p >= 0 {
				amount[p]++
				raised = true
				break
			}
		}
		if !raised {
			return amount
		}
	}
	return nil
}

func TestMarketValidate(t *testing.T) {
	good := func() *Market {
		return matrixMarket([][]model.Fen{{1, 2}, {3, 4}}, []model.Fen{5, 6}, []int{1, 2}, []model.Fen{0, 0})
	}
	if err := good().Validate(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		reason string
		spoil  func(*Market)
		field  string
		index  int
	}{
		{"a post without places", func(m *Market) { m.Places[1] = 0 }, "Places", 1},
		{"a worth for each post", func(m *Market) { m.Worth = m.Worth[:1] }, "Worth", -1},
		{"a start too few", func(m *Market) { m.Start = m.Start[:2] }, "Start", -1},
		{"the last start is the end", func(m *Market) { m.Start[2] = 3 }, "Start", -1},
		{"starts do not fall", func(m *Market) { m.Start[1] = 5 }, "Start", 1},
		{"a post that does not exist", func(m *Market) { m.Post[3] = 2 }, "Post", 3},
		{"a post twice", func(m *Market) { m.Post[3] = 0 }, "Post", 3},
		{"a value for each pair", func(m *Market) { m.Value = m.Value[:3] }, "Value", -1},
		{"money out of all proportion", func(m *Market) { m.Value[2] = MostMoney + 1 }, "Value", 2},
	}
	for _, test := range tests {
		m := good()
		test.spoil(m)
		var wrong *MarketError
		if err := m.Validate(); !errors.As(err, &wrong) || wrong.Field != test.field || wrong.Index != test.index {
			t.Errorf("%s: got %v, want %s[%d]", test.reason, err, test.field, test.index)
		}
	}
}

// The certificates find planted faults.
func TestCertificatesFindFaults(t *testing.T) {
	m := matrixMarket([][]model.Fen{{-10, -30}, {-20, -5}}, []model.Fen{40, 40}, []int{1, 2}, []model.Fen{0, 0})
	e, err := Prices(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		reason  string
		at      []int32
		amount  []model.Fen
		envies  int
		breach  int
		gapless bool
	}{
		{"the equilibrium", e.At, e.Low, 0, 0, true},
		{"people swapped", []int32{1, 0}, e.High, 2, 0, false},
		{"too low a pay: both leave", e.At, []model.Fen{5, 1}, 2, 1, false},
		{"a post pays more than it is worth", e.At, []model.Fen{90, 90}, 0, 2, false},
		{"more people than places", []int32{0, 0}, []model.Fen{40, 40}, 1, 1, false},
	}
	for _, test := range tests {
		envies, breaches, gap := Envies(m, test.at, test.amount), Slackness(m, test.at, test.amount), DualityGap(m, test.at, test.amount)
		if len(envies) != test.envies || len(breaches) != test.breach || (gap == 0) != test.gapless {
			t.Errorf("%s: %d envies, %v, gap %d", test.reason, len(envies), breaches, gap)
		}
	}
}

func ExamplePrices() {
	// Two teachers, two village posts. Li minds the valley 300 yuan a month and the hill 900, Wang 500 and 600.
	m := &Market{
		Outside: []model.Fen{0, 0},
		Places:  []int{1, 1},
		Worth:   []model.Fen{150000, 150000},
		Start:   []int32{0, 2, 4},
		Post:    []int32{0, 1, 0, 1},
		Value:   []model.Fen{-30000, -90000, -50000, -60000},
	}
	e, err := Prices(context.Background(), m)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("posts of Li and Wang:", e.At)
	fmt.Println("least amounts:", e.Low, "no envy:", len(Envies(m, e.At, e.Low)) == 0)
	// Output:
	// posts of Li and Wang: [0 1]
	// least amounts: [300.00 600.00] no envy: true
}
