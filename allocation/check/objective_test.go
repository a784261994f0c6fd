package check

import (
	"math"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// twoSchools is A in the seat, with posts for two of music and one of Chinese,
// and B of tier 2 at 42.1 degrees, with a post for one of music.
func twoSchools(teachers ...model.Teacher) *model.County {
	return county([]model.School{
		{ID: "A", Name: "甲", Position: north(42_000_000), Grades: grades(1, 90)},
		{ID: "B", Name: "乙", Position: north(42_100_000), Tier: 2, Grades: grades(1, 40)},
	}, teachers, approved("A", primary, "music", 2), approved("A", primary, "chinese", 1), approved("B", primary, "music", 1))
}

func TestObjective(t *testing.T) {
	// With nobody in post. Posts: music at A of weight 10000 and need 2, 1·10000/2 + 3·10000/2 = 20000; Chinese
	// 10000; music at B of weight 10000 + 2·2000 = 14000. Schools: A of weight 5000 and need 3,
	// ⌊5000/3⌋ + 5000 + ⌊25000/3⌋ = 1666 + 5000 + 8333 = 14999; B of weight 7000.
	const nobody = 20000 + 10000 + 14000 + 14999 + 7000
	// With one of music at A: 5000 at the post; A lacks 2 of 3: 1666 + 5000.
	const oneAtA = 5000 + 10000 + 14000 + 6666 + 7000
	// With the one at B.
	const oneAtB = 20000 + 10000 + 14999
	musicA, musicB, chineseA := at("A", primary, "music"), at("B", primary, "music"), at("A", primary, "chinese")
	share := func(s model.Share) *model.Share { return &s }

	tests := []struct {
		reason  string
		teacher model.Teacher
		options model.Options
		change  func(*model.County)
		to      model.PostID
		want    []int64 // shortage, unplaced, soft, cost
	}{{
		reason: "nobody in post", teacher: teacher("T1", "", "music"),
		want: []int64{nobody, 1, 0, 0},
	}, {
		// Posts: as above with a step of 0, 20000 + 10000 + 10000; music counts for half: 10000 + 10000 + 5000.
		// Schools: weight 3000, A 1000 + 3000 + 5000, B 3000.
		reason: "weights of the options", teacher: teacher("T1", "", "music"),
		options: model.Options{Weights: model.Weights{TierStep: share(0), School: share(3000), Subject: map[model.SubjectID]model.Share{"music": 5000}}},
		want:    []int64{10000 + 10000 + 5000 + 9000 + 3000, 1, 0, 0},
	}, {
		reason: "who is away is neither posted nor unplaced", teacher: teacher("T1", "A", "music", onLeave),
		want: []int64{nobody, 0, 0, 0},
	}, {
		reason: "staying costs nothing where the home is unknown", teacher: teacher("T1", "A", "music"), to: musicA,
		want: []int64{oneAtA, 0, 0, 0},
	}, {
		// The first sum is convex: of the need 2, the second vacancy weighs 15000.
		reason: "the post outside the main subject counts for who stays, too",
		teacher: teacher("T1", "A", "chinese", func(t *model.Teacher) {
			t.Teaches = "music"
		}), to: musicA,
		want: []int64{oneAtA, 0, 500, 0},
	}, {
		// 14456 m by road, within commuting range: 2·14456·22·60/1000 = 38163.84.
		reason: "commuting", teacher: teacher("T1", "A", "music", home("TB")), to: musicA,
		want: []int64{oneAtA, 0, 0, 38163},
	}, {
		// Beyond the range: 2·14456·4·60/1000 = 6938.88.
		reason: "boarding in the week", teacher: teacher("T1", "A", "music", home("TB")), to: musicA,
		change: func(c *model.County) { c.Rules.CommuteRange = 14_455 },
		want:   []int64{oneAtA, 0, 0, 6938},
	}, {
		reason: "the range itself is within range", teacher: teacher("T1", "A", "music", home("TB")), to: musicA,
		change: func(c *model.County) { c.Rules.CommuteRange = 14_456 },
		want:   []int64{oneAtA, 0, 0, 38163},
	}, {
		reason: "a home without a position is the present school", teacher: teacher("T1", "A", "music", home("TX")), to: musicA,
		want: []int64{oneAtA, 0, 0, 0},
	}, {
		// Subsidy of tier 2; the recruit travels from the seat, which is at A.
		reason: "a recruit without a home comes from the seat", teacher: teacher("T1", "", "music"), to: musicB,
		want: []int64{oneAtB, 0, 0, 30000 + 38163},
	}, {
		reason: "the subsidy grows with rural service", teacher: teacher("T1", "B", "music", func(t *model.Teacher) { t.RuralYears = 11 }), to: musicB,
		want: []int64{oneAtB, 0, 0, 40000},
	}, {
		// Rotation: 1000 + 10·12 + 100·3. Cost: subsidy, travel from A, move.
		reason: "a rotation follows points and rural years",
		teacher: teacher("T1", "A", "music", due, func(t *model.Teacher) {
			t.Points, t.RuralYears = 12, 3
		}), to: musicB,
		want: []int64{oneAtB, 0, 1000 + 120 + 300, 30000 + 38163 + 10000},
	}, {
		reason: "a volunteer is not compelled", teacher: teacher("T1", "A", "music", due, volunteer()), to: musicB,
		want: []int64{oneAtB, 0, 0, 30000 + 38163 + 10000},
	}, {
		// The first rank costs 0, the second a step.
		reason: "the second on the list", teacher: teacher("T1", "A", "music", volunteer("A", "B")), to: musicB,
		want: []int64{oneAtB, 0, 0, 30000 + 38163 + 10000 + 5000},
	}, {
		reason: "a volunteer who stays loses the list", teacher: teacher("T1", "A", "music", volunteer("B")), to: musicA,
		want: []int64{oneAtA, 0, 0, 20000},
	}, {
		reason:  "who did not volunteer and stays loses nothing",
		teacher: teacher("T1", "A", "music", func(t *model.Teacher) { t.Preferences = []model.SchoolID{"B"} }), to: musicA,
		want: []int64{oneAtA, 0, 0, 0},
	}, {
		reason:  "nor by staying at the second school of the list",
		teacher: teacher("T1", "A", "music", func(t *model.Teacher) { t.Preferences = []model.SchoolID{"B", "A"} }), to: musicA,
		want: []int64{oneAtA, 0, 0, 0},
	}, {
		reason: "a volunteer who stays at the second school of the list", teacher: teacher("T1", "A", "music", volunteer("B", "A")), to: musicA,
		want: []int64{oneAtA, 0, 0, 5000},
	}, {
		reason:  "a recruit off the list loses it",
		teacher: teacher("T1", "", "music", func(t *model.Teacher) { t.Preferences = []model.SchoolID{"B"} }), to: musicA,
		want: []int64{oneAtA, 0, 0, 20000},
	}, {
		// Chinese at A is filled: 20000 + 14000, A lacks 2 of 3: 6666, B 7000. No move between schools, no cost.
		reason: "a move inside a school costs nothing", teacher: teacher("T1", "A", "music", volunteer(), also("chinese")), to: chineseA,
		want: []int64{20000 + 14000 + 6666 + 7000, 0, 500, 0},
	}}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			c := twoSchools(test.teacher)
			if test.change != nil {
				test.change(c)
			}
			if err := c.Validate(); err != nil {
				t.Fatal(err)
			}
			to := map[model.TeacherID]model.PostID{}
			if !test.to.IsZero() {
				to["T1"] = test.to
			}
			got, violations := Evaluate(c, test.options, to)
			noDiff(t, "levels", test.want, got)
			noDiff(t, "violations", []Violation(nil), violations)
			report := Plan(c, planOf(c, test.options, to))
			if err := report.Err(); err != nil {
				t.Errorf("the same as a plan: %v", err)
			}
		})
	}
}

