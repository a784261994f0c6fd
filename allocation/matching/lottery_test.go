package matching

import (
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
)

// The numbers are those of the documented recipe, done here with the standard
// library's hash; the last column was worked out once and must never change, since
// published lotteries rest on it.
func TestLotteryNumbersCanBeRecomputed(t *testing.T) {
	for _, c := range []struct {
		lottery   Lottery
		text      string
		published uint64
	}{
		{Lottery{Seed: 2026}, "2026|T1", 0xa38ab20f11b50bb2},
		{Lottery{Seed: 2026}, "2026|张三", 0x50057175b028c052},
		{Lottery{Seed: 18446744073709551615, PerSchool: true}, "18446744073709551615|S1|T1", 0x281005e48a891a21},
	} {
		h := fnv.New64a()
		h.Write([]byte(c.text))
		z := h.Sum64()
		z ^= z >> 30
		z *= 0xbf58476d1ce4e5b9
		z ^= z >> 27
		z *= 0x94d049bb133111eb
		z ^= z >> 31
		applicant := c.text[len(c.text)-len("T1"):]
		if c.text == "2026|张三" {
			applicant = "张三"
		}
		if got := c.lottery.Number("S1", applicant); got != z || got != c.published {
			t.Errorf("%s: %#x, by the recipe %#x, published %#x", c.text, got, z, c.published)
		}
	}
}

// tiedMarket is n people with equal points at two schools of one place.
func tiedMarket(n int) *Market {
	m := &Market{Schools: []School{{ID: "A", Capacity: 1}, {ID: "B", Capacity: 1}}}
	for i := range n {
		id := fmt.Sprintf("T%d", i)
		m.Applicants = append(m.Applicants, Applicant{ID: id, List: []string{"A", "B"}})
		for j := range m.Schools {
			m.Schools[j].Ranking = append(m.Schools[j].Ranking, Candidate{Applicant: id})
		}
	}
	return m
}

func TestSingleAndMultipleTieBreaking(t *testing.T) {
	for _, c := range []struct {
		perSchool, same bool
		reason          string
	}{
		{false, true, "one number each: both schools rank alike"},
		{true, false, "a number at each school: they do not"},
	} {
		p, err := NewProblem(tiedMarket(50), Lottery{Seed: 9, PerSchool: c.perSchool})
		if err != nil {
			t.Fatal(err)
		}
		if same := slices.Equal(p.Ranking(0), p.Ranking(1)); same != c.same {
			t.Errorf("%s: alike %v", c.reason, same)
		}
	}
}

// Over many seeds everybody is drawn first about equally often: within 5 standard
// deviations of a fair draw.
func TestLotteryIsFair(t *testing.T) {
	const people, draws = 10, 4000
	first := make([]int, people)
	m := tiedMarket(people)
	for seed := range uint64(draws) {
		p, err := NewProblem(m, Lottery{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		if order := p.LotteryOrder(); !slices.Equal(order, p.Ranking(0)) {
			t.Fatalf("seed %d: the lottery's order %v is not that of a ranking of equals %v", seed, order, p.Ranking(0))
		}
		first[p.Ranking(0)[0]]++
	}
	for i, n := range first {
		if n < 400-95 || n > 400+95 { // variance 4000 * 0.1 * 0.9 = 360
			t.Errorf("person %d was first %d times of %d", i, n, draws)
		}
	}
}

// More points win whatever the lottery says.
func TestPointsGoBeforeTheLottery(t *testing.T) {
	for seed := range uint64(50) {
		m := tiedMarket(6)
		m.Schools[0].Ranking[3].Points = 1
		m.Schools[0].Ranking[5].Points = -1
		p, err := NewProblem(m, Lottery{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		ranking := p.Ranking(0)
		if ranking[0] != 3 || ranking[5] != 5 || p.Points(0, 1) != 1 || p.Points(0, 6) != -1 {
			t.Errorf("seed %d: %v", seed, ranking)
		}
	}
}
