package allocation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

func TestDemandOfOneSchool(t *testing.T) {
	curriculum := []model.CurriculumLine{
		{Subject: "chinese", Grade: 1, Periods: 80}, {Subject: "mathematics", Grade: 1, Periods: 40},
		{Subject: "music", Grade: 1, Periods: 20}, {Subject: "mongolian", Grade: 1, Periods: 40},
	}
	subjects := []model.Subject{{ID: "chinese"}, {ID: "mathematics"}, {ID: "music"}, {ID: "mongolian", Language: "mn"}}
	tests := []struct {
		reason  string
		school  model.School
		rules   func(*model.Rules)
		want    map[model.SubjectID]int
		quota   int
		classes int
	}{
		{
			reason: "90 pupils need 2 classes of at most 45: 28 periods, load 16, so 2 posts by largest remainder (1.14, 0.57, 0.29)",
			school: model.School{Grades: []model.Grade{{Grade: 1, Pupils: 90}}},
			want:   map[model.SubjectID]int{"chinese": 1, "mathematics": 1}, quota: 5, classes: 2,
		},
		{
			reason: "one pupil more makes a third class: 42 periods, 3 posts (1.71, 0.86, 0.43)",
			school: model.School{Grades: []model.Grade{{Grade: 1, Pupils: 91}}},
			want:   map[model.SubjectID]int{"chinese": 2, "mathematics": 1}, quota: 5, classes: 3,
		},
		{
			reason: "classes that exist are kept: 4 classes, 56 periods, 4 posts (2.29, 1.14, 0.57)",
			school: model.School{Grades: []model.Grade{{Grade: 1, Pupils: 90, Classes: 4}}},
			want:   map[model.SubjectID]int{"chinese": 2, "mathematics": 1, "music": 1}, quota: 5, classes: 4,
		},
		{
			reason: "a Mongolian-medium school teaches Mongolian too: 36 periods, 3 posts (1.33, 0.67, 0.33, 0.67)",
			school: model.School{Language: "mn", Grades: []model.Grade{{Grade: 1, Pupils: 90}}},
			want:   map[model.SubjectID]int{"chinese": 1, "mathematics": 1, "mongolian": 1}, quota: 5, classes: 2,
		},
		{
			reason: "the staffing quota caps the posts: 2 staff, all of whom teach as 9 % of 2 is none",
			school: model.School{Quota: 2, Grades: []model.Grade{{Grade: 1, Pupils: 180, Classes: 4}}},
			want:   map[model.SubjectID]int{"chinese": 1, "mathematics": 1}, quota: 2, classes: 4,
		},
		{
			reason: "10 pupils are one staff member, but a small school has 2 teachers a class",
			school: model.School{Grades: []model.Grade{{Grade: 1, Pupils: 10, Classes: 3}}},
			rules:  func(r *model.Rules) { r.SmallSchoolPupils = 50 },
			want:   map[model.SubjectID]int{"chinese": 2, "mathematics": 1}, quota: 6, classes: 3,
		},
		{
			reason: "an empty school has no posts",
			school: model.School{Grades: []model.Grade{{Grade: 1}}},
			want:   map[model.SubjectID]int{},
		},
	}
	for _, test := range tests {
		rules := plainRules()
		if test.rules != nil {
			test.rules(&rules)
		}
		test.school.ID = "S"
		c := &model.County{Rules: rules, Subjects: subjects, Curriculum: curriculum, Schools: []model.School{test.school}}
		demands := Demand(c)
		got := map[model.SubjectID]int{}
		for _, p := range demands.Posts {
			got[p.Subject] = p.Need
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: posts (-want +got)\n%s", test.reason, diff)
		}
		working, _ := demands.School("S")
		if working.TeachingQuota != test.quota || working.Stages[0].Classes != test.classes {
			t.Errorf("%s: teaching quota %d, classes %d, want %d, %d", test.reason, working.TeachingQuota, working.Stages[0].Classes, test.quota, test.classes)
		}
	}
}

func TestDemandBundlesWhatIsLeftOver(t *testing.T) {
	c := &model.County{Rules: plainRules(), Subjects: []model.Subject{{ID: "chinese"}, {ID: "mathematics"}, {ID: "music"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 80}, {Subject: "mathematics", Grade: 1, Periods: 40}, {Subject: "music", Grade: 1, Periods: 20}},
		Schools:    []model.School{{ID: "S", Grades: []model.Grade{{Grade: 1, Pupils: 90}}}}}
	working, _ := Demand(c).School("S")
	got := working.Stages[0].Subjects
	// 28 periods in 2 posts of 16: Chinese is full; mathematics has 8 of 16, of which music takes 4.
	want := []SubjectDemand{
		{Subject: "chinese", Periods: 160, Posts: 1, Need: 1},
		{Subject: "mathematics", Periods: 80, Posts: 1, Need: 1, Residual: -80, Second: []model.SubjectPeriods{{Subject: "music", Periods: 40}}},
		{Subject: "music", Periods: 40, Posts: 0, Residual: 40},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bundles (-want +got)\n%s", diff)
	}
	if d := working.Stages[0]; d.Spare != 40 || d.Uncovered != 0 {
		t.Errorf("spare %v, uncovered %v, want 4 and 0", d.Spare, d.Uncovered)
	}
}

