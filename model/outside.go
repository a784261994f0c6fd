package model

import "slices"

// OutsideSchool is a strong school outside the county that can run or support schools in it (县域外优质学校托管): 阜政办发〔2020〕21号 三（二）.
// Nobody of it is planned.
type OutsideSchool struct {
	ID       OutsideID   `json:"id"`
	Name     string      `json:"name"`
	Position Position    `json:"position,omitzero"`
	Stages   []Stage     `json:"stages"`             // that it teaches, in order
	Subjects []SubjectID `json:"subjects,omitempty"` // in which it can help; none: all
	Capacity int         `json:"capacity"`           // schools of the county that it supports, at most
}

// Helps reports whether the school can help with a subject in a stage.
func (s *OutsideSchool) Helps(stage Stage, subject SubjectID) bool {
	return slices.Contains(s.Stages, stage) && (len(s.Subjects) == 0 || slices.Contains(s.Subjects, subject))
}
