package appeal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Correction is one typed change of the county's data: a field of a teacher or of a school gets another value, written as in the tables of the county.
// Lists take one entry more, or one less with Remove.
type Correction struct {
	Teacher model.TeacherID `json:"teacher,omitempty"`
	School  model.SchoolID  `json:"school,omitempty"`
	Field   string          `json:"field"`
	Value   string          `json:"value,omitempty"`
	Remove  bool            `json:"remove,omitempty"`
}

// Applied is a correction with the value that it replaced.
type Applied struct {
	Correction
	Was string `json:"was"`
}

// A field that can be corrected. edit sets it from text, takes an entry out of a list where remove is set, and gives the value it had.
type field[R any] struct {
	name, chinese string
	edit          func(record *R, value string, remove bool) (was string, err error)
}

// teacherFields lists what can be corrected of a teacher.
func teacherFields() []field[model.Teacher] {
	type row = model.Teacher
	return []field[row]{
		textField("born", "出生日期", func(t *row) textValue { return &t.Born }),
		textField("retires", "退休日期", func(t *row) textValue { return &t.Retires }),
		sorted(listField("exemption", "免于交流情形", func(t *row) *[]model.Exemption { return &t.Exemptions }, readText[model.Exemption]),
			func(t *row) { slices.Sort(t.Exemptions) }),
		listField("second", "第二任教学科", func(t *row) *[]model.SubjectID { return &t.Second }, readID[model.SubjectID]),
		sorted(listField("stage", "任教学段", func(t *row) *[]model.Stage { return &t.Stages }, readText[model.Stage]),
			func(t *row) { slices.Sort(t.Stages) }),
		listField("language", "授课语言", func(t *row) *[]model.Language { return &t.Languages }, readID[model.Language]),
		idField("main", "主任教学科", func(t *row) *model.SubjectID { return &t.Main }),
		textField("title", "职称", func(t *row) textValue { return &t.Title }),
		textField("backbone", "骨干称号", func(t *row) textValue { return &t.Backbone }),
		textField("degree", "学历", func(t *row) textValue { return &t.Degree }),
		textField("evaluation", "年度考核", func(t *row) textValue { return &t.Evaluation }),
		wholeField("years_here", "本校任教年限", func(t *row) *int { return &t.YearsHere }),
		wholeField("rural_years", "乡村任教年限", func(t *row) *int { return &t.RuralYears }),
		wholeField("points", "积分", func(t *row) *int { return &t.Points }),
		idField("home", "家庭所在乡镇", func(t *row) *model.TownshipID { return &t.Home }),
		idField("partner", "配偶", func(t *row) *model.TeacherID { return &t.Partner }),
		boolField("volunteer", "自愿申请", func(t *row) *bool { return &t.Volunteer }),
		listField("preference", "志愿学校", func(t *row) *[]model.SchoolID { return &t.Preferences }, readID[model.SchoolID]),
		textField("duty", "在岗状态", func(t *row) textValue { return &t.Duty }),
		textField("duty_until", "离岗截止", func(t *row) textValue { return &t.DutyUntil }),
		textField("term", "服务期类别", func(t *row) textValue { return &t.Term }),
		textField("term_ends", "服务期截止", func(t *row) textValue { return &t.TermEnds }),
		textField("exchange_ends", "交流期截止", func(t *row) textValue { return &t.ExchangeEnds }),
	}
}

// schoolFields lists what can be corrected of a school. Grades are written 3=45: 45 pupils in grade 3.
func schoolFields() []field[model.School] {
	type row = model.School
	return []field[row]{
		gradeField("pupils", "年级学生数", func(g *model.Grade) *int { return &g.Pupils }),
		gradeField("classes", "年级班数", func(g *model.Grade) *int { return &g.Classes }),
		wholeField("quota", "编制数", func(s *row) *int { return &s.Quota }),
		wholeField("boarders", "寄宿生数", func(s *row) *int { return &s.Boarders }),
		wholeField("housing", "周转房", func(s *row) *int { return &s.Housing }),
		idField("partner", "帮扶学校", func(s *row) *model.SchoolID { return &s.Partner }),
	}
}

// FieldName is a field that can be corrected, with its words.
type FieldName struct{ Name, Chinese string }

