package subsidy

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// deferred places everybody by deferred acceptance: utilities drawn from the model, points at random, the present
// post kept by whoever does not leave it. A post takes newcomers while it has fewer people than it needs.
func deferred(m *Model, s *Supply, year int, schedule model.SubsidySchedule, seed uint64) []Assignment {
	random := rand.New(rand.NewPCG(seed, uint64(year)))
	wishes := make([][]int32, len(s.People)) // most wanted first
	points := make([]float64, len(s.People))
	for person := range s.People {
		alternatives := s.Alternatives(nil, person, schedule)
		utility := map[int32]float64{}
		for i := range alternatives {
			wishes[person] = append(wishes[person], alternatives[i].Post)
			utility[alternatives[i].Post] = m.Mean.Utility(&alternatives[i].Values) - math.Log(-math.Log(random.Float64()))
		}
		slices.SortFunc(wishes[person], func(a, b int32) int { return cmp.Compare(utility[b], utility[a]) })
		points[person] = 100 * random.Float64()
	}
	held := make([][]int32, len(s.Posts)) // who is held, those who stay first and then by points
	next := make([]int, len(s.People))
	asking := make([]int32, len(s.People))
	for i := range asking {
		asking[i] = int32(i)
	}
	for len(asking) > 0 {
		person := asking[len(asking)-1]
		asking = asking[:len(asking)-1]
		post := wishes[person][next[person]]
		if post < 0 {
			continue
		}
		held[post] = append(held[post], person)
		slices.SortFunc(held[post], func(a, b int32) int {
			return cmp.Or(cmp.Compare(indicator(s.People[b].Present == post), indicator(s.People[a].Present == post)), cmp.Compare(points[b], points[a]))
		})
		last := held[post][len(held[post])-1]
		if len(held[post]) > s.Posts[post].Need && s.People[last].Present != post {
			held[post] = held[post][:len(held[post])-1]
			next[last]++
			asking = append(asking, last)
		}
	}
	var all []Assignment
	for person := range s.People {
		all = append(all, Assignment{Year: year, Teacher: int32(person), Present: s.People[person].Present, Post: wishes[person][next[person]], Points: points[person], Synthetic: true})
	}
	return all
}

// past is assignments of two years that pay differently, by the known coefficients of SyntheticModel but for staying,
// which is weaker here so that many move.
func past(t testing.TB, seed uint64) (*Model, *Supply, []Assignment, map[int]model.SubsidySchedule) {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 1500, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	m := SyntheticModel()
	m.Mean[AttributeStaying] = 0.5
	supply := NewSupply(county, OfferedAll)
	for i := range supply.People {
		supply.People[i].Bound = false
	}
	schedules := map[int]model.SubsidySchedule{2024: scaled(county.Subsidy, 1, 2), 2025: scaled(county.Subsidy, 3, 2)}
	assignments := deferred(m, supply, 2024, schedules[2024], seed)
	return m, supply, append(assignments, deferred(m, supply, 2025, schedules[2025], seed)...), schedules
}

