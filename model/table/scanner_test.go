package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// scan gives the rows of a text with their numbers, and what is wrong with them.
func scan(text string) (rows [][]string, numbers []int, wrong []string) {
	lines := scanner{text: text}
	for {
		cells, fault, more := lines.next()
		if !more {
			return rows, numbers, wrong
		}
		if fault != "" {
			wrong = append(wrong, fault)
			continue
		}
		rows = append(rows, append([]string{}, cells...))
		numbers = append(numbers, lines.row)
	}
}

func TestScanner(t *testing.T) {
	type rows = [][]string
	tests := []struct {
		reason, text string
		want         rows
		faults       int
	}{
		{"nothing", "", nil, 0},
		{"empty lines", "\n\r\n\n", nil, 0},
		{"lines", "a,b\nc,d\n", rows{{"a", "b"}, {"c", "d"}}, 0},
		{"no last line end", "a,b\r\nc,d", rows{{"a", "b"}, {"c", "d"}}, 0},
		{"empty cells", ",a,\n", rows{{"", "a", ""}}, 0},
		{"blanks are kept", " a , b \n", rows{{" a ", " b "}}, 0},
		{"quotes", "\"a,b\",\"c\"\"d\",\"\"\n", rows{{"a,b", `c"d`, ""}}, 0},
		{"line breaks in quotes", "\"a\nb\",\"c\r\nd\",\"\r\"\r\ne\n", rows{{"a\nb", "c\r\nd", "\r"}, {"e"}}, 0},
		{"quotes at the end", "a,\"b\"", rows{{"a", "b"}}, 0},
		{"quotes and a carriage return at the end", "a,\"b\"\r", rows{{"a", "b"}}, 0},
		{"a plain cell after quotes at the end", "\"a\",b\r", rows{{"a", "b"}}, 0},
		{"a quote inside a plain cell", "a\"b,c\nd\n", rows{{"d"}}, 1},
		{"text after quotes", "\"a\"b,c\nd\n", rows{{"d"}}, 1},
		{"quotes that never end", "a\n\"b,c\nd\n", rows{{"a"}}, 1},
		{"a carriage return alone", "a\rb,c\nd\n", rows{{"d"}}, 1},
		{"a carriage return beside quotes", "\"a\",b\rc\nd\n", rows{{"d"}}, 1},
	}
	for _, test := range tests {
		have, _, wrong := scan(test.text)
		if diff := cmp.Diff(test.want, have); diff != "" || len(wrong) != test.faults {
			t.Errorf("%s: faults %q\n%s", test.reason, wrong, diff)
		}
	}
}

// What is written is read, byte for byte. A row of empty cells is no row.
func TestScannerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want [][]string
		var out []byte
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := append([]string{"x"}, rapid.SliceOfN(optional(names()), 0, 3).Draw(t, "row")...)
			want, out = append(want, row), appendRow(out, row)
		}
		have, _, wrong := scan(string(out))
		if diff := cmp.Diff(want, have); diff != "" || wrong != nil {
			t.Fatalf("%q: %v\n%s", out, wrong, diff)
		}
	})
}
