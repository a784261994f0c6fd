package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// leastTold is the least number of people of whom it is told which rule keeps them from a post.
const leastTold = 5

// WriteWhyNot writes why a teacher does not have a post: the rules that forbid it with their sources, or what it would cost and who
// would have to give way.
func WriteWhyNot(w io.Writer, c *model.County, a *allocation.WhyNot) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "why not (为什么不)")
	fmt.Fprintln(out)
	wrap(out, "Asked (询问): ", fmt.Sprintf("why does %s not have %s?", a.Teacher, postText(c, a.Post)))
	wrap(out, "Planned (方案): ", postText(c, a.Planned))
	switch {
	case a.Same:
		wrap(out, "Answer (答复): ", "The plan gives exactly this post (方案即为该岗位).")
	case len(a.Forbidden) > 0:
		wrap(out, "Answer (答复): ", "Rules forbid it (规则不允许).")
		writeForbidden(out, a.Forbidden)
	case a.Conflict != nil:
		wrap(out, "Answer (答复): ", "No rule forbids the pair by itself, but no plan that obeys every rule has it (无可行方案).")
		for _, conflict := range a.Conflict.Conflicts {
			wrap(out, "  ", conflict.Reason)
		}
	default:
		wrap(out, "Answer (答复): ", answerText(a))
		writeExtra(out, a.Extra)
		writeDisplaced(out, c, a.Changes)
	}
	return out.Flush()
}

// answerText sums an extra cost up in a sentence.
func answerText(a *allocation.WhyNot) string {
	if a.Tie {
		return "It would be as good at every level; the plan is one of several (同等优), and which one is drawn by the lottery where there is a seed, else by the order of the search."
	}
	for _, x := range a.Extra {
		if x.Low > 0 {
			return fmt.Sprintf("It can be had, but the county would be worse off: first at the level %s (可行，但全县更差).", levelText(x.Level))
		} else if !x.Exact() {
			return "It can be had; whether the county would be worse off was not proven in the time given (时间内未证明)."
		}
	}
	return "It can be had (可行)."
}

func levelText(level string) string { return levelTerms[level][0] }

func levelUnit(level string) string { return levelTerms[level][1] }

func writeForbidden(out io.Writer, all []allocation.Forbidden) {
	rules := map[model.RuleID]allocation.Rule{}
	for _, rule := range allocation.Rules() {
		rules[rule.ID] = rule
	}
	for _, f := range all {
		rule := rules[f.Rule]
		text := rule.Sentence + " " + rule.Chinese
		if f.Figure != "" {
			text += " Here (本案): " + f.Figure + "."
		}
		wrap(out, fmt.Sprintf("  %s: ", f.Rule), text+" Source (依据): "+rule.Source)
	}
}

// amountOf writes an extra amount of a level.
func amountOf(level string, n int64) string {
	sign := ""
	if n > 0 {
		sign = "+"
	}
	if level == model.LevelCost {
		return sign + yuan(model.Fen(n))
	}
	return sign + number(n)
}

func writeExtra(out io.Writer, all []allocation.Extra) {
	var rows [][]string
	for _, x := range all {
		figure := amountOf(x.Level, x.High)
		if !x.Exact() {
			figure = amountOf(x.Level, x.Low) + " to " + figure
		}
		rows = append(rows, []string{levelText(x.Level), figure, levelUnit(x.Level)})
	}
	grid(out, "What it would cost the county, most important first (全县代价)", []string{"level", ">extra", "unit"}, rows)
}

func writeDisplaced(out io.Writer, c *model.County, changes []allocation.Displacement) {
	var rows [][]string
	for _, change := range changes {
		rows = append(rows, []string{string(change.Teacher), postText(c, change.From), postText(c, change.To)})
	}
	grid(out, "Who would change (连锁调整)", []string{"teacher", "planned (方案)", "instead (改为)"}, rows)
}

// postText names a post for people.
func postText(c *model.County, p model.PostID) string {
	if p.IsZero() {
		return "no post (待岗)"
	}
	for i := range c.Schools {
		if c.Schools[i].ID == p.School {
			return fmt.Sprintf("%s %s %s", c.Schools[i].Name, p.Stage, p.Subject)
		}
	}
	return p.String()
}

// shortExtra writes the first level at which an extra cost is not 0, or not exact.
func shortExtra(all []allocation.Extra) string {
	for _, x := range all {
		if !x.Exact() {
			return fmt.Sprintf("%s to %s %s: %s", amountOf(x.Level, x.Low), amountOf(x.Level, x.High), levelUnit(x.Level), levelText(x.Level))
		}
		if x.High != 0 {
			return fmt.Sprintf("%s %s: %s", amountOf(x.Level, x.High), levelUnit(x.Level), levelText(x.Level))
		}
	}
	return "as good (同等优)"
}

// WriteTeacherReasons writes why a teacher is where the plan says and what else there is.
func WriteTeacherReasons(w io.Writer, c *model.County, a *allocation.TeacherReasons) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "why this post (岗位说明)")
	fmt.Fprintln(out)
	for i := range c.Teachers {
		if c.Teachers[i].ID == a.Assignment.Teacher {
			english, chinese := Reason(c, &c.Teachers[i], &a.Assignment)
			wrap(out, "Teacher (教师): ", string(a.Assignment.Teacher))
			wrap(out, "Now (现岗): ", postText(c, a.Assignment.From))
			wrap(out, "Planned (方案): ", postText(c, a.Assignment.To))
			wrap(out, "Ground (依据): ", english+"; "+chinese)
		}
	}
	wrap(out, "Open (可选): ", fmt.Sprintf("%s posts are forbidden by no rule; in %s of them nobody can make room", number(a.Eligible), number(a.Impossible)))
	if a.Unsettled > 0 {
		wrap(out, "Not settled (未定): ", fmt.Sprintf("of %s the time was up before any plan was found", number(a.Unsettled)))
	}
	writeAlternatives(out, c, "Other posts, the cheapest first (其他岗位)", "post", a.Alternatives, func(x allocation.Alternative) string { return postText(c, x.Post) })
	return out.Flush()
}

