package pairing

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// random is a county of a few schools with a plan that leaves some posts vacant: all that pairing looks at.
func random(r *rand.Rand) (*model.County, *model.Plan) {
	c := &model.County{ID: "random"}
	c.Rules.RoadFactor = 13000
	p := &model.Plan{}
	strong := 0
	for i := range 2 + r.IntN(5) {
		s := model.School{ID: model.SchoolID(rune('A' + i)), Position: model.Position{Lat: 42_000_000 + int32(r.IntN(300_000)), Lon: 122_000_000 + int32(r.IntN(300_000))}}
		if r.IntN(3) == 0 {
			s.Strong = true
			strong++
		} else {
			s.Rural = true
			if r.IntN(2) == 0 && strong > 0 {
				s.Partner = c.Schools[slices.IndexFunc(c.Schools, func(s model.School) bool { return s.Strong })].ID
			}
		}
		for grade := range 9 {
			if grade%6 == 0 && r.IntN(4) > 0 {
				s.Grades = append(s.Grades, model.Grade{Grade: grade + 1, Pupils: 10})
			}
		}
		for _, subject := range []model.SubjectID{"chinese", "music"} {
			for _, stage := range []model.Stage{model.StagePrimary, model.StageJunior} {
				if s.HasStage(stage) {
					p.Posts = append(p.Posts, model.PlannedPost{PostID: model.PostID{School: s.ID, Stage: stage, Subject: subject}, Need: 2, Filled: r.IntN(3)})
				}
			}
		}
		c.Schools = append(c.Schools, s)
	}
	for i := range r.IntN(3) {
		s := model.OutsideSchool{ID: model.OutsideID(rune('X' + i)), Position: model.Position{Lat: 42_500_000, Lon: 122_000_000 + int32(r.IntN(300_000))}, Capacity: 1 + r.IntN(2),
			Stages: []model.Stage{model.StagePrimary, model.StageJunior}[:1+r.IntN(2)]}
		if r.IntN(2) == 0 {
			s.Subjects = []model.SubjectID{"music"}
		}
		c.Outside = append(c.Outside, s)
		if j := r.IntN(len(c.Schools)); !c.Schools[j].Strong && r.IntN(2) == 0 {
			c.Schools[j].OutsidePartner = s.ID
		}
	}
	return c, p
}

// every gives the best objective over all ways to pair.
func every(g *problem, keep bool) []int64 {
	var best []int64
	chosen := make([]int, len(g.rural)) // strong school, or -1
	var walk func(r int)
	walk = func(r int) {
		if r < len(g.rural) {
			for s := -1; s < len(g.strong); s++ {
				chosen[r] = s
				walk(r + 1)
			}
			return
		}
		value := make([]int64, levels)
		loads := make([]int64, len(g.strong))
		for r, s := range chosen {
			school := g.rural[r]
			was := school.Partner != "" || school.OutsidePartner != ""
			if s < 0 {
				value[levelAlone]++
				if keep && was {
					value[levelChanged]++
				}
				continue
			}
			partner, common, same := &g.strong[s], false, false
			for grade := 1; grade <= 12; grade++ {
				a := slices.ContainsFunc(school.Grades, func(x model.Grade) bool { return model.StageOf(x.Grade) == model.StageOf(grade) })
				b := partner.outside != nil && slices.Contains(partner.outside.Stages, model.StageOf(grade))
				if partner.school != nil {
					b = slices.ContainsFunc(partner.school.Grades, func(x model.Grade) bool { return model.StageOf(x.Grade) == model.StageOf(grade) })
				}
				common = common || a && b
			}
			most := int64(g.most)
			if partner.outside != nil {
				most, same = int64(partner.outside.Capacity), school.OutsidePartner == partner.outside.ID
			} else {
				same = school.Partner == partner.school.ID
			}
			if loads[s]++; !common || loads[s] > most {
				return
			}
			if keep && was && !same {
				value[levelChanged]++
			}
			value[levelMisfit] += int64(g.count(school) - g.helped(school, partner))
			value[levelMetres] += int64(g.road(school, partner))
		}
		for _, n := range loads {
			value[levelLoad] += n * n
		}
		if best == nil || slices.Compare(value, best) < 0 {
			best = value
		}
	}
	walk(0)
	return best
}

