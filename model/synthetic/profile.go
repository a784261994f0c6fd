package synthetic

import "github.com/xianguan/xianguan/model"

// Profile says how the teachers of a county are drawn. The zero value draws a
// plain staff: everybody teaches the main subject, nobody moves, is away or
// serves a term. DefaultProfile is a Chinese county.
//
// All shares are chances for each person, in basis points. They say nothing of
// Chinese geography, so a census of another country uses them as well.
type Profile struct {
	// Subjects and stages.
	Short      map[model.SubjectID]model.Share // of the need in a subject, that nobody holds; the heads go to the other subjects
	Off        map[model.SubjectID]model.Share // of the holders of a post, whose main subject is another
	Second     model.Share                     // are qualified in a second subject; half as many again in small schools
	Third      model.Share                     // of these, in one more
	BothStages model.Share                     // are qualified for the next lower stage as well
	Speakers   model.Share                     // of the teachers at a school with a language of its own, who can teach in it
	Elsewhere  model.Share                     // of the teachers at other schools, who can teach in such a language

	// People. Without ages everybody is 40.
	TownAges, RuralAges []AgeBand
	Women               model.Share
	DelayedRetirement   bool        // retirement dates after the decision of 2024, see retirement
	Titles              []TitleBand // in order of FromYears
	TownBackbone        BackboneShares
	RuralBackbone       BackboneShares
	Turnover            model.Share // chance of a change of school in a year: 11 % gives nine years at one school on average
	Maternity           model.Share // of the women from 23 to 40
	Illness             model.Share
	Leave, Seconded     model.Share

	// Moves and wishes.
	Exchange       model.Share // of the teachers of town schools, on exchange at a rural school
	ExchangeEnded  model.Share // of the same, whose exchange has just ended
	SpecialPost    model.Share // of the teachers of rural schools, in a special post (特岗)
	Directed       model.Share // of the same, in a term after directed training (定向)
	Volunteers     model.Share // have asked to move
	OpenVolunteers model.Share // of these, who name no school
	Partners       model.Share // have a partner who teaches in the county
	HomeHere       model.Share // live in the township of the school
	HomeTown       model.Share // of rural teachers, who live in the nearest town
}

// AgeBand is a band of completed years of age with its weight.
type AgeBand struct{ From, To, Weight int }

// TitleBand gives the weights of the titles, none to professor, from a number of
// years of service on.
type TitleBand struct {
	FromYears int
	Weights   [model.TitleProfessor + 1]int
}

// BackboneShares are the shares of backbone teachers by level, of those with
// five years of service or more.
type BackboneShares struct{ School, County, City, Province model.Share }

// DefaultProfile is a county of the Chinese interior. The shares of volunteers,
// exemptions, leave and pool are the project's calibration; the pyramids of age
// and title have the shape of national statistics (rural staff older, with a
// wave of recruits; about half the staff in first or senior grade) and are
// assumed, not taken from a table.
func DefaultProfile() Profile {
	return Profile{
		Short: map[model.SubjectID]model.Share{
			"pe": 2500, "music": 2500, "fine-art": 2500, "english": 1500, "science": 2500, "it": 3000, "mongolian": 2500,
		},
		Off: map[model.SubjectID]model.Share{
			"labour": 6000, "morality-law": 2500, "science": 3000, "it": 3000,
			"pe": 1500, "music": 2000, "fine-art": 2000,
		},
		Second: 3000, Third: 2500, BothStages: 1500, Speakers: 8500, Elsewhere: 300,

		TownAges:  []AgeBand{{22, 29, 12}, {30, 39, 30}, {40, 49, 36}, {50, 54, 14}, {55, 59, 8}},
		RuralAges: []AgeBand{{22, 29, 22}, {30, 39, 21}, {40, 49, 24}, {50, 54, 18}, {55, 59, 15}},
		Women:     6200, DelayedRetirement: true,
		Titles: []TitleBand{
			{0, [...]int{80, 15, 5, 0, 0, 0}},
			{2, [...]int{20, 15, 65, 0, 0, 0}},
			{7, [...]int{6, 4, 65, 25, 0, 0}},
			{13, [...]int{3, 1, 28, 60, 8, 0}},
			{23, [...]int{2, 0, 10, 54, 33, 1}},
		},
		TownBackbone:  BackboneShares{School: 1200, County: 900, City: 300, Province: 60},
		RuralBackbone: BackboneShares{School: 900, County: 450, City: 100, Province: 10},
		Turnover:      1100,
		Maternity:     1300, Illness: 100, Leave: 120, Seconded: 80,

		Exchange: 400, ExchangeEnded: 200, SpecialPost: 450, Directed: 250,
		Volunteers: 1100, OpenVolunteers: 300, Partners: 600, HomeHere: 4500, HomeTown: 3000,
	}
}
