package matching

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Error says which record, field and value of a market is wrong and what would
// be right. NewProblem joins all of them with errors.Join, up to 50.
type Error struct {
	Record string // "applicant", "school", "region", "couple", "order", "matching" or "mechanism"
	Index  int    // place of the record in its table, from 0; -1 where it has none
	ID     string // id of the record, where it has one
	Field  string // as in the JSON form, with the place: "list[2]"
	Value  string // the offending value
	Want   string // what would be right
}

func (e *Error) Error() string {
	record := e.Record
	if e.Index >= 0 {
		record = fmt.Sprintf("%s %d", record, e.Index)
	}
	if e.ID != "" {
		record = fmt.Sprintf("%s %q", record, e.ID)
	}
	return fmt.Sprintf("matching: %s: %s is %q: want %s", record, e.Field, e.Value, e.Want)
}

// InfeasibleError says that floors and caps can't all hold.
type InfeasibleError struct {
	Where string // id of the region or school, "" for the whole market
	Least int    // people that the floors inside ask for
	Most  int    // people that places, caps and the number of applicants allow
}

func (e *InfeasibleError) Error() string {
	where := "the whole market"
	if e.Where != "" {
		where = fmt.Sprintf("%q", e.Where)
	}
	return fmt.Sprintf("matching: floors can't be met in %s: they ask for %d people, at most %d can be placed there", where, e.Least, e.Most)
}

const maxFaults = 50

// faults collects errors up to a limit, so that a file with one wrong column
// does not drown its reader.
type faults struct {
	list []error
	more int
}

func (f *faults) add(record string, index int, id, field, value, want string) {
	if len(f.list) == maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, &Error{Record: record, Index: index, ID: id, Field: field, Value: value, Want: want})
}

// unknown reports a name that is not known, with the nearest one that is.
func (f *faults) unknown(record string, index int, id, field, value, kind string, known []string) {
	want := "the id of " + kind
	if len(f.list) < maxFaults {
		if near := nearest(value, known); near != "" {
			want += fmt.Sprintf("; did you mean %q?", near)
		}
	}
	f.add(record, index, id, field, value, want)
}

func (f *faults) err() error {
	if f.more > 0 {
		return errors.Join(append(f.list, fmt.Errorf("matching: and %d more faults", f.more))...)
	}
	return errors.Join(f.list...)
}

// nearest is the known name within a third of the word's length in edits, "" if
// there is none. Ties go to the earlier name.
func nearest(word string, known []string) string {
	const longest = 64
	length := utf8.RuneCountInString(word)
	if length > longest {
		return ""
	}
	best, bestDistance := "", max(1, length/3)+1
	for _, k := range known {
		if difference := utf8.RuneCountInString(k) - length; difference >= bestDistance || -difference >= bestDistance {
			continue // the distance is no less than the difference in length
		}
		if d := editDistance([]rune(word), []rune(k)); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance counts insertions, deletions, substitutions and swaps of neighbours
// (Damerau 1964, optimal string alignment).
func editDistance(from, to []rune) int {
	before, above, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range to {
			row[j+1] = min(above[j+1], row[j]) + 1
			if from[i] == to[j] {
				row[j+1] = min(row[j+1], above[j])
			} else {
				row[j+1] = min(row[j+1], above[j]+1)
			}
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
