package census_test

import (
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

// TestNationInBalance holds the assumed ratios to what the mapping says of them:
// over the whole nation the derived posts come to within 1 % of the teachers in
// post, and a sixth of the posts is too many or too few in a single school. The
// mathematics of the posts is written out here as package allocation states it.
func TestNationInBalance(t *testing.T) {
	if testing.Short() {
		t.Skip("imports the whole nation")
	}
	c := readMalaysia(t)
	need, inPost, short, over := 0, 0, 0, 0
	for _, d := range c.Districts() {
		county, err := c.County([]string{d.Name}, census.Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		teachers := map[model.SchoolID]int{}
		for i := range county.Teachers {
			teachers[county.Teachers[i].School]++
		}
		for i := range county.Schools {
			s := &county.Schools[i]
			posts := derivedPosts(county, s)
			need += posts
			inPost += teachers[s.ID]
			short += max(0, posts-teachers[s.ID])
			over += max(0, teachers[s.ID]-posts)
		}
	}
	t.Logf("need %d, in post %d, short %d, over %d", need, inPost, short, over)
	if off := need - inPost; off*100 > inPost || off*100 < -inPost {
		t.Errorf("%d posts for %d teachers, want them within 1 %%", need, inPost)
	}
	if moved := short + over; moved*100 < 10*inPost || moved*100 > 20*inPost {
		t.Errorf("%d short and %d over of %d, want 10 to 20 %% together", short, over, inPost)
	}
}

// derivedPosts is Σ_g min(T_g, ⌈P_g / load⌉) over the stages g of a school.
func derivedPosts(c *model.County, s *model.School) int {
	staff := map[model.Stage]int{}
	for _, stage := range model.Stages() {
		staff[stage] = ceil(10*s.Pupils(stage), int(c.Rules.PupilsPerStaff.At(stage)))
	}
	if s.Quota > 0 {
		staff = divide(s.Quota, staff)
	}
	posts := 0
	for _, stage := range model.Stages() {
		classes, periods := 0, 0
		for _, g := range s.Grades {
			if model.StageOf(g.Grade) != stage || g.Pupils == 0 {
				continue
			}
			k := max(g.Classes, ceil(g.Pupils, c.Rules.ClassCap.At(stage)))
			classes += k
			for _, line := range c.Curriculum {
				if line.Grade == g.Grade && taughtAt(c, line.Subject, s) {
					periods += k * int(line.Periods)
				}
			}
		}
		quota := staff[stage] - int(c.Rules.NonTeachingShare.At(stage).Of(int64(staff[stage])))
		if s.Quota == 0 && s.Pupils(stage) < c.Rules.SmallSchoolPupils {
			quota = max(quota, ceil(classes*int(c.Rules.TeachersPerClass), 10))
		}
		posts += min(quota, ceil(periods, int(c.Rules.TeacherLoad.At(stage))))
	}
	return posts
}

func taughtAt(c *model.County, id model.SubjectID, s *model.School) bool {
	for _, subject := range c.Subjects {
		if subject.ID == id {
			return subject.Language == "" || subject.Language == s.Language
		}
	}
	return false
}

// divide gives n out in proportion to weights by largest remainder, ties to the
// lower stage.
func divide(n int, weights map[model.Stage]int) map[model.Stage]int {
	total := 0
	for _, w := range weights {
		total += w
	}
	parts, left := map[model.Stage]int{}, n
	if total == 0 {
		return parts
	}
	for _, stage := range model.Stages() {
		parts[stage] = n * weights[stage] / total
		left -= parts[stage]
	}
	given := map[model.Stage]bool{}
	for ; left > 0; left-- {
		best := model.Stage(0)
		for _, stage := range model.Stages() {
			if !given[stage] && (best == 0 || n*weights[stage]%total > n*weights[best]%total) {
				best = stage
			}
		}
		given[best] = true
		parts[best]++
	}
	return parts
}

func ceil(n, d int) int { return (n + d - 1) / d }
