package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/xianguan/xianguan/allocation/matching"
)

// Matching is a matching with its certificates, which are worked out by code that the
// mechanism does not share.
type Matching struct {
	Mechanism    matching.Mechanism `json:"mechanism"`
	Seed         uint64             `json:"seed"`
	Pairs        []matching.Pair    `json:"pairs"`
	Ranks        matching.Ranks     `json:"ranks"`
	Breaches     []string           `json:"breaches"`      // places, floors and caps that do not hold
	Blocking     []string           `json:"blocking"`      // justified envy and waste: an applicant and a school that would rather have each other
	Envy         int                `json:"envy"`          // of the blocking, those where a person of worse rank has the place
	Waste        int                `json:"waste"`         // of the blocking, those where the place is free
	WorseOff     []string           `json:"worse_off"`     // applicants who have less than their present post or than no post
	SchoolsWorse []string           `json:"schools_worse"` // schools that have less than their present people
	ClassCapped  bool               `json:"class_capped"`  // schools cap classes of people; then the two below are not looked for
	Improvable   bool               `json:"improvable"`    // some could gain without another's loss
	Exchange     bool               `json:"exchange"`      // an exchange is left that people and schools gain from
	Trace        []string           `json:"trace,omitempty"`
}

// Certify works out the certificates of a matching. O(E log n) time for E list entries.
func Certify(p *matching.Problem, mechanism matching.Mechanism, seed uint64, m matching.Matching) *Matching {
	c := &Matching{Mechanism: mechanism, Seed: seed, Pairs: p.Pairs(m), Ranks: matching.RankDistribution(p, m),
		Breaches: []string{}, Blocking: []string{}, WorseOff: []string{}, SchoolsWorse: []string{},
		Envy: len(matching.JustifiedEnvy(p, m)), Waste: len(matching.Waste(p, m)),
		ClassCapped: p.ClassCapped()}
	if !c.ClassCapped {
		c.Improvable, c.Exchange = matching.ParetoImprovement(p, m) != nil, matching.TwoSidedExchange(p, m) != nil
	}
	for _, b := range matching.Breaches(p, m) {
		where := b.Region
		if b.School != matching.None {
			where = p.School(b.School)
		}
		if b.Applicant != matching.None {
			where = p.Applicant(b.Applicant) + " at " + where
		}
		c.Breaches = append(c.Breaches, where+": "+b.What)
	}
	for _, b := range matching.BlockingPairs(p, m) {
		why := "which has a free place"
		if b.Instead != matching.None {
			why = fmt.Sprintf("which has %s", p.Applicant(b.Instead))
			if b.InsteadRank > 0 {
				why += fmt.Sprintf(" (place %d)", b.InsteadRank)
			}
		}
		c.Blocking = append(c.Blocking, fmt.Sprintf("%s (place %d) would rather have %s, choice %d, %s",
			p.Applicant(b.Applicant), b.Rank, p.School(b.School), b.Choice, why))
	}
	for _, t := range matching.WorseOff(p, m) {
		c.WorseOff = append(c.WorseOff, p.Applicant(t))
	}
	for _, s := range matching.SchoolsWorseOff(p, m) {
		c.SchoolsWorse = append(c.SchoolsWorse, p.School(s))
	}
	return c
}

// shownPairs is how many pairs and blocking pairs a text shows; the rest are counted.
const shownPairs = 40

// WriteMatching writes a matching with its certificates, at most [Width] columns wide.
func WriteMatching(w io.Writer, c *Matching) error {
	out := bufio.NewWriter(w)
	wrap(out, "", fmt.Sprintf("%s: %s, %s, %s", c.Mechanism.Name, c.Mechanism.Title, c.Mechanism.Source, c.Mechanism.Complexity))
	fmt.Fprintf(out, "Seed of the lottery (抽签种子) %d\n", c.Seed)
	var rows [][]string
	for _, pair := range c.Pairs[:min(len(c.Pairs), shownPairs)] {
		row := []string{short(pair.Applicant, 30), "-", "", ""}
		if pair.School != "" {
			row = []string{short(pair.Applicant, 30), short(pair.School, 40), counted(pair.Choice), counted(pair.Rank)}
		}
		rows = append(rows, row)
	}
	grid(out, "Matching (匹配结果)", []string{"applicant (申请人)", "school (学校)", ">choice", ">rank"}, rows)
	writeMore(out, len(c.Pairs))
	writeRanks(out, c.Ranks)
	yesNo := map[bool]string{true: "yes", false: "no"}
	if c.ClassCapped {
		yesNo[false] = "not looked for"
	}
	grid(out, "Certificates (检验)", []string{"", ">found"}, [][]string{
		{"Places, floors or caps that do not hold (超额或缺额)", number(len(c.Breaches))},
		{"Blocking pairs (阻塞对)", number(len(c.Blocking))},
		{"  justified envy (正当嫉妒)", number(c.Envy)},
		{"  waste: a wanted place is free (浪费)", number(c.Waste)},
		{"Applicants worse off than now (申请人受损)", number(len(c.WorseOff))},
		{"Schools worse off than now (学校受损)", number(len(c.SchoolsWorse))},
		{"Applicants could gain at nobody's loss (可帕累托改进)", yesNo[c.Improvable]},
		{"An exchange is left that schools gain from too (可双向改进)", yesNo[c.Exchange]},
	})
	for _, list := range [][]string{c.Breaches, c.Blocking} {
		for _, line := range list[:min(len(list), shownPairs)] {
			wrap(out, "  - ", line)
		}
		writeMore(out, len(list))
	}
	if len(c.Trace) > 0 {
		fmt.Fprint(out, "\nTrace (过程)\n")
		for _, line := range c.Trace {
			wrap(out, "  - ", line)
		}
	}
	return out.Flush()
}

func writeMore(w io.Writer, total int) {
	if total > shownPairs {
		fmt.Fprintf(w, "  and %s more\n", number(total-shownPairs))
	}
}

func writeRanks(w io.Writer, r matching.Ranks) {
	var rows [][]string
	for k, people := range r.Choice {
		if people > 0 {
			rows = append(rows, []string{"choice " + strconv.Itoa(k+1), number(people)})
		}
	}
	for _, line := range []struct {
		name   string
		people int
	}{{"present post, not on the list (留任)", r.Stayed}, {"another post, not on the list (志愿外)", r.OffList}, {"no post (未匹配)", r.Unplaced}} {
		if line.people > 0 {
			rows = append(rows, []string{line.name, number(line.people)})
		}
	}
	grid(w, fmt.Sprintf("Choices (志愿分布), mean %.2f", r.Mean), []string{"", ">people"}, rows)
}
