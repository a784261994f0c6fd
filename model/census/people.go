package census

import (
	"fmt"
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// People says how the teachers differ from those that
// [synthetic.DefaultProfile] draws. Every share is a percentage, such as "12%";
// an empty one leaves the profile as it is.
//
// What belongs to the Chinese system is off whatever the mapping says: special posts, directed
// training, exchanges, and retirement by the decision of 2024. Nobody is
// seconded either: a census counts the teachers in post.
type People struct {
	Short      map[model.SubjectID]string `json:"short,omitempty"` // of the need in a subject, that nobody holds
	Off        map[model.SubjectID]string `json:"off,omitempty"`   // of the holders, whose main subject is another
	Second     string                     `json:"second,omitempty"`
	Third      string                     `json:"third,omitempty"`
	Speakers   string                     `json:"speakers,omitempty"`
	Elsewhere  string                     `json:"elsewhere,omitempty"`
	Women      string                     `json:"women,omitempty"`
	Turnover   string                     `json:"turnover,omitempty"`
	Maternity  string                     `json:"maternity,omitempty"`
	Illness    string                     `json:"illness,omitempty"`
	Leave      string                     `json:"leave,omitempty"`
	Volunteers string                     `json:"volunteers,omitempty"`
	Partners   string                     `json:"partners,omitempty"`
	HomeHere   string                     `json:"home_here,omitempty"`
	HomeTown   string                     `json:"home_town,omitempty"`
}

// readPeople gives the profile that the mapping asks for.
func (s *scheme) readPeople() {
	people := &s.People
	p := synthetic.DefaultProfile()
	p.DelayedRetirement = false
	p.SpecialPost, p.Directed, p.Exchange, p.ExchangeEnded, p.Seconded = 0, 0, 0, 0, 0
	for _, field := range []struct {
		path, text string
		into       *model.Share
	}{
		{"second", people.Second, &p.Second}, {"third", people.Third, &p.Third},
		{"speakers", people.Speakers, &p.Speakers}, {"elsewhere", people.Elsewhere, &p.Elsewhere},
		{"women", people.Women, &p.Women}, {"turnover", people.Turnover, &p.Turnover},
		{"maternity", people.Maternity, &p.Maternity}, {"illness", people.Illness, &p.Illness},
		{"leave", people.Leave, &p.Leave}, {"volunteers", people.Volunteers, &p.Volunteers},
		{"partners", people.Partners, &p.Partners}, {"home_here", people.HomeHere, &p.HomeHere},
		{"home_town", people.HomeTown, &p.HomeTown},
	} {
		if field.text != "" {
			*field.into = s.share("people."+field.path, field.text)
		}
	}
	if people.Short != nil {
		p.Short = s.subjectShares("people.short", people.Short)
	}
	if people.Off != nil {
		p.Off = s.subjectShares("people.off", people.Off)
	}
	s.profile = p
}

func (s *scheme) share(path, text string) model.Share {
	share, err := model.ParseShare(text)
	if err != nil || share > model.Whole {
		s.fault(path, text, "a percentage from 0%% to 100%%")
	}
	return share
}

// subjectShares reads shares by subject; each must be one of the curriculum.
func (s *scheme) subjectShares(path string, texts map[model.SubjectID]string) map[model.SubjectID]model.Share {
	shares := map[model.SubjectID]model.Share{}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		place := fmt.Sprintf("%s.%s", path, id)
		if !slices.ContainsFunc(s.subjects, func(o model.Subject) bool { return o.ID == id }) {
			words := &model.UnknownWordError{What: "subject", Word: string(id)}
			for _, o := range s.subjects {
				words.Known = append(words.Known, string(o.ID))
			}
			s.found.add(&MappingError{Path: place, Value: string(id), Want: "a subject of the curriculum; " + words.Hint(), Err: words})
		}
		shares[id] = s.share(place, texts[id])
	}
	return shares
}

// people draws the teachers of a county: in each school as many as the census
// counts. A common language asks nothing of anyone; so the draw sees the
// schools that teach in it as asking for none, and everybody gets it afterwards.
func (b *build) people(c *model.County, seed uint64) []model.Teacher {
	inPost := make(map[model.SchoolID]int, len(b.schools))
	for i := range b.schools {
		inPost[b.schools[i].id] = b.schools[i].teachers
	}
	drawn := *c
	drawn.Schools = slices.Clone(c.Schools)
	for i := range drawn.Schools {
		if slices.Contains(b.CommonLanguages, drawn.Schools[i].Language) {
			drawn.Schools[i].Language = ""
		}
	}
	teachers := synthetic.DrawTeachers(&drawn, inPost, b.profile, seed)
	for i := range teachers {
		t := &teachers[i]
		for _, language := range b.CommonLanguages {
			if !slices.Contains(t.Languages, language) {
				t.Languages = append(t.Languages, language)
			}
		}
		slices.Sort(t.Languages)
	}
	return teachers
}
