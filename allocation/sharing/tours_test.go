package sharing

import (
	"testing"
	"time"

	"github.com/xianguan/xianguan/model"
)

// roundTrip is one teacher of music at A with time to spare, and schools around that lack a period or two each.
func roundTrip(t *testing.T, positions []model.Position, periods model.Tenths) (*model.County, *model.Plan) {
	t.Helper()
	c := county(t, "tiny")
	c.Curriculum = []model.CurriculumLine{{Subject: "music", Grade: 1, Periods: periods}}
	c.Schools, c.Posts = nil, nil
	for i, at := range positions {
		c.Schools = append(c.Schools, model.School{ID: model.SchoolID(rune('A' + i)), Name: "校", Rural: true, Position: at, Grades: []model.Grade{{Grade: 1, Pupils: 20, Classes: 1}}})
	}
	p := &model.Plan{}
	for i := range c.Teachers {
		q := &c.Teachers[i]
		q.School, q.Pool, q.Main, q.Second, q.Partner, q.Preferences, q.Home, q.YearsHere = "", model.PoolUnplaced, "music", nil, "", nil, "", 0
	}
	c.Teachers = c.Teachers[:1]
	p.Assignments = []model.Assignment{{Teacher: c.Teachers[0].ID, To: model.PostID{School: "A", Stage: model.StagePrimary, Subject: "music"}}}
	p.CountyHash = c.Hash()
	return c, p
}

// Four schools some two kilometres from each other, with two periods a class: counted by hand. In one day away a visitor reaches one of B, C and D, or with a period
// lost on the road two of them, or with two lost three.
func TestTours(t *testing.T) {
	around := []model.Position{{Lat: 42_000_000, Lon: 122_000_000}, {Lat: 42_010_000, Lon: 122_000_000}, {Lat: 42_010_000, Lon: 122_010_000}, {Lat: 42_000_000, Lon: 122_015_000}}
	tests := []struct {
		reason  string
		options Options
		periods model.Tenths // of a class
		missing model.Tenths
	}{
		{"one school a day", Options{Stops: 1, Days: 1}, 20, 40},
		{"two schools in one day", Options{Stops: 2, Days: 1}, 20, 20},
		{"three schools in one day, of five periods two are lost", Options{Stops: 3, Days: 1}, 20, 20},
		{"three schools in one day, a period each", Options{Stops: 3, Days: 1}, 10, 0},
		{"two days", Options{Stops: 2, Days: 2}, 20, 0},
		{"two schools a week at most", Options{Stops: 3, Days: 3, Schools: 2}, 20, 20},
		{"too far for a tour", Options{Stops: 2, Days: 1, Reach: 1_900}, 20, 40},
		{"too far for the week", Options{Stops: 2, Days: 3, Travel: 3_500}, 20, 40},
		{"no time for a second school", Options{Stops: 2, Days: 1, PeriodsADay: 1}, 20, 50},
	}
	for _, test := range tests {
		c, p := roundTrip(t, around, test.periods)
		test.options.NoNetwork = true
		r, err := Share(t.Context(), c, p, &test.options)
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, p, r); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
		if level := r.Levels[levelMissing]; level.Value != int64(test.missing) || !level.Proven {
			t.Errorf("%s: %d tenths are missing, proven %v, want %d; %+v", test.reason, level.Value, level.Proven, test.missing, r.Visits)
		}
	}
}

// Tours never leave more open, and in some counties less.
func TestToursGiveMore(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	better, compared := 0, 0
	for seed := range uint64(100) {
		c, p := small(t, 3000+seed)
		var missing [4]int64
		for stops := 1; stops <= 3; stops++ {
			r, err := Share(t.Context(), c, p, &Options{Stops: stops, Days: 1, NoNetwork: true, Rounds: 20, Proof: 10 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if err := Verify(c, p, r); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if missing[stops] = r.Levels[levelMissing].Value; stops > 1 && missing[stops] > missing[stops-1] && r.Levels[levelMissing].Proven {
				t.Errorf("seed %d: %d tenths are missing with %d schools a day, %d with one less", seed, missing[stops], stops, missing[stops-1])
			}
		}
		compared++
		if missing[3] < missing[1] {
			better++
		}
	}
	t.Logf("%d counties, less is missing with tours in %d", compared, better)
	if better < 3 {
		t.Error("too few to mean anything")
	}
}