// Fields lists what can be corrected of a teacher and of a school.
func Fields() (teacher, school []FieldName) {
	for _, f := range teacherFields() {
		teacher = append(teacher, FieldName{f.name, f.chinese})
	}
	for _, f := range schoolFields() {
		school = append(school, FieldName{f.name, f.chinese})
	}
	return teacher, school
}

// Correct gives the county with corrections made, one after the other, and what each replaced; the county that is given is not changed.
// A partner is corrected on both sides. The error joins a *model.FieldError for each correction that names what is not there or
// gives a value that does not fit, with what was meant; else those of the county that would result. It takes O(county) time.
func Correct(c *model.County, list []Correction) (*model.County, []Applied, error) {
	copied := *c
	copied.Teachers, copied.Schools = slices.Clone(c.Teachers), slices.Clone(c.Schools)
	var applied []Applied
	var faults []error
	for i, x := range list {
		was, err := correct(&copied, &x)
		if err != nil {
			e := &model.FieldError{Table: "corrections", Index: i, ID: x.Who(), Field: x.Field, Value: x.Value, Want: err.Error()}
			faults = append(faults, e)
			continue
		}
		applied = append(applied, Applied{x, was})
	}
	if len(faults) > 0 {
		return nil, nil, errors.Join(faults...)
	}
	if err := copied.Validate(); err != nil {
		return nil, nil, err
	}
	return &copied, applied, nil
}

// Who names the record that is corrected.
func (x *Correction) Who() string { return string(x.Teacher) + string(x.School) }

// correct makes one correction. The error says what would be right.
func correct(c *model.County, x *Correction) (was string, err error) {
	switch {
	case (x.Teacher == "") == (x.School == ""):
		return "", errors.New("a correction of a teacher or of a school, not both")
	case x.School != "":
		s := schoolOf(c, x.School)
		if s == nil {
			return "", errors.New("a school of the county: " + schoolHint(c, x.School))
		}
		s.Grades = slices.Clone(s.Grades)
		return edit(schoolFields(), s, x)
	}
	t := teacherOf(c, x.Teacher)
	if t == nil {
		return "", errors.New("a teacher of the county: " + teacherHint(c, x.Teacher))
	}
	if x.Field == "partner" {
		return x.marry(c, t)
	}
	return edit(teacherFields(), t, x)
}

func edit[R any](fields []field[R], record *R, x *Correction) (was string, err error) {
	names := make([]string, len(fields))
	for i, f := range fields {
		if f.name == x.Field {
			return f.edit(record, x.Value, x.Remove)
		}
		names[i] = f.name
	}
	return "", errors.New("a field that can be corrected: " + (&model.UnknownWordError{Word: x.Field, Known: names}).Hint())
}

// marry corrects who the partner of a teacher is, on both sides: the one who was it is nobody's partner afterwards.
func (x *Correction) marry(c *model.County, t *model.Teacher) (was string, err error) {
	was = string(t.Partner)
	partner := teacherOf(c, model.TeacherID(x.Value))
	if x.Value != "" && !x.Remove && partner == nil {
		return "", errors.New("a teacher of the county: " + teacherHint(c, model.TeacherID(x.Value)))
	}
	for i := range c.Teachers {
		if p := c.Teachers[i].Partner; p != "" && (p == t.ID || string(p) == x.Value) {
			c.Teachers[i].Partner = ""
		}
	}
	t.Partner = ""
	if partner != nil && !x.Remove {
		t.Partner, partner.Partner = partner.ID, t.ID
	}
	return was, nil
}

// textValue is a value with a text form of its own.
type textValue interface {
	UnmarshalText([]byte) error
	MarshalText() ([]byte, error)
}

func textField[R any](name, chinese string, at func(*R) textValue) field[R] {
	return field[R]{name, chinese, func(record *R, value string, remove bool) (string, error) {
		v := at(record)
		was, _ := v.MarshalText()
		if remove {
			value = ""
		}
		return string(was), wanted(v.UnmarshalText([]byte(value)))
	}}
}

// wanted words an error of a value as what would be right.
func wanted(err error) error {
	var unknown *model.UnknownWordError
	if errors.As(err, &unknown) {
		return errors.New(unknown.What + ": " + unknown.Hint())
	}
	return err
}

func wholeField[R any](name, chinese string, at func(*R) *int) field[R] {
	return field[R]{name, chinese, func(record *R, value string, remove bool) (string, error) {
		v := at(record)
		was := strconv.Itoa(*v)
		if remove {
			value = "0"
		}
		n, err := whole(value)
		if err == nil {
			*v = n
		}
		return was, err
	}}
}

