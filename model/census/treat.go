package census

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// treated deals with the faults of a row whose cells could be read, in the order
// of Faults.rules. It reports whether the school is imported.
func (l *line) treated(s *school, main int) bool {
	repeated := l.ids[string(s.id)]
	l.ids[string(s.id)] = true
	if repeated && !l.settle(s, RepeatedID, l.Columns.ID, string(s.id)) {
		return false
	}
	if s.pupils == 0 && !l.settle(s, NoPupils, l.Columns.Pupils[0], l.cell(l.column.pupils[0])) {
		return false
	}
	if s.teachers == 0 && !l.settle(s, NoTeachers, l.Columns.Teachers, l.cell(l.column.teachers)) {
		return false
	}
	if !l.placed(s) {
		return false
	}
	return l.marked(s, main)
}

// settle applies the treatment of a fault: it notes what was found, or an error
// where the fault is refused. It reports whether the school stays.
func (l *line) settle(s *school, fault Fault, column, value string) bool {
	rule := l.treat[fault]
	if rule.treatment == Refuse {
		l.fault(column, value, "%s (faults.%s of the mapping may say what else to do)", rule.want, rule.path)
		return false
	}
	l.findings = append(l.findings, Finding{Row: l.at, District: s.district, School: string(s.id),
		Name: s.name, Fault: fault, Treatment: rule.treatment})
	if rule.treatment == LeaveOut {
		l.leftOut[s.district]++
		return false
	}
	return true
}

// placed deals with the position.
func (l *line) placed(s *school) bool {
	p := s.position
	if p.IsZero() {
		return l.settle(s, NoPosition, l.Columns.Lat, l.cell(l.column.lat))
	}
	if l.inside(p) {
		return true
	}
	swapped := model.Position{Lat: p.Lon, Lon: p.Lat}
	fault := OutOfBounds
	if l.inside(swapped) {
		fault = SwappedPosition
	}
	if !l.settle(s, fault, l.Columns.Lat, l.cell(l.column.lat)) {
		return false
	}
	switch l.treat[fault].treatment {
	case Swap:
		s.position = swapped
	case Forget:
		s.position = model.Position{}
	}
	return true
}

// inside reports whether a position is inside the bounds; without bounds, on the
// globe.
func (s *scheme) inside(p model.Position) bool {
	if s.Bounds == nil {
		return p.Lat >= -90_000_000 && p.Lat <= 90_000_000
	}
	return p.Lat >= s.low.Lat && p.Lat <= s.high.Lat && p.Lon >= s.low.Lon && p.Lon <= s.high.Lon
}

// marked deals with the mark of an under-enrolled school.
func (l *line) marked(s *school, main int) bool {
	u := &l.UnderEnrolled
	if s.weak || main < 1 || main > u.Limit || (len(u.Types) > 0 && !slices.Contains(u.Types, l.cell(l.column.kind))) {
		return true
	}
	if !l.settle(s, FlagMissing, u.Column, l.cell(l.column.underEnrolled)) {
		return false
	}
	s.weak = l.treat[FlagMissing].treatment == Derive
	return true
}
