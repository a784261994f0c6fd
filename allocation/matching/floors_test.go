package matching

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// completable decides from the definition whether numbers of people at schools can
// be added to so that every floor and cap holds with at most n people.
func completable(p *Problem, numbers []int32) bool {
	var visit func(s int, y []int32) bool
	visit = func(s int, y []int32) bool {
		if s == len(numbers) {
			return boundsHold(p, y)
		}
		for y[s] = max(numbers[s], p.floor[s]); y[s] <= p.capacity[s]; y[s]++ {
			if visit(s+1, y) {
				return true
			}
		}
		return false
	}
	return visit(0, make([]int32, len(numbers)))
}

func boundsHold(p *Problem, y []int32) bool {
	total, inside := int32(0), make([]int32, len(p.regions))
	for s, n := range y {
		total += n
		for r := p.regionOf[s]; r != None; r = p.regions[r].parent {
			inside[r] += n
		}
	}
	for i, r := range p.regions {
		if inside[i] < r.floor || (r.cap > 0 && inside[i] > r.cap) {
			return false
		}
	}
	return int(total) <= p.Applicants()
}

var bounded = shape{applicants: 6, schools: 4, complete: true, floors: true, regions: true}

func TestBoundsAgainstEveryCompletion(t *testing.T) {
	feasible, refused := 0, 0
	forRandom(t, 3000, bounded, func(t *testing.T, _ *Market, p *Problem) {
		b, err := newBounds(p)
		numbers := make([]int32, p.Schools())
		if got, want := err == nil, completable(p, numbers); got != want {
			t.Errorf("feasible %v (%v), want %v", got, err, want)
		}
		if err != nil {
			return
		}
		feasible++
		for k := range 30 {
			s := int32((k * 7) % p.Schools())
			numbers[s]++
			want := numbers[s] <= p.capacity[s] && completable(p, numbers)
			if got := b.place(s); got != want {
				t.Errorf("place at %d after %v: %v, want %v", s, b.count, got, want)
			}
			if !want {
				numbers[s]--
				refused++
			}
		}
	})
	if feasible < 1000 || refused < 1000 {
		t.Errorf("too few cases: %d feasible markets, %d refusals", feasible, refused)
	}
}

// A place that somebody wants stays free only where one person more would make a
// bound unattainable.
func TestFlexibleWastesOnlyWhatBoundsForbid(t *testing.T) {
	wasted := 0
	check := func(t *testing.T, _ *Market, p *Problem) {
		m, err := FlexibleDeferredAcceptance(p, nil)
		if err != nil {
			return
		}
		for _, b := range Waste(p, m) {
			wasted++
			numbers := p.filled(m)
			numbers[b.School]++
			if completable(p, numbers) {
				t.Errorf("%+v could have been filled", b)
			}
		}
		if envy := JustifiedEnvy(p, m); len(envy) > 0 {
			t.Errorf("envy %+v", envy)
		}
		numbers := p.filled(m)
		if !completable(p, numbers) {
			t.Errorf("%v can't be completed within the bounds", numbers)
		}
	}
	forRandom(t, 2000, bounded, check)
	forRandom(t, 2000, shape{applicants: 6, schools: 4, capacity: 3, floors: true, regions: true}, check) // short lists
	if wasted < 100 {
		t.Errorf("only %d wanted places were left free", wasted)
	}
}

// extendedSeats is ESDA as Fragiadakis et al. (2016) state it: each school is two,
// a regular one with its floor as capacity and an extended one with the rest; the
// extended ones together take at most the number of applicants less all floors, one
// each in turn.
func extendedSeats(p *Problem) Matching {
	m := p.empty()
	schools := int32(p.Schools())
	pool := make([][]int32, 2*schools) // regular, then extended: ranks
	next := make([]int, p.Applicants())
	spare := p.Applicants() - sum(p.floor)
	asking := p.LotteryOrder()
	for len(asking) > 0 {
		for _, t := range asking {
			if k := next[t]; k < 2*len(p.list(t)) {
				next[t]++
				e := p.listStart[t] + int32(k/2)
				to := p.edgeSchool[e] + int32(k%2)*schools
				pool[to] = append(pool[to], p.edgeRank[e])
			}
		}
		take := make([]int, 2*schools)
		for s := range schools {
			slices.Sort(pool[s])
			slices.Sort(pool[s+schools])
			take[s] = min(len(pool[s]), int(p.floor[s]))
		}
		for left, more := spare, true; more; {
			more = false
			for x := schools; x < 2*schools; x++ {
				if s := x - schools; left > 0 && take[x] < len(pool[x]) && take[x] < int(p.capacity[s]-p.floor[s]) {
					take[x]++
					left--
					more = true
				}
			}
		}
		asking = asking[:0]
		for x := range pool {
			s := int32(x) % schools
			for k, rank := range pool[x] {
				t := p.Ranking(s)[rank]
				if m[t] = s; k >= take[x] {
					m[t] = None
					asking = append(asking, t)
				}
			}
			pool[x] = pool[x][:take[x]]
		}
	}
	return m
}

func TestFlexibleWithFloorsAloneIsExtendedSeats(t *testing.T) {
	ran := 0
	forRandom(t, 4000, shape{applicants: 8, schools: 4, complete: true, floors: true}, func(t *testing.T, market *Market, p *Problem) {
		for j := range market.Schools {
			market.Schools[j].Target = 0
		}
		p, err := NewProblem(market, p.lottery)
		if err != nil {
			t.Fatal(err)
		}
		got, err := FlexibleDeferredAcceptance(p, nil)
		if err != nil {
			return
		}
		ran++
		if diff := cmp.Diff(extendedSeats(p), got); diff != "" {
			t.Error(diff)
		}
	})
	if ran < 2000 {
		t.Errorf("only %d feasible markets", ran)
	}
}

