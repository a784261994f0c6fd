package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// TitleLedger counts the people of one title class against the posts of the class (职称结构比例), at the schools that
// have a quota: People = Filled + Over, Posts = Filled + Open.
type TitleLedger struct {
	Posts  int `json:"posts"`
	People int `json:"people"`
	Filled int `json:"filled"`
	Open   int `json:"open"`
	Over   int `json:"over"` // people above the posts of their school
}

// titleLedger counts a title class, whether its rule is off or not.
func (n *instance) titleLedger(to []int32, class model.TitleClass) TitleLedger {
	var l TitleLedger
	people := n.titledAt(to, class)
	for s, quota := range n.titleQuotas(class) {
		if quota == noQuota {
			continue
		}
		l.Posts += quota
		l.People += people[s]
		l.Filled += min(quota, people[s])
		l.Open += max(0, quota-people[s])
		l.Over += max(0, people[s]-quota)
	}
	return l
}

// titledAt counts the people of a title class at each school.
func (n *instance) titledAt(to []int32, class model.TitleClass) []int {
	people := make([]int, len(n.schools))
	for t, p := range to {
		if p >= 0 && n.people[t].Title.Class() == class {
			people[n.posts[p].school]++
		}
	}
	return people
}

// titlePlaces is how many people of a title class each post may have of those who take part in a
// contest: the holders among them, and newcomers.
type titlePlaces struct {
	class model.TitleClass
	most  []int // noQuota where nothing is asked
}

// titlePlaces divides what each school has left of the posts of a title class over its posts that may hire; see [Rounds].
// Classes whose rule is off or of which nobody takes part are left out.
func (h *hiring) titlePlaces(c *contest, open map[kind][]int32) []titlePlaces {
	var all []titlePlaces
	n := h.n
	for _, class := range titleClasses {
		quotas := n.titleQuotas(class)
		if n.county.Rules.TitleSetting(class).Force == model.ForceOff ||
			!slices.ContainsFunc(quotas, func(q int) bool { return q != noQuota }) ||
			!slices.ContainsFunc(c.people, func(t int32) bool { return n.people[t].Title.Class() == class }) {
			continue
		}
		places := titlePlaces{class, make([]int, len(n.posts))}
		wanted, holders := h.titleCandidates(c, class, open)
		people := n.titledAt(h.to, class)
		postsOf, wantedOf := make([][]int32, len(n.schools)), make([][]int, len(n.schools))
		for p := range n.posts {
			s := n.posts[p].school
			places.most[p] = noQuota
			if quotas[s] == noQuota {
				continue
			}
			places.most[p] = holders[p] + wanted[p]
			postsOf[s], wantedOf[s] = append(postsOf[s], int32(p)), append(wantedOf[s], wanted[p])
		}
		for s, posts := range postsOf {
			room, sum := max(0, quotas[s]-people[s]), 0
			for _, w := range wantedOf[s] {
				sum += w
			}
			if sum <= room {
				continue
			}
			for i, part := range apportion(room, wantedOf[s]) {
				places.most[posts[i]] = holders[posts[i]] + part
			}
		}
		all = append(all, places)
	}
	return all
}

// titleCandidates counts at each post the people of a title class who take part: those who are qualified for it
// and come from elsewhere, as far as there are places that are open or may be left; and those who hold it.
func (h *hiring) titleCandidates(c *contest, class model.TitleClass, open map[kind][]int32) (wanted, holders []int) {
	n := h.n
	wanted, holders = make([]int, len(n.posts)), make([]int, len(n.posts))
	leavers := make([]int, len(n.posts))
	var candidates []int32
	for _, t := range c.people {
		held := h.to[t]
		if held >= 0 {
			leavers[held]++
		}
		if n.people[t].Title.Class() != class {
			continue
		}
		if held >= 0 {
			holders[held]++
		}
		candidates = n.candidates(candidates[:0], &n.people[t], open)
		for _, p := range candidates {
			if p != held {
				wanted[p]++
			}
		}
	}
	for p := range wanted {
		wanted[p] = min(wanted[p], c.places[p]+leavers[p])
	}
	return wanted, holders
}

// class names the title class of a person in the market of a contest, "" where the contest caps none.
func (c *contest) class(title model.Title) string {
	for i := range c.titles {
		if c.titles[i].class == title.Class() {
			return title.Class().String()
		}
	}
	return ""
}

// classCaps are the caps of a post in the market of a contest.
func (c *contest) classCaps(p int32) map[string]int {
	var caps map[string]int
	for i := range c.titles {
		if most := c.titles[i].most[p]; most != noQuota {
			if caps == nil {
				caps = map[string]int{}
			}
			caps[c.titles[i].class.String()] = most
		}
	}
	return caps
}
