package allocation

import "github.com/xianguan/xianguan/model"

// indicator asks each stage of each school for people of a kind: a figure for each 100
// pupils, in hundredths, so ⌈figure · pupils / 10000⌉. Where the rule is hard, a school that
// has fewer is asked for those it has; where it is soft, all that is missing counts. Schools with
// fewer pupils than the rules set are left out. kind says whether the teacher counts in the post.
func (n *instance) indicator(setting model.RuleSetting, figure *model.ByStage[int], kind func(t *person, p *post) bool) sums {
	type cell struct {
		school int32
		stage  model.Stage
	}
	present := map[cell]int64{}
	for i := range n.people {
		if t := &n.people[i]; t.present >= 0 {
			if p := &n.posts[t.present]; kind(t, p) {
				present[cell{p.school, p.id.Stage}]++
			}
		}
	}
	var s sums
	place := make([]int32, len(n.posts)) // of the group of each post, from 1
	groups := map[cell]int32{}
	for i := range n.schools {
		school := &n.schools[i]
		if school.Pupils(0) < n.county.Rules.IndicatorPupils {
			continue
		}
		for _, stage := range model.Stages() {
			at := cell{int32(i), stage}
			floor := (int64(figure.At(stage))*int64(school.Pupils(stage)) + 9_999) / 10_000
			if setting.Force == model.ForceHard {
				floor = min(floor, present[at])
			}
			if floor > 0 {
				s.groups = append(s.groups, group{school: at.school, stage: stage, floor: true, bound: floor, unit: 1})
				groups[at] = int32(len(s.groups))
			}
		}
	}
	for i := range n.posts {
		place[i] = groups[cell{n.posts[i].school, n.posts[i].id.Stage}]
	}
	s.count = func(into []entry, t, p int32) []entry {
		if place[p] > 0 && kind(&n.people[t], &n.posts[p]) {
			return append(into, entry{place[p] - 1, 1})
		}
		return into
	}
	return s
}
