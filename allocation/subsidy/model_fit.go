package subsidy

// Model makes an acceptance model of a fit whose coefficients are attributes: what the
// data lack weighs nothing, with no error. The covariance is the robust one, since the choices of a
// person hang together. Source says where the choices come from, in a sentence; observed is
// that of all data, also of the columns that were left out ([Observe]). The error is a *model.UnknownWordError for a
// coefficient that is no attribute.
func (f *Fit) Model(observed Observed, source string, synthetic bool) (*Model, error) {
	m := &Model{Observed: observed, Source: source, Synthetic: synthetic}
	place := make([]int, len(f.Coefficients)) // in Mean and then Spread
	for i, c := range f.Coefficients {
		a, err := ParseAttribute(c.Name)
		if err != nil {
			return nil, err
		}
		if place[i] = int(a); c.Spread {
			place[i] += AttributeCount
			m.Spread[a] = c.Value
		} else {
			m.Mean[a] = c.Value
		}
	}
	m.Covariance = make([][]float64, 2*AttributeCount)
	for i := range m.Covariance {
		m.Covariance[i] = make([]float64, 2*AttributeCount)
	}
	for i, row := range f.Robust {
		for j, v := range row {
			m.Covariance[place[i]][place[j]] = v
		}
	}
	return m, nil
}
