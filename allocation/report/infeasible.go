package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// WriteInfeasible writes why a county has no plan, at most [Width] columns wide: each conflict with
// its rules, and the menu of ways out. It is for the official who planned: it names pins, bans
// and people by their opaque ids, and counts people as they are. c must be the county that was planned.
func WriteInfeasible(w io.Writer, c *model.County, e *allocation.InfeasibleError) error {
	out := bufio.NewWriter(w)
	name := c.Name
	if c.NameEn != "" {
		name += " " + c.NameEn
	}
	wrap(out, "", fmt.Sprintf("%s: no plan for the school year from %s obeys every rule (无可行方案)", name, c.Date))
	if label := OriginLabel(c.Origin); label != "" {
		wrap(out, "", label)
	}
	for i := range e.Conflicts {
		writeConflict(out, c, i+1, &e.Conflicts[i])
	}
	if e.MoreConflicts {
		wrap(out, "", "\nThere may be further conflicts: the search for them ended here (可能还有其他冲突).")
	}
	writeConflictRules(out, e)
	writeMenu(out, c, e)
	return out.Flush()
}

func writeConflict(w io.Writer, c *model.County, number int, conflict *allocation.Conflict) {
	proof := "without any one of these the others can be kept (不可再减)"
	if !conflict.Irreducible {
		proof = "not proven irreducible: fewer of these may be in conflict already (未证明不可再减)"
	}
	fmt.Fprintln(w)
	wrap(w, fmt.Sprintf("Conflict (冲突) %d: ", number), proof)
	for _, m := range conflict.Members {
		wrap(w, "  - ", m.String()+schoolName(c, m))
	}
	if len(conflict.Posts) > 0 || len(conflict.Members) == 0 { // else the reason says what the list says
		wrap(w, "  Why (原因): ", conflict.Reason)
	}
}

// schoolName gives the name of the school that a member is about, or "".
func schoolName(c *model.County, m allocation.Member) string {
	id := m.School
	if !m.Post.IsZero() {
		id = m.Post.School
	}
	school, found := lo.Find(c.Schools, func(s model.School) bool { return s.ID == id })
	if !found {
		return ""
	}
	return ", " + short(school.Name, 30)
}

// writeConflictRules says what each rule in conflict asks.
func writeConflictRules(w io.Writer, e *allocation.InfeasibleError) {
	var named []model.RuleID
	for _, conflict := range e.Conflicts {
		named = append(named, conflict.Rules...)
	}
	fmt.Fprintf(w, "\nThe rules in conflict (所涉规则)\n")
	for _, rule := range allocation.Rules() {
		if slices.Contains(named, rule.ID) {
			wrap(w, fmt.Sprintf("  %-15s ", rule.ID), rule.Sentence+" "+rule.Chinese)
		}
	}
}

func writeMenu(w io.Writer, c *model.County, e *allocation.InfeasibleError) {
	header := []string{">", "change (放宽内容)", ">severity", ">shortage", ">without", ">soft", ">yuan/month"}
	var values [][]string // of each way out, the change left empty
	unproven, bounded := false, false
	for i := range e.Relaxations {
		way := &e.Relaxations[i]
		first := number(i + 1)
		if !way.Proven {
			unproven = true
			first += "?"
		}
		levels, open := levelCells(way)
		bounded = bounded || open
		values = append(values, append([]string{first, "", number(way.Severity)}, levels...))
	}
	width := Width
	for k := range header {
		column := 0
		if k != 1 {
			column = text.StringWidth(header[k]) - 1
		}
		for _, cells := range values {
			column = max(column, text.StringWidth(cells[k]))
		}
		width -= column + 2
	}
	var rows [][]string
	for i, cells := range values {
		for k, line := range changeLines(c, &e.Relaxations[i], width) {
			if k > 0 {
				cells = make([]string, len(header))
			}
			row := slices.Clone(cells)
			row[1] = line
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		fmt.Fprintln(w)
		wrap(w, "", "No way out was found (未找到放宽方案): the rules that are always hard leave none, or time ran out.")
		return
	}
	grid(w, "Ways out, the easiest to change first (放宽方案); of each, every change is needed",
		header, rows)
	for _, note := range []struct {
		holds bool
		text  string
	}{
		{true, "Severity (调整难度) adds up 1 for a pin or ban, 10 for a custom of the county, 20 for public money, 100 for a document of the state. " +
			"The other columns are what the best plan with the changes costs: shortage points, people without a post, soft points, money."},
		{bounded, "<= : the best plan found in the time; the best of all may cost less."},
		{unproven, "? : not proven that each change is needed and least."},
		{e.MoreRelaxations, "There may be further ways out (可能还有其他方案)."},
	} {
		if note.holds {
			wrap(w, "  ", note.text)
		}
	}
}

// levelCells writes what a way out costs by level, the lottery left out; bounded where one is not
// proven best.
func levelCells(way *allocation.Relaxation) (cells []string, bounded bool) {
	cells = []string{"", "", "", ""}
	open := false
	for i, level := range way.Levels[:min(len(cells), len(way.Levels))] {
		cells[i] = levelValue(level.Name, level.Objective)
		if open = open || !level.Proven; open {
			cells[i] = "<=" + cells[i]
		}
	}
	return cells, open
}

// changeLines writes the changes of a way out on lines that fit a column.
func changeLines(c *model.County, way *allocation.Relaxation, width int) (lines []string) {
	for _, change := range way.Changes {
		line := change.String() + schoolName(c, change.Member)
		if change.Setting != "" {
			line += ": set " + change.Setting
		}
		for i, part := range strings.Split(text.WrapText(text.WrapSoft(line, width-2), width-2), "\n") {
			if i > 0 {
				part = "  " + part
			}
			lines = append(lines, strings.TrimRight(part, " "))
		}
	}
	return lines
}
