package scenario

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Layout is what closing or joining schools (学校布局调整) does to pupils, posts and funding. Pupils are taken to live where their school stands, since where they live
// is not in the data. Pairs are before and after.
type Layout struct {
	Moves       []Relocation `json:"moves"`
	Built       []Boarding   `json:"built"`        // places for boarders that have to be there, in order of the county's schools
	Pupils      int          `json:"pupils"`       // whose school closes
	Longest     model.Metres `json:"longest"`      // way to the new school, by road
	PupilMetres int64        `json:"pupil_metres"` // a day, there and back, of those who do not board
	Boarders    [2]int       `json:"boarders"`
	Schools     [2]int       `json:"schools"`
	Classes     [2]int       `json:"classes"`
	Posts       [2]int       `json:"posts"`         // needed
	Small       [2]int       `json:"small_schools"` // with fewer pupils than they are funded for (不足100人按100人核定)
	Beyond      [2]int       `json:"funded_beyond"` // pupils funded beyond those there
	Boarding    [2]model.Fen `json:"boarding"`      // funding of rural boarders a year (寄宿生公用经费)
}

// Relocation is the pupils of a school that closes.
type Relocation struct {
	School model.SchoolID `json:"school"`
	Into   model.SchoolID `json:"into"`
	Pupils int            `json:"pupils"`
	Metres model.Metres   `json:"metres"` // by road, one way; 0: a position is unknown
	Board  bool           `json:"board"`  // too far to go every day
}

// Boarding is places for boarders at a school (寄宿): pupils who go in every day now board.
type Boarding struct {
	School model.SchoolID `json:"school"`
	Places int            `json:"places"`
}

// Relayout applies the closures of a scenario, builds boarding and measures what they do. Pupils whose way is longer than beyond board at the new school; 0: nobody boards for it.
// It returns the county after. The errors are those of [Apply], and a *[model.FieldError] for places at a school that is not there, or for more pupils than go in every day.
func Relayout(c *model.County, s *Scenario, beyond model.Metres, build ...Boarding) (*model.County, *Layout, error) {
	after, err := Apply(c, s)
	if err != nil {
		return nil, nil, err
	}
	l := &Layout{}
	for _, closure := range s.Close {
		from, into := schoolOf(c, closure.School), schoolOf(c, closure.Into)
		m := Relocation{School: from.ID, Into: into.ID, Pupils: from.Pupils(0),
			Metres: model.Metres(c.Rules.RoadFactor.Of(int64(model.Distance(from.Position, into.Position))))}
		m.Board = beyond > 0 && m.Metres > beyond
		l.Moves = append(l.Moves, m)
		l.Pupils += m.Pupils
		l.Longest = max(l.Longest, m.Metres)
		day := m.Pupils - from.Boarders
		if m.Board {
			day = 0
			if at := schoolOf(after, closure.Into); at != nil { // it may close in its turn
				at.Boarders += m.Pupils - from.Boarders
			}
		}
		l.PupilMetres += 2 * int64(max(0, day)) * int64(m.Metres)
	}
	for _, b := range build {
		at := schoolOf(after, b.School)
		if at == nil {
			return nil, nil, &model.FieldError{Table: "layout", Index: -1, Field: "board", Value: string(b.School), Want: "a school that stays open"}
		}
		if day := at.Pupils(0) - at.Boarders; b.Places < 1 || b.Places > day {
			return nil, nil, &model.FieldError{Table: "layout", Index: -1, ID: string(b.School), Field: "board", Value: fmt.Sprint(b.Places), Want: fmt.Sprintf("1 to %d, the pupils who go in every day", day)}
		}
		at.Boarders += b.Places
	}
	for i := range after.Schools {
		at := &after.Schools[i]
		places := at.Boarders
		if was := schoolOf(c, at.ID); was != nil {
			places -= was.Boarders
		}
		if places > 0 {
			l.Built = append(l.Built, Boarding{at.ID, places})
		}
	}
	for k, county := range []*model.County{c, after} {
		l.count(county, k)
	}
	return after, l, after.Validate()
}

func schoolOf(c *model.County, id model.SchoolID) *model.School {
	if i := slices.IndexFunc(c.Schools, func(s model.School) bool { return s.ID == id }); i >= 0 {
		return &c.Schools[i]
	}
	return nil
}

// count measures one county: 0 before, 1 after.
func (l *Layout) count(c *model.County, k int) {
	l.Schools[k] = len(c.Schools)
	for i := range c.Schools {
		s := &c.Schools[i]
		l.Boarders[k] += s.Boarders
		if n := s.Pupils(0); n > 0 && n < c.Rules.SmallFundingPupils {
			l.Small[k]++
			l.Beyond[k] += c.Rules.SmallFundingPupils - n
		}
		if s.Rural {
			l.Boarding[k] += model.Fen(s.Boarders) * c.Rules.BoarderFunding
		}
	}
	demands := allocation.Demand(c)
	for _, post := range demands.Posts {
		l.Posts[k] += post.Need
	}
	for i := range demands.Schools {
		for _, stage := range demands.Schools[i].Stages {
			l.Classes[k] += stage.Classes
		}
	}
}
