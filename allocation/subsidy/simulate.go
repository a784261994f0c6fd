package subsidy

import (
	"encoding/csv"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/model"
)

// History is choices of a county's teachers among posts.
type History struct {
	Data         *Data    // columns are attributes by name
	Teachers     []string // who made each choice
	Alternatives []string // by row: the post, or NoPost
	Synthetic    bool     // the choices are made up
}

// newHistory is a history of no choices yet, with a column for each attribute.
func newHistory() *History {
	d := &Data{First: []int{0}, Constants: []int{int(AttributeOutside)}}
	for _, a := range Attributes() {
		d.Columns = append(d.Columns, a.String())
	}
	return &History{Data: d}
}

// add ends a choice whose rows are in X.
func (h *History) add(teacher string, person, chosen int) {
	d := h.Data
	d.Chosen, d.First, d.Person = append(d.Chosen, chosen), append(d.First, d.Rows()), append(d.Person, person)
	h.Teachers = append(h.Teachers, teacher)
}

// NoPost is the outside option in files.
const NoPost = "none"

// SimulateOptions says what choices to make up. The zero value works.
type SimulateOptions struct {
	Years  int    // choices of each person; 0: 3
	People int    // who choose, drawn from all; 0: all
	Seed   uint64 // draws people, tastes and choices
}

// Simulate makes up the choices of a county's teachers from the coefficients of a model. In each year
// everybody chooses once from the same present posts; year y of Y pays 2y/(Y+1) times the county's schedule, so
// that a tier has more than one amount, without which money and remoteness cannot be told apart.
// A person keeps one taste in all years. Each person draws from a stream of their own, so that the
// same seed gives the same history. It takes O(years · alternatives) time and memory.
func Simulate(m *Model, supply *Supply, options SimulateOptions) *History {
	if options.Years == 0 {
		options.Years = 3
	}
	h := newHistory()
	h.Synthetic = true
	d := h.Data
	schedules := make([]model.SubsidySchedule, options.Years)
	for y := range schedules {
		schedules[y] = scaled(supply.County.Subsidy, int64(2*(y+1)), int64(options.Years+1))
	}
	var alternatives []Alternative
	var p []float64
	for _, person := range someOf(len(supply.People), options.People, options.Seed) {
		random := rand.New(rand.NewPCG(options.Seed, uint64(person)))
		taste := m.Mean
		for k, s := range m.Spread {
			taste[k] += s * random.NormFloat64()
		}
		for _, schedule := range schedules {
			alternatives = supply.Alternatives(alternatives[:0], person, schedule)
			p = taste.Probabilities(p[:0], alternatives)
			chosen := d.First[d.Choices()] + pick(p, random.Float64())
			for i := range alternatives {
				d.X = append(d.X, alternatives[i].Values[:]...)
				h.Alternatives = append(h.Alternatives, supply.name(&alternatives[i]))
			}
			h.add(string(supply.People[person].ID), person, chosen)
		}
	}
	return h
}

// someOf draws so many of n people, in order; all where none or more are wanted.
func someOf(n, wanted int, seed uint64) []int {
	people := rand.New(rand.NewPCG(seed, 0x70656f706c65)).Perm(n) // "people"
	if 0 < wanted && wanted < n {
		people = people[:wanted]
	}
	slices.Sort(people)
	return people
}

// scaled multiplies every amount by a fraction, rounded down to a fen.
func scaled(s model.SubsidySchedule, numerator, denominator int64) model.SubsidySchedule {
	multiple := make(model.SubsidySchedule, len(s))
	for i, line := range s {
		line.Monthly = model.Fen(int64(line.Monthly) * numerator / denominator)
		multiple[i] = line
	}
	return multiple
}

// pick gives the alternative at which the sum of probabilities passes u; the last where rounding keeps it below.
func pick(p []float64, u float64) int {
	for i, x := range p {
		if u -= x; u < 0 {
			return i
		}
	}
	return len(p) - 1
}

func (s *Supply) name(a *Alternative) string {
	if a.Post < 0 {
		return NoPost
	}
	return s.Posts[a.Post].String()
}

// The columns of a file of choices, beside the attributes.
const (
	columnChoice      = "choice"
	columnTeacher     = "teacher"
	columnAlternative = "alternative"
	columnChosen      = "chosen"
	columnSynthetic   = "synthetic"
)

// HistoryLayout is the layout by which ReadLong reads a history too.
func HistoryLayout() Layout {
	return Layout{Choice: columnChoice, Alternative: columnAlternative, Chosen: columnChosen}
}

// Write writes the rows that ReadHistory reads back, number for number: choice, teacher,
// alternative, chosen, synthetic, then the attributes in their units.
func (h *History) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	record := append([]string{columnChoice, columnTeacher, columnAlternative, columnChosen, columnSynthetic}, h.Data.Columns...)
	if err := out.Write(record); err != nil {
		return err
	}
	for n, chosen := range h.Data.Chosen {
		for i := h.Data.First[n]; i < h.Data.First[n+1]; i++ {
			record = append(record[:0], strconv.Itoa(n+1), h.Teachers[n], h.Alternatives[i], word(i == chosen), word(h.Synthetic))
			for _, x := range h.Data.row(i) {
				record = append(record, strconv.FormatFloat(x, 'g', -1, 64))
			}
			if err := out.Write(record); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func word(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
