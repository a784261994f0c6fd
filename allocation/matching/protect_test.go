package matching

import (
	"slices"
	"testing"
)

// Deferred acceptance with present posts safe: stable once staff go first, nobody
// below the present post, and whoever is justly envied has stayed where she was.
func TestProtectedDeferredAcceptance(t *testing.T) {
	envied := 0
	forRandom(t, 3000, shape{applicants: 7, schools: 4, capacity: 2, present: true}, func(t *testing.T, _ *Market, p *Problem) {
		q := Protect(p)
		m := DeferredAcceptance(q, nil)
		if pairs := BlockingPairs(q, m); len(pairs) > 0 {
			t.Errorf("blocking pairs %+v", pairs)
		}
		for _, b := range BlockingPairs(p, m) {
			envied++
			if b.Instead == None || p.present[b.Instead] != b.School {
				t.Errorf("%+v is no envy of somebody who stayed", b)
			}
		}
	})
	if envied < 100 {
		t.Errorf("only %d cases of envy", envied)
	}
}

// Protecting twice is protecting once, and the original is untouched.
func TestProtectIsStable(t *testing.T) {
	forRandom(t, 500, shape{applicants: 6, schools: 4, capacity: 2, present: true, couples: 1}, func(t *testing.T, m *Market, p *Problem) {
		once := Protect(p)
		twice := Protect(once)
		if !slices.Equal(once.order, twice.order) || !slices.Equal(once.edgeSchool, twice.edgeSchool) || !slices.Equal(once.edgeRank, twice.edgeRank) {
			t.Error("protecting twice differs")
		}
		again, err := NewProblem(m, p.lottery)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.order, again.order) || !slices.Equal(p.edgeRank, again.edgeRank) {
			t.Error("the original changed")
		}
		for i, c := range once.couples {
			for j, o := range c.options {
				for side, s := range o.school {
					if s != None && o.rank[side] != once.rankOf(c.member[side], s) {
						t.Errorf("couple %d, pair %d: rank %d", i, j, o.rank[side])
					}
				}
			}
		}
	})
}

// Who is among the first q of a ranking, q the capacity, does no worse than that
// school under top trading cycles.
func TestTopTradingCyclesKeepsTheFirstSafe(t *testing.T) {
	forRandom(t, 2000, shape{applicants: 7, schools: 4, capacity: 3}, func(t *testing.T, _ *Market, p *Problem) {
		m := TopTradingCycles(p, nil)
		for s := range int32(p.Schools()) {
			for place, i := range p.Ranking(s) {
				if place < p.Capacity(s) && p.edge(i, s) != None && wantedness(p, i, m[i]) > wantedness(p, i, s) {
					t.Errorf("%s is number %d at %s and got %s", p.Applicant(i), place+1, p.School(s), p.School(m[i]))
				}
			}
		}
	})
}