// fnv1a is the definition of the hash: 64 bits, offset basis and prime.
func fnv1a(text string) uint64 {
	hash := uint64(14695981039346656037)
	for i := range len(text) {
		hash = (hash ^ uint64(text[i])) * 1099511628211
	}
	return hash
}

func TestLottery(t *testing.T) {
	c := twoSchools(teacher("T1", "A", "music"), teacher("T2", "", "music"), teacher("T3", "", "music"))
	to := map[model.TeacherID]model.PostID{"T1": at("A", primary, "music"), "T2": at("B", primary, "music")}
	want := int64(fnv1a("18446744073709551615|T1|A/primary/music")%1024 + fnv1a("18446744073709551615|T2|B/primary/music")%1024)
	levels, _ := Evaluate(c, model.Options{Seed: math.MaxUint64}, to)
	if len(levels) != 5 || levels[4] != want {
		t.Errorf("levels %v, want a fifth of %d", levels, want)
	}
	if levels, _ = Evaluate(c, model.Options{}, to); len(levels) != 4 {
		t.Errorf("without a seed there are %d levels, want 4", len(levels))
	}
}

func TestArithmeticDoesNotOverflow(t *testing.T) {
	const most = math.MaxInt64
	tests := []struct {
		reason string
		got    int64
		want   int64
	}{
		{"a product beyond 64 bits", mulDiv(most, 10, 100), most / 10},
		{"a quotient beyond 63 bits", mulDiv(most, 3, 2), most},
		{"a quotient beyond 64 bits", mulDiv(most, most, 1), most},
		{"a quotient rounds down", mulDiv(7, 3, 2), 10},
		{"a sum", plus(2, 3), 5},
		{"a sum beyond 63 bits", plus(most, 1), most},
		{"a division rounds up", int64(ceilDiv(7, 2)), 4},
		{"a division of nothing", int64(ceilDiv(0, 2)), 0},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %d, want %d", test.reason, test.got, test.want)
		}
	}
	// The greatest weights of all: the level is at its limit, and nothing turns negative.
	wild := model.Share(math.MaxInt32)
	o := model.Options{Weights: model.Weights{TierStep: &wild, School: &wild, Subject: map[model.SubjectID]model.Share{"music": wild}}}
	c := twoSchools()
	c.Posts[2].Need = 100_000
	if levels, _ := Evaluate(c, o, nil); levels[0] != most {
		t.Errorf("shortage %d, want the greatest number", levels[0])
	}
}
