package matching

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// shape says what a random market may contain.
type shape struct {
	applicants, schools int // at most
	capacity            int // of a school, at most; at least 0, or 1 if onePlace
	onePlace            bool
	present             bool // about half of the people have a post, as far as there is room
	everybodyPresent    bool // everybody has one
	complete            bool // everybody lists every school, and there is room for all
	floors, regions     bool
	couples             int
}

// randomMarket draws a market. Few points make many ties.
func randomMarket(r *rand.Rand, x shape) *Market {
	m := &Market{}
	n, s := 1+r.IntN(x.applicants), 1+r.IntN(x.schools)
	if x.onePlace && x.everybodyPresent {
		s = n
	}
	for j := range s {
		school := School{ID: fmt.Sprintf("S%d", j), Capacity: r.IntN(x.capacity + 1)}
		if x.complete {
			school.Capacity = (n+s-1)/s + r.IntN(2)
		}
		if x.onePlace {
			school.Capacity = 1
		}
		m.Schools = append(m.Schools, school)
	}
	left := make([]int, s)
	for j := range m.Schools {
		left[j] = m.Schools[j].Capacity
	}
	for i := range n {
		a := Applicant{ID: fmt.Sprintf("T%d", i)}
		if j := r.IntN(s); x.everybodyPresent || (x.present && r.IntN(2) == 0) {
			for k := 0; k < s && left[j] == 0; k++ {
				j = (j + 1) % s
			}
			if left[j] == 0 {
				m.Schools[j].Capacity++
				left[j]++
			}
			left[j]--
			a.Present = m.Schools[j].ID
		}
		m.Applicants = append(m.Applicants, a)
	}
	eligible := make([][]int, n)
	for j := range m.Schools {
		for i := range n {
			if x.complete || m.Applicants[i].Present == m.Schools[j].ID || r.IntN(4) > 0 {
				eligible[i] = append(eligible[i], j)
				m.Schools[j].Ranking = append(m.Schools[j].Ranking, Candidate{m.Applicants[i].ID, int64(r.IntN(n + 1))})
			}
		}
	}
	for i := range m.Applicants {
		r.Shuffle(len(eligible[i]), func(a, b int) { eligible[i][a], eligible[i][b] = eligible[i][b], eligible[i][a] })
		length := len(eligible[i])
		if !x.complete && length > 0 {
			length = r.IntN(length + 1)
		}
		for _, j := range eligible[i][:length] {
			m.Applicants[i].List = append(m.Applicants[i].List, m.Schools[j].ID)
		}
	}
	if x.floors {
		randomFloors(r, m)
	}
	if x.regions {
		randomRegions(r, m)
	}
	randomCouples(r, m, min(x.couples, n/2), eligible)
	return m
}

func randomFloors(r *rand.Rand, m *Market) {
	for j := range m.Schools {
		if c := m.Schools[j].Capacity; c > 0 {
			m.Schools[j].Floor = r.IntN(min(c, 2) + 1)
			m.Schools[j].Target = r.IntN(c + 1)
		}
	}
}

// randomRegions cuts the schools, in order, into halves and these again.
func randomRegions(r *rand.Rand, m *Market) {
	var cut func(from, to int)
	cut = func(from, to int) {
		if to-from < 1 {
			return
		}
		if r.IntN(3) > 0 {
			region := Region{ID: fmt.Sprintf("R%d-%d-%d", from, to, len(m.Regions))}
			for _, s := range m.Schools[from:to] {
				region.Schools = append(region.Schools, s.ID)
			}
			region.Floor = r.IntN(3)
			if r.IntN(2) == 0 {
				region.Cap = max(1, region.Floor+r.IntN(3))
			}
			m.Regions = append(m.Regions, region)
		}
		if to-from > 1 {
			middle := from + 1 + r.IntN(to-from-1)
			cut(from, middle)
			cut(middle, to)
		}
	}
	cut(0, len(m.Schools))
}