// Cut-off choice sets recover the coefficients behind a deferred acceptance: of 3 × 9 intervals 25.7 hold in the mean, with a
// binomial standard deviation of 1.1. Naive sets of all posts do not: people who were refused elsewhere seem to want
// nothing more than to stay.
func TestFeasibleRecovers(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	held, naiveStay := 0, 0.0
	for seed := range uint64(3) {
		m, supply, assignments, schedules := past(t, seed)
		for reason, cutOffs := range map[string]CutOffs{"cut-offs": NewCutOffs(supply, assignments), "naive": {}} {
			h, err := supply.Feasible(assignments, cutOffs, schedules)
			if err != nil {
				t.Fatal(err)
			}
			fit, err := Estimate(t.Context(), h.Data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for k, c := range fit.Coefficients {
				off := (c.Value - m.Mean[k]) / c.Robust
				t.Logf("%s, seed %d, %s: %.3f, true %.3f, %.1f errors off", reason, seed, c.Name, c.Value, m.Mean[k], off)
				switch {
				case reason == "cut-offs" && c.RobustInterval().Holds(m.Mean[k]):
					held++
				case reason == "naive" && c.Name == AttributeStaying.String():
					naiveStay += off / 3
				}
			}
		}
	}
	if held < 22 || naiveStay < 4 {
		t.Errorf("%d of 27 intervals hold the truth, want 22; the naive coefficient of staying is %.1f errors off, want 4 too high", held, naiveStay)
	}
}

// In a stable assignment nobody likes a post better whose cut-off they reach, by construction of the cut-offs.
func TestCutOffs(t *testing.T) {
	_, supply, assignments, _ := past(t, 1)
	cutOffs := NewCutOffs(supply, assignments)
	holders, newcomers := map[PostYear]int{}, map[PostYear][]float64{}
	for _, a := range assignments {
		at := PostYear{a.Year, a.Post}
		holders[at]++
		if a.Post >= 0 && a.Post != a.Present {
			newcomers[at] = append(newcomers[at], a.Points)
		}
	}
	closed, full := 0, 0
	for _, year := range []int{2024, 2025} {
		for p := range supply.Posts {
			at := PostYear{year, int32(p)}
			cutOff, known := cutOffs[at]
			if known != (holders[at] >= supply.Posts[p].Need) {
				t.Errorf("%v: %d holders of %d, cut-off %v %t", at, holders[at], supply.Posts[p].Need, cutOff, known)
			}
			switch {
			case !known:
			case len(newcomers[at]) == 0:
				if closed++; !math.IsInf(cutOff, 1) {
					t.Errorf("%v: cut-off %v, want closed", at, cutOff)
				}
			default:
				if full++; cutOff != slices.Min(newcomers[at]) {
					t.Errorf("%v: cut-off %v of %v", at, cutOff, newcomers[at])
				}
			}
		}
	}
	if closed == 0 || full == 0 || closed+full == 2*len(supply.Posts) {
		t.Errorf("%d closed and %d full of %d: the test shows nothing", closed, full, 2*len(supply.Posts))
	}
	// A post is also full by those who hold it and took no part.
	over := slices.IndexFunc(supply.Posts, func(p Post) bool { return p.Need > 0 && p.Incumbent > p.Need })
	var leave []Assignment
	for i := range supply.People {
		if int(supply.People[i].Present) == over {
			leave = append(leave, Assignment{Year: 2026, Teacher: int32(i), Present: int32(over), Post: -1})
		}
	}
	spare := supply.Posts[over].Incumbent - supply.Posts[over].Need
	for n, want := range map[int]bool{spare: true, spare + 1: false} {
		if cutOff, known := NewCutOffs(supply, leave[:n])[PostYear{2026, int32(over)}]; known != want {
			t.Errorf("%d of %d leave a post of %d: cut-off %v, full %t", n, len(leave), supply.Posts[over].Need, cutOff, known)
		}
	}
}

func TestFeasibleRefuses(t *testing.T) {
	_, supply, assignments, _ := past(t, 1)
	moved := slices.IndexFunc(assignments, func(a Assignment) bool { return a.Post >= 0 && a.Post != a.Present })
	a := assignments[moved]
	a.row = 7
	var bad *AssignmentError
	if _, err := supply.Feasible([]Assignment{a}, CutOffs{{a.Year, a.Post}: a.Points + 1}, nil); !errors.As(err, &bad) || bad.Row != 7 || !strings.Contains(err.Error(), "cut-off") {
		t.Errorf("points below the cut-off: got %v", err)
	}
	a.Post = int32(slices.IndexFunc(supply.Posts, func(p Post) bool {
		return p.Subject != supply.People[a.Teacher].Main && !slices.Contains(supply.People[a.Teacher].Second, p.Subject)
	}))
	if _, err := supply.Feasible([]Assignment{a}, nil, nil); !errors.As(err, &bad) || !strings.Contains(err.Error(), "qualified") || !strings.Contains(err.Error(), string(bad.Teacher)) {
		t.Errorf("another subject: got %v", err)
	}
}

func tinySupply(t testing.TB) *Supply {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	return NewSupply(county, OfferedAll)
}

func TestReadAssignments(t *testing.T) {
	supply := tinySupply(t)
	teacher, post := string(supply.People[0].ID), supply.Posts[0].String()
	sound := "year,teacher,post,points,present\n2025," + teacher + "," + post + ",70.5,none\n2024," + teacher + ",none,60,\n"
	read, err := ReadAssignments(strings.NewReader(sound), "past.csv", supply)
	if err != nil || len(read) != 2 || read[0].Points != 70.5 || read[0].Post != 0 || read[0].Present != -1 || read[1].Post != -1 || read[1].Present != supply.People[0].Present {
		t.Errorf("got %+v, %v", read, err)
	}
	for _, test := range []struct{ reason, old, replacement, says string }{
		{"a post with a letter too many", post, post + "x", "did you mean \"" + post + "\""},
		{"a teacher of elsewhere", teacher + ",none", "ZZZZZZZZ,none", "a teacher of the county"},
		{"no year", "2024,", "next,", "whole number from 1900"},
		{"no points", "70.5", "many", "a number"},
		{"twice in a year", "2024,", "2025,", "row 2 has"},
		{"a misspelt column", "points", "poinst", "points"},
	} {
		_, err := ReadAssignments(strings.NewReader(strings.ReplaceAll(sound, test.old, test.replacement)), "past.csv", supply)
		var faults *table.Errors
		if !errors.As(err, &faults) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "past.csv") {
			t.Errorf("%s: got %v, want one that says %q", test.reason, err, test.says)
		}
	}
	cutOffs, err := ReadCutOffs(strings.NewReader("year,post,points\n2025,"+post+",closed\n2024,"+post+",55\n"), "cut.csv", supply)
	if err != nil || !math.IsInf(cutOffs[PostYear{2025, 0}], 1) || cutOffs[PostYear{2024, 0}] != 55 {
		t.Errorf("got %v, %v", cutOffs, err)
	}
	for _, text := range []string{"year,post,points\n2025,none,3\n", "year,post,points\n2025," + post + ",3\n2025," + post + ",4\n", "year,post,points\n2025,x,3\n"} {
		if _, err := ReadCutOffs(strings.NewReader(text), "cut.csv", supply); err == nil {
			t.Errorf("%q passed", text)
		}
	}
	schedules, err := ReadSchedules(strings.NewReader("year,tier,from_years,yuan_per_month\n2024,1,0,300\n2025,1,0,450.50\n"), "amounts.csv")
	if err != nil || schedules[2025].Monthly(1, 3) != 45050 || schedules[2024].Monthly(1, 3) != 30000 {
		t.Errorf("got %v, %v", schedules, err)
	}
	for _, text := range []string{"year,tier,from_years,yuan_per_month\n2024,7,0,300\n", "year,tier,from_years,yuan_per_month\n2024,1,0,-3\n",
		"year,tier,from_years,yuan_per_month\n2024,1,0,3\n2024,1,0,4\n"} {
		if _, err := ReadSchedules(strings.NewReader(text), "amounts.csv"); err == nil {
			t.Errorf("%q passed", text)
		}
	}
}

