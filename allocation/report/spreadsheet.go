package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// WriteAssignments writes one CSV row for each teacher: old post, new post,
// ground, reason in both languages, and cost in yuan a month. Rows are in order
// of teacher id. c must be the county of the plan.
func WriteAssignments(w io.Writer, c *model.County, p *model.Plan) error {
	teachers := make(map[model.TeacherID]*model.Teacher, len(c.Teachers))
	for i := range c.Teachers {
		teachers[c.Teachers[i].ID] = &c.Teachers[i]
	}
	names := schoolNames(c)
	out := csv.NewWriter(w)
	out.Write([]string{"teacher", "from_school", "from_name", "from_stage", "from_subject", "to_school", "to_name", "to_stage", "to_subject",
		"moved", "ground", "ground_zh", "reason", "reason_zh", "subsidy_yuan", "travel_yuan", "preference_yuan", "move_yuan", "data"})
	for i := range p.Assignments {
		a := &p.Assignments[i]
		english, chinese := Reason(c, teachers[a.Teacher], a)
		row := append([]string{string(a.Teacher)}, postCells(names, a.From)...)
		row = append(row, postCells(names, a.To)...)
		row = append(row, yes(a.Moved()), a.Ground.String(), a.Ground.Chinese(), english, chinese,
			a.Cost.Subsidy.String(), a.Cost.Travel.String(), a.Cost.Preference.String(), a.Cost.Move.String(), dataCell(p.Origin))
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// WriteVacancies writes one CSV row for each post that the plan leaves short, in
// order of post.
func WriteVacancies(w io.Writer, c *model.County, p *model.Plan) error {
	names := schoolNames(c)
	tiers := lo.SliceToMap(c.Schools, func(s model.School) (model.SchoolID, model.Tier) { return s.ID, s.Tier })
	out := csv.NewWriter(w)
	out.Write([]string{"school", "name", "stage", "subject", "tier", "need", "vacant_before", "vacant_after", "data"})
	for i := range p.Posts {
		post := &p.Posts[i]
		if post.Short() == 0 {
			continue
		}
		out.Write(append(postCells(names, post.PostID), strconv.Itoa(int(tiers[post.School])), strconv.Itoa(post.Need),
			strconv.Itoa(max(0, post.Need-post.Incumbent)), strconv.Itoa(post.Short()), dataCell(p.Origin)))
	}
	out.Flush()
	return out.Error()
}

func schoolNames(c *model.County) map[model.SchoolID]string {
	return lo.SliceToMap(c.Schools, func(s model.School) (model.SchoolID, string) { return s.ID, s.Name })
}

// postCells gives school, its name, stage and subject; empty for no post.
func postCells(names map[model.SchoolID]string, p model.PostID) []string {
	if p.IsZero() {
		return []string{"", "", "", ""}
	}
	return []string{string(p.School), names[p.School], p.Stage.String(), string(p.Subject)}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