func randomCouples(r *rand.Rand, m *Market, couples int, eligible [][]int) {
	for c := range couples {
		a, b := 2*c, 2*c+1
		m.Applicants[a].List, m.Applicants[b].List = nil, nil
		k := Couple{First: m.Applicants[a].ID, Second: m.Applicants[b].ID}
		for _, i := range append([]int{-1}, eligible[a]...) {
			for _, j := range append([]int{-1}, eligible[b]...) {
				pair := [2]string{}
				if i >= 0 {
					pair[0] = m.Schools[i].ID
				}
				if j >= 0 {
					pair[1] = m.Schools[j].ID
				}
				if pair != [2]string{} && r.IntN(3) > 0 {
					k.List = append(k.List, pair)
				}
			}
		}
		r.Shuffle(len(k.List), func(i, j int) { k.List[i], k.List[j] = k.List[j], k.List[i] })
		m.Couples = append(m.Couples, k)
	}
}

// forRandom calls f with many random problems, a seed each that is named when the
// test fails.
func forRandom(t *testing.T, count int, x shape, f func(t *testing.T, m *Market, p *Problem)) {
	t.Helper()
	for seed := range uint64(count) {
		r := rand.New(rand.NewPCG(seed, 4))
		m := randomMarket(r, x)
		p, err := NewProblem(m, Lottery{Seed: seed, PerSchool: seed%2 == 1})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		f(t, m, p)
		if t.Failed() {
			t.Fatalf("seed %d: market %+v", seed, *m)
		}
	}
}

// everyMatching calls f with every feasible matching in which each person has a
// school of the list, the present one, or none. f must not keep it.
func everyMatching(p *Problem, f func(Matching)) {
	m, left := p.empty(), slices.Clone(p.capacity)
	var visit func(t int)
	visit = func(t int) {
		if t == len(m) {
			f(m)
			return
		}
		m[t] = None
		visit(t + 1)
		choices := slices.Clone(p.list(int32(t)))
		if here := p.present[t]; here != None && !slices.Contains(choices, here) {
			choices = append(choices, here)
		}
		for _, s := range choices {
			if left[s] > 0 {
				left[s]--
				m[t] = s
				visit(t + 1)
				left[s]++
			}
		}
		m[t] = None
	}
	visit(0)
}

// wantedness is how well an applicant does: smaller is better. The present school
// off the list comes after the list, nothing after that, another school last.
func wantedness(p *Problem, t int32, s int32) int {
	switch {
	case s == None:
		return 1 << 20
	case p.edge(t, s) != None:
		return int(p.edge(t, s))
	case p.present[t] == s:
		return 1 << 19
	default:
		return 1 << 21
	}
}

// dominates reports whether everybody does at least as well, and somebody better.
func dominates(p *Problem, better, m Matching) bool {
	strictly := false
	for t := range m {
		a, b := wantedness(p, int32(t), better[t]), wantedness(p, int32(t), m[t])
		if a > b {
			return false
		}
		strictly = strictly || a < b
	}
	return strictly
}

// misreports calls f with the problem after each other list that one applicant
// could hand in: every order of every subset of the schools that rank them.
func misreports(t *testing.T, m *Market, lottery Lottery, i int, f func(*Problem)) {
	t.Helper()
	var eligible []string
	for _, s := range m.Schools {
		if slices.ContainsFunc(s.Ranking, func(c Candidate) bool { return c.Applicant == m.Applicants[i].ID }) {
			eligible = append(eligible, s.ID)
		}
	}
	truth := m.Applicants[i].List
	defer func() { m.Applicants[i].List = truth }()
	var visit func(list []string)
	visit = func(list []string) {
		m.Applicants[i].List = list
		p, err := NewProblem(m, lottery)
		if err != nil {
			t.Fatal(err)
		}
		f(p)
		for _, id := range eligible {
			if !slices.Contains(list, id) {
				visit(append(slices.Clone(list), id))
			}
		}
	}
	visit(nil)
}
