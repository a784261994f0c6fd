package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// plain gives a cell in the plain characters that numbers, days and words are written in: the full-width digits, letters and marks of
// Chinese input become those of ASCII, and blanks around the cell go.
func plain(cell string) string {
	for i := range len(cell) {
		if cell[i] >= 0x80 {
			return strings.TrimSpace(width.Fold.String(cell))
		}
	}
	return strings.TrimSpace(cell)
}

// masked hides all of a personal number but its length and, where it is long, the six digits that say where it was given out.
func masked(number string) string {
	runes := []rune(number)
	for i := range runes {
		if i >= 6 || len(runes) < 15 {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// chinese reports whether a text has Chinese characters, so that a hint can be given in them.
func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
