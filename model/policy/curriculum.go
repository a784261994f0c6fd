package policy

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

//go:embed curriculum/*.json
var curricula embed.FS

// CurriculumPlan is a curriculum plan (课程方案) with its source.
type CurriculumPlan struct {
	Name    string            `json:"name"`
	Title   string            `json:"title"`
	TitleEn string            `json:"title_en"`
	Weeks   []int             `json:"weeks"`  // of teaching a year, grade by grade from grade 1
	Totals  []model.Tenths    `json:"totals"` // weekly periods that the plan fixes, grade by grade
	Shares  []CurriculumShare `json:"shares"` // of the periods of all years
	Citation
	Subjects   []model.Subject        `json:"-"`
	Curriculum []model.CurriculumLine `json:"-"` // in order of Subjects, then of grade
}

// CurriculumShare is the range that a plan sets for some subjects together.
type CurriculumShare struct {
	Subjects []model.SubjectID `json:"subjects"`
	Low      model.Share       `json:"low"`
	High     model.Share       `json:"high"`
}

// Curricula lists the curriculum plans in alphabetical order.
func Curricula() []string {
	entries, err := curricula.ReadDir("curriculum")
	if err != nil {
		panic("policy: the curricula are embedded: " + err.Error())
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	return names
}

// Curriculum gives the subjects and the weekly periods of a curriculum plan, by
// its name or by the name of a pack that rests on it. Lines are in order of
// subjects, then of grade. The error for an unknown name is a
// *[model.UnknownWordError].
func Curriculum(name string) ([]model.Subject, []model.CurriculumLine, error) {
	plan, err := LoadCurriculum(name)
	if err != nil {
		return nil, nil, err
	}
	return plan.Subjects, plan.Curriculum, nil
}

// LoadCurriculum is [Curriculum] with the sources and the ranges of the plan.
func LoadCurriculum(name string) (*CurriculumPlan, error) {
	if slices.Contains(Names(), name) {
		pack, err := Load(name)
		if err != nil {
			return nil, err
		}
		name = pack.Curriculum
	}
	if !slices.Contains(Curricula(), name) {
		return nil, &model.UnknownWordError{What: "curriculum", Word: name, Known: append(Curricula(), Names()...)}
	}
	text, err := curricula.ReadFile("curriculum/" + name + ".json")
	if err != nil {
		return nil, err
	}
	plan, err := parseCurriculum(text)
	if err != nil {
		return nil, fmt.Errorf("curriculum %s: %w", name, err)
	}
	return plan, nil
}

func parseCurriculum(text []byte) (*CurriculumPlan, error) {
	var file struct {
		Format int `json:"format"`
		CurriculumPlan
		Totals []string `json:"totals"`
		Shares []struct {
			Subjects []model.SubjectID `json:"subjects"`
			Low      string            `json:"low"`
			High     string            `json:"high"`
		} `json:"shares"`
		Rows []struct {
			model.Subject
			Periods []string `json:"periods"` // grade by grade; "" for none
			Note    string   `json:"note"`
		} `json:"subjects"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	plan := &file.CurriculumPlan
	for _, t := range file.Totals {
		total, err := model.ParseTenths(t)
		if err != nil {
			return nil, fmt.Errorf("totals: %w", err)
		}
		plan.Totals = append(plan.Totals, total)
	}
	for _, s := range file.Shares {
		low, err := model.ParseShare(s.Low)
		if err != nil {
			return nil, fmt.Errorf("shares: %w", err)
		}
		high, err := model.ParseShare(s.High)
		if err != nil {
			return nil, fmt.Errorf("shares: %w", err)
		}
		plan.Shares = append(plan.Shares, CurriculumShare{s.Subjects, low, high})
	}
	for _, row := range file.Rows {
		plan.Subjects = append(plan.Subjects, row.Subject)
		for i, cell := range row.Periods {
			if cell == "" {
				continue
			}
			periods, err := model.ParseTenths(cell)
			if err != nil {
				return nil, fmt.Errorf("%s in grade %d: %w", row.ID, i+1, err)
			}
			plan.Curriculum = append(plan.Curriculum, model.CurriculumLine{Subject: row.ID, Grade: i + 1, Periods: periods})
		}
	}
	return plan, nil
}
