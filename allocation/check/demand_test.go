package check

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// weekly is the curriculum of the demand tests: in tenths of a period a week,
// Chinese 8, mathematics 5, PE 4, music 2 in every grade, English 3 from grade 3.
func weekly() []model.CurriculumLine {
	var lines []model.CurriculumLine
	for grade := 1; grade <= 9; grade++ {
		lines = append(lines,
			model.CurriculumLine{Subject: "chinese", Grade: grade, Periods: 80},
			model.CurriculumLine{Subject: "mathematics", Grade: grade, Periods: 50},
			model.CurriculumLine{Subject: "pe", Grade: grade, Periods: 40},
			model.CurriculumLine{Subject: "music", Grade: grade, Periods: 20})
		if grade >= 3 {
			lines = append(lines, model.CurriculumLine{Subject: "english", Grade: grade, Periods: 30})
		}
	}
	return lines
}

// grades gives pupils to the grades from one on.
func grades(from int, pupils ...int) []model.Grade {
	var list []model.Grade
	for i, n := range pupils {
		list = append(list, model.Grade{Grade: from + i, Pupils: n})
	}
	return list
}

func TestDemand(t *testing.T) {
	type needs map[model.PostID]int
	art := func(s string, n int) model.CurriculumLine {
		return model.CurriculumLine{Subject: model.SubjectID(s), Grade: 1, Periods: model.Tenths(n)}
	}
	tests := []struct {
		reason   string
		school   model.School
		lines    []model.CurriculumLine
		posts    []model.ApprovedPost
		need     needs
		teaching int
	}{{
		// 6 classes. S = ⌈2100/190⌉ = 12, T = 12 − ⌊1.08⌋ = 11.
		// P = 480 + 300 + 240 + 120 + 120 (English in 4 grades) = 1260, ⌈1260/160⌉ = 8 = N.
		// 8·P_j: Chinese 3840 = 3·1260 + 60, mathematics 1 + 1140, PE 1 + 660, English and music 0 + 960.
		// Three are left: mathematics, English, music.
		reason: "a school of six classes is rounded once, not once a subject",
		school: model.School{Grades: grades(1, 35, 35, 35, 35, 35, 35)},
		lines:  weekly(),
		need: needs{at("A", primary, "chinese"): 3, at("A", primary, "mathematics"): 2, at("A", primary, "pe"): 1,
			at("A", primary, "english"): 1, at("A", primary, "music"): 1},
		teaching: 11,
	}, {
		// S = ⌈360/190⌉ = 2, T = max(2 − 0, ⌈6 · 2.0⌉) = 12; N = min(12, 8).
		reason: "a small school counts its classes as well",
		school: model.School{Grades: grades(1, 6, 6, 6, 6, 6, 6)},
		lines:  weekly(),
		need: needs{at("A", primary, "chinese"): 3, at("A", primary, "mathematics"): 2, at("A", primary, "pe"): 1,
			at("A", primary, "english"): 1, at("A", primary, "music"): 1},
		teaching: 12,
	}, {
		// T = 4 − ⌊0.36⌋ = 4 = N. 4·P_j: Chinese 1920 = 1·1260 + 660, mathematics 0 + 1200, PE 0 + 960,
		// English and music 0 + 480. Three are left: mathematics, PE, Chinese.
		reason:   "a staffing quota takes the place of the pupils and has no floor by classes",
		school:   model.School{Quota: 4, Grades: grades(1, 6, 6, 6, 6, 6, 6)},
		lines:    weekly(),
		need:     needs{at("A", primary, "chinese"): 2, at("A", primary, "mathematics"): 1, at("A", primary, "pe"): 1},
		teaching: 4,
	}, {
		// S = 10 and 10, quota 23: 11.5 each, the odd one to primary. T = 12 − ⌊1.08⌋ and 11 − ⌊1.65⌋.
		reason:   "a tie in the split of a quota goes to the lower stage",
		school:   model.School{Quota: 23, Grades: []model.Grade{{Grade: 1, Pupils: 190}, {Grade: 7, Pupils: 135}}},
		lines:    []model.CurriculumLine{art("art", 100)},
		need:     needs{at("A", primary, "art"): 4}, // 5 classes · 10 = 50 periods, ⌈50/16⌉
		teaching: 11 + 10,
	}, {
		// 2 classes of 10 periods each, N = ⌈40/16⌉ = 3, 1.5 each; the odd one to art.
		reason:   "a tie between subjects goes to the lower id",
		school:   model.School{Grades: []model.Grade{{Grade: 1, Pupils: 90}}},
		lines:    []model.CurriculumLine{art("music", 100), art("art", 100)},
		need:     needs{at("A", primary, "art"): 2, at("A", primary, "music"): 1},
		teaching: 5, // S = ⌈900/190⌉ = 5; small: ⌈2 · 2.0⌉ = 4
	}, {
		// 3 classes now, one by the cap: P = 3 · 160.
		reason:   "classes are as they are now where the cap asks for fewer",
		school:   model.School{Grades: []model.Grade{{Grade: 1, Pupils: 45, Classes: 3}}},
		lines:    []model.CurriculumLine{art("art", 160)},
		need:     needs{at("A", primary, "art"): 3},
		teaching: 6,
	}, {
		// ⌈136/45⌉ = 4 classes; S = ⌈1360/190⌉ = 8, T = 8.
		reason:   "classes follow from the cap where they are more",
		school:   model.School{Grades: []model.Grade{{Grade: 1, Pupils: 136, Classes: 2}}},
		lines:    []model.CurriculumLine{art("art", 160)},
		need:     needs{at("A", primary, "art"): 4},
		teaching: 8,
	}, {
		// T = 20 − ⌊20 · 15 %⌋, by the share of the lowest stage that the school has.
		reason:   "no pupils, no posts, but a staffing quota remains",
		school:   model.School{Quota: 20, Grades: grades(7, 0, 0, 0, 0)},
		lines:    weekly(),
		need:     needs{},
		teaching: 17,
	}, {
		reason:   "no pupils, no posts",
		school:   model.School{Grades: grades(1, 0, 0)},
		lines:    weekly(),
		need:     needs{},
		teaching: 0,
	}, {
		// ⌈(160 + 160)/160⌉ = 2; S = 3, small: ⌈1 · 2.0⌉ = 2, T = 3.
		reason:   "a school teaches the subjects of its own language",
		school:   model.School{Language: "mn", Grades: []model.Grade{{Grade: 1, Pupils: 45}}},
		lines:    []model.CurriculumLine{art("chinese", 160), art("mongolian", 160)},
		need:     needs{at("A", primary, "chinese"): 1, at("A", primary, "mongolian"): 1},
		teaching: 3,
	}, {
		reason:   "a school teaches no subject of another language",
		school:   model.School{Language: "zh", Grades: []model.Grade{{Grade: 1, Pupils: 45}}},
		lines:    []model.CurriculumLine{art("chinese", 160), art("mongolian", 160)},
		need:     needs{at("A", primary, "chinese"): 1},
		teaching: 3,
	}, {
		reason:   "approved posts take the place of all derived ones, and make the quota",
		school:   model.School{Grades: grades(1, 35, 35, 35, 35, 35, 35)},
		lines:    weekly(),
		posts:    []model.ApprovedPost{approved("A", primary, "art", 2), approved("A", primary, "pe", 0)},
		need:     needs{at("A", primary, "art"): 2},
		teaching: 2,
	}, {
		reason:   "a staffing quota bounds approved posts",
		school:   model.School{Quota: 12, Grades: grades(1, 35, 35, 35, 35, 35, 35)},
		lines:    weekly(),
		posts:    []model.ApprovedPost{approved("A", primary, "art", 20)},
		need:     needs{at("A", primary, "art"): 20},
		teaching: 11,
	}}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			test.school.ID, test.school.Name = "A", "甲"
			c := county([]model.School{test.school}, nil, test.posts...)
			c.Curriculum = test.lines
			if err := c.Validate(); err != nil {
				t.Fatal(err)
			}
			f := newFacts(c)
			noDiff(t, "need", test.need, needs(f.need))
			noDiff(t, "teaching quota", test.teaching, f.teaching["A"])
		})
	}
}
