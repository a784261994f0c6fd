package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// shownChanges is how many changes a text shows; changes.csv has them all.
const shownChanges = 200

// WriteReplan writes what a plan changes of a published one, at most [Width] columns wide: the levels before and
// after, every change with its reason, the chains and what they are for, and the verdict of the checker.
func WriteReplan(w io.Writer, c *model.County, p *model.Plan, changes *allocation.Changes, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	writeHeading(out, c, p)
	if changes.SameCounty {
		fmt.Fprintln(out, "The county's data are those of the published plan (县情数据与原方案一致).")
	} else {
		wrap(out, "", "The county's data have changed since the plan was published; ids match people and posts (县情数据已变，按编号对应).")
	}
	writeChanges(out, p, changes)
	writeVerdict(out, verdict)
	writeOrigin(out, p.Origin)
	return out.Flush()
}

func writeChanges(w io.Writer, p *model.Plan, changes *allocation.Changes) {
	grid(w, "Against the published plan (与原公布方案相比)", []string{"", ">people"}, [][]string{
		{"Keep the published post (不变)", number(len(changes.Kept))},
		{"Change (变动)", number(changes.Count)},
		{"Published post no longer there (原岗位已撤)", number(len(changes.Changed) - changes.Count)},
		{"New (新增)", number(len(changes.New))},
		{"Left, or away (离开或不在岗)", number(len(changes.Left))},
	})
	if keep := p.Options.Keep; keep != nil && keep.PerChange > 0 {
		fmt.Fprintf(w, "Each change counts for %s yuan a month at the cost level (每项变动计入费用).\n", yuan(keep.PerChange))
	}
	writeLevelChanges(w, changes)
	if len(changes.Broken) > 0 {
		fmt.Fprintf(w, "\nUnchanged, the published posts break %s (原岗位不作调整则违反):\n", plural(len(changes.Broken), "rule once", "rules or places"))
		writeViolations(w, changes.Broken)
	}
	writePersonChanges(w, "published", changes)
	writeChangeChains(w, changes)
	writeDropped(w, changes)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

func writeLevelChanges(w io.Writer, changes *allocation.Changes) {
	var rows [][]string
	for i := range changes.Levels {
		level := &changes.Levels[i]
		published, proof := "-", "proven (已证)"
		if level.Published != nil {
			published = levelValue(level.Name, *level.Published)
		}
		if !level.After.Proven {
			proof = ">= " + levelValue(level.Name, level.After.Bound)
		}
		rows = append(rows, []string{levelTerms[level.Name][0], published, levelValue(level.Name, level.Unmended),
			levelValue(level.Name, level.After.Objective), levelTerms[level.Name][1], proof})
	}
	grid(w, "Objective, most important first (目标，按先后次序)",
		[]string{"level", ">published", ">unchanged now", ">this plan", "unit", ""}, rows)
	fmt.Fprintln(w, "Published: as that plan states it. Unchanged now: its posts in the county as it is, lawful or not.")
}

func writeViolations(w io.Writer, list []check.Violation) {
	for i, v := range list {
		if i == shownViolations {
			fmt.Fprintf(w, "  and %s more\n", number(len(list)-i))
			return
		}
		wrap(w, "  - ", v.Error())
	}
}

// writePersonChanges writes who changes, is new or left; before names the column of the post that they were given.
func writePersonChanges(w io.Writer, before string, changes *allocation.Changes) {
	for _, list := range []struct {
		title  string
		people []allocation.PersonChange
	}{{"Who changes (变动人员)", changes.Changed}, {"Who is new (新增人员)", changes.New}, {"Who left or is away (离开或不在岗)", changes.Left}} {
		var rows [][]string
		for i := range list.people[:min(len(list.people), shownChanges)] {
			m := &list.people[i]
			english, chinese := changeReason(m)
			chain := ""
			if m.Chain > 0 {
				chain = number(m.Chain)
			}
			rows = append(rows, []string{string(m.Teacher), short(m.Published.String(), 23), short(m.To.String(), 23), english + " " + chinese, chain})
		}
		if rows == nil {
			continue
		}
		grid(w, list.title, []string{"teacher", before, "now", "why", ">chain"}, rows)
		if more := len(list.people) - len(rows); more > 0 {
			fmt.Fprintf(w, "and %s more\n", number(more))
		}
	}
}

// changeReason says in a few words, in English and Chinese, why somebody does not keep a published post.
func changeReason(m *allocation.PersonChange) (english, chinese string) {
	switch m.Reason {
	case allocation.ChangeForbidden:
		return fmt.Sprintf("rule %s", m.Rule), "规则不允许"
	case allocation.ChangeGone:
		return "post gone", "岗位已撤"
	case allocation.ChangeCrowded:
		return "fewer places", "岗位减少"
	case allocation.ChangeFills:
		return fmt.Sprintf("replaces %s", short(string(m.By), 12)), "顶岗"
	case allocation.ChangeDisplaced:
		return fmt.Sprintf("%s comes", short(string(m.By), 12)), "让岗"
	case allocation.ChangeNeed:
		return "fills a vacancy", "补缺"
	case allocation.ChangeBetter:
		return "see the chain", "整体需要"
	case allocation.ChangeAppeal:
		return "decided anew", "申诉改判"
	case allocation.ChangeNew:
		return "not published", "新增"
	case allocation.ChangeReturned:
		return "was away", "返岗"
	case allocation.ChangeLeft:
		return "left the county's list", "已离开"
	case allocation.ChangeAway:
		return "away now", "不在岗"
	}
	return string(m.Reason), ""
}

// writeChangeChains says of each chain what would be if those who are not the event kept their posts.
func writeChangeChains(w io.Writer, changes *allocation.Changes) {
	if len(changes.Chains) == 0 {
		return
	}
	fmt.Fprintln(w, "\nChains (连锁): each takes the place of the next; what would be if the others kept their posts")
	for i := range changes.Chains[:min(len(changes.Chains), shownChanges)] {
		chain := &changes.Chains[i]
		text := ""
		for k, id := range chain.People {
			if k > 0 {
				text += " → "
			}
			text += string(id)
		}
		if chain.Cycle {
			text += " → " + string(chain.People[0])
		}
		switch {
		case chain.Breaks != nil:
			text += ": broken would be " + chain.Breaks.Error()
		case chain.Level != "":
			text += fmt.Sprintf(": %s would be %s %s higher (将增加)", levelTerms[chain.Level][0], levelValue(chain.Level, chain.Worse), levelTerms[chain.Level][1])
		default:
			text += ": the event alone (事件本身)"
		}
		wrap(w, fmt.Sprintf("%4d  ", i+1), text)
	}
}

func writeDropped(w io.Writer, changes *allocation.Changes) {
	if len(changes.Dropped) == 0 {
		return
	}
	fmt.Fprintln(w, "\nPins and bans of the published plan that mean nothing any more (失效的指定与禁止)")
	for _, d := range changes.Dropped {
		kind, why := "pin", "the teacher or the post is not planned now"
		if d.Ban {
			kind = "ban"
		}
		if d.Rule != "" {
			why = fmt.Sprintf("rule %s forbids it now", d.Rule)
		}
		wrap(w, "  - ", fmt.Sprintf("%s %s %s: %s", kind, d.Teacher, d.Post, why))
	}
}

// WriteChangeList writes one CSV row for each person who does not keep a published post, or was not published.
func WriteChangeList(w io.Writer, c *model.County, changes *allocation.Changes) error {
	names := schoolNames(c)
	out := csv.NewWriter(w)
	out.Write([]string{"teacher", "published_school", "published_name", "published_stage", "published_subject", "to_school", "to_name", "to_stage",
		"to_subject", "ground", "ground_zh", "reason", "rule", "by", "sentence", "sentence_zh", "chain", "data"})
	for _, m := range lo.Flatten([][]allocation.PersonChange{changes.Changed, changes.New, changes.Left}) {
		english, chinese := changeReason(&m)
		row := append(append([]string{string(m.Teacher)}, postCells(names, m.Published)...), postCells(names, m.To)...)
		chain := ""
		if m.Chain > 0 {
			chain = strconv.Itoa(m.Chain)
		}
		out.Write(append(row, m.Ground.String(), m.Ground.Chinese(), string(m.Reason), string(m.Rule), string(m.By), english, chinese, chain, dataCell(c.Origin)))
	}
	out.Flush()
	return out.Error()
}
