package census

// Treatment says what is done with a school that has a fault.
type Treatment string

const (
	Refuse   Treatment = "refuse"    // the census is not read; the default
	LeaveOut Treatment = "leave-out" // the school is left out and counted
	Keep     Treatment = "keep"      // the school is kept as it is
	Swap     Treatment = "swap"      // latitude and longitude are exchanged
	Forget   Treatment = "forget"    // the position counts as unknown
	Derive   Treatment = "derive"    // the flag is set from the number of pupils
)

// Fault is a kind of fault in a row of a census.
type Fault string

const (
	NoPupils        Fault = "no-pupils"        // no cell of pupils has a number above 0
	NoTeachers      Fault = "no-teachers"      // the number of teachers is missing or 0
	NoPosition      Fault = "no-position"      // a coordinate is missing, or both are 0
	SwappedPosition Fault = "swapped-position" // outside the bounds, and inside them when swapped
	OutOfBounds     Fault = "out-of-bounds"    // outside the bounds either way
	RepeatedID      Fault = "repeated-id"      // an earlier row has the id too
	FlagMissing     Fault = "flag-missing"     // few pupils, but not marked as under-enrolled
)

// Faults gives the treatment of each fault.
type Faults struct {
	NoPupils        Treatment `json:"no_pupils,omitempty"`        // refuse, leave-out or keep
	NoTeachers      Treatment `json:"no_teachers,omitempty"`      // refuse, leave-out or keep
	NoPosition      Treatment `json:"no_position,omitempty"`      // refuse, leave-out or keep
	SwappedPosition Treatment `json:"swapped_position,omitempty"` // refuse, leave-out, swap or forget
	OutOfBounds     Treatment `json:"out_of_bounds,omitempty"`    // refuse, leave-out or forget
	RepeatedID      Treatment `json:"repeated_id,omitempty"`      // refuse or leave-out
	FlagMissing     Treatment `json:"flag_missing,omitempty"`     // refuse, leave-out, keep or derive
}

// Finding is a fault that was found in a census, and what was done.
type Finding struct {
	Row       int // line of the file
	District  string
	School    string // id
	Name      string
	Fault     Fault
	Treatment Treatment
}

// faultRule is one fault with its place in the mapping, the words for it, and the
// treatments that make sense.
type faultRule struct {
	fault     Fault
	path      string
	says      string // with %s for the number of schools
	want      string // what a refused cell should hold
	treatment Treatment
	allowed   []Treatment
}

// rules lists the faults in the order in which a row is looked at.
func (f *Faults) rules() []faultRule {
	list := []faultRule{
		{RepeatedID, "repeated_id", "%s whose id an earlier row has", "an id of its own", f.RepeatedID, []Treatment{Refuse, LeaveOut}},
		{NoPupils, "no_pupils", "%s without enrolment", "a number of pupils above 0", f.NoPupils, []Treatment{Refuse, LeaveOut, Keep}},
		{NoTeachers, "no_teachers", "%s without a number of teachers", "a number of teachers above 0", f.NoTeachers, []Treatment{Refuse, LeaveOut, Keep}},
		{NoPosition, "no_position", "%s without a position", "a position", f.NoPosition, []Treatment{Refuse, LeaveOut, Keep}},
		{SwappedPosition, "swapped_position", "%s with latitude and longitude swapped", "latitude and longitude in their own columns", f.SwappedPosition, []Treatment{Refuse, LeaveOut, Swap, Forget}},
		{OutOfBounds, "out_of_bounds", "%s positioned outside the bounds", "a position inside the bounds", f.OutOfBounds, []Treatment{Refuse, LeaveOut, Forget}},
		{FlagMissing, "flag_missing", "%s with few pupils but without the mark of it", "the mark of an under-enrolled school", f.FlagMissing, []Treatment{Refuse, LeaveOut, Keep, Derive}},
	}
	for i := range list {
		if list[i].treatment == "" {
			list[i].treatment = Refuse
		}
	}
	return list
}

// says tells what was done.
func (t Treatment) says() string {
	switch t {
	case LeaveOut:
		return "left out"
	case Keep:
		return "kept as in the census"
	case Swap:
		return "kept with the two exchanged"
	case Forget:
		return "kept with the position unknown"
	case Derive:
		return "marked from the number of pupils"
	}
	return "refused"
}
