package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Format is the version of the JSON form of counties and plans. A reader
// refuses a version that it does not know.
const Format = 1

// County is everything a plan rests on. It is plain data: build it or read it
// with model/table, check it with Validate, and do not change it afterwards.
type County struct {
	Format int      `json:"format"`
	ID     CountyID `json:"id"`
	Name   string   `json:"name"`              // in Chinese or the local language
	NameEn string   `json:"name_en,omitempty"` // in English
	Date   Date     `json:"date"`              // first day of the school year that is planned
	Seat   Position `json:"seat,omitzero"`     // the county seat
	Origin Origin   `json:"origin,omitzero"`   // what is real, what is assumed

	Policy    string     `json:"policy"`              // the policy pack, as in "fuxin"
	Overrides []Override `json:"overrides,omitempty"` // settings that differ from the pack
	Rules     Rules      `json:"rules"`               // the pack with its overrides, resolved

	Townships  []Township       `json:"townships,omitempty"`
	Schools    []School         `json:"schools"`
	Subjects   []Subject        `json:"subjects"`
	Curriculum []CurriculumLine `json:"curriculum,omitempty"`
	Subsidy    SubsidySchedule  `json:"subsidy,omitempty"`
	Teachers   []Teacher        `json:"teachers,omitempty"`
	Posts      []ApprovedPost   `json:"posts,omitempty"`   // where given, they replace the derived posts
	Outside    []OutsideSchool  `json:"outside,omitempty"` // strong schools elsewhere that can support schools here
}

// Origin says where a county comes from. Every output of a synthetic county is
// labelled so, and every assumption is listed.
type Origin struct {
	Synthetic bool     `json:"synthetic,omitempty"` // the people are made up
	Source    string   `json:"source,omitempty"`    // the data it was made from
	Licence   string   `json:"licence,omitempty"`
	Seed      uint64   `json:"seed,omitempty"`    // of what was drawn
	Real      []string `json:"real,omitempty"`    // what is real
	Assumed   []string `json:"assumed,omitempty"` // what was assumed, a sentence each
}

// Override replaces one value of a policy pack by the county's own.
type Override struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Township is a township or street office (乡镇、街道).
type Township struct {
	ID       TownshipID `json:"id"`
	Name     string     `json:"name"`
	NameEn   string     `json:"name_en,omitempty"`
	Position Position   `json:"position,omitzero"`
}

// Subject is a school subject (学科).
type Subject struct {
	ID       SubjectID `json:"id"`
	Name     string    `json:"name"`              // in Chinese
	NameEn   string    `json:"name_en,omitempty"` // in English
	Language Language  `json:"language,omitempty"`
	Arts     bool      `json:"arts,omitempty"` // PE, music or fine art (体育、艺术): an indicator counts its teachers
	// Where Language is given, only schools of that language of instruction
	// teach the subject: Mongolian, for one.
}

// CurriculumLine is the weekly periods (周课时) of a subject in a class of a grade.
type CurriculumLine struct {
	Subject SubjectID `json:"subject"`
	Grade   int       `json:"grade"`   // 1 to 12
	Periods Tenths    `json:"periods"` // each class, each week
}

// ApprovedPost is a number of posts that the county has approved (核定岗位).
type ApprovedPost struct {
	PostID
	Need int `json:"need"` // people
}

// Person joins an opaque id to a name and an ID number. People are kept in a
// file of their own and joined only where a named copy is asked for.
type Person struct {
	Teacher  TeacherID `json:"teacher"`
	Name     string    `json:"name"`
	IDNumber string    `json:"id_number,omitempty"`
}

// Hash is the SHA-256 of the county's JSON form, in hexadecimal. A plan carries
// it, so that a plan can't be checked against another county by mistake. It
// takes time and memory linear in the size of the county.
func (c *County) Hash() string {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(c); err != nil {
		panic("model: a county always has a JSON form: " + err.Error())
	}
	return hex.EncodeToString(hash.Sum(nil))
}
