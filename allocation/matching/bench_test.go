package matching

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// largeMarket has lists of the given length over schools of which some are far more
// popular than others, points from 0 to 99, and places for four in five people. With
// posts, every person holds one, and a school's staff are in its ranking.
func largeMarket(applicants, schools, list int, posts bool) *Market {
	r := rand.New(rand.NewPCG(1962, 1974))
	m := &Market{Applicants: make([]Applicant, applicants), Schools: make([]School, schools)}
	for s := range m.Schools {
		m.Schools[s] = School{ID: fmt.Sprintf("S%05d", s), Capacity: applicants * 4 / 5 / schools}
	}
	drawn := make([]int, schools) // drawn[s] = t+1 when t has drawn s
	rank := func(t, s int) {
		m.Schools[s].Ranking = append(m.Schools[s].Ranking, Candidate{m.Applicants[t].ID, int64(r.IntN(100))})
	}
	for t := range m.Applicants {
		a := &m.Applicants[t]
		a.ID = fmt.Sprintf("T%06d", t)
		if posts {
			home := t % schools
			a.Present = m.Schools[home].ID
			m.Schools[home].Capacity = max(m.Schools[home].Capacity, t/schools+1)
			drawn[home] = t + 1
			rank(t, home)
		}
		for len(a.List) < list {
			u := r.Float64()
			s := int(u * u * float64(schools)) // the first tenth is drawn by about a third
			if drawn[s] == t+1 {
				continue
			}
			drawn[s] = t + 1
			a.List = append(a.List, m.Schools[s].ID)
			rank(t, s)
		}
	}
	return m
}

func largeProblem(b *testing.B, applicants, schools, list int, posts bool) *Problem {
	b.Helper()
	p, err := NewProblem(largeMarket(applicants, schools, list, posts), Lottery{Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

var mechanismSink Matching

// 100,000 teachers with lists of 20 on 10,000 schools: validation and lottery, the
// mechanism alone, with its trace, and the proof that the result is stable.
func BenchmarkHundredThousand(b *testing.B) {
	market := largeMarket(100_000, 10_000, 20, false)
	b.Run("problem", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := NewProblem(market, Lottery{Seed: 1}); err != nil {
				b.Fatal(err)
			}
		}
	})
	p := largeProblem(b, 100_000, 10_000, 20, false)
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"deferred acceptance", func() { mechanismSink = DeferredAcceptance(p, nil) }},
		{"deferred acceptance with trace", func() { mechanismSink = DeferredAcceptance(p, &Trace{}) }},
		{"schools propose", func() { mechanismSink = SchoolDeferredAcceptance(p, nil) }},
		{"top trading cycles", func() { mechanismSink = TopTradingCycles(p, nil) }},
		{"serial dictatorship", func() { mechanismSink = SerialDictatorship(p, nil, nil) }},
		{"Boston", func() { mechanismSink = Boston(p, nil) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
		})
	}
	stable := DeferredAcceptance(p, nil)
	b.Run("blocking pairs", func(b *testing.B) {
		for b.Loop() {
			if n := len(BlockingPairs(p, stable)); n > 0 {
				b.Fatalf("%d blocking pairs", n)
			}
		}
	})
}

// 5,000 teachers who hold posts at 500 schools, lists of 20.
func BenchmarkFiveThousand(b *testing.B) {
	p := largeProblem(b, 5_000, 500, 20, true)
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"top trading cycles", func() { mechanismSink = TopTradingCycles(Protect(p), nil) }},
		{"cycles and chains", func() { mechanismSink = TopTradingCyclesAndChains(p, ChainRule{}, nil) }},
		{"cycles and longest chains", func() { mechanismSink = TopTradingCyclesAndChains(p, ChainRule{Longest: true}, nil) }},
		{"teacher-optimal exchange", func() { mechanismSink = TeacherOptimalExchange(p, nil) }},
		{"block exchange", func() { mechanismSink = BlockExchange(p, p.Present(), nil) }},
		{"one-sided block exchange", func() { mechanismSink = OneSidedBlockExchange(p, p.Present(), nil) }},
		{"minimum total rank", func() { mechanismSink = MinimumTotalRank(p).Matching }},
		{"flexible", func() { mechanismSink, _ = FlexibleDeferredAcceptance(p, nil) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
		})
	}
}

// The inner loops do not allocate: a mechanism allocates its arrays once, whatever
// the number of proposals.
func TestMechanismsAllocateOnce(t *testing.T) {
	for _, list := range []int{2, 16} {
		p, err := NewProblem(largeMarket(2000, 200, list, true), Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name string
			most float64
			run  func()
		}{
			{"deferred acceptance", 12, func() { DeferredAcceptance(p, nil) }},
			{"schools propose", 12, func() { SchoolDeferredAcceptance(p, nil) }},
			{"top trading cycles", 24, func() { TopTradingCycles(p, nil) }},
			{"serial dictatorship", 12, func() { SerialDictatorship(p, nil, nil) }},
			{"teacher-optimal exchange", 40, func() { TeacherOptimalExchange(p, nil) }},
		} {
			if got := testing.AllocsPerRun(3, c.run); got > c.most {
				t.Errorf("%s with lists of %d: %v allocations, want at most %v", c.name, list, got, c.most)
			}
		}
	}
}
