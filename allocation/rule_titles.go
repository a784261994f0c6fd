package allocation

import "github.com/xianguan/xianguan/model"

// The classes are counted one by one: senior posts (高级岗位) that are free are no middle ones (中级岗位).

var ruleTitlesSenior = Rule{
	ID:            model.RuleTitlesSenior,
	Sentence:      "A school's people of senior titles stay within its senior posts; an excess may shrink, never grow.",
	Chinese:       "学校高级职称教师不超高级岗位数，超岗只减不增。",
	Mathematics:   "people of s with the title senior or professor − y ≤ max(Q_s, present such people of s)",
	Source:        "教师〔2014〕4号, 岗位结构比例; the figures are practice",
	ChineseSource: "教师〔2014〕4号，岗位结构比例；数值为惯例",
	setting:       func(r *model.Rules) model.RuleSetting { return r.TitlesSenior },
	sums:          func(n *instance, _ *pairs) sums { return n.titles(model.TitleClassSenior) },
}

var ruleTitlesMiddle = Rule{
	ID:            model.RuleTitlesMiddle,
	Sentence:      "A school's people of the first class stay within its middle posts; an excess may shrink, never grow.",
	Chinese:       "学校一级教师不超中级岗位数，超岗只减不增。",
	Mathematics:   "people of s with the title first − y ≤ max(Q_s, present such people of s)",
	Source:        "教师〔2014〕4号, 岗位结构比例; the figures are practice",
	ChineseSource: "教师〔2014〕4号，岗位结构比例；数值为惯例",
	setting:       func(r *model.Rules) model.RuleSetting { return r.TitlesMiddle },
	sums:          func(n *instance, _ *pairs) sums { return n.titles(model.TitleClassMiddle) },
}

// titleClasses are the classes of titles that posts are counted in.
var titleClasses = []model.TitleClass{model.TitleClassSenior, model.TitleClassMiddle}

// noQuota is the title quota of a school that has none.
const noQuota = -1

// titleQuotas gives Q_s, how many people of a title class each school has posts for: its own number, or
// else ⌊Σ_g share_g · D_sg⌋ over its stages with need, if each of them has a share; noQuota where
// neither is given. O(posts).
func (n *instance) titleQuotas(class model.TitleClass) []int {
	shares := n.county.Rules.TitleShare(class)
	parts := make([]int64, len(n.schools)) // Σ_g share_g · D_sg in basis points, noQuota where a share lacks
	needs := make([]bool, len(n.schools))
	for i := range n.posts {
		p := &n.posts[i]
		share := shares.At(p.id.Stage)
		switch {
		case p.need == 0:
			continue
		case share == 0 || parts[p.school] == noQuota:
			parts[p.school] = noQuota
		default:
			parts[p.school] += int64(share) * int64(p.need)
		}
		needs[p.school] = true
	}
	quotas := make([]int, len(n.schools))
	for s := range quotas {
		switch own := n.schools[s].TitlePosts(class); {
		case own != nil:
			quotas[s] = *own
		case !needs[s] || parts[s] == noQuota:
			quotas[s] = noQuota
		default:
			quotas[s] = int(parts[s] / int64(model.Whole))
		}
	}
	return quotas
}

// NoTitleQuota is the title quota of a school that has none.
const NoTitleQuota = noQuota

// TitleQuotas gives how many people of a title class each school has posts for, in the order of the county's schools; [NoTitleQuota] where it has no quota. It
// takes O(county) time.
func TitleQuotas(c *model.County, class model.TitleClass) []int {
	return newInstance(c, &model.Options{}).titleQuotas(class)
}

// titles allows each school that has a quota for a title class so many people of it, or as many as it
// has now.
func (n *instance) titles(class model.TitleClass) sums {
	present := make([]int64, len(n.schools))
	for i := range n.people {
		if t := &n.people[i]; t.school >= 0 && t.Title.Class() == class {
			present[t.school]++
		}
	}
	var s sums
	place := make([]int32, len(n.schools)) // of the group of each school, from 1
	for school, quota := range n.titleQuotas(class) {
		if quota != noQuota {
			s.groups = append(s.groups, group{school: int32(school), bound: max(int64(quota), present[school]), unit: 1})
			place[school] = int32(len(s.groups))
		}
	}
	s.count = func(into []entry, t, p int32) []entry {
		if at := place[n.posts[p].school]; at > 0 && n.people[t].Title.Class() == class {
			return append(into, entry{at - 1, 1})
		}
		return into
	}
	return s
}
