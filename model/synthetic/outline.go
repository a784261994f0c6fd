package synthetic

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// kind is a kind of school.
type kind uint8

const (
	townPrimary kind = iota
	townJunior
	townNineYear
	juniorSchool  // 初级中学 of a township
	central       // 中心小学
	nineYear      // 九年一贯制学校, both stages
	village       // 村小, six classes
	teachingPoint // 教学点, grades 1 to 3 or 4
)

func (k kind) town() bool { return k <= townNineYear }

// draft is a school before its pupils are drawn.
type draft struct {
	id       model.SchoolID
	kind     kind
	place    int
	number   int // among the schools of its kind in its place, from 1
	classes  [10]int
	language model.Language
	need     int // estimated posts
	bias     int // people in post above the need, in basis points of it
}

// heads is the number of people in post, times model.Whole.
func (d *draft) heads() int { return d.need * (int(model.Whole) + d.bias) }

// balance is how far the people on a school's books may be above the need, or
// below it, in basis points (城镇超编、乡村缺编). Together with townShare, the per cent of
// the need that town schools have, it leaves the county a little short.
func (k kind) balance() (low, high int) {
	if k.town() {
		return 1400, 1900
	}
	return -2100, -1100
}

const townShare = 40

// outline is the schools of a county, kind by kind and class by class.
type outline struct {
	terrain  *terrain
	syllabus *syllabus
	places   []Place
	seed     uint64
	drafts   []draft
	perClass [model.StageSenior + 1]int // posts of an average class, in thousandths
}

// newOutline lays out schools for the given number of people in post.
func newOutline(t *terrain, y *syllabus, g *Gazetteer, heads int, seed uint64) *outline {
	o := &outline{terrain: t, syllabus: y, seed: seed}
	for _, stage := range model.Stages() {
		_, total := y.weekly("", func(int) int { return 1 }, stage)
		o.perClass[stage] = int(total) * 1000 / (3 * int(y.rules.TeacherLoad.At(stage)))
	}
	o.perClass[model.StagePrimary] /= 2 // six grades, not three
	townLow, townHigh := townPrimary.balance()
	ruralLow, ruralHigh := village.balance()
	average := (townShare*(townLow+townHigh) + (100-townShare)*(ruralLow+ruralHigh)) / 200
	need := heads * int(model.Whole) / (int(model.Whole) + average)
	o.layOut(g, need*townShare/100, need-need*townShare/100)
	o.name()
	o.fit(heads)
	return o
}

// townNeed is the greatest need of one town that is not the seat, about.
const townNeed = 600

// layOut makes the places and gives each its schools.
func (o *outline) layOut(g *Gazetteer, town, rural int) {
	if g != nil {
		o.places = g.Places
	} else {
		towns := ceil(town, townNeed)
		o.places = o.terrain.places(towns+max(1, rural/o.terrain.township), towns, o.seed)
	}
	weight := map[bool]int{}
	for _, p := range o.places {
		weight[p.Town] += p.Weight
	}
	for i, p := range o.places {
		dice := stream(o.seed, "schools", string(p.ID))
		switch {
		case p.Town:
			o.town(i, town*p.Weight/weight[true], dice)
			if weight[false] == 0 && i == 0 {
				o.rural(i, rural, dice)
			}
		default:
			o.rural(i, rural*p.Weight/weight[false], dice)
		}
	}
}

// add drafts one school.
func (o *outline) add(place int, k kind, primary, junior int, language model.Language) int {
	d := draft{kind: k, place: place, language: language}
	spread(d.classes[1:7], primary)
	spread(d.classes[7:10], junior)
	if k == teachingPoint { // the lowest grades alone
		d.classes = [10]int{}
		for grade := 1; grade <= primary; grade++ {
			d.classes[grade] = 1
		}
	}
	d.need = o.need(&d)
	o.drafts = append(o.drafts, d)
	return d.need
}

// spread gives n classes to grades evenly, what is left over to the upper ones:
// the cohorts shrink.
func spread(grades []int, n int) {
	for i := range grades {
		grades[i] = n / len(grades)
		if i >= len(grades)-n%len(grades) {
			grades[i]++
		}
	}
}

// need estimates the posts of a draft from its classes.
func (o *outline) need(d *draft) int {
	need := 0
	for _, stage := range [...]model.Stage{model.StagePrimary, model.StageJunior} {
		_, total := o.syllabus.weekly(d.language, func(grade int) int {
			if grade < len(d.classes) {
				return d.classes[grade]
			}
			return 0
		}, stage)
		need += o.syllabus.fullPosts(total, stage)
	}
	return need
}

