package subsidy

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// paying answers amounts with a supplement at one school, stated anew: the value of each of its posts is higher.
func paying(d *Designer, m *Model, school int32, a Amounts, x model.Fen) (filled int, cost model.Fen) {
	perUnit := float64(FenPerUnit) / m.Mean[AttributeSubsidy]
	r := respond(d.Supply, d.weights(), a, a, func(t int) (alternatives []Alternative, worth []model.Fen) {
		alternatives = d.Supply.Alternatives(nil, t, nil)
		for i := range alternatives {
			value := money(m.Mean.Base(&alternatives[i].Values), perUnit)
			if p := alternatives[i].Post; p >= 0 && d.Supply.Posts[p].School == school {
				value += x
			}
			worth = append(worth, value)
		}
		return alternatives, worth
	})
	s := r.newPlacing()
	r.answer(&a, &a, s)
	filled, people := r.filledAt(school, s)
	return filled, r.payroll(&a, s) + x*model.Fen(people)
}

// The break-even of a school is the first step of all at which one place more is filled there, under each model, and costs what it says.
func TestBreakEvenIsTheFirstStep(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	found, beyond := 0, 0
	for seed := range uint64(4) {
		d := lively(t, 120, seed+1, [model.MaxTier + 1]model.Share{})
		plausible := d.Model.Plausible(2, seed)
		a := d.Grid.Last
		answers, err := d.Answers(t.Context(), Question{Amounts: a, Plausible: plausible})
		if err != nil {
			t.Fatal(err)
		}
		listed := map[model.SchoolID]*BreakEven{}
		for i := range answers.Schools {
			listed[answers.Schools[i].School] = &answers.Schools[i]
		}
		for i := range d.County.Schools {
			school, id := int32(i), d.County.Schools[i].ID
			base, before := paying(d, d.Model, school, a, 0)
			b := listed[id]
			if (b != nil) != (base < d.needOf(school)) {
				t.Fatalf("seed %d, %s: %d of %d filled, listed %v", seed+1, id, base, d.needOf(school), b != nil)
			}
			if b == nil {
				continue
			}
			least, greatest, open := noPrice, model.Fen(-1), false
			for n, m := range append([]*Model{d.Model}, plausible.Models...) {
				base, _ := paying(d, m, school, a, 0)
				first, cost := noPrice, model.Fen(0)
				for x := model.Fen(0); x <= BreakEvenLimit && base < d.needOf(school); x += d.options.Step {
					filled, after := paying(d, m, school, a, x)
					if filled > base && first == noPrice {
						first, cost = x, after-before
					} else if filled <= base && first != noPrice {
						t.Errorf("seed %d, %s: filled at %s, not at %s", seed+1, id, first, x)
					}
				}
				if base == d.needOf(school) {
					first = 0
				}
				if first == noPrice {
					open = true
				} else {
					least, greatest = min(least, first), max(greatest, first)
				}
				if n > 0 {
					continue
				}
				switch {
				case (b.Obstacle == "") != (first != noPrice):
					t.Errorf("seed %d, %s: obstacle %q, first step %s", seed+1, id, b.Obstacle, first)
				case first == noPrice:
					beyond++
				case b.Supplement != first || b.Cost != cost || b.Filled != base:
					t.Errorf("seed %d, %s: %+v, want %s at a cost of %s", seed+1, id, b, first, cost)
				default:
					found++
				}
			}
			if b.Open != open || b.Never != (greatest < 0) || !b.Never && b.Range != [2]model.Fen{least, greatest} {
				t.Errorf("seed %d, %s: %+v, want %s to %s, open %v", seed+1, id, b, least, greatest, open)
			}
		}
	}
	if found < 10 || beyond < 2 {
		t.Errorf("%d schools with a break-even and %d without: too few to mean anything", found, beyond)
	}
}

// Each obstacle is what it says.
func TestObstacle(t *testing.T) {
	seen := map[Obstacle]int{}
	for seed := range uint64(20) {
		d := lively(t, 120, seed+1, [model.MaxTier + 1]model.Share{})
		if seed%4 == 3 { // a county that binds everybody
			for i := range d.Supply.People {
				d.Supply.People[i].Bound = true
			}
		}
		if seed%4 == 2 { // one where nobody would come for any money that is tried
			d.Model.Mean[AttributeSubsidy] /= 1000
		}
		wide, err := d.outlooks(t.Context(), Plausible{})
		if err != nil {
			t.Fatal(err)
		}
		all, err := d.breakEvens(t.Context(), &d.Grid.Last, wide)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range all {
			seen[b.Obstacle]++
			others, free := 0, 0
			for p := range d.Supply.Posts {
				post := &d.Supply.Posts[p]
				for i := range d.Supply.People {
					who := &d.Supply.People[i]
					if post.PostID.School == b.School && post.Vacant() > 0 && string(who.CurrentSchool(d.County.Date)) != string(b.School) && d.Supply.qualified(who, int32(p)) {
						others++
						if !who.Bound {
							free++
						}
					}
				}
			}
			switch {
			case b.Obstacle == ObstacleUnqualified && others > 0 && b.Filled == b.Need-1:
				t.Errorf("seed %d, %s: %d others are qualified", seed+1, b.School, others)
			case b.Obstacle == ObstacleBound && free > 0 && seed%4 == 3:
				t.Errorf("seed %d, %s: %d are free", seed+1, b.School, free)
			case (b.Obstacle == ObstacleLimit || b.Obstacle == ObstacleNeeded || b.Obstacle == "") && seed%4 == 3:
				t.Errorf("seed %d, %s: %q where everybody is bound", seed+1, b.School, b.Obstacle)
			}
		}
	}
	for _, o := range []Obstacle{ObstacleUnqualified, ObstacleBound, ObstacleNeeded, ObstacleLimit, ""} {
		if seen[o] < 2 {
			t.Errorf("obstacle %q: seen %d times, too few to mean anything", o, seen[o])
		}
	}
}

func BenchmarkAnswers(b *testing.B) {
	d := lively(b, 5000, 1, [model.MaxTier + 1]model.Share{})
	q := Question{Amounts: d.Grid.Amounts(d.Grid.highest()), Plausible: d.Model.Plausible(40, 1)}
	for b.Loop() {
		if _, err := d.Answers(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}
