package synthetic

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

var update = flag.Bool("update", false, "write testdata and goldens anew")

func generate(t testing.TB, o Options) *model.County {
	t.Helper()
	c, err := Generate(o)
	if err != nil {
		t.Fatalf("Generate(%+v): %v", o, err)
	}
	return c
}

func TestSizes(t *testing.T) {
	for _, l := range Landscapes() {
		for _, people := range []int{20, 21, 35, 50, 77, 120, 333, 1_000, 2_000} {
			for seed := uint64(0); seed < 3; seed++ {
				c := generate(t, Options{Teachers: people, Landscape: l, Seed: seed})
				if err := c.Validate(); err != nil {
					t.Fatalf("%s, %d people, seed %d: %v", l, people, seed, err)
				}
				if len(c.Teachers) != people {
					t.Errorf("%s, seed %d: %d people, want %d", l, seed, len(c.Teachers), people)
				}
				if !c.Origin.Synthetic || len(c.Origin.Assumed) < 5 {
					t.Errorf("%s, seed %d: the origin does not say that the county is synthetic", l, seed)
				}
			}
		}
	}
}

func TestManyTeachers(t *testing.T) {
	c := generate(t, Options{Teachers: 40_000, Seed: 1})
	if len(c.Teachers) != 40_000 || len(c.Townships) < 300 {
		t.Errorf("%d people in %d townships", len(c.Teachers), len(c.Townships))
	}
}

// TestConsistent draws counties and holds every person and school to what must
// be true of them beyond Validate.
func TestConsistent(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, err := Generate(Options{
			Teachers:  rapid.IntRange(LeastTeachers, 600).Draw(r, "teachers"),
			Landscape: rapid.SampledFrom(Landscapes()).Draw(r, "landscape"),
			Seed:      rapid.Uint64().Draw(r, "seed"),
		})
		if err != nil {
			r.Fatal(err)
		}
		school := map[model.SchoolID]*model.School{}
		for i := range c.Schools {
			s := &c.Schools[i]
			school[s.ID] = s
			checkSchool(r, s)
		}
		for _, s := range school {
			checkPartner(r, s, school)
		}
		for i := range c.Teachers {
			checkTeacher(r, c, &c.Teachers[i], school)
		}
	})
}

func checkSchool(r *rapid.T, s *model.School) {
	if s.Town == s.Rural || (s.Town && s.Tier != 0) || (s.Rural && s.Tier == 0) {
		r.Errorf("%s: town %v, rural %v, tier %d", s.ID, s.Town, s.Rural, s.Tier)
	}
	if strings.HasSuffix(s.Name, "教学点") && (s.Pupils(0) >= 50 || len(s.Grades) > 4) {
		r.Errorf("%s: a teaching point with %d pupils in %d grades", s.ID, s.Pupils(0), len(s.Grades))
	}
	for _, g := range s.Grades {
		if g.Pupils < g.Classes || g.Classes < 1 {
			r.Errorf("%s: %d pupils in %d classes", s.ID, g.Pupils, g.Classes)
		}
	}
}

// checkPartner: every rural school, and no other, has a partner, which is strong, and no
// strong school of its lowest stage is nearer.
func checkPartner(r *rapid.T, s *model.School, school map[model.SchoolID]*model.School) {
	stage := model.StageOf(s.Grades[0].Grade)
	partner := school[s.Partner]
	if partner != nil && (!s.Rural || !partner.Strong || !partner.HasStage(stage)) {
		r.Errorf("%s: partner %+v", s.ID, partner)
	}
	for _, other := range school {
		if s.Rural && other.Strong && other.HasStage(stage) &&
			(partner == nil || model.Distance(s.Position, other.Position) < model.Distance(s.Position, partner.Position)) {
			r.Errorf("%s: partner %s, but %s is nearer", s.ID, s.Partner, other.ID)
		}
	}
}

