package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model"
)

// WriteCases writes the appeals of a season and what came of each. It is for the office.
func WriteCases(w io.Writer, s *record.State) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "Appeals (申诉): %s, objections until %s (异议截止)\n", s.Inputs.County, s.Until())
	count := map[string]int{}
	var rows [][]string
	for _, c := range s.Cases {
		status := caseStatus(&c)
		count[status[0]]++
		day := c.Appeal.Day.String()
		if c.Appeal.Late {
			day += " late"
		}
		rows = append(rows, []string{c.Appeal.ID, day, short(c.Appeal.Who(), 12), c.Appeal.Ground.Chinese(), status[0] + " (" + status[1] + ")", short(remedyText(c.Decision), 26)})
	}
	grid(out, "", []string{"appeal", "day", "who", "ground (事由)", "status (状态)", "remedy (处理)"}, rows)
	fmt.Fprintf(out, "\n%d open (未决), %d upheld (成立), %d amended (已调整), %d dismissed (不成立)\n", count["open"], count["upheld"], count["amended"], count["dismissed"])
	return out.Flush()
}

func caseStatus(c *record.Case) [2]string {
	switch {
	case c.Decision == nil:
		return [2]string{"open", "未决"}
	case c.Amended:
		return [2]string{"amended", "已调整"}
	case c.Decision.Upheld:
		return [2]string{"upheld", "成立"}
	}
	return [2]string{"dismissed", "不成立"}
}

// remedyText says what a decision does.
func remedyText(d *appeal.Decision) string {
	if d == nil || !d.Upheld {
		return ""
	}
	var parts []string
	for i := range d.Corrections {
		parts = append(parts, d.Corrections[i].Who()+"."+correctionText(&d.Corrections[i]))
	}
	for _, pin := range d.Pins {
		parts = append(parts, "pin "+string(pin.Teacher)+" "+pin.Post.String())
	}
	for _, ban := range d.Bans {
		parts = append(parts, "ban "+string(ban.Teacher)+" "+ban.Post.String())
	}
	return strings.Join(parts, "; ")
}

// correctionText says what is corrected; what is personal is not told.
func correctionText(x *appeal.Correction) string {
	if isPersonal(x.Field) {
		return x.Field
	}
	sign := "="
	if x.Remove {
		sign = "-="
	}
	return x.Field + sign + x.Value
}

// isPersonal reports whether the value of a field is told to nobody outside the record.
func isPersonal(field string) bool {
	return lo.Contains([]string{"exemption", "home", "born", "retires", "partner", "duty", "duty_until"}, field)
}

// WriteAmendment writes a plan mended after appeals, at most [Width] columns wide: what was corrected, the appellants' posts before and after, everybody else who
// is touched with the reason, and the proof that it could not be fewer.
func WriteAmendment(w io.Writer, m *appeal.Amendment, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	writeHeading(out, m.County, m.Plan)
	grid(out, "Amended after appeals (申诉后调整)", []string{"", ">people"}, [][]string{
		{"Appeals upheld (成立的申诉)", number(len(m.Appeals))},
		{"Appellants (申诉涉及人员)", number(len(m.Appellants))},
		{"  of whom get another post (其中岗位调整)", number(len(m.Own))},
		{"Others touched (其他受影响人员)", number(len(m.Touched))},
	})
	writeLeast(out, m)
	var corrections [][]string
	for i := range m.Applied {
		x := &m.Applied[i]
		was := x.Was
		if isPersonal(x.Field) {
			was = "not shown (不公开)"
		}
		corrections = append(corrections, []string{x.Who(), correctionText(&x.Correction), short(was, 40)})
	}
	if corrections != nil {
		grid(out, "Corrections (更正)", []string{"of", "now", "was"}, corrections)
	}
	for _, list := range []struct {
		title  string
		people []allocation.PersonChange
	}{{"Appellants, before and after (申诉涉及人员)", m.Own}, {"Others touched, and why (其他受影响人员)", m.Touched}} {
		var rows [][]string
		for i := range list.people {
			x := &list.people[i]
			english, chinese := changeReason(x)
			rows = append(rows, []string{string(x.Teacher), short(x.Published.String(), 27), short(x.To.String(), 27), english + " " + chinese})
		}
		if rows != nil {
			grid(out, list.title, []string{"teacher", "published (公示)", "now (调整后)", "why (原因)"}, rows)
		}
	}
	writeChangeChains(out, m.Changes)
	writeLevelChanges(out, m.Changes)
	writeVerdict(out, verdict)
	return out.Flush()
}

// writeLeast says what is proven of the people touched.
func writeLeast(w io.Writer, m *appeal.Amendment) {
	lost := len(m.Touched) - int(m.Others)
	switch {
	case m.Others == 0:
		fmt.Fprintln(w, "Nobody beyond the appellants loses a post that could be kept (除申诉涉及人员外无人变动).")
	case m.Plan.Levels[0].Name != model.LevelChanges:
		fmt.Fprintf(w, "Of them %s could have kept their posts; once posts are filled and people placed, no lawful plan changes fewer than %s (在补足缺岗前提下已证最少).\n", number(m.Others), number(m.Least))
	case m.Proven:
		fmt.Fprintf(w, "Proven: no lawful plan changes fewer than %s others, in this order of appeals (已证明受影响人数最少).\n", number(m.Least))
	default:
		fmt.Fprintf(w, "Not proven least: between %s and %s others (未证明最少).\n", number(m.Least), number(m.Others))
	}
	if lost > 0 {
		fmt.Fprintf(w, "For %s the published post is not there any more, or they are new or gone, in every plan.\n", number(lost))
	}
}

// WriteVerification writes what the replay of a record found.
func WriteVerification(w io.Writer, v *record.Verification) error {
	out := bufio.NewWriter(w)
	county := ""
	if v.State != nil {
		county = string(v.State.Inputs.County)
	}
	fmt.Fprintf(out, "Record (存档): %s, %s entries, %s objects\n", county, number(v.Entries), number(v.Objects))
	fmt.Fprintf(out, "Head (末项哈希): %s\n", v.Head)
	fmt.Fprintf(out, "Plans made again with the same bytes (重算一致): %d\n", v.Replayed)
	for _, note := range v.Notes {
		wrap(out, "Note (说明): ", note)
	}
	for _, f := range v.Faults {
		wrap(out, "BROKEN (断链): ", f.Error())
	}
	if v.OK() {
		fmt.Fprintln(out, "Every entry follows from the ones before, every hash and seal is right (链完整).")
	} else {
		fmt.Fprintln(out, "What comes after the first break was not judged (断点之后未判).")
	}
	return out.Flush()
}
