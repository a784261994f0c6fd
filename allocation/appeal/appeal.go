package appeal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Appeal is an objection to what was published.
type Appeal struct {
	ID       string          `json:"id"`                // as in "A001"; given when it is added
	Day      model.Date      `json:"day"`               // on which it came in
	Teacher  model.TeacherID `json:"teacher,omitempty"` // who objects: a teacher
	School   model.SchoolID  `json:"school,omitempty"`  // or a school
	About    model.TeacherID `json:"about,omitempty"`   // whose post it is against, where it is not the teacher's own
	Post     model.PostID    `json:"post,omitzero"`     // that is asked for, or objected to
	Ground   Ground          `json:"ground"`
	Evidence string          `json:"evidence,omitempty"` // reference of the document, as in "档案2026-113"
	Text     string          `json:"text,omitempty"`     // in the appellant's words; never published
	Late     bool            `json:"late,omitempty"`     // came in after the last day, and was taken all the same
}

// Ground is what an objection rests on.
type Ground string

// The grounds.
const (
	GroundRecord        Ground = "record"        // a day or a figure on record is wrong: birth, retirement, years, points
	GroundExemption     Ground = "exemption"     // an exemption was not known
	GroundQualification Ground = "qualification" // a subject, a stage, a language, a degree or a title is missing
	GroundFamily        Ground = "family"        // partner or home
	GroundTerm          Ground = "term"          // a service term, an exchange, a leave
	GroundWish          Ground = "wish"          // what was asked for was not taken down rightly
	GroundPost          Ground = "post"          // another post is asked for, or the one given is objected to
	GroundSchool        Ground = "school"        // a school's pupils, classes, quota or posts are wrong
	GroundProcedure     Ground = "procedure"     // the rules were not kept
)

var groundTerms = []struct {
	ground           Ground
	chinese, english string
}{
	{GroundRecord, "档案信息有误", "a day or figure on record is wrong"},
	{GroundExemption, "符合免于交流情形", "an exemption was not known"},
	{GroundQualification, "任教资格遗漏", "a qualification is missing"},
	{GroundFamily, "家庭情况", "partner or home"},
	{GroundTerm, "服务期或在岗状态", "a term, an exchange or a leave"},
	{GroundWish, "志愿登记有误", "a wish was not taken down rightly"},
	{GroundPost, "对岗位安排有异议", "the post itself"},
	{GroundSchool, "学校数据有误", "a school's figures are wrong"},
	{GroundProcedure, "程序问题", "the rules were not kept"},
}

// Grounds lists the grounds in the order of reports.
func Grounds() []Ground {
	all := make([]Ground, len(groundTerms))
	for i, t := range groundTerms {
		all[i] = t.ground
	}
	return all
}

// Chinese gives the Chinese words.
func (g Ground) Chinese() string { chinese, _ := g.words(); return chinese }

// English gives the English words.
func (g Ground) English() string { _, english := g.words(); return english }

func (g Ground) words() (chinese, english string) {
	for _, t := range groundTerms {
		if t.ground == g {
			return t.chinese, t.english
		}
	}
	return string(g), string(g)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; the error is a *model.UnknownWordError.
func (g *Ground) UnmarshalText(text []byte) error {
	if !slices.Contains(Grounds(), Ground(text)) {
		return &model.UnknownWordError{What: "ground of an appeal", Word: string(text), Known: words(Grounds())}
	}
	*g = Ground(text)
	return nil
}

func words[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i := range list {
		all[i] = string(list[i])
	}
	return all
}

// Who names who objects.
func (a *Appeal) Who() string { return string(a.Teacher) + string(a.School) }

// Concerns lists the people whom the appeal is by or about, whose posts may change on its account.
func (a *Appeal) Concerns() []model.TeacherID {
	var all []model.TeacherID
	for _, id := range []model.TeacherID{a.Teacher, a.About} {
		if id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// longestText is how many bytes a text of an appeal may have.
const longestText = 4096

// Validate holds an appeal to the county. The error joins *model.FieldError.
func (a *Appeal) Validate(c *model.County) error {
	var faults []error
	fault := func(field, value, want string) {
		faults = append(faults, &model.FieldError{Table: "appeals", Index: -1, ID: a.ID, Field: field, Value: value, Want: want})
	}
	if !a.Day.Valid() {
		fault("day", a.Day.String(), "a day that exists, written as 2026-09-01")
	}
	if (a.Teacher == "") == (a.School == "") {
		fault("teacher", string(a.Teacher), "a teacher or a school who objects, not both")
	}
	for _, x := range []struct {
		field string
		id    model.TeacherID
	}{{"teacher", a.Teacher}, {"about", a.About}} {
		if x.id != "" && teacherOf(c, x.id) == nil {
			fault(x.field, string(x.id), "a teacher of the county: "+teacherHint(c, x.id))
		}
	}
	if a.School != "" && schoolOf(c, a.School) == nil {
		fault("school", string(a.School), "a school of the county: "+schoolHint(c, a.School))
	}
	if !a.Post.IsZero() && schoolOf(c, a.Post.School) == nil {
		fault("post", a.Post.String(), "a post at a school of the county: "+schoolHint(c, a.Post.School))
	}
	if !slices.Contains(Grounds(), a.Ground) {
		fault("ground", string(a.Ground), (&model.UnknownWordError{What: "ground", Word: string(a.Ground), Known: words(Grounds())}).Hint())
	}
	for field, text := range map[string]string{"evidence": a.Evidence, "text": a.Text} {
		if len(text) > longestText {
			fault(field, text[:20]+"…", fmt.Sprintf("at most %d bytes", longestText))
		}
	}
	return errors.Join(faults...)
}

// LateError says that an objection came in after the last day.
type LateError struct {
	ID         string
	Day, Until model.Date
}

func (e *LateError) Error() string {
	return fmt.Sprintf("appeal %s: came in on %s; objections were open until %s; take it all the same with a reason, or leave it", e.ID, e.Day, e.Until)
}

// Read reads appeals, a JSON list, as an HR system writes it. What is not known is an error; the county is not asked, see [Appeal.Validate].
func Read(r io.Reader) ([]Appeal, error) { return readList[Appeal](r) }

// ReadDecisions reads decisions, a JSON list.
func ReadDecisions(r io.Reader) ([]Decision, error) { return readList[Decision](r) }

// largestFile is how many bytes a file of appeals or decisions may have.
const largestFile = 16 << 20

func readList[T any](r io.Reader) ([]T, error) {
	text, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > largestFile {
		return nil, fmt.Errorf("more than %d bytes", largestFile)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var list []T
	if err := decoder.Decode(&list); err != nil {
		return nil, fmt.Errorf("line %d: %w", 1+strings.Count(string(text[:min(len(text), int(decoder.InputOffset()))]), "\n"), err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("line %d: something after the list", 1+strings.Count(string(text[:decoder.InputOffset()]), "\n"))
	}
	return list, nil
}