func TestChooseEqualsEveryWay(t *testing.T) {
	alone, changed, outside := 0, 0, 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		c, p := random(r)
		o := Options{Most: r.IntN(4), Keep: seed%2 == 0}
		result, err := Choose(t.Context(), c, p, &o)
		if err != nil {
			t.Fatal(err)
		}
		var have []int64
		for _, level := range result.Levels {
			have = append(have, level.Value)
		}
		if o.Most == 0 { // the least that covers as many as any number does
			all := every(newProblem(c, p, Options{Most: 9, Keep: o.Keep}), o.Keep)
			for o.Most = 1; every(newProblem(c, p, o), o.Keep)[levelAlone] > all[levelAlone]; o.Most++ {
			}
			if result.Most != o.Most {
				t.Fatalf("seed %d: most %d, want %d", seed, result.Most, o.Most)
			}
		}
		if diff := cmp.Diff(every(newProblem(c, p, o), o.Keep), have); diff != "" {
			t.Fatalf("seed %d (-every way +chosen)\n%s", seed, diff)
		}
		if len(result.Pairs)+len(result.Alone) != len(newProblem(c, p, o).rural) || int64(len(result.Alone)) != have[levelAlone] {
			t.Fatalf("seed %d: %d pairs and %d alone", seed, len(result.Pairs), len(result.Alone))
		}
		alone += len(result.Alone)
		changed += result.Change
		applied := Apply(c, result)
		for _, pair := range result.Pairs {
			i := slices.IndexFunc(applied.Schools, func(s model.School) bool { return s.ID == pair.School })
			after := applied.Schools[i]
			if pair.Partner != "" && after.Partner != pair.Partner || pair.Outside != "" && after.OutsidePartner != pair.Outside || pair.Outside == "" && pair.Partner == "" ||
				!pair.Stands && after.Partner != "" && after.OutsidePartner != "" || pair.Stands && !cmp.Equal(after, c.Schools[i]) {
				t.Fatalf("seed %d: %+v is not applied: %+v", seed, pair, after)
			}
			if pair.Outside != "" {
				outside++
			}
		}
	}
	if alone < 100 || changed < 100 || outside < 100 {
		t.Errorf("%d alone, %d changed, %d with a partner elsewhere: too few to mean anything", alone, changed, outside)
	}
}

// In zhangwu every rural school gets a partner, no strong school supports more than its share, and the choice is no farther than it must be.
func TestChooseInZhangwu(t *testing.T) {
	c, err := table.Read("../../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {Keep: true, Most: 40}} {
		r, err := Choose(t.Context(), c, p, &o)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v: %d pairs, most %d, %d changed, %+v", o, len(r.Pairs), r.Most, r.Change, r.Levels)
		if len(r.Alone) > 0 || o.Keep && r.Change > 0 {
			t.Errorf("%+v: %d alone, %d changed", o, len(r.Alone), r.Change)
		}
		for _, load := range r.Loads {
			if load.Schools > load.Most || load.Most != r.Most {
				t.Errorf("%+v", load)
			}
		}
		if err := Apply(c, r).Validate(); err != nil {
			t.Error(err)
		}
	}
	var field *model.FieldError
	if _, err := Choose(t.Context(), c, p, &Options{Most: -1}); !errors.As(err, &field) {
		t.Error(err)
	}
}

// The pairs come about year by year: an even share each year, the hardest places first, all by the last; those that stand count from the start.
func TestSchedule(t *testing.T) {
	c, err := table.Read("../../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Schools { // two in three have no partner yet
		if i%3 > 0 {
			c.Schools[i].Partner = ""
		}
	}
	tier := map[model.SchoolID]model.Tier{}
	for _, s := range c.Schools {
		tier[s.ID] = s.Tier
	}
	for _, years := range []int{0, 1, 2, 5} {
		r, err := Choose(t.Context(), c, nil, &Options{Years: years, Keep: true, Most: 40})
		if err != nil {
			t.Fatal(err)
		}
		want := years
		if want == 0 {
			want = DefaultYears
		}
		if len(r.Years) != want+1 {
			t.Fatalf("%d years: %+v", years, r.Years)
		}
		count, hardest := make([]int, want+1), make([]model.Tier, want+1)
		easiest := slices.Repeat([]model.Tier{model.MaxTier}, want+1)
		for _, p := range r.Pairs {
			if p.Stands != (p.Year == 0) {
				t.Errorf("%d years: %+v", years, p)
			}
			if p.Before != "" { // covered from the start, whoever it is by
				count[0]++
				continue
			}
			count[p.Year]++
			hardest[p.Year], easiest[p.Year] = max(hardest[p.Year], tier[p.School]), min(easiest[p.Year], tier[p.School])
		}
		covered := 0
		for k, y := range r.Years {
			covered += count[k]
			if asked := (len(r.Pairs)*k + want - 1) / want; y != (Year{k, asked, covered}) || covered < asked {
				t.Errorf("%d years: %+v, %d asked, %d covered", years, y, asked, covered)
			}
			if k > 1 && count[k] > 0 && hardest[k] > easiest[k-1] {
				t.Errorf("%d years: a place of tier %d waits behind one of tier %d", years, hardest[k], easiest[k-1])
			}
		}
		if covered != len(r.Pairs) || len(r.Alone) > 0 {
			t.Errorf("%d years: %d of %d by the last", years, covered, len(r.Pairs))
		}
	}
	var field *model.FieldError
	if _, err := Choose(t.Context(), c, nil, &Options{Years: -1}); !errors.As(err, &field) {
		t.Error(err)
	}
}
