package model

import "testing"

func TestPointsOfPeople(t *testing.T) {
	weights := PointWeights{Year: 1, RuralYear: 2, Title: 4, Backbone: 3, Excellent: 50, Qualified: 30, Basic: 10}
	senior := Teacher{YearsHere: 10, RuralYears: 3, Title: TitleSenior, Backbone: BackboneCounty}
	with := func(e Evaluation) Teacher { t := senior; t.Evaluation = e; return t }
	recorded := with(EvaluationExcellent)
	recorded.Points = 12
	const own = 10 + 6 + 16 + 6
	tests := []struct {
		reason  string
		weights PointWeights
		teacher Teacher
		want    int
	}{
		{"10 years, 3 rural at 2, 4 steps of title at 4, 2 levels at 3", weights, senior, own},
		{"an excellent evaluation", weights, with(EvaluationExcellent), own + 50},
		{"a qualified one", weights, with(EvaluationQualified), own + 30},
		{"a basic one", weights, with(EvaluationBasic), own + 10},
		{"an unqualified one adds nothing", weights, with(EvaluationUnqualified), own},
		{"points on record count alone", weights, recorded, 12},
		{"a weight of the county's own", PointWeights{RuralYear: 5}, senior, 15},
		{"a beginner has none", weights, Teacher{}, 0},
	}
	for _, test := range tests {
		if got := test.weights.Of(&test.teacher); got != test.want {
			t.Errorf("%s: %d points, want %d", test.reason, got, test.want)
		}
	}
}

// Each title is in one class, and each class that posts are counted in has its own number, setting and share.
func TestTitleClasses(t *testing.T) {
	for title, want := range map[Title]TitleClass{TitleNone: TitleClassJunior, TitleThird: TitleClassJunior, TitleSecond: TitleClassJunior,
		TitleFirst: TitleClassMiddle, TitleSenior: TitleClassSenior, TitleProfessor: TitleClassSenior} {
		if got := title.Class(); got != want {
			t.Errorf("title %s is %s, want %s", title, got, want)
		}
	}
	senior, middle := 3, 7
	s := School{SeniorPosts: &senior, MiddlePosts: &middle}
	r := Rules{TitlesSenior: RuleSetting{Weight: 3}, TitlesMiddle: RuleSetting{Weight: 7}, SeniorShare: ByStage[Share]{Junior: 3}, MiddleShare: ByStage[Share]{Junior: 7}}
	for class, want := range map[TitleClass]int{TitleClassSenior: 3, TitleClassMiddle: 7} {
		share := r.TitleShare(class)
		if *s.TitlePosts(class) != want || r.TitleSetting(class).Weight != want || share.At(StageJunior) != Share(want) {
			t.Errorf("%s: %d posts, setting %+v, share %+v", class, *s.TitlePosts(class), r.TitleSetting(class), share)
		}
	}
	if s.TitlePosts(TitleClassJunior) != nil || r.TitleShare(TitleClassJunior) != (ByStage[Share]{}) || r.TitleSetting(TitleClassJunior) != (RuleSetting{}) {
		t.Error("junior posts have no quota")
	}
}