// WriteCandidates writes who could have a post instead.
func WriteCandidates(w io.Writer, c *model.County, post model.PostID, all []allocation.Alternative) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "who else (其他人选)")
	fmt.Fprintln(out)
	wrap(out, "Post (岗位): ", postText(c, post))
	writeAlternatives(out, c, "Who could have it, the cheapest first (其他人选)", "teacher", all, func(x allocation.Alternative) string { return string(x.Teacher) })
	return out.Flush()
}

func writeAlternatives(out io.Writer, c *model.County, title, what string, all []allocation.Alternative, name func(allocation.Alternative) string) {
	if len(all) == 0 {
		wrap(out, "", "There is no other (无其他可列).")
		return
	}
	var rows [][]string
	for _, x := range all {
		rows = append(rows, []string{name(x), shortExtra(x.Extra)})
	}
	grid(out, title, []string{what, "what it would cost the county (代价)"}, rows)
}

var emptyWords = map[allocation.EmptyReason]string{
	allocation.EmptyUnqualified: "nobody else is qualified (无合格人选)",
	allocation.EmptyReach:       "nobody qualified is in reach (合格人选均在限定距离之外)",
	allocation.EmptyForbidden:   "rules keep the qualified from it (规则不允许)",
	allocation.EmptyQuota:       "the school's quota is used up (编制已满)",
	allocation.EmptyBudget:      "the subsidy budget is used up (补贴预算已满)",
	allocation.EmptyAcross:      "a rule across schools keeps it empty (跨校规则所限)",
	allocation.EmptyElsewhere:   "better used elsewhere (他处更需要)",
	allocation.EmptyUnsettled:   "rules across schools, or elsewhere; not proven in the time given (时间内未证明)",
}

// WriteSchoolReasons writes why a school is staffed as the plan says, and why each empty post is empty.
func WriteSchoolReasons(w io.Writer, c *model.County, a *allocation.SchoolReasons) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "why so staffed (配置说明)")
	fmt.Fprintln(out)
	wrap(out, "School (学校): ", schoolNames(c)[a.School])
	wrap(out, "Filled (已配): ", fmt.Sprintf("%s of %s, %s people, room for %s more within the quota", number(a.Filled), number(a.Need), number(a.People), number(max(0, a.Room))))
	if len(a.Came) > 0 {
		writeComings(out, c, "Came (调入)", a.Came)
	}
	if len(a.Left) > 0 {
		writeComings(out, c, "Left (调出)", a.Left)
	}
	if len(a.Empty) == 0 {
		fmt.Fprintln(out)
		wrap(out, "", "No post is empty (无空缺).")
	}
	for _, x := range a.Empty {
		fmt.Fprintln(out)
		wrap(out, fmt.Sprintf("%s %s, %d of %d empty: ", x.Post.Stage, x.Post.Subject, x.Vacant, x.Need), emptyWords[x.Reason])
		wrap(out, "  ", fmt.Sprintf("qualified, beyond those in it: %s; forbidden by no rule: %s", number(x.Qualified), number(x.Eligible)))
		var excluded []string
		for _, count := range x.Excluded {
			people := number(count.People)
			if count.People < leastTold {
				people = fmt.Sprintf("fewer than %d", leastTold)
			}
			excluded = append(excluded, fmt.Sprintf("%s by %s", people, count.Rule))
		}
		if len(excluded) > 0 {
			wrap(out, "  ", "kept from it: "+strings.Join(excluded, ", "))
		}
		if x.Reason == allocation.EmptyAcross && x.Rule != "" {
			wrap(out, "  ", fmt.Sprintf("without the rule %s the best plan fills more of it", x.Rule))
		}
		if x.Unsettled {
			wrap(out, "  ", "one place more: the time was up before any plan was found (时间内未定)")
			continue
		}
		writePlaceMore(out, x.More)
	}
	return out.Flush()
}

// writePlaceMore writes what one place more would cost and who would come.
func writePlaceMore(out io.Writer, more *allocation.PlaceMore) {
	if more == nil {
		wrap(out, "  ", "no plan fills one place more (无法再增一人)")
		return
	}
	text := "one place more would cost the county " + shortExtra(more.Extra)
	if len(more.Changes) > 0 {
		text += fmt.Sprintf(", with %s", more.Changes[0].Teacher)
		if others := len(more.Changes) - 1; others == 1 {
			text += fmt.Sprintf("; %s gives way", more.Changes[1].Teacher)
		} else if others > 1 {
			text += fmt.Sprintf("; %d others give way", others)
		}
	}
	wrap(out, "  ", text)
}

func writeComings(out io.Writer, c *model.County, title string, moves []allocation.Displacement) {
	var rows [][]string
	for _, m := range moves {
		rows = append(rows, []string{string(m.Teacher), postText(c, m.From), postText(c, m.To)})
	}
	grid(out, title, []string{"teacher", "now (现岗)", "planned (方案)"}, rows)
}
