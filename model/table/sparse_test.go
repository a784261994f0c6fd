package table

import (
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// Columns that few counties have stand in a file only where somebody has a value; 0 posts are a value.
func TestSparseColumns(t *testing.T) {
	none := 0
	for _, test := range []struct {
		reason string
		posts  *int
		grade  model.Evaluation
		want   bool
	}{{"nobody has a value", nil, model.EvaluationNone, false}, {"a school has 0 senior posts, a teacher is excellent", &none, model.EvaluationExcellent, true}} {
		schools := string(writeRows(schoolRows([]model.School{{ID: "S1", Name: "x"}, {ID: "S2", Name: "y", SeniorPosts: test.posts}}), schoolColumns()))
		teachers := string(writeRows([]model.Teacher{{ID: "T1", Evaluation: test.grade}, {ID: "T2"}}, teacherColumns()))
		if got := strings.Contains(schools, "senior_posts"); got != test.want {
			t.Errorf("%s: senior_posts is written: %v", test.reason, got)
		}
		if got := strings.Contains(teachers, "evaluation"); got != test.want {
			t.Errorf("%s: evaluation is written: %v", test.reason, got)
		}
		if strings.Contains(schools, "middle_posts") {
			t.Errorf("%s: middle_posts is written", test.reason)
		}
	}
}
