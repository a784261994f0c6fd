package letter

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/report"
)

// No line is too wide, none begins with closing punctuation or ends with opening punctuation, no word is cut, and nothing is lost but blanks.
func TestFill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"教师", "岗位，", "（语文）", "《办法》", "2026", "school", " ", "。", "“县管校聘”", "：", "km, "}), 1, 200).Draw(t, "words")
		paragraph := strings.Join(words, "")
		var out strings.Builder
		fill(&out, "  依据：", paragraph)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		var joined string
		for i, line := range lines {
			body := strings.TrimLeft(strings.TrimPrefix(line, "  依据："), " ")
			if i > 0 && strings.ContainsAny(body[:min(3, len(body))], closing) {
				t.Fatalf("a line begins with %q", body)
			}
			if i < len(lines)-1 && body != "" && strings.HasSuffix(strings.TrimRight(body, " "), "（") {
				t.Fatalf("a line ends with an opening: %q", body)
			}
			if width := text.StringWidth(line); width > report.Width && strings.Contains(strings.TrimSpace(body), " ") {
				t.Fatalf("%d columns: %q", width, line)
			}
			joined += body
		}
		strip := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if strip(joined) != strip(paragraph) {
			t.Fatalf("%q became %q", paragraph, joined)
		}
	})
}
