package policy

import "github.com/xianguan/xianguan/model"

// SubsidyTable is the hardship subsidy of a real county, as an example or a
// starting point.
type SubsidyTable struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Lines  []struct {
		Tier      model.Tier `json:"tier"`
		FromYears int        `json:"from_years"`
		Yuan      yuan       `json:"yuan_per_month"`
	} `json:"lines"`
	Citation
}

// Schedule gives the table as a county's schedule.
func (t *SubsidyTable) Schedule() model.SubsidySchedule {
	schedule := make(model.SubsidySchedule, len(t.Lines))
	for i, line := range t.Lines {
		schedule[i] = model.SubsidyLine{Tier: line.Tier, FromYears: line.FromYears, Monthly: model.Fen(line.Yuan)}
	}
	return schedule
}

// yuan is an amount that is written in yuan.
type yuan model.Fen

// UnmarshalText implements [encoding.TextUnmarshaler].
func (y *yuan) UnmarshalText(text []byte) error {
	v, err := model.ParseYuan(string(text))
	*y = yuan(v)
	return err
}
