package census

import (
	"io"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Options says what is made of a census. The zero value works.
type Options struct {
	Seed   uint64         // of the people that are drawn
	ID     model.CountyID // empty: made from the names of the districts
	Name   string         // empty: the names of the districts
	NameEn string
}

// District is a district of a census, as far as it can be imported.
type District struct {
	Name     string `json:"name"`
	State    string `json:"state,omitempty"` // of its first school by id
	Schools  int    `json:"schools"`         // without those that were left out
	Pupils   int    `json:"pupils"`
	Teachers int    `json:"teachers"`
	LeftOut  int    `json:"left_out"` // schools that a treatment of the mapping left out
}

// Census is a census that was read once, from which any number of counties can
// be made.
type Census struct {
	scheme    *scheme
	schools   []school // in order of id
	districts []District
	findings  []Finding
}

// Import reads a census and makes one county of the named districts. The same
// census, mapping, districts and options give the same county. The errors are
// *[ColumnError], *[CellError], *[DistrictError], *[MappingError], *[SizeError],
// *csv.ParseError and those of model.County.Validate, joined where there are
// several; after 50, a *[MoreError] gives their number.
func Import(r io.Reader, m *Mapping, districts []string, o Options) (*model.County, error) {
	c, err := Read(r, m)
	if err != nil {
		return nil, err
	}
	return c.County(districts, o)
}

// Read reads a whole census. It takes O(rows · kinds) time and holds a small
// record a school. The mapping must not be changed while the census is in use.
func Read(r io.Reader, m *Mapping) (*Census, error) {
	s, err := m.resolve()
	if err != nil {
		return nil, err
	}
	d, err := readSchools(r, s)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(d.schools, func(a, b school) int { return strings.Compare(string(a.id), string(b.id)) })
	return &Census{scheme: s, schools: d.schools, districts: d.totals(), findings: d.findings}, nil
}

// Districts gives the districts in order of name.
func (c *Census) Districts() []District { return slices.Clone(c.districts) }

// Findings gives the faults that were found and what was done, in order of row.
func (c *Census) Findings() []Finding { return slices.Clone(c.findings) }

// totals sums the schools of each district.
func (d *reading) totals() []District {
	sums := map[string]*District{}
	of := func(name string) *District {
		if sums[name] == nil {
			sums[name] = &District{Name: name}
		}
		return sums[name]
	}
	for i := range d.schools {
		s := of(d.schools[i].district)
		if s.Schools == 0 {
			s.State = d.schools[i].state
		}
		s.Schools++
		s.Pupils += d.schools[i].pupils
		s.Teachers += d.schools[i].teachers
	}
	for name, n := range d.leftOut {
		of(name).LeftOut = n
	}
	list := make([]District, 0, len(sums))
	for _, s := range sums {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b District) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// choose finds districts by name. A district named twice counts once.
func (c *Census) choose(names []string) ([]string, error) {
	var faults faultList
	var chosen []string
	for _, name := range names {
		district, err := c.district(name)
		if err != nil {
			faults.add(err)
		} else if !slices.Contains(chosen, district) {
			chosen = append(chosen, district)
		}
	}
	if len(names) == 0 {
		faults.add(c.unknown(""))
	}
	return chosen, faults.err()
}

// district finds one district: the exact name, or the only one that differs in
// case and blanks alone.
func (c *Census) district(name string) (string, error) {
	plain := func(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
	var alike []string
	for _, d := range c.districts {
		if d.Name == name {
			return name, nil
		}
		if plain(d.Name) == plain(name) {
			alike = append(alike, d.Name)
		}
	}
	if len(alike) == 1 {
		return alike[0], nil
	}
	return "", c.unknown(name)
}

// unknown is the error of a name that no district has. A name that is a part of
// a few names suggests those first, as "KAPIT" does "PPD KAPIT".
func (c *Census) unknown(name string) error {
	var near, rest []string
	for _, d := range c.districts {
		if name != "" && strings.Contains(strings.ToLower(d.Name), strings.ToLower(strings.TrimSpace(name))) {
			near = append(near, d.Name)
		} else {
			rest = append(rest, d.Name)
		}
	}
	return &DistrictError{District: name, Near: near,
		Err: &model.UnknownWordError{What: "district", Word: name, Known: slices.Concat(near, rest)}}
}
