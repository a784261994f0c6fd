package province

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// sample is the province of testdata.
func sample(t testing.TB) *Province {
	t.Helper()
	p := &Province{Budget: 104_000_00, Places: 6}
	for _, name := range []string{"north", "south", "west"} {
		c, err := table.Read(filepath.Join("../../testdata/province", name))
		if err != nil {
			t.Fatal(err)
		}
		p.Counties = append(p.Counties, County{Name: name, County: c})
	}
	return p
}

func TestSolveIsDeterministic(t *testing.T) {
	var texts []string
	for _, workers := range []int{1, 2, 7} {
		p := sample(t)
		before := p.Counties[0].County.Hash()
		r, err := Solve(t.Context(), p, Options{Workers: workers, Closing: -1})
		if err != nil {
			t.Fatal(err)
		}
		if p.Counties[0].County.Hash() != before {
			t.Error("the county was changed")
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Counties {
			plan, err := json.Marshal(r.Counties[i].Plan)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, plan...)
		}
		texts = append(texts, string(text))
	}
	for i := range texts {
		if diff := cmp.Diff(texts[0], texts[i]); diff != "" {
			t.Errorf("other workers, other bytes: %.500s", diff)
		}
	}
}

func TestSharesHold(t *testing.T) {
	r, err := Solve(t.Context(), sample(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	spent, hired := model.Fen(0), 0
	for i := range r.Counties {
		c := &r.Counties[i]
		if err := check.Plan(c.Granted, c.Plan).Err(); err != nil || !c.Checked {
			t.Errorf("%s: %v", c.Name, err)
		}
		special := 0
		for j := range c.Granted.Teachers {
			if strings.HasPrefix(string(c.Granted.Teachers[j].ID), "N") && c.Granted.Teachers[j].Term == model.TermSpecialPost {
				special++
			}
		}
		if special != c.Places || c.Spent > c.Budget || c.Spent != c.Plan.Cost.Subsidy {
			t.Errorf("%s: %d recruits for %d places, %s spent of %s", c.Name, special, c.Places, c.Spent, c.Budget)
		}
		if m, l := c.Yuan.More, c.Yuan.Less; l.Per > 0 && m.Float() > l.Float()+1e-9 {
			t.Errorf("%s: a yuan more is worth %g, a yuan less costs %g", c.Name, m.Float(), l.Float())
		}
		spent, hired = spent+c.Spent, hired+c.Places
	}
	if spent != r.Spent || r.Spent+r.Unspent != r.Budget || hired != r.Hired || hired > r.Places {
		t.Errorf("%s of %s spent, %s left, %d of %d places", r.Spent, r.Budget, r.Unspent, r.Hired, r.Places)
	}
	if r.Stop != StopOptimal || !r.Levels[3].Proven || r.Priced >= r.Levels[0].Objective {
		t.Errorf("want the joint optimum above what prices prove alone: %s, %+v, priced %d", r.Stop, r.Levels, r.Priced)
	}
}

// With money for everything there is nothing to share: each county has what it would have alone.
func TestEnoughForAll(t *testing.T) {
	p := sample(t)
	p.Budget, p.Places = 10_000_000_00, 1000
	r, err := Solve(t.Context(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Stop != StopOptimal || r.Yuan.Points != 0 || r.Place.Points != 0 {
		t.Errorf("%s, a yuan at %g, a place at %g", r.Stop, r.Yuan.Float(), r.Place.Float())
	}
	none := 0
	p.Places = 0
	for i := range p.Counties {
		p.Counties[i].MostPlaces = &none
	}
	if r, err = Solve(t.Context(), p, Options{}); err != nil {
		t.Fatal(err)
	}
	for i := range r.Counties {
		plan, err := allocation.Solve(t.Context(), p.Counties[i].County, nil)
		if err != nil {
			t.Fatal(err)
		}
		for k, l := range plan.Levels {
			if r.Counties[i].Levels[k] != l.Objective {
				t.Errorf("%s, level %s: %d, alone %d", r.Counties[i].Name, l.Name, r.Counties[i].Levels[k], l.Objective)
			}
		}
	}
}

func TestStops(t *testing.T) {
	p := sample(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	var stopped *allocation.StoppedError
	if _, err := Solve(cancelled, p, Options{}); err != nil && !errors.As(err, &stopped) {
		t.Errorf("cancelled before the start: %v", err)
	}
	for _, c := range []struct {
		reason  string
		options Options
		want    Stop
	}{
		{"one round of prices", Options{Iterations: 1, Closing: -1}, StopIterations},
		{"a wide gap", Options{Gap: 0.5}, StopGap},
		{"nothing closed", Options{Closing: -1}, StopConverged},
		{"everything closed", Options{}, StopOptimal},
	} {
		r, err := Solve(t.Context(), p, c.options)
		if err != nil {
			t.Fatalf("%s: %v", c.reason, err)
		}
		l := r.Levels[0]
		if r.Stop != c.want || l.Bound > l.Objective || l.Bound <= 0 && c.want != StopIterations {
			t.Errorf("%s: %s, %+v", c.reason, r.Stop, l)
		}
	}
	ctx, stop := context.WithCancel(t.Context()) // in the middle: what is best so far, whole and checked, with its bound
	r, err := Solve(ctx, p, Options{Progress: func(x Progress) {
		if x.Iteration == 2 {
			stop()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if l := r.Levels[0]; r.Stop != StopCancelled || l.Bound <= 0 || l.Bound > l.Objective || r.Unspent < 0 {
		t.Errorf("cancelled: %s, %+v, %s unspent", r.Stop, l, r.Unspent)
	}
	for i := range r.Counties {
		if c := &r.Counties[i]; !c.Checked || check.Plan(c.Granted, c.Plan).Err() != nil {
			t.Errorf("cancelled: the plan of %s does not hold", c.Name)
		}
	}
}

func TestErrors(t *testing.T) {
	p := sample(t)
	var wrong *Error
	if _, err := Solve(t.Context(), p, Options{Gap: 2}); !errors.As(err, &wrong) || wrong.Field != "gap" {
		t.Errorf("a gap of 2: %v", err)
	}
	p.Counties[1].Name = "north"
	if _, err := Solve(t.Context(), p, Options{}); !errors.As(err, &wrong) || wrong.County != "north" {
		t.Errorf("a county twice: %v", err)
	}
	p = sample(t)
	p.Budget = 100
	var none *InfeasibleError
	if _, err := Solve(t.Context(), p, Options{}); !errors.As(err, &none) || none.Least != 98_800_00 || len(none.Counties) != 3 {
		t.Errorf("too little: %v", err)
	}
	p.Budget = none.Least // the least does
	if r, err := Solve(t.Context(), p, Options{Closing: -1}); err != nil || r.Unspent != 0 {
		t.Errorf("just enough: %v", err)
	}
	broken := *p.Counties[1].County
	broken.Date = 0
	p.Counties[1].County = &broken
	var county *CountyError
	var field *model.FieldError
	if _, err := Solve(t.Context(), p, Options{}); !errors.As(err, &county) || county.County != "south" || !errors.As(err, &field) {
		t.Errorf("a county with a fault: %v", err)
	}
}