func TestApprovedPostsReplaceDerivedOnes(t *testing.T) {
	c := &model.County{Rules: plainRules(), Subjects: []model.Subject{{ID: "chinese"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 160}},
		Schools:    []model.School{{ID: "A", Grades: []model.Grade{{Grade: 1, Pupils: 90}}}, {ID: "B", Quota: 9, Grades: []model.Grade{{Grade: 1, Pupils: 90}}}},
		Posts:      []model.ApprovedPost{{PostID: model.PostID{School: "A", Stage: model.StagePrimary, Subject: "chinese"}, Need: 7}}}
	demands := Demand(c)
	a, b := model.PostID{School: "A", Stage: model.StagePrimary, Subject: "chinese"}, model.PostID{School: "B", Stage: model.StagePrimary, Subject: "chinese"}
	want := []PostDemand{{PostID: a, Need: 7, Derived: 2}, {PostID: b, Need: 0, Derived: 2}}
	if diff := cmp.Diff(want, demands.Differences()); diff != "" {
		t.Errorf("differences (-want +got)\n%s", diff)
	}
	if got := demands.Schools[0].TeachingQuota; got != 7 {
		t.Errorf("without a staffing quota the approved posts are the teaching quota: got %d, want 7", got)
	}
	if got := demands.Schools[1].TeachingQuota; got != 9 {
		t.Errorf("a staffing quota stays in force beside approved posts: got %d, want 9 (9 %% of 9 rounds down to none)", got)
	}
}

// Hamilton's method gives every party its exact quota rounded up or down, and
// all seats.
func TestApportionKeepsQuota(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 12).Draw(t, "weights")
		seats := rapid.IntRange(0, 400).Draw(t, "seats")
		total := 0
		for _, w := range weights {
			total += w
		}
		sum := 0
		for i, part := range apportion(seats, weights) {
			sum += part
			if total == 0 {
				continue
			}
			if low := seats * weights[i] / total; part < low || part > low+1 {
				t.Fatalf("weight %d of %d gets %d of %d seats", weights[i], total, part, seats)
			}
		}
		if sum != seats {
			t.Fatalf("%d seats given, want %d", sum, seats)
		}
	})
}

// Bundles lose no period: what posts teach and what stays uncovered add up to
// all periods, and nobody teaches more than a full load.
func TestBundlesCoverAllPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := StageDemand{Posts: rapid.IntRange(0, 30).Draw(t, "posts"), Load: model.Tenths(rapid.IntRange(10, 200).Draw(t, "load"))}
		for i, p := range rapid.SliceOfN(rapid.IntRange(1, 900), 1, 14).Draw(t, "periods") {
			d.Subjects = append(d.Subjects, SubjectDemand{Subject: model.SubjectID(rune('a' + i)), Periods: model.Tenths(p)})
			d.Periods += model.Tenths(p)
		}
		d.apportion()
		for i := range d.Subjects {
			d.Subjects[i].Need = d.Subjects[i].Posts
		}
		bundle(&d)
		posts := 0
		elsewhere := map[model.SubjectID]model.Tenths{}
		for _, s := range d.Subjects {
			posts += s.Posts
			busy := min(s.Periods, model.Tenths(s.Posts)*d.Load)
			for _, extra := range s.Second {
				busy += extra.Periods
				elsewhere[extra.Subject] += extra.Periods
			}
			if full := model.Tenths(s.Posts) * d.Load; busy > full {
				t.Fatalf("%s: %d posts teach %v, a full load is %v", s.Subject, s.Posts, busy, full)
			}
		}
		uncovered := model.Tenths(0)
		for _, s := range d.Subjects {
			uncovered += max(0, s.Residual) - elsewhere[s.Subject]
		}
		if posts != d.Posts || uncovered != d.Uncovered || d.Spare-d.Uncovered != model.Tenths(posts)*d.Load-d.Periods {
			t.Fatalf("%d posts of %d, uncovered %v, want %v, spare %v of %v", posts, d.Posts, d.Uncovered, uncovered, d.Spare, d.Periods)
		}
		if d.Uncovered > 0 && d.Spare > 0 {
			t.Fatalf("%v periods are uncovered while %v are free", d.Uncovered, d.Spare)
		}
	})
}

// plainRules are the figures of the policy that demand needs.
func plainRules() model.Rules {
	return model.Rules{
		ClassCap:         model.ByStage[int]{Primary: 45, Junior: 50, Senior: 50},
		PupilsPerStaff:   model.ByStage[model.Tenths]{Primary: 190, Junior: 135, Senior: 125},
		NonTeachingShare: model.ByStage[model.Share]{Primary: 900, Junior: 1500, Senior: 1500},
		TeachersPerClass: 20,
		TeacherLoad:      model.ByStage[model.Tenths]{Primary: 160, Junior: 140, Senior: 120},
	}
}
