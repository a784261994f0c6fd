package subsidy

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// What a place more costs is the ratio of two plain comparisons, under every model; a model that fills no more leaves the range open.
func TestAnswersExtra(t *testing.T) {
	closed := 0
	for seed := range uint64(12) {
		d := lively(t, 150, seed+1, [model.MaxTier + 1]model.Share{})
		plausible := d.Model.Plausible(8, seed)
		a := d.Grid.Amounts(d.Grid.highest())
		answers, err := d.Answers(t.Context(), Question{Amounts: a, Plausible: plausible})
		if err != nil {
			t.Fatal(err)
		}
		x := answers.Extra
		least, greatest, none, some := noPrice, model.Fen(0), false, false
		for _, m := range append([]*Model{d.Model}, plausible.Models...) {
			other, err := NewDesigner(d.County, m, d.options)
			if err != nil {
				t.Fatal(err)
			}
			last, now := other.At(d.Grid.Last), other.At(a)
			places := now.Filled - last.Filled
			if places <= 0 {
				none = true
				continue
			}
			price := (now.Cost - last.Cost + model.Fen(places) - 1) / model.Fen(places)
			if least, greatest = min(least, price), max(greatest, price); !some {
				some, greatest = true, price
			}
		}
		if x.Never == some || x.Open != none {
			t.Errorf("seed %d: %+v, some fill more %v, some do not %v", seed+1, x, some, none)
		}
		if want := [2]model.Fen{least, greatest}; some && x.PerPlace != want {
			t.Errorf("seed %d: %v a place, want %v", seed+1, x.PerPlace, want)
		}
		if some && !none {
			closed++
		}
	}
	if closed < 3 {
		t.Errorf("only %d counties where every model fills more", closed)
	}
}

func TestPerPlace(t *testing.T) {
	for _, c := range []struct {
		reason    string
		last, now Outcome
		want      model.Fen
	}{
		{"rounded up", Outcome{Filled: 1, Cost: 100}, Outcome{Filled: 4, Cost: 200}, 34},
		{"cheaper and fuller", Outcome{Filled: 1, Cost: 200}, Outcome{Filled: 3, Cost: 100}, -50},
		{"no more places", Outcome{Filled: 3, Cost: 100}, Outcome{Filled: 3, Cost: 200}, noPrice},
		{"fewer places", Outcome{Filled: 3, Cost: 100}, Outcome{Filled: 2, Cost: 90}, noPrice},
	} {
		if got := perPlace(&c.last, &c.now); got != c.want {
			t.Errorf("%s: %d, want %d", c.reason, got, c.want)
		}
	}
}

// The cut saves what it says, and a smaller one of the same fineness does not save enough.
func TestAnswersCut(t *testing.T) {
	reached := 0
	for seed := range uint64(12) {
		d := lively(t, 150, seed+1, [model.MaxTier + 1]model.Share{})
		now := d.At(d.Grid.Amounts(d.Grid.highest()))
		wide, err := d.outlooks(t.Context(), d.Model.Plausible(6, seed))
		if err != nil {
			t.Fatal(err)
		}
		c, err := d.cut(t.Context(), &now, wide)
		if err != nil {
			t.Fatal(err)
		}
		if c.SavedRange[0] > c.Saved || c.SavedRange[1] < c.Saved || c.LostRange[0] > c.Lost || c.LostRange[1] < c.Lost {
			t.Errorf("seed %d: %+v is outside its ranges", seed+1, c)
		}
		lost := 0
		for i, tier := range c.Tiers {
			if want := d.At(now.Amounts.cut(c.Off)).Tiers[i]; tier.Amount != want.Amount || tier.Lost != now.Tiers[i].Filled-want.Filled {
				t.Errorf("seed %d: %+v, want %+v", seed+1, tier, want)
			}
			lost += tier.Lost
		}
		enough := func(off model.Share) bool { return 10*(now.Cost-d.At(now.Amounts.cut(off)).Cost) >= now.Cost-9 }
		if lost != c.Lost || c.Reached != enough(c.Off) || !c.Reached && c.Off != deepestCut {
			t.Errorf("seed %d: %+v, %d lost", seed+1, c, lost)
		}
		for off := cutStep; off < c.Off; off += cutStep {
			if enough(off) {
				t.Errorf("seed %d: %v is cut, but %v saves enough", seed+1, c.Off, off)
			}
		}
		if c.Reached {
			reached++
		}
	}
	if reached < 6 {
		t.Errorf("a tenth is saved in only %d of 12 counties", reached)
	}
}

func TestWarnings(t *testing.T) {
	seen := Observed{Least: 100, Greatest: 900, Choices: 50}
	seen.Tiers[1] = ObservedTier{100, 500, 20}
	amounts := Amounts{0, 600, 300}
	for _, c := range []struct {
		reason string
		data   Observed
		tiers  []model.Tier
		want   int
		noData bool
	}{
		{"above what its tier paid", seen, []model.Tier{1}, 1, false},
		{"a tier never seen", seen, []model.Tier{2}, 1, false},
		{"both", seen, []model.Tier{1, 2}, 2, false},
		{"no remoteness in the data: any tier will do", Observed{Least: 100, Greatest: 900, Choices: 50}, []model.Tier{1, 2}, 0, false},
		{"no data", Observed{}, []model.Tier{1}, 1, true},
	} {
		got := c.data.Warnings(c.tiers, amounts)
		if len(got) != c.want || len(got) > 0 && got[0].NoData != c.noData {
			t.Errorf("%s: %+v", c.reason, got)
		}
	}
}
