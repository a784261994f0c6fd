package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// exchangeTerms gives the name and unit of each level of an exchange.
var exchangeTerms = map[string][2]string{
	allocation.ExchangeLevelShare:    {"Exchange, short (交流缺额)", "people"},
	allocation.ExchangeLevelBackbone: {"Backbone, short (骨干缺额)", "people"},
	allocation.ExchangeLevelSoft:     {"Soft rules, added (软约束)", "points"},
	allocation.ExchangeLevelCost:     {"Cost, added (费用增量)", "yuan a month"},
	allocation.ExchangeLevelGain:     {"Gain, below 0 (个人受益)", "yuan a month"},
	allocation.ExchangeLevelMoves:    {"People moved (调动人数)", "people"},
	allocation.ExchangeLevelLottery:  {"Lottery (抽签)", "lots"},
}

// WriteExchange writes an exchange, at most [Width] columns wide: who could take part, the shares before and after, how
// good it is, the cycles and chains, and what they cost. c must be the county of the exchange.
func WriteExchange(w io.Writer, c *model.County, e *allocation.ExchangePlan, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "exchange (互换与链式交流)")
	fmt.Fprintf(out, "Cycles (互换) %s, chains (链式交流) %s\n", limit(e.Options.LongestCycle, 1), chainLimit(&e.Options))
	fmt.Fprintf(out, "Search ended (求解结束): %s %s, backend %s, county %.12s\n", e.Stop, e.Stop.Chinese(), e.Backend, e.Hash)
	writeExchangePeople(out, e)
	writeShares(out, e)
	writeExchangeLevels(out, e)
	writeChains(out, c, e)
	writeExchangeCost(out, e)
	if verdict.OK() {
		fmt.Fprintf(out, "\nIndependent check (独立复核): every rule holds in the plan in which everybody else stays.\n")
	} else {
		writeVerdict(out, verdict)
	}
	return out.Flush()
}

// limit words a limit on people; none is the value that means no such exchange.
func limit(people, none int) string {
	switch people {
	case 0:
		return "of any length"
	case none:
		return "not wanted"
	}
	return fmt.Sprintf("of at most %d people", people)
}

func chainLimit(o *allocation.ExchangeOptions) string {
	if o.NoChains {
		return "not wanted"
	}
	return limit(o.LongestChain, -1)
}

func writeExchangePeople(w io.Writer, e *allocation.ExchangePlan) {
	cycles, longest, ground := 0, map[bool]int{}, map[model.Ground]int{}
	for _, chain := range e.Chains {
		if chain.Cycle {
			cycles++
		}
		longest[chain.Cycle] = max(longest[chain.Cycle], len(chain.Moves))
		for _, m := range chain.Moves {
			ground[m.Ground]++
		}
	}
	moves := ground[model.GroundVolunteer] + ground[model.GroundRotation]
	grid(w, "Who could take part, and who moves (参加与调动)", []string{"", ">", "", ">"}, [][]string{
		{"In a post, planned (在岗)", number(e.People.Planned), "People who move (调动)", number(moves)},
		{"Volunteers free to move (自愿)", number(e.People.Volunteers), "  volunteers (自愿)", number(ground[model.GroundVolunteer])},
		{"Due for rotation, did not ask (到期)", number(e.People.Due), "  due for rotation (轮岗)", number(ground[model.GroundRotation])},
		{"Able to move and no worse off (可行)", number(e.People.Able), "Cycles (互换)", counts(cycles, longest[true])},
		{"  their possible moves (可行调动)", number(e.People.Moves), "Chains (链)", counts(len(e.Chains)-cycles, longest[false])},
	})
}

// counts writes how many cycles or chains there are, and the longest.
func counts(n, longest int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%s, longest %d", number(n), longest)
}

