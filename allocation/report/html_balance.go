package report

import (
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
)

// balanceView is how evenly posts and staff stand between schools, as tables.
type balanceView struct {
	Tiers, Subjects []fillRow
	Staff           []staffRow
	Missed          []missTable
}

type fillRow struct {
	term
	Cells []string // need, filled before and after, then cv, Gini, Theil and least share, each before and after
}

type staffRow struct {
	term
	Cells  []string // schools, cv before and after, cap
	Within bool
	Ranges [2]string // of teachers for each 100 pupils, before and after
	Missed string
}

type missTable struct {
	term
	Figure string
	Rows   []scenario.Miss
}

func newBalanceView(b *scenario.Balance) balanceView {
	fill := func(rows []scenario.FillEquity) (out []fillRow) {
		for i := range rows {
			e := &rows[i]
			out = append(out, fillRow{term{e.Chinese, e.Name}, append([]string{number(e.Need), number(e.Filled[0]), number(e.Filled[1])}, indexCells(&e.Before, &e.After)...)})
		}
		return out
	}
	view := balanceView{Tiers: fill(b.Tiers), Subjects: fill(b.Subjects)}
	for i := range b.Staff {
		s := &b.Staff[i]
		name := term{s.Stage.Chinese() + s.Kind.Chinese(), s.Stage.String() + ", " + strings.ReplaceAll(string(s.Kind), "-", " ")}
		view.Staff = append(view.Staff, staffRow{name, []string{number(s.Schools), decimals(s.Before.Variation), decimals(s.After.Variation), s.Cap.String()},
			s.WithinCap(), [2]string{ratioRange(&s.Before, " – "), ratioRange(&s.After, " – ")}, strings.ReplaceAll(missed(s), "->", "→")})
		if len(s.Missed) > 0 {
			view.Missed = append(view.Missed, missTable{name, twoDecimals(float64(s.Figure) / 100), s.Missed})
		}
	}
	return view
}

// roundsView is how the hiring rounds went.
type roundsView struct {
	Seed uint64
	Rows []roundRow
}

type roundRow struct {
	term
	Cells []string // took part, hired, posted, surplus, open posts, above need
}

func newRoundsView(r *allocation.RoundsResult) *roundsView {
	if r == nil {
		return nil
	}
	cells := func(took, hired string, l allocation.RoundLedger) []string {
		return []string{took, hired, number(l.Posted), number(l.Surplus), number(l.Open), number(l.Over)}
	}
	view := &roundsView{Seed: r.Options.Seed, Rows: []roundRow{{term{"竞聘前", "before"}, cells("", "", r.Before)}}}
	for _, step := range r.Steps {
		en, zh, _ := strings.Cut(roundTerms[step.Round], " (")
		_, en, _ = strings.Cut(en, " ")
		view.Rows = append(view.Rows, roundRow{term{strings.TrimSuffix(zh, ")"), en}, cells(number(step.Took), number(step.Hired), step.Ledger)})
	}
	return view
}