// Without floors, caps and targets the flexible mechanism is deferred acceptance,
// and so is the one in stages.
func TestWithoutBoundsItIsDeferredAcceptance(t *testing.T) {
	forRandom(t, 2000, shape{applicants: 7, schools: 4, capacity: 3}, func(t *testing.T, _ *Market, p *Problem) {
		want := DeferredAcceptance(p, nil)
		flexible, err := FlexibleDeferredAcceptance(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		staged, err := MultiStageDeferredAcceptance(p, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range []Matching{flexible, staged} {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
	})
}

// Under the mechanism in stages a wanted place stays free only for somebody whose
// move would break a floor, and who is justly envied goes before the envious in the
// order.
func TestMultiStageKeepsWhatItSays(t *testing.T) {
	waste, envies := 0, 0
	forRandom(t, 4000, shape{applicants: 8, schools: 4, complete: true, floors: true}, func(t *testing.T, _ *Market, p *Problem) {
		order := p.LotteryOrder()
		m, err := MultiStageDeferredAcceptance(p, order, nil)
		if err != nil {
			return
		}
		filled := p.filled(m)
		for _, b := range Waste(p, m) {
			waste++
			if at := m[b.Applicant]; at == None || filled[at] > p.floor[at] {
				t.Errorf("%+v could move without breaking a floor", b)
			}
		}
		for _, b := range JustifiedEnvy(p, m) {
			envies++
			if slices.Index(order, b.Instead) > slices.Index(order, b.Applicant) {
				t.Errorf("%+v, who comes later", b)
			}
		}
	})
	if waste < 100 || envies < 100 {
		t.Errorf("too few cases: %d wasted places, %d envies", waste, envies)
	}
}

// Ours: six teachers all want town first, and it could take all of them. The floors
// of two villages and a cap on the plain bind.
func TestFloorsAndCapsByHand(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e", "f"}
	market := Market{Regions: []Region{{ID: "hills", Schools: []string{"hill", "lake"}, Floor: 2}, {ID: "plain", Schools: []string{"town", "mill"}, Cap: 4}}}
	for _, id := range ids {
		market.Applicants = append(market.Applicants, Applicant{ID: id, List: []string{"town", "mill", "hill", "lake"}})
	}
	for _, id := range []string{"town", "mill", "hill", "lake"} {
		market.Schools = append(market.Schools, School{ID: id, Capacity: 6, Ranking: InOrder(ids...)})
	}
	for _, c := range []struct {
		reason string
		change func(*Market)
		want   string
	}{
		{"town and mill share the four places under the cap of the plain in turn; c and d, who are then ahead of e and f at mill, move on there",
			func(*Market) {}, "town town mill mill hill hill"},
		{"a target of 3 at town goes before turns, and the turn begins with town", func(m *Market) { m.Schools[0].Target = 3 }, "town town town town hill hill"},
		{"a floor of 1 at lake: the last is refused by hill too", func(m *Market) { m.Schools[3].Floor = 1 }, "town town mill mill hill lake"},
		{"a floor of 5 in the hills leaves one for the plain", func(m *Market) { m.Regions[0].Floor = 5 }, "town hill hill hill hill hill"},
	} {
		m := market
		m.Schools, m.Regions = slices.Clone(market.Schools), slices.Clone(market.Regions)
		c.change(&m)
		p, err := NewProblem(&m, Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := FlexibleDeferredAcceptance(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		if schoolsOf(p, got) != c.want {
			t.Errorf("%s: got %s, want %s", c.reason, schoolsOf(p, got), c.want)
		}
		if found := Breaches(p, got); len(found) > 0 {
			t.Errorf("%s: %+v", c.reason, found)
		}
	}
}

func TestFloorsThatCantBeMet(t *testing.T) {
	base := func() *Market {
		m := &Market{Schools: []School{{ID: "hill", Capacity: 2}, {ID: "lake", Capacity: 1}}}
		for _, id := range []string{"a", "b"} {
			m.Applicants = append(m.Applicants, Applicant{ID: id, List: []string{"hill", "lake"}})
		}
		for j := range m.Schools {
			m.Schools[j].Ranking = InOrder("a", "b")
		}
		return m
	}
	for _, c := range []struct {
		reason string
		change func(*Market)
		want   InfeasibleError
	}{
		{"three places must be filled by two people", func(m *Market) { m.Schools[0].Floor, m.Schools[1].Floor = 2, 1 }, InfeasibleError{Least: 3, Most: 2}},
		{"a region asks for more than its places", func(m *Market) { m.Regions = []Region{{ID: "r", Schools: []string{"lake"}, Floor: 2}} },
			InfeasibleError{Where: "r", Least: 2, Most: 1}},
		{"a school's floor is over its region's cap", func(m *Market) {
			m.Schools[0].Floor = 2
			m.Regions = []Region{{ID: "r", Schools: []string{"hill"}, Cap: 1}}
		}, InfeasibleError{Where: "r", Least: 2, Most: 1}},
	} {
		m := base()
		c.change(m)
		p, err := NewProblem(m, Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = FlexibleDeferredAcceptance(p, nil)
		var got *InfeasibleError
		if !errors.As(err, &got) || *got != c.want {
			t.Errorf("%s: got %v, want %v", c.reason, err, &c.want)
		}
	}
	m := base()
	m.Schools[0].Floor, m.Schools[1].Floor = 2, 1
	p, err := NewProblem(m, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	var infeasible *InfeasibleError
	if _, err := MultiStageDeferredAcceptance(p, nil, nil); !errors.As(err, &infeasible) {
		t.Errorf("got %v, want *InfeasibleError", err)
	}
}
