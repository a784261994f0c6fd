package matching

import "fmt"

// Trace collects what a mechanism did, in order, so that it can be shown to the
// person concerned. A nil *Trace collects nothing and costs one comparison a step.
type Trace struct {
	Steps []Step
}

// Event is what happened to an applicant at a school.
type Event uint8

// The events.
const (
	Held     Event = iota + 1 // asked and held until somebody better asks, or offered and kept
	Refused                   // asked and refused at once
	Bumped                    // held before, now refused
	Declined                  // the school offered; the applicant has better
	Placed                    // got the place for good
	Traded                    // got the place by giving a claim in a cycle or chain
	Withdrew                  // left the school because the partner lost the other place
	Unplaced                  // came to the end of the list
)

// Step is one event. Places count from 1; 0 means that there is none.
type Step struct {
	Round     int32 // of proposals, or number of the cycle or stage
	Event     Event
	Applicant int32
	School    int32 // or None
	Choice    int32 // place of the school on the applicant's list
	Rank      int32 // place of the applicant in the school's ranking
	Other     int32 // in whose favour refused, or whose claim was used; None if nobody's
	OtherRank int32 // that person's place in the same ranking
}

func (t *Trace) add(s Step) {
	if t != nil {
		t.Steps = append(t.Steps, s)
	}
}

// About is the steps that concern one applicant: those of the applicant's own, and
// those where somebody else lost a place in the applicant's favour.
func (t *Trace) About(applicant int32) []Step {
	var steps []Step
	for _, s := range t.Steps {
		if s.Applicant == applicant || s.Other == applicant {
			steps = append(steps, s)
		}
	}
	return steps
}

// Sentence puts a step in words.
func (p *Problem) Sentence(s Step) string {
	who, where := p.Applicant(s.Applicant), p.School(s.School)
	text := fmt.Sprintf("round %d: %s", s.Round, who)
	if s.Event == Unplaced {
		return text + " has come to the end of the list and has no post"
	}
	switch s.Event {
	case Held:
		text += " is held by " + where
	case Refused:
		text += " is refused by " + where
	case Bumped:
		text += " loses the place held at " + where
	case Declined:
		text += " declines " + where
	case Placed:
		text += " is placed at " + where
	case Traded:
		text += " gets " + where + " by exchange"
	case Withdrew:
		text += " withdraws from " + where
	}
	if s.Choice > 0 {
		text += fmt.Sprintf(", choice %d", s.Choice)
	}
	if s.Rank > 0 {
		text += fmt.Sprintf(", place %d in its ranking", s.Rank)
	}
	if s.Other == None {
		return text
	}
	other := p.Applicant(s.Other)
	if s.OtherRank > 0 {
		other += fmt.Sprintf(" (place %d)", s.OtherRank)
	}
	switch s.Event {
	case Refused, Bumped:
		text += ", in favour of " + other
	case Traded:
		text += ", with the claim of " + other
	}
	return text
}
