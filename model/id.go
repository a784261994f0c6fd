package model

// Typed ids. They are opaque text: a program compares them and never takes
// them apart. Names and ID numbers of people live in [Person], never here.
type (
	CountyID   string
	TownshipID string
	DistrictID string // school district (学区, 片区)
	SchoolID   string
	OutsideID  string // school outside the county
	TeacherID  string
	SubjectID  string
	Language   string // language of instruction, a BCP 47 tag such as "zh" or "mn"
)

// PostID names a post (岗位): the people who teach one subject in one stage of
// one school. The zero PostID stands for "no post".
type PostID struct {
	School  SchoolID  `json:"school"`
	Stage   Stage     `json:"stage"`
	Subject SubjectID `json:"subject"`
}

// IsZero reports whether the id names no post.
func (p PostID) IsZero() bool { return p == PostID{} }

// String gives "S1/primary/music", or "-" for no post.
func (p PostID) String() string {
	if p.IsZero() {
		return "-"
	}
	return string(p.School) + "/" + p.Stage.String() + "/" + string(p.Subject)
}

// Compare orders posts by school, stage and subject.
func (p PostID) Compare(q PostID) int {
	if c := compare(p.School, q.School); c != 0 {
		return c
	}
	if c := compare(p.Stage, q.Stage); c != 0 {
		return c
	}
	return compare(p.Subject, q.Subject)
}