func checkTeacher(r *rapid.T, c *model.County, t *model.Teacher, school map[model.SchoolID]*model.School) {
	age := c.Date.YearsSince(t.Born)
	if age < 22 || age > 59 || t.RetiresOn(&c.Rules) <= c.Date {
		r.Errorf("%s: %d years old, retires on %s", t.ID, age, t.RetiresOn(&c.Rules))
	}
	if t.YearsHere > age-19 || t.RuralYears > age-19 {
		r.Errorf("%s: at %d, %d years here and %d rural", t.ID, age, t.YearsHere, t.RuralYears)
	}
	if t.School == "" {
		return
	}
	own := school[t.School]
	if own.Rural && t.RuralYears < t.YearsHere {
		r.Errorf("%s: %d years at a rural school, %d rural years", t.ID, t.YearsHere, t.RuralYears)
	}
	if t.Term != model.TermNone && (!own.Rural || t.TermEnds <= c.Date || t.Volunteer) {
		r.Errorf("%s: a term at a school that is not rural, or over, or of a volunteer", t.ID)
	}
	if t.WorkingSchool != "" && (!own.Town || !school[t.WorkingSchool].Rural) {
		r.Errorf("%s: on exchange from %s to %s", t.ID, t.School, t.WorkingSchool)
	}
	if slices.Contains(t.Preferences, t.School) || (len(t.Preferences) > 0 && !t.Volunteer) {
		r.Errorf("%s: prefers the own school, or has wishes without being a volunteer", t.ID)
	}
	post := t.CurrentPost(school[t.CurrentSchool(c.Date)])
	if !slices.Contains(t.Stages, post.Stage) {
		r.Errorf("%s: teaches %s, qualified for %v", t.ID, post, t.Stages)
	}
	if t.Partner != "" && t.Partner == t.ID {
		r.Errorf("%s: a couple of one", t.ID)
	}
}

func TestGolden(t *testing.T) {
	for _, o := range []Options{
		{Teachers: 20, Seed: 1},
		{Teachers: 300, Landscape: Mountain, Seed: 2},
		{Teachers: 1_500, Landscape: Pastoral, Seed: 3, Policy: "fuxin"},
	} {
		one, other := generate(t, o), generate(t, o)
		if diff := cmp.Diff(one, other); diff != "" {
			t.Errorf("%+v: two counties from one seed (-one +other):\n%s", o, diff)
		}
		goldenFile(t, fmt.Sprintf("testdata/%s.sha256", one.ID), []byte(one.Hash()+"\n"))
		o.Seed++
		if generate(t, o).Hash() == one.Hash() {
			t.Errorf("%+v: another seed gives the same county", o)
		}
	}
}

func TestOptionErrors(t *testing.T) {
	good := &Gazetteer{ID: "g", Name: "县", Places: readPlaces("zhangwu")}
	noTown := *good
	noTown.Places = good.Places[2:5]
	for _, test := range []struct {
		reason  string
		options Options
		option  string
		says    string
	}{
		{"no teachers", Options{}, "Teachers", "from 20 to 1000000"},
		{"too few", Options{Teachers: 19}, "Teachers", "from 20"},
		{"too many", Options{Teachers: 1_000_001}, "Teachers", "to 1000000"},
		{"a slip of the pen", Options{Teachers: 100, Landscape: "montain"}, "Landscape", `did you mean "mountain"?`},
		{"no such landscape", Options{Teachers: 100, Landscape: "sea"}, "Landscape", "one of"},
		{"no such policy", Options{Teachers: 100, Policy: "fuxim"}, "Policy", "a policy pack"},
		{"no such day", Options{Teachers: 100, Date: 20260230}, "Date", "a day that exists"},
		{"a gazetteer without a town", Options{Teachers: 100, Gazetteer: &noTown}, "Gazetteer", "the county seat"},
		{"an empty gazetteer", Options{Teachers: 100, Gazetteer: &Gazetteer{}}, "Gazetteer", "the county seat"},
	} {
		_, err := Generate(test.options)
		var option *OptionError
		if !errors.As(err, &option) || option.Option != test.option || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want an error on %s that says %q", test.reason, err, test.option, test.says)
		}
	}
	_, err := Generate(Options{Teachers: 100, Landscape: "plains"})
	var word *model.UnknownWordError
	if !errors.As(err, &word) || word.Word != "plains" {
		t.Errorf("unknown landscape: %v does not unwrap to the unknown word", err)
	}
	if _, err := Generate(Options{Teachers: 1_500, Gazetteer: good}); err != nil {
		t.Errorf("a good gazetteer: %v", err)
	}
}

// TestSubsidies: the first three tiers are the table of Chenxi county as the
// policy pack has it.
func TestSubsidies(t *testing.T) {
	pack, err := policy.Load("national")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(pack.Subsidies, func(s policy.SubsidyTable) bool { return s.ID == "chenxi" })
	if i < 0 {
		t.Fatal("the national pack has no table of Chenxi")
	}
	chenxi := pack.Subsidies[i].Schedule()
	if diff := cmp.Diff(chenxi, subsidies()[:len(chenxi)]); diff != "" {
		t.Errorf("tiers 1 to 3 (-Chenxi +here):\n%s", diff)
	}
}
