package letter

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation/report"
)

// Punctuation that no line of Chinese begins, or ends, with (GB/T 15834-2011, 5.1).
const (
	closing = "，。；：、！？）〕》”’"
	opening = "（〔《“‘"
)

// fill writes a paragraph within report.Width columns, its later lines indented to the end of first. A line may break between Chinese characters, but not before
// closing punctuation or after opening punctuation, and not within a word or a number.
func fill(w io.Writer, first, paragraph string) {
	indent := text.StringWidth(first)
	line, width := first, indent
	for _, piece := range pieces(paragraph) {
		size := text.StringWidth(piece)
		if width+text.StringWidth(strings.TrimRight(piece, " ")) > report.Width && width > indent {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line, width = strings.Repeat(" ", indent), indent
		}
		line, width = line+piece, width+size
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}

// pieces cuts a text where a line may end.
func pieces(paragraph string) (list []string) {
	last := ' ' // the rune before
	for _, r := range paragraph {
		joined := len(list) > 0 && (strings.ContainsRune(closing, r) || strings.ContainsRune(opening, last) || r == ' ' || last != ' ' && !breaks(last) && !breaks(r))
		if joined {
			list[len(list)-1] += string(r)
		} else {
			list = append(list, string(r))
		}
		last = r
	}
	return list
}

// breaks reports whether a line may end beside a character.
func breaks(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune(closing, r) || strings.ContainsRune(opening, r)
}
