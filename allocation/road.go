package allocation

import "github.com/xianguan/xianguan/model"

// roads gives road distances from a home to every school. Homes are townships
// and schools, so there are few of them, and a row serves all who share one.
type roads struct {
	county *model.County
	rows   map[model.Position][]model.Metres
}

// from gives the road distance to each school, ⌊great circle · road factor⌋;
// nil where home is unknown.
func (r *roads) from(home model.Position) []model.Metres {
	if home.IsZero() {
		return nil
	}
	row, known := r.rows[home]
	if !known {
		row = make([]model.Metres, len(r.county.Schools))
		for i := range r.county.Schools {
			straight := model.Distance(home, r.county.Schools[i].Position)
			row[i] = model.Metres(r.county.Rules.RoadFactor.Of(int64(straight)))
		}
		r.rows[home] = row
	}
	return row
}