func whole(text string) (int, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0, errors.New("a whole number of 0 or more")
	}
	return int(n), nil
}

func boolField[R any](name, chinese string, at func(*R) *bool) field[R] {
	return field[R]{name, chinese, func(record *R, value string, remove bool) (string, error) {
		v := at(record)
		was := map[bool]string{true: "yes", false: "no"}[*v]
		switch {
		case remove || value == "no" || value == "否":
			*v = false
		case value == "yes" || value == "是":
			*v = true
		default:
			return was, errors.New("yes or no")
		}
		return was, nil
	}}
}

func idField[R any, T ~string](name, chinese string, at func(*R) *T) field[R] {
	return field[R]{name, chinese, func(record *R, value string, remove bool) (string, error) {
		v := at(record)
		was := string(*v)
		if *v = T(value); remove {
			*v = ""
		}
		return was, nil // Validate knows which ids there are
	}}
}

func listField[R any, T comparable](name, chinese string, at func(*R) *[]T, read func(string) (T, error)) field[R] {
	return field[R]{name, chinese, func(record *R, value string, remove bool) (string, error) {
		list := at(record)
		was := make([]string, len(*list))
		for i := range *list {
			was[i] = fmt.Sprint((*list)[i])
		}
		v, err := read(value)
		switch place := slices.Index(*list, v); {
		case err != nil:
			return "", err
		case remove && place < 0:
			return "", fmt.Errorf("one of those on record: %s", strings.Join(was, ";"))
		case remove:
			*list = slices.Delete(slices.Clone(*list), place, place+1)
			if len(*list) == 0 {
				*list = nil // as when read from a table
			}
		case place >= 0:
			return "", errors.New("one that is not on record yet")
		default:
			*list = append(slices.Clone(*list), v)
		}
		return strings.Join(was, ";"), nil
	}}
}

// sorted keeps a list in order after it was edited.
func sorted[R any](f field[R], sort func(*R)) field[R] {
	edit := f.edit
	f.edit = func(record *R, value string, remove bool) (string, error) {
		was, err := edit(record, value, remove)
		if err == nil {
			sort(record)
		}
		return was, err
	}
	return f
}

func readID[T ~string](text string) (T, error) {
	if text == "" {
		return "", errors.New("a value")
	}
	return T(text), nil
}

func readText[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](text string) (v T, err error) {
	err = wanted(P(&v).UnmarshalText([]byte(text)))
	return v, err
}

func gradeField(name, chinese string, at func(*model.Grade) *int) field[model.School] {
	return field[model.School]{name, chinese, func(s *model.School, value string, remove bool) (string, error) {
		left, right, both := strings.Cut(value, "=")
		grade, err := whole(left)
		number, wrong := whole(right)
		if !both || err != nil || wrong != nil || remove {
			return "", errors.New("GRADE=NUMBER, as in 3=45")
		}
		for i := range s.Grades {
			if s.Grades[i].Grade == grade {
				v := at(&s.Grades[i])
				was := fmt.Sprintf("%d=%d", grade, *v)
				*v = number
				return was, nil
			}
		}
		return "", fmt.Errorf("a grade of the school: it has no grade %d", grade)
	}}
}

func teacherOf(c *model.County, id model.TeacherID) *model.Teacher {
	for i := range c.Teachers {
		if c.Teachers[i].ID == id {
			return &c.Teachers[i]
		}
	}
	return nil
}

func schoolOf(c *model.County, id model.SchoolID) *model.School {
	for i := range c.Schools {
		if c.Schools[i].ID == id {
			return &c.Schools[i]
		}
	}
	return nil
}

func teacherHint(c *model.County, id model.TeacherID) string {
	known := make([]string, len(c.Teachers))
	for i := range c.Teachers {
		known[i] = string(c.Teachers[i].ID)
	}
	return (&model.UnknownWordError{Word: string(id), Known: known}).Hint()
}

func schoolHint(c *model.County, id model.SchoolID) string {
	known := make([]string, len(c.Schools))
	for i := range c.Schools {
		known[i] = string(c.Schools[i].ID)
	}
	return (&model.UnknownWordError{Word: string(id), Known: known}).Hint()
}
