package bench

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Best is what is known of an instance.
type Best struct {
	Instance  Instance // prepared
	County    string   // hash of the county
	Objective []int64  // by level, of the best plan known
	// Bound is the best bound known, by level, as far as it means anything: the bound of a level holds for plans that are
	// optimal at the levels before, so it ends at the first level that is not proven.
	Bound    []int64
	FoundBy  []string // backends that gave a plan as good
	ProvedBy []string // backends that gave bounds as good
}

// Proven reports whether the plan is proven optimal at every level.
func (b *Best) Proven() bool { return provenLevels(b.Objective, b.Bound) == len(b.Objective) }

// provenLevels counts the levels from the first on at which the bound meets the objective.
func provenLevels(objective, bound []int64) int {
	k := 0
	for k < len(bound) && bound[k] == objective[k] {
		k++
	}
	return k
}

// bestOf is what one result says. It has no objective where no plan was found.
func bestOf(r *Result) Best {
	backend, _, _ := strings.Cut(r.Backend, ":")
	b := Best{Instance: r.Instance, County: r.County, FoundBy: []string{backend}, ProvedBy: []string{backend}}
	for _, l := range r.Levels {
		b.Objective = append(b.Objective, l.Objective)
	}
	for _, l := range r.Levels {
		b.Bound = append(b.Bound, l.Bound)
		if !l.Proven {
			break
		}
	}
	return b
}

// contradiction says at which level a bound of b is above the objective of a plan that it must hold for, or -1. The
// bound of a level holds for every plan that equals the proven levels before.
func (b *Best) contradiction(objective []int64) int {
	for k := range b.Bound {
		if b.Bound[k] > objective[k] {
			return k
		}
		if b.Bound[k] < objective[k] {
			return -1 // it need not hold below: the plan is not optimal here, or nothing is proven
		}
	}
	return -1
}

// join gives the better plan and the better bounds of two that do not contradict each other.
func (b Best) join(c Best) Best {
	switch order := slices.Compare(c.Objective, b.Objective); {
	case order < 0:
		b.Objective, b.FoundBy = c.Objective, c.FoundBy
	case order == 0:
		b.FoundBy = union(b.FoundBy, c.FoundBy)
	}
	// Bounds compare as the objectives do: where they differ first, the higher proves more, and up to there both are optima.
	switch order := slices.Compare(c.Bound, b.Bound); {
	case order > 0:
		b.Bound, b.ProvedBy = c.Bound, c.ProvedBy
	case order == 0:
		b.ProvedBy = union(b.ProvedBy, c.ProvedBy)
	}
	return b
}

func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// Book holds what is known of instances, in their order.
type Book []Best

// BookFile is the name of the book in a folder.
const BookFile = "best.csv"

// Find gives what is known of an instance, or nil.
func (b Book) Find(i Instance) *Best {
	at, found := slices.BinarySearchFunc(b, i, func(best Best, i Instance) int { return compare(best.Instance, i) })
	if !found {
		return nil
	}
	return &b[at]
}

// ReadBook reads the book of a folder. A folder without one has an empty book.
func ReadBook(folder string) (Book, error) {
	path := filepath.Join(folder, BookFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(lines) == 0 || !slices.Equal(lines[0], bookHeader()) {
		return nil, fmt.Errorf("%s: want the header %s", path, strings.Join(bookHeader(), ","))
	}
	var book Book
	for n, line := range lines[1:] {
		best, err := parseBest(line)
		if err != nil {
			return nil, fmt.Errorf("%s: record %d: %w", path, n+2, err)
		}
		if book.Find(best.Instance) != nil || (len(book) > 0 && compare(book[len(book)-1].Instance, best.Instance) > 0) {
			return nil, fmt.Errorf("%s: record %d: %s: want each instance once, by rules, landscape, teachers, tightness and seed", path, n+2, best.Instance)
		}
		book = append(book, best)
	}
	return book, nil
}

// Write writes the book of a folder, whole or not at all.
func (b Book) Write(folder string) error {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	lines := [][]string{bookHeader()}
	for i := range b {
		lines = append(lines, b[i].fields())
	}
	if err := out.WriteAll(lines); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(folder, BookFile), text.Bytes(), 0o644)
}

func bookHeader() []string {
	header := []string{"landscape", "teachers", "seed", "rules", "tightness", "hard", "budget_yuan", "county"}
	for _, level := range levels {
		header = append(header, level, level+"_bound")
	}
	return append(header, "found_by", "proved_by")
}

func (b *Best) fields() []string {
	line := append(instanceFields(b.Instance), b.County)
	for k := range levels {
		bound := ""
		if k < len(b.Bound) {
			bound = fmt.Sprint(b.Bound[k])
		}
		line = append(line, fmt.Sprint(b.Objective[k]), bound)
	}
	return append(line, strings.Join(b.FoundBy, "+"), strings.Join(b.ProvedBy, "+"))
}

// instanceFields are the first fields of a line of results and of the book.
func instanceFields(i Instance) []string {
	return []string{string(i.Landscape), fmt.Sprint(i.Teachers), fmt.Sprint(i.Seed), string(i.Rules), tightnessText(i.Tightness),
		strings.Join(i.Hard, "+"), i.Budget.String()}
}

// parseBest reads what fields writes.
func parseBest(line []string) (b Best, err error) {
	field := func(name, text string, err error) error { return fmt.Errorf("%s %q: %w", name, text, err) }
	b.Instance.Landscape, b.Instance.Rules = synthetic.Landscape(line[0]), Rules(line[3])
	if place(b.Instance.Landscape) < 0 {
		return b, &model.UnknownWordError{What: "landscape", Word: line[0], Known: landscapeNames()}
	}
	if b.Instance.Rules != NoRules && b.Instance.Rules != AllRules {
		return b, &model.UnknownWordError{What: "set of rules", Word: line[3], Known: []string{string(NoRules), string(AllRules)}}
	}
	if b.Instance.Teachers, err = strconv.Atoi(line[1]); err != nil {
		return b, field("teachers", line[1], err)
	}
	if b.Instance.Seed, err = strconv.ParseUint(line[2], 10, 64); err != nil {
		return b, field("seed", line[2], err)
	}
	if b.Instance.Tightness, err = ParseTightness(line[4]); err != nil {
		return b, field("tightness", line[4], err)
	}
	b.Instance.Hard = names(line[5])
	if b.Instance.Budget, err = model.ParseYuan(line[6]); err != nil {
		return b, field("budget_yuan", line[6], err)
	}
	b.County = line[7]
	rest := line[8:]
	for k, level := range levels {
		objective, err := strconv.ParseInt(rest[2*k], 10, 64)
		if err != nil {
			return b, field(level, rest[2*k], err)
		}
		b.Objective = append(b.Objective, objective)
		if text := rest[2*k+1]; text != "" {
			bound, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return b, field(level+"_bound", text, err)
			}
			b.Bound = append(b.Bound, bound)
		}
	}
	if proven := provenLevels(b.Objective, b.Bound); len(b.Bound) == 0 || len(b.Bound) > proven+1 || b.contradiction(b.Objective) >= 0 {
		return b, errors.New("want a bound at most the objective at every level up to the first that is not proven, and none after it")
	}
	b.FoundBy, b.ProvedBy = names(line[len(line)-2]), names(line[len(line)-1])
	return b, nil
}

func names(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "+")
}

func landscapeNames() []string {
	var all []string
	for _, l := range synthetic.Landscapes() {
		all = append(all, string(l))
	}
	return all
}
