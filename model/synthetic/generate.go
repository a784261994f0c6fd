package synthetic

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// The county's pool, in basis points of all people.
const (
	recruitShare  model.Share = 130
	unplacedShare model.Share = 170
)

// Generate makes a county. The error is a *[OptionError] for options that no
// county can be made from; a profile or gazetteer with impossible values gives the
// field errors of [model.County.Validate]. The county is valid, and its Origin
// says that it is synthetic and what is assumed. Time and memory are linear in
// the teachers, but for what is near, which takes townships times schools.
func Generate(o Options) (*model.County, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	terrain := o.Landscape.terrain()
	c, err := o.frame(terrain)
	if err != nil {
		return nil, err
	}
	pool := int((recruitShare + unplacedShare).Of(int64(o.Teachers)))
	heads := o.Teachers - pool
	plan := newOutline(terrain, newSyllabus(c), o.Gazetteer, heads, o.Seed)
	for _, p := range plan.places {
		c.Townships = append(c.Townships, p.Township)
	}
	district := districts(plan.places)
	for i := range plan.drafts {
		d := &plan.drafts[i]
		c.Schools = append(c.Schools, plan.school(d, c.Name, district[d.place]))
	}
	pairUp(c.Schools)
	keepSpoken(c)
	recruits := pool * int(recruitShare) / int(recruitShare+unplacedShare)
	c.Teachers = DrawTeachers(c, plan.inPost(heads), *o.Profile, o.Seed)
	c.Teachers = append(c.Teachers, DrawPool(c, recruits, pool-recruits, *o.Profile, o.Seed)...)
	if o.Duties {
		drawDuties(c, o.Seed)
	}
	return c, c.Validate()
}

// frame is the county without its places, schools and people.
func (o *Options) frame(t *terrain) (*model.County, error) {
	c := &model.County{
		Format: model.Format, Date: o.Date, Seat: t.seat, Policy: o.Policy, Overrides: t.overrides, Subsidy: subsidies(),
		ID:     model.CountyID(fmt.Sprintf("synthetic-%s-%d-%d", o.Landscape, o.Teachers, o.Seed)),
		Name:   fmt.Sprintf("合成县（%s）", t.name),
		NameEn: fmt.Sprintf("Synthetic %s county", t.nameEn),
		Origin: model.Origin{Synthetic: true, Source: "xianguan model/synthetic", Seed: o.Seed,
			Real: []string{"The curriculum and the figures of the policy pack."}, Assumed: assumptions(o.Landscape)},
	}
	if g := o.Gazetteer; g != nil {
		c.ID, c.Name, c.NameEn, c.Seat = g.ID, g.Name, g.NameEn, g.Seat
		c.Origin.Real = append(slices.Clone(g.Real), c.Origin.Real...)
		c.Origin.Assumed = append(slices.Clone(g.Assumed), c.Origin.Assumed...)
	}
	pack, err := policy.Load(o.Policy)
	if err != nil {
		return nil, &OptionError{Option: "Policy", Value: o.Policy, Want: "the name of a policy pack", Err: err}
	}
	if c.Rules, err = pack.Resolve(c.Overrides); err != nil {
		return nil, err
	}
	c.Subjects, c.Curriculum, err = policy.Curriculum(pack.Curriculum)
	return c, err
}

// inPost divides the people in post over the schools, in proportion to the need
// and its surplus or shortage.
func (o *outline) inPost(heads int) map[model.SchoolID]int {
	weights := make([]int64, len(o.drafts))
	for i := range o.drafts {
		weights[i] = int64(o.drafts[i].heads())
	}
	inPost := make(map[model.SchoolID]int, len(o.drafts))
	for i, n := range apportion(heads, weights) {
		inPost[o.drafts[i].id] = n
	}
	return inPost
}

// keepSpoken drops the subjects of languages in which no school teaches.
func keepSpoken(c *model.County) {
	spoken := map[model.Language]bool{"": true}
	for i := range c.Schools {
		spoken[c.Schools[i].Language] = true
	}
	dropped := map[model.SubjectID]bool{}
	c.Subjects = slices.DeleteFunc(c.Subjects, func(s model.Subject) bool {
		dropped[s.ID] = !spoken[s.Language]
		return dropped[s.ID]
	})
	c.Curriculum = slices.DeleteFunc(c.Curriculum, func(l model.CurriculumLine) bool { return dropped[l.Subject] })
}

// subsidies is the table of Chenxi county for tiers 1 to 3 (880, 1,100 and 1,320
// yuan a month, 100 more with each step of rural service, up to 500), carried on
// by the same 220 yuan a tier up to tier 6. The steps of five years are assumed.
func subsidies() model.SubsidySchedule {
	const yuan model.Fen = 100
	var schedule model.SubsidySchedule
	for tier := model.Tier(1); tier <= model.MaxTier; tier++ {
		for step := range 6 {
			schedule = append(schedule, model.SubsidyLine{Tier: tier, FromYears: 5 * step,
				Monthly: (660+220*model.Fen(tier))*yuan + 100*model.Fen(step)*yuan})
		}
	}
	return schedule
}

// assumptions lists what a reader of any output must know.
func assumptions(l Landscape) []string {
	list := []string{
		"All schools, pupils and teachers are made up, with a seed; no person or school is real.",
		"Town schools have 14 to 19 % more people on their books than they need, some of them away or on exchange, rural schools 11 to 21 % fewer; 3 % of the people are in the county's pool.",
		"PE, music, fine art, English, science and information technology are short of teachers by 15 to 30 % before the other subjects share out the heads.",
		"The pyramids of age, title and degree have the shape of national statistics and are assumed; points, honours and backbone shares are assumed.",
		"Retirement dates follow the decision of 2024 on the gradual rise of the retirement age.",
		"Staffing quotas are by pupils or by classes, the larger of the two; teaching points have none of their own.",
		"The subsidy table is Chenxi county's for tiers 1 to 3, carried on to tier 6; hardship tiers follow the road distance to the nearest town.",
		"The partner that supports a rural school is the nearest strong school of its stage.",
		"Eleven in a hundred teachers ask to move; people change school by chance with 11 % a year.",
	}
	switch l {
	case Mountain:
		list = append(list, "In the mountains roads are 1.7 times the straight line.")
	case Pastoral:
		list = append(list, "In pastoral country roads are 1.2 times the straight line, and a move may be forced up to 80 km, since teachers board in any case.")
	}
	return list
}
