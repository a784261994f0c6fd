package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// term is one value of an enumeration: the word in files, the Chinese term, and further terms that are read alike.
type term []string

func (t term) word() string {
	if len(t) == 0 {
		return ""
	}
	return t[0]
}

func (t term) zh() string {
	if len(t) < 2 {
		return ""
	}
	return t[1]
}

// terms is the vocabulary of one enumeration, indexed by value.
type terms struct {
	what string // what a value is called in an error: "stage"
	list []term
}

func (v terms) word(i uint8) string {
	if int(i) < len(v.list) {
		return v.list[i].word()
	}
	return fmt.Sprintf("%s(%d)", v.what, i)
}

func (v terms) zh(i uint8) string {
	if int(i) < len(v.list) {
		return v.list[i].zh()
	}
	return v.word(i)
}

func (v terms) marshal(i uint8) ([]byte, error) {
	if int(i) >= len(v.list) {
		return nil, fmt.Errorf("%s %d is not known", v.what, i)
	}
	return []byte(v.list[i].word()), nil
}

// parse accepts the word, the Chinese term, or one that is read alike. Who writes Chinese is helped in Chinese.
func (v terms) parse(text string) (uint8, error) {
	for i, t := range v.list {
		if slices.Contains(t, text) || text == t.word() {
			return uint8(i), nil
		}
	}
	known := term.word
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		known = term.zh
	}
	return 0, &UnknownWordError{What: v.what, Word: text, Known: v.words(known)}
}

func (v terms) unmarshal(text []byte, into *uint8) error {
	i, err := v.parse(string(text))
	if err == nil {
		*into = i
	}
	return err
}

func (v terms) words(form func(term) string) []string {
	words := make([]string, 0, len(v.list))
	for _, t := range v.list {
		if word := form(t); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// UnknownWordError says that a word is not in a closed vocabulary.
type UnknownWordError struct {
	What  string   // the kind of thing: "stage", "policy key"
	Word  string   // the word that was given
	Known []string // the words that would be right
}

// Hint names the nearest known word, or lists the known ones when none is near.
func (e *UnknownWordError) Hint() string {
	if near := Nearest(e.Word, e.Known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(e.Known) > 12 {
		return fmt.Sprintf("one of %s and %d more", strings.Join(e.Known[:12], ", "), len(e.Known)-12)
	}
	return "one of " + strings.Join(e.Known, ", ")
}

func (e *UnknownWordError) Error() string {
	return fmt.Sprintf("unknown %s %q: %s", e.What, e.Word, e.Hint())
}

// longestName is the length in runes of a word that may be a misspelt name; a
// longer one is something else, and comparing it would take long.
const longestName = 100

// Nearest gives the known word within a small edit distance of word, or "" when
// none is near. Of equally near words it takes the first in sorted order. It
// takes O(len(known) · len(word)²) time; known words of a length too different
// cost nothing.
func Nearest(word string, known []string) string {
	length := utf8.RuneCountInString(word)
	if length > longestName {
		return ""
	}
	best, bestDistance := "", max(1, length/3)+1
	for _, k := range known {
		if difference := utf8.RuneCountInString(k) - length; difference > bestDistance || -difference > bestDistance {
			continue // the distance is no less than the difference in length
		}
		d := editDistance(strings.ToLower(word), strings.ToLower(k))
		if d < bestDistance || (d == bestDistance && best != "" && k < best) {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance is the optimal string alignment distance in runes: insertions,
// deletions, substitutions and swaps of neighbours count one each (Damerau 1964).
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, above, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		before, above, row = above, row, before
		row[0] = i + 1
		for j, s := range to {
			substitute := above[j]
			if r != s {
				substitute++
			}
			row[j+1] = min(substitute, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == to[j-1] && s == from[i-1] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
