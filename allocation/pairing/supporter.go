package pairing

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// supporter is a strong school, of the county or outside it.
type supporter struct {
	school  *model.School
	outside *model.OutsideSchool // in place of school
	at      model.Position
	most    int // schools that it supports
}

// together reports whether the supporter has a stage in common with a school.
func (s *supporter) together(school *model.School) bool {
	return slices.ContainsFunc(model.Stages(), func(stage model.Stage) bool {
		return school.HasStage(stage) && (s.outside != nil && slices.Contains(s.outside.Stages, stage) || s.school != nil && s.school.HasStage(stage))
	})
}

// supports reports whether a school has this partner already.
func (s *supporter) supports(school *model.School) bool {
	partner, outside := s.ids()
	return partner != "" && school.Partner == partner || outside != "" && school.OutsidePartner == outside
}

// ids gives the one that is there.
func (s *supporter) ids() (model.SchoolID, model.OutsideID) {
	if s.outside != nil {
		return "", s.outside.ID
	}
	return s.school.ID, ""
}
