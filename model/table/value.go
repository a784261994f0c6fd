package table

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/xianguan/xianguan/model"
)

// mistake says what a cell should hold instead.
type mistake struct {
	want  string
	cause error
}

func (m *mistake) Error() string { return "want " + m.want }
func (m *mistake) Unwrap() error { return m.cause }

// hintOf gives what would be right instead of a cell that could not be read: for
// a word outside its vocabulary, the nearest one.
func hintOf(err error) string {
	var word *model.UnknownWordError
	if errors.As(err, &word) {
		article := "a "
		if strings.ContainsAny(word.What[:1], "aeiou") {
			article = "an "
		}
		return article + word.What + ": " + word.Hint()
	}
	var m *mistake
	if errors.As(err, &m) {
		return m.want
	}
	return err.Error()
}

// numeric adds to what is wanted why a number as it stands is not plain.
func numeric(text, want string) string {
	digit := strings.ContainsAny(text, "0123456789")
	lower := strings.ToLower(text)
	switch {
	case strings.Contains(lower, "nan") || strings.Contains(lower, "inf") || lower == "n/a" || lower == "-":
		return want + "; leave the cell empty where it is not known"
	case digit && strings.HasPrefix(text, "-"):
		return want + "; it can't be negative"
	case digit && strings.ContainsAny(text, ", '_"):
		return want + "; without thousands separators or blanks"
	case digit && strings.ContainsAny(lower, "e"):
		return want + "; written out, without an exponent"
	}
	return want
}

// parseCount reads digits alone: no sign, blank, separator, place or exponent.
// The limit lets the sum of a few fit an int on every platform.
func parseCount(text string) (int, error) {
	v := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, &mistake{numeric(text, "a whole number in plain digits"), nil}
		}
		if v >= 100_000_000 {
			return 0, &mistake{"a whole number below 1000000000", nil}
		}
		v = v*10 + int(text[i]-'0')
	}
	return v, nil
}

func parseBool(text string) (bool, error) {
	switch text {
	case "yes", "是", "√", "✓":
		return true, nil
	case "no", "否", "×":
		return false, nil
	}
	return false, &mistake{"yes or no (是, 否)", nil}
}

// formatBool writes no as an empty cell.
func formatBool(v bool) string {
	if v {
		return "yes"
	}
	return ""
}

const wantDay = "a day that exists, written as 2026-09-01"

// parseDay reads a day as 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日 or 20260901.
func parseDay(text string) (model.Date, error) {
	day, err := model.ParseDate(text)
	if err == nil {
		return day, nil
	}
	for _, form := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"} {
		if t, wrong := time.Parse(form, text); wrong == nil {
			if day, err = model.ParseDate(t.Format(time.DateOnly)); err == nil {
				return day, nil
			}
		}
	}
	want := wantDay
	if len(text) == 5 && strings.Trim(text, "0123456789") == "" {
		want += "; this is the number that a spreadsheet keeps for a day: show the cell as a date"
	}
	return 0, &mistake{want, err}
}

func parseTenths(text string) (model.Tenths, error) {
	v, err := model.ParseTenths(text)
	if err != nil {
		return 0, &mistake{numeric(text, "a number with at most one decimal place"), err}
	}
	return v, nil
}

func parseYuan(text string) (model.Fen, error) {
	v, err := model.ParseYuan(text)
	if err != nil {
		return 0, &mistake{numeric(text, "yuan with at most two decimal places"), err}
	}
	return v, nil
}

// parseDegrees reads degrees; limit is 90 or 180.
func parseDegrees(text string, limit int32) (int32, error) {
	v, err := model.ParseDegrees(text, limit)
	if err != nil {
		return 0, &mistake{"degrees from -" + strconv.Itoa(int(limit)) + " to " + strconv.Itoa(int(limit)) + ", as in 42.386", err}
	}
	return v, nil
}

var listMarks = strings.NewReplacer("；", ";", "，", ";", ",", ";", "、", ";")

// parseList cuts a list at semicolons, or at the other marks that no id has. Blanks around an element don't count.
func parseList(text string) ([]string, error) {
	elements := strings.Split(listMarks.Replace(text), ";")
	for i, e := range elements {
		if elements[i] = strings.TrimSpace(e); elements[i] == "" {
			return nil, &mistake{`values separated by one ";" each`, nil}
		}
	}
	return elements, nil
}