// classesFor is the number of classes of a stage that posts can teach, in whole
// sets of grades at least once.
func (o *outline) classesFor(posts int, stage model.Stage) int {
	least := 6
	if stage == model.StageJunior {
		least = 3
	}
	return max(least, (posts*1000+o.perClass[stage]/2)/o.perClass[stage])
}

// town drafts the schools of a town: large primary and junior schools of some 60
// posts, three fifths of the posts in primary; a single school in a small one.
func (o *outline) town(place, need int, dice dice) {
	switch {
	case need < 16:
		o.add(place, townPrimary, 6, 0, "")
		return
	case need < 40:
		sets := max(1, (need+9)/19)
		o.add(place, townNineYear, 6*sets, 3*sets, "")
		return
	}
	o.series(place, townPrimary, need*60/100, dice)
	o.series(place, townJunior, need*40/100, dice)
}

// series drafts town schools of one kind. Where the town has a language of its
// own, the last of several is a school of that language.
func (o *outline) series(place int, k kind, need int, dice dice) {
	stage := model.StagePrimary
	if k == townJunior {
		stage = model.StageJunior
	}
	count := max(1, (need+30)/60)
	for left := count; left > 0; left-- {
		size := need / left
		if left > 1 {
			size = dice.bend(size, size/4)
		}
		language := model.Language("")
		if left == 1 && count > 1 {
			language = o.places[place].Language
		}
		classes := o.classesFor(size, stage)
		if stage == model.StagePrimary {
			need -= o.add(place, k, classes, 0, language)
		} else {
			need -= o.add(place, k, 0, classes, language)
		}
		need = max(0, need)
	}
}

// rural drafts the schools of a rural township: a nine-year school, or a junior
// school and a central primary school, and village schools and teaching points
// for what is left.
func (o *outline) rural(place, need int, dice dice) {
	rest := need
	switch {
	case need < 16: // too small for a centre
	case need < 30:
		rest -= o.add(place, nineYear, 6, 3, "")
	default:
		primary := o.classesFor(need*dice.between(30, 40)/100, model.StagePrimary)
		junior := o.classesFor(need*dice.between(26, 34)/100, model.StageJunior)
		if dice.hit(o.terrain.nineYear) {
			rest -= o.add(place, nineYear, primary, junior, "")
		} else {
			rest -= o.add(place, juniorSchool, 0, junior, "")
			rest -= o.add(place, central, primary, 0, "")
		}
	}
	if language := o.places[place].Language; language != "" {
		rest -= o.add(place, village, 6, 0, language)
	}
	for rest > 3 || rest == need {
		if rest < 9 || dice.hit(o.terrain.points) {
			rest -= o.add(place, teachingPoint, dice.between(3, 4), 0, "")
		} else {
			rest -= o.add(place, village, 6, 0, "")
		}
	}
}

// name gives the drafts their ids, their numbers and how far they are over or
// under their need.
func (o *outline) name() {
	number := map[[2]int]int{}
	for i := range o.drafts {
		d := &o.drafts[i]
		d.id = model.SchoolID(fmt.Sprintf("S%0*d", max(3, width(len(o.drafts))), i+1))
		key := [2]int{d.place, int(d.kind)}
		number[key]++
		d.number = number[key]
		d.bias = stream(o.seed, "balance", string(d.id)).between(d.kind.balance())
	}
}

// fit adds classes to town schools, or takes some away, until the people in post
// of all schools come as near as can be to the number of people there are.
func (o *outline) fit(heads int) {
	gap := heads * int(model.Whole)
	for i := range o.drafts {
		gap -= o.drafts[i].heads()
	}
	for changed := true; changed; {
		changed = false
		for i := range o.drafts {
			d := &o.drafts[i]
			if !d.kind.town() {
				continue
			}
			next := *d
			if !next.resize(gap > 0) {
				continue
			}
			next.need = o.need(&next)
			if left := gap + d.heads() - next.heads(); abs(left) < abs(gap) {
				*d, gap, changed = next, left, true
			}
		}
	}
}

// mostClasses is the greatest number of classes of a grade in a school.
const mostClasses = 12

// resize adds a class where there are fewest, or takes one from where there are
// most; every grade keeps one.
func (d *draft) resize(grow bool) bool {
	at := 0
	for grade, n := range d.classes {
		if n > 0 && (at == 0 || (grow && n <= d.classes[at]) || (!grow && n > d.classes[at])) {
			at = grade
		}
	}
	switch {
	case grow && d.classes[at] < mostClasses:
		d.classes[at]++
	case !grow && d.classes[at] > 1:
		d.classes[at]--
	default:
		return false
	}
	return true
}

func abs(n int) int { return max(n, -n) }
