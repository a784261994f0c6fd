package subsidy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// farPosts makes up choices among many posts: a town school near everybody, and money that grows with distance.
func farPosts(seed uint64, choices, alternatives int, truth []float64) *Data {
	random := rand.New(rand.NewPCG(seed, 3))
	d := &Data{Columns: []string{"subsidy", "distance", "town"}, First: []int{0}}
	for n := range choices {
		v := make([]float64, alternatives)
		for j := range v {
			distance := 80 * random.Float64()
			row := []float64{10*random.Float64() + distance/20, distance, indicator(random.Float64() < 0.3)}
			for k, x := range row {
				v[j] += truth[k] * x
			}
			d.X = append(d.X, row...)
		}
		softmax(v)
		d.Chosen = append(d.Chosen, d.First[n]+pick(v, random.Float64()))
		d.First = append(d.First, d.Rows())
	}
	return d
}

// Estimates from 12 of 120 alternatives fall within the intervals of the truth: of 40 samples with three coefficients
// each, 114 of 120 intervals in the mean, with a binomial standard deviation of √(120·0.95·0.05) = 2.4; four of these are 9.6.
// Near posts are sampled more often; without the correction they look wanted for being near, and distance is off by many errors.
func TestSampleCorrects(t *testing.T) {
	truth := []float64{0.3, -0.04, 0.6}
	held, naive, farOff := 0, 0, 0.0
	for seed := range uint64(40) {
		d := farPosts(seed, 400, 120, truth)
		sample := d.Sample(12, Nearness(d), seed)
		if rows := float64(sample.Rows()) / 400; rows < 11.5 || rows > 13.5 {
			t.Fatalf("%v alternatives a choice, want 12 and the chosen one where it was not drawn", rows)
		}
		fit, err := Estimate(t.Context(), sample, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range fit.Coefficients {
			if c.Interval().Holds(truth[k]) {
				held++
			}
		}
		sample.Offset = nil
		if fit, err = Estimate(t.Context(), sample, Options{}); err != nil {
			t.Fatal(err)
		}
		c := fit.Coefficients[1]
		if c.Interval().Holds(truth[1]) {
			naive++
		}
		farOff += (c.Value - truth[1]) / c.StdErr / 40
	}
	t.Logf("of 120 intervals %d hold the truth; without correction %d of 40 of distance, %.1f errors off in the mean", held, naive, farOff)
	if held < 105 || naive > 4 || math.Abs(farOff) < 4 {
		t.Errorf("%d of 120 hold the truth, want 105; uncorrected %d of 40, want at most 4, and %.1f errors, want 4 off", held, naive, farOff)
	}
}

// Chances of drawing lie above 0 and at most at 1, rise with weights, and sum to the number wanted.
func TestInclusion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Just(0.0), rapid.Just(math.Inf(1)), rapid.Float64Range(1e-6, 1e6)), 1, 30).Draw(t, "weights")
		want := rapid.IntRange(1, 35).Draw(t, "want")
		q := append([]float64(nil), weights...)
		inclusion(q, want)
		sum, infinite := 0.0, 0
		for i, x := range q {
			if !(x > 0 && x <= 1) {
				t.Fatalf("chance %v of weight %v", x, weights[i])
			}
			sum += x
			if math.IsInf(weights[i], 1) {
				infinite++
				if x != 1 {
					t.Fatalf("a row to be kept always has the chance %v", x)
				}
			}
			for j, y := range q {
				if weights[i] > weights[j] && x < y {
					t.Fatalf("weight %v has chance %v, weight %v has %v", weights[i], x, weights[j], y)
				}
			}
		}
		if expected := min(float64(max(want, infinite+1)), float64(len(q))); math.Abs(sum-expected) > 1e-6 {
			// All rows enter where no finite weight is above 0.
			for _, x := range q {
				if x != 1 {
					t.Fatalf("the chances sum to %v, want %v", sum, expected)
				}
			}
		}
	})
}

// A sample of all is the data themselves, and the same seed gives the same sample.
func TestSampleWhole(t *testing.T) {
	d := farPosts(1, 50, 8, []float64{0.3, -0.04, 0.6})
	whole := d.Sample(8, nil, 1)
	for _, offset := range whole.Offset {
		if offset != 0 {
			t.Fatalf("offset %v, want 0", offset)
		}
	}
	whole.Offset = nil
	if diff := cmp.Diff(d, whole); diff != "" {
		t.Errorf("(-data +sample of all)\n%s", diff)
	}
	if diff := cmp.Diff(d.Sample(3, Nearness(d), 5), d.Sample(3, Nearness(d), 5)); diff != "" {
		t.Errorf("two samples of one seed\n%s", diff)
	}
	if cmp.Equal(d.Sample(3, nil, 5), d.Sample(3, nil, 6)) {
		t.Error("two seeds gave the same sample")
	}
}
