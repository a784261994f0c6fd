package subsidy

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Observed is the range of the subsidies in data. The outside option is not counted.
type Observed struct {
	Least    model.Fen `json:"least"`
	Greatest model.Fen `json:"greatest"`
	Choices  int       `json:"choices"`
	// Tiers are the amounts seen in each hardship tier; all zero where the data have no remoteness.
	Tiers [model.MaxTier + 1]ObservedTier `json:"tiers"`
}

// ObservedTier is the range of the subsidies of one tier.
type ObservedTier struct {
	Least        model.Fen `json:"least"`
	Greatest     model.Fen `json:"greatest"`
	Alternatives int       `json:"alternatives"` // that people could choose
}

// Covers reports whether an amount lies within the data.
func (o Observed) Covers(amount model.Fen) bool {
	return o.Choices > 0 && o.Least <= amount && amount <= o.Greatest
}

// CoversTier reports whether an amount was seen in a tier, or lies between amounts that were.
// Where the data have no remoteness it is Covers.
func (o Observed) CoversTier(tier model.Tier, amount model.Fen) bool {
	if o.Tiers == [len(o.Tiers)]ObservedTier{} {
		return o.Covers(amount)
	}
	t := o.Tiers[tier]
	return t.Alternatives > 0 && t.Least <= amount && amount <= t.Greatest
}

// Warning says that an amount lies where nobody was seen choosing, so that what follows from it is a guess.
type Warning struct {
	Tier   model.Tier `json:"tier"`
	Amount model.Fen  `json:"amount"`
	NoData bool       `json:"no_data"` // nobody's choices bear the coefficients out at all
}

// Warnings gives a warning for each of the tiers whose amount was not seen in it.
func (o Observed) Warnings(tiers []model.Tier, amounts Amounts) []Warning {
	var all []Warning
	for _, k := range tiers {
		if !o.CoversTier(k, amounts[k]) {
			all = append(all, Warning{k, amounts[k], o.Choices == 0})
		}
	}
	return all
}

// Observe takes the range of the subsidies from data whose columns are attributes. Without a
// column of subsidies it is zero. It takes O(rows) time.
func Observe(d *Data) Observed {
	money, outside, remoteness := d.column(AttributeSubsidy), d.column(AttributeOutside), d.column(AttributeRemoteness)
	if money < 0 {
		return Observed{}
	}
	o := Observed{Choices: d.Choices()}
	seen := false
	for i := range d.Rows() {
		row := d.row(i)
		if outside >= 0 && row[outside] != 0 {
			continue
		}
		amount := model.Fen(math.Round(row[money] * float64(FenPerUnit)))
		if !seen {
			o.Least, o.Greatest, seen = amount, amount, true
		}
		o.Least, o.Greatest = min(o.Least, amount), max(o.Greatest, amount)
		if remoteness >= 0 {
			if tier, whole := wholeTier(row[remoteness]); whole {
				o.Tiers[tier].add(amount)
			}
		}
	}
	return o
}

func (t *ObservedTier) add(amount model.Fen) {
	if t.Alternatives++; t.Alternatives == 1 {
		t.Least, t.Greatest = amount, amount
	}
	t.Least, t.Greatest = min(t.Least, amount), max(t.Greatest, amount)
}

// column is the place of an attribute; -1 where the data have none.
func (d *Data) column(a Attribute) int { return slices.Index(d.Columns, a.String()) }

// wholeTier is the hardship tier of a remoteness, where that is one.
func wholeTier(remoteness float64) (model.Tier, bool) {
	if remoteness < 0 || remoteness > float64(model.MaxTier) || remoteness != math.Trunc(remoteness) {
		return 0, false
	}
	return model.Tier(remoteness), true
}