// Teachers and posts of a history are those of the county.
func TestHistoryCheck(t *testing.T) {
	supply := tinySupply(t)
	h := Simulate(SyntheticModel(), supply, SimulateOptions{Years: 2})
	if err := h.Check(supply, "choices.csv"); err != nil {
		t.Errorf("a simulated history: %v", err)
	}
	teacher, post := h.Teachers[1], h.Alternatives[0]
	h.Teachers[1], h.Alternatives[0] = "ZZZZZZZZ", post+"x"
	var faults *table.Errors
	err := h.Check(supply, "choices.csv")
	if !errors.As(err, &faults) || faults.Total != 2 || faults.List[0].(*table.CellError).Row != h.Data.First[1]+2 || !strings.Contains(err.Error(), post) {
		t.Errorf("a strange %s and %s: got %v", teacher, post, err)
	}
}

// What is read names people and posts of the county, each once a year, and gives a history or a typed error.
func FuzzReadAssignments(f *testing.F) {
	supply := tinySupply(f)
	f.Add([]byte("year,teacher,post,points,present\n2025," + string(supply.People[0].ID) + "," + supply.Posts[0].String() + ",70.5,none\n"))
	f.Add([]byte("\ufeffyear,teacher,post,points\n2025,T1,none,-1\n"))
	f.Add([]byte("year\n\"1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		assignments, err := ReadAssignments(bytes.NewReader(text), "past.csv", supply)
		if err != nil {
			return
		}
		h, err := supply.Feasible(assignments, NewCutOffs(supply, assignments), nil)
		var bad *AssignmentError
		if err != nil {
			if !errors.As(err, &bad) {
				t.Fatalf("%v is a %T", err, err)
			}
			return
		}
		if err := h.Data.validate(); err != nil || h.Data.Choices() != len(assignments) {
			t.Fatalf("%d choices of %d assignments: %v", h.Data.Choices(), len(assignments), err)
		}
	})
}
