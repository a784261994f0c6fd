package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// SubsidyPrice is the market-clearing amounts of a county, as `subsidy price` prints them.
type SubsidyPrice struct {
	County model.CountyID        `json:"county"`
	Model  Acceptance            `json:"model"`
	Prices *subsidy.CountyPrices `json:"prices"`
	Range  subsidy.Range         `json:"range"` // filled, and the lowest amounts' cost
}

// dearest is how many posts are listed.
const dearest = 15

// WriteSubsidyPrice writes the amounts by tier, the dearest posts, and the schedule tied to tiers beside them.
func WriteSubsidyPrice(w io.Writer, c *model.County, p *SubsidyPrice) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "hardship subsidies, market-clearing amounts (差别化补贴：市场出清)")
	writeAcceptance(out, &p.Model)
	prices := p.Prices
	fmt.Fprintln(out)
	wrap(out, "What (内容): ", "amounts by post at which everybody has what they like best, and no place stays empty that the county would pay for. "+
		"Each post has an interval; the lowest amounts of all posts clear the market together, and so do the highest. Below 0 a post is so well liked that points (积分) ration it")
	wrap(out, "Filled (到岗): ", fmt.Sprintf("%s of %s places of need (%s), %s now; %s come from the pool, %s move, %s leave",
		number(prices.Filled), number(prices.Need), people(p.Range), number(prices.Before), number(prices.Came), number(prices.Moved), number(prices.Left)))
	wrap(out, "Cost of the amounts above 0 (月支出): ", fmt.Sprintf("%s yuan a month at the lowest (%s), %s at the highest",
		yuan(prices.Low), costs(p.Range), yuan(prices.High)))
	var rows [][]string
	for _, t := range prices.Tiers {
		rows = append(rows, []string{number(int(t.Tier)), number(t.Need), number(t.Before), number(t.Filled), wholeFen(t.Now), wholeFen(t.Worth),
			wholeFen(t.Lowest[1]), wholeFen(t.Lowest[2]), wholeFen(t.Highest[1]), wholeFen(t.Highest[2])})
	}
	grid(out, "By tier (按类别), yuan a month; medians and greatest of the lowest and of the highest amounts",
		[]string{">tier", ">need", ">now", ">filled", ">paid now", ">worth", ">low, median", ">greatest", ">high, median", ">greatest"}, rows)
	writeDearest(out, prices.Posts)
	writeTied(out, prices)
	writeBeyond(out, &p.Model, prices.Tied.Amounts, c)
	return out.Flush()
}

// writeDearest lists the posts whose people ask most.
func writeDearest(w io.Writer, posts []subsidy.PostPrice) {
	var filled []subsidy.PostPrice
	empty, places := 0, 0
	for _, p := range posts {
		if p.Filled == p.Need {
			filled = append(filled, p)
		} else {
			empty++
			places += p.Need - p.Filled
		}
	}
	slices.SortStableFunc(filled, func(a, b subsidy.PostPrice) int {
		return cmp.Or(cmp.Compare(b.Low, a.Low), a.Compare(b.PostID))
	})
	var rows [][]string
	for _, p := range filled[:min(dearest, len(filled))] {
		rows = append(rows, []string{p.String(), number(int(p.Tier)), number(p.Need), number(p.Before), wholeFen(p.Now), wholeFen(p.Low), wholeFen(p.High)})
	}
	grid(w, "The dearest of the posts that are full (最贵岗位), yuan a month",
		[]string{"post", ">tier", ">need", ">now", ">paid now", ">lowest", ">highest"}, rows)
	if empty > 0 {
		fmt.Fprintln(w)
		wrap(w, "Not full (未满): ", fmt.Sprintf("%s posts keep %s places empty: no amount up to what a place is worth brings anybody who is not of more use elsewhere", number(empty), number(places)))
	}
}

// writeTied sets the schedule by tier beside the market.
func writeTied(w io.Writer, c *subsidy.CountyPrices) {
	tied := c.Tied
	var rows [][]string
	for _, t := range tied.Tiers {
		rows = append(rows, []string{number(int(t.Tier)), yuan(t.Amount), number(t.Need), number(t.Filled), yuan(t.Cost)})
	}
	grid(w, "Tied to tiers (按类别统一标准), yuan a month: a schedule, not an equilibrium", []string{">tier", ">amount", ">need", ">filled", ">cost a month"}, rows)
	fmt.Fprintln(w)
	what := "the least-cost schedule of the grid that fills as many"
	if !tied.Reached {
		what = "no schedule of the grid fills as many; this one fills the most, at least cost"
	}
	if !tied.Proven {
		what += fmt.Sprintf(", at most %.1f%% above the least", 100*tied.Gap())
	}
	wrap(w, "Schedule (方案): ", fmt.Sprintf("%s: %s of %s for %s yuan a month", what, number(tied.Filled), number(tied.Need), yuan(tied.Cost)))
	wrap(w, "Envy that remains (剩余的不满): ", fmt.Sprintf("%s people would rather have another post, or none, than what they have; half of them by %s yuan a month or more",
		number(tied.Envious), yuan(tied.Median)))
	wrap(w, "Loss (效率损失): ", fmt.Sprintf("at most %s yuan a month of what people and county could have together", yuan(tied.Shortfall)))
}

// wholeFen writes an amount in whole yuan.
func wholeFen(f model.Fen) string { return wholeYuan(float64(f) / 100) }
