package synthetic

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// Duties are drawn beside everything else: without them the county is the one without the option.
func TestDutiesChangeNothingElse(t *testing.T) {
	o := Options{Teachers: 300, Landscape: Plain, Seed: 5}
	plain, err := Generate(o)
	if err != nil {
		t.Fatal(err)
	}
	o.Duties = true
	with, err := Generate(o)
	if err != nil {
		t.Fatal(err)
	}
	heads, released := map[model.SchoolID]int{}, 0
	for i := range with.Teachers {
		p := &with.Teachers[i]
		if p.PrincipalSince != 0 {
			heads[p.School]++
		}
		if p.Release.Sum() > 0 {
			released++
		}
		p.PrincipalSince, p.Release = 0, model.Release{}
	}
	for i := range with.Schools {
		if s := &with.Schools[i]; heads[s.ID] != 1 || s.AfterSchool == nil {
			t.Errorf("%s has %d principals", s.ID, heads[s.ID])
		}
		with.Schools[i].AfterSchool = nil
	}
	if released < 3 {
		t.Errorf("%d people have release time", released)
	}
	with.Origin = plain.Origin
	if diff := cmp.Diff(plain, with); diff != "" {
		t.Error(diff)
	}
}
