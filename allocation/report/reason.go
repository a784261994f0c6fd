package report

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// groundSentence says what each ground means.
var groundSentence = [...]string{
	model.GroundStay:      "Keeps the present post",
	model.GroundVolunteer: "Asked to move",
	model.GroundRotation:  "Due for rotation",
	model.GroundUnplaced:  "Left without a post after hiring, placed",
	model.GroundRecruit:   "Newly recruited, placed",
	model.GroundNone:      "Left without a post",
	model.GroundAway:      "On leave, seconded or retired: not planned",
}

// Reason says in a sentence, in English and in Chinese, why a teacher is where
// the plan says. It never tells why somebody is exempt.
func Reason(c *model.County, t *model.Teacher, a *model.Assignment) (english, chinese string) {
	years := c.Rules.RotationYears
	switch a.Ground {
	case model.GroundStay:
		return "keeps the present post", "留任现岗"
	case model.GroundVolunteer:
		if rank := slices.Index(t.Preferences, a.To.School); rank >= 0 {
			return fmt.Sprintf("asked to move; choice %d of %d", rank+1, len(t.Preferences)),
				fmt.Sprintf("自愿申请，第%d志愿（共%d个）", rank+1, len(t.Preferences))
		}
		return "asked to move, anywhere", "自愿申请，服从安排"
	case model.GroundRotation:
		return fmt.Sprintf("%d years at one school; rotation is due after %d", t.YearsHere, years),
			fmt.Sprintf("同校任教满%d年，按%d年规定轮岗", t.YearsHere, years)
	case model.GroundUnplaced:
		return "left without a post after hiring; placed by the county", "落聘后由县统筹调剂"
	case model.GroundRecruit:
		return "newly recruited", "新招聘教师安排"
	case model.GroundNone:
		return "no vacancy was open to this teacher that was not better filled", "无适合空岗，待岗培训"
	case model.GroundAway:
		return "not planned this year", "本年度不参加统筹"
	}
	return "", ""
}