func writeShares(w io.Writer, e *allocation.ExchangePlan) {
	names := map[model.RuleID][2]string{
		model.RuleExchange: {"Exchange share (交流比例)", "eligible (符合条件)"},
		model.RuleBackbone: {"Backbone share (骨干比例)", "exchanged (交流)"},
	}
	var rows [][]string
	for _, share := range e.Shares {
		rows = append(rows, []string{names[share.Rule][0], fmt.Sprintf("%s of %s", share.Share, number(share.Of)), names[share.Rule][1],
			number(share.Before), number(share.Asked), number(share.Got), number(share.Short)})
	}
	grid(w, "Shares, in people (比例，人数)", []string{"", ">asks for", "of whom", ">before", ">needed", ">after", ">short"}, rows)
}

func writeExchangeLevels(w io.Writer, e *allocation.ExchangePlan) {
	var rows [][]string
	value := func(level string, value int64) string {
		if exchangeTerms[level][1] == "yuan a month" {
			return signedYuan(model.Fen(value))
		}
		return number(value)
	}
	for i, level := range e.Levels {
		proof := fmt.Sprintf("gap %.4f%%", 100*level.Gap)
		switch {
		case level.Certified && level.Proven:
			proof = "proven optimal (已证最优)"
		case level.Proven:
			proof = "optimal, says the backend"
		}
		if level.Conditional {
			proof += ", conditional"
		}
		terms := exchangeTerms[level.Name]
		rows = append(rows, []string{number(i + 1), terms[0], value(level.Name, level.Objective), value(level.Name, level.Bound),
			terms[1], proof})
	}
	grid(w, "Objective, most important first (目标，按先后次序)", []string{">", "level", ">value", ">bound", "unit", "proof"}, rows)
}

// WriteNoExchange writes why there is no exchange, at most [Width] columns wide.
func WriteNoExchange(w io.Writer, c *model.County, e *allocation.InfeasibleError) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "no exchange (无可行交流方案)")
	fmt.Fprintln(out, "\nNo moves of people who are no worse off keep all of these (下列要求无法同时满足):")
	for i := range e.Conflicts {
		for _, m := range e.Conflicts[i].Members {
			wrap(out, "  - ", m.String()+schoolName(c, m))
		}
	}
	fmt.Fprintln(out)
	wrap(out, "", "A rule that is soft shows how near an exchange comes, by its shortfall. The command plan may keep it by moves that an "+
		"exchange does not make (改为软约束可查看缺额；plan 命令可统筹其他调动).")
	return out.Flush()
}

// signedYuan writes an amount that may be below 0.
func signedYuan(f model.Fen) string {
	if f < 0 {
		return "-" + yuan(-f)
	}
	return yuan(f)
}

// writeChains writes each cycle and chain as a chain of people, each of whom goes to the place of the next.
func writeChains(w io.Writer, c *model.County, e *allocation.ExchangePlan) {
	names := schoolNames(c)
	for _, kind := range []struct {
		cycle bool
		title string
	}{{true, "Cycles (互换): each takes the place of the next, the last that of the first"},
		{false, "Chains (链式交流): each takes the place of the next, the last fills a vacancy"}} {
		first := true
		for i, chain := range e.Chains {
			if chain.Cycle != kind.cycle {
				continue
			}
			if first {
				fmt.Fprintf(w, "\n%s\n", kind.title)
				first = false
			}
			wrap(w, fmt.Sprintf("%4d  ", i+1), chainText(names, &chain))
		}
	}
}

// chainText writes "T17 (A school, primary chinese) → T4 (B school, primary chinese) → vacancy at C school".
func chainText(names map[model.SchoolID]string, chain *allocation.ExchangeChain) string {
	post := func(p model.PostID) string {
		return fmt.Sprintf("%s %s, %s %s", p.School, short(names[p.School], 40), p.Stage, p.Subject)
	}
	var parts []string
	moves := chain.Moves
	add := func(m *allocation.ExchangeMove) {
		parts = append(parts, fmt.Sprintf("%s (%s)", m.Teacher, post(m.From)))
	}
	last := "back to " + string(moves[0].Teacher)
	if chain.Cycle {
		add(&moves[0])
		moves = moves[1:]
	} else {
		last = fmt.Sprintf("vacancy (空岗) at %s", post(moves[0].To))
	}
	for i := len(moves) - 1; i >= 0; i-- {
		add(&moves[i])
	}
	return strings.Join(append(parts, last), " → ")
}

