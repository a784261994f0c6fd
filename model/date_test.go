package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// days draws days that exist.
func days() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		first := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
		return NewDate(first.AddDate(0, 0, rapid.IntRange(0, 109_937).Draw(t, "day")).Date())
	})
}

func TestDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := days().Draw(t, "day")
		text, err := day.MarshalText()
		if err != nil || !day.Valid() {
			t.Fatal(day, err)
		}
		var again Date
		if err := again.UnmarshalText(text); err != nil || again != day {
			t.Errorf("%s is %s, %v", text, again, err)
		}
		if NewDate(day.Year(), day.Month(), day.Day()) != day {
			t.Errorf("%s has the parts %d %d %d", day, day.Year(), day.Month(), day.Day())
		}
	})
}

// A day is valid exactly where its text is read, at the ends of the years, months and days that there are, and beyond.
func TestValidIsRead(t *testing.T) {
	for _, year := range []int{-2000, 0, 1899, 1900, 1999, 2000, 2024, 2026, 2200, 2201} {
		for month := range 15 {
			for day := range 40 {
				d := Date(year*10_000 + month*100 + day)
				if _, err := ParseDate(d.String()); d.Valid() != (err == nil) {
					t.Errorf("%d: valid %v, read %v", d, d.Valid(), err)
				}
			}
		}
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct {
		reason, text string
		want         Date // 0: refused
	}{
		{"a day", "2026-09-01", 20260901},
		{"a leap day", "2024-02-29", 20240229},
		{"no leap day", "2026-02-29", 0},
		{"no leap day in 1900", "1900-02-29", 0},
		{"no such day", "2026-04-31", 0},
		{"no such month", "2026-13-01", 0},
		{"the zeroth", "2026-09-00", 0},
		{"one digit", "2026-9-1", 0},
		{"other signs", "2026/09/01", 0},
		{"no signs", "20260901", 0},
		{"too early", "1899-12-31", 0},
		{"too late", "2201-01-01", 0},
		{"the time as well", "2026-09-01T00:00:00Z", 0},
		{"nothing", "", 0},
	}
	for _, test := range tests {
		if have, err := ParseDate(test.text); have != test.want || (err == nil) != (test.want != 0) {
			t.Errorf("%s: %d, %v: want %d", test.reason, have, err, test.want)
		}
	}
	day := Date(20260901)
	if err := day.UnmarshalText(nil); err != nil || day != 0 || day.String() != "" {
		t.Errorf("no text is %v, %v: want the zero date", day, err)
	}
	for _, never := range []Date{0, -20260901, 20260230, 99999999, 1} {
		if never.Valid() {
			t.Errorf("%d passes for a day", never)
		}
	}
}

// Completed years are those of the calendar: the day on which so many years are
// added is not after the day from which they are counted back.
func TestYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born, day := days().Draw(t, "born"), days().Draw(t, "day")
		years := day.YearsSince(born)
		if day < born {
			if years != 0 {
				t.Fatalf("%d years before birth", years)
			}
			return
		}
		if born.Month() == 2 && born.Day() == 29 {
			return // in other years, AddYears takes 28 February, on which a year is not yet complete
		}
		if born.AddYears(years) > day || (born.AddYears(years+1).Valid() && born.AddYears(years+1) <= day) {
			t.Errorf("%s to %s: %d years", born, day, years)
		}
	})
	tests := []struct {
		reason       string
		earlier, day Date
		years, added int
		then         Date
	}{
		{"the day before a birthday", 20000902, 20260901, 25, 1, 20010902},
		{"the birthday", 20000901, 20260901, 26, 60, 20600901},
		{"a leap day in a common year", 20000229, 20260228, 25, 25, 20250228},
		{"a leap day in a leap year", 20000229, 20280229, 28, 28, 20280229},
	}
	for _, test := range tests {
		if have := test.day.YearsSince(test.earlier); have != test.years {
			t.Errorf("%s: %d years, want %d", test.reason, have, test.years)
		}
		if have := test.earlier.AddYears(test.added); have != test.then {
			t.Errorf("%s: %d years later it is %s, want %s", test.reason, test.added, have, test.then)
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	for _, tc := range []struct {
		reason string
		day    Date
		n      int
		want   Date
	}{
		{"none", 20260704, 0, 20260704}, // a Saturday stays
		{"within a week", 20260706, 4, 20260710},
		{"over a weekend", 20260701, 5, 20260708},
		{"from a Friday", 20260703, 1, 20260706},
		{"from a Saturday", 20260704, 1, 20260706},
		{"over the end of a year", 20261231, 1, 20270101},
	} {
		if got := tc.day.AddWorkingDays(tc.n); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.reason, got, tc.want)
		}
	}
}