func writeExchangeCost(w io.Writer, e *allocation.ExchangePlan) {
	grid(w, "Money a month, more than now (每月费用增量)", []string{"", ">yuan"}, [][]string{
		{"Hardship subsidy (差别化补贴)", signedYuan(e.Cost.Subsidy)},
		{"Travel (交通)", signedYuan(e.Cost.Travel)},
		{"Loss of preference (意愿损失)", signedYuan(e.Cost.Preference)},
		{"Moves (调动)", signedYuan(e.Cost.Move)},
		{"Total (合计)", signedYuan(e.Cost.Total())},
		{"Gain of who moves (个人受益)", signedYuan(e.Gain)},
	})
}

// WriteExchangeMoves writes one CSV row for each move, in order of cycle and chain: the place in it, the post before and after, the
// ground, what it is worth to the person and what it costs the county, and a sentence in both languages.
func WriteExchangeMoves(w io.Writer, c *model.County, e *allocation.ExchangePlan) error {
	names := schoolNames(c)
	out := csv.NewWriter(w)
	out.Write([]string{"number", "kind", "place", "people", "teacher", "from_school", "from_name", "from_stage", "from_subject", "to_school", "to_name",
		"to_stage", "to_subject", "ground", "ground_zh", "choice", "present_choice", "gain_yuan", "subsidy_yuan", "travel_yuan", "preference_yuan",
		"move_yuan", "exchanged", "backbone", "sentence", "sentence_zh", "data"})
	for i := range e.Chains {
		chain := &e.Chains[i]
		kind := "chain"
		if chain.Cycle {
			kind = "cycle"
		}
		for k := range chain.Moves {
			m := &chain.Moves[k]
			row := append([]string{strconv.Itoa(i + 1), kind, strconv.Itoa(k + 1), strconv.Itoa(len(chain.Moves)), string(m.Teacher)}, postCells(names, m.From)...)
			row = append(append(row, postCells(names, m.To)...), m.Ground.String(), m.Ground.Chinese(), counted(m.Rank), counted(m.Present), m.Gain.String(),
				m.Cost.Subsidy.String(), m.Cost.Travel.String(), m.Cost.Preference.String(), m.Cost.Move.String(), yes(m.Exchanged), yes(m.Backbone))
			english, chinese := moveSentence(chain, k)
			out.Write(append(row, english, chinese, dataCell(e.Origin)))
		}
	}
	out.Flush()
	return out.Error()
}

// moveSentence says whose place somebody takes and why they are no worse off.
func moveSentence(chain *allocation.ExchangeChain, place int) (english, chinese string) {
	m := &chain.Moves[place]
	switch {
	case place > 0 || chain.Cycle:
		before := chain.Moves[(place+len(chain.Moves)-1)%len(chain.Moves)].Teacher
		english, chinese = fmt.Sprintf("takes the place of %s", before), fmt.Sprintf("接任%s的岗位", before)
	default:
		english, chinese = "fills a vacancy", "填补空岗"
	}
	switch {
	case m.Rank == 0:
		english += fmt.Sprintf("; subsidy less travel rises by %s yuan a month", m.Gain)
		chinese += fmt.Sprintf("；补贴减交通费每月增加%s元", m.Gain)
	case m.Present == 0:
		english += fmt.Sprintf("; choice %d, the present school is not on the list", m.Rank)
		chinese += fmt.Sprintf("；第%d志愿，现任学校不在志愿内", m.Rank)
	default:
		english += fmt.Sprintf("; choice %d, before the present school, choice %d", m.Rank, m.Present)
		chinese += fmt.Sprintf("；第%d志愿，优于现任学校（第%d志愿）", m.Rank, m.Present)
	}
	if !chain.Cycle && place == len(chain.Moves)-1 {
		english, chinese = english+"; the post left can spare a person", chinese+"；原岗位可以腾出一人"
	}
	return english, chinese
}
