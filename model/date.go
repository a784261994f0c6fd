package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a civil day written as the number yyyymmdd, so that dates compare as
// numbers. The zero Date means "not given".
type Date int32

// NewDate makes a date. It does not check that the day exists; see Valid.
func NewDate(year int, month time.Month, day int) Date {
	return Date(year*10000 + int(month)*100 + day)
}

// ParseDate reads an ISO 8601 day such as "2026-09-01" between the years 1900
// and 2200.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return 0, fmt.Errorf("%q is not a day such as 2026-09-01", text)
	}
	return NewDate(t.Date()), nil
}

// Valid reports whether the day exists and lies between 1900 and 2200.
func (d Date) Valid() bool {
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day() // of the month
	return d.Year() >= 1900 && d.Year() <= 2200 && d.Month() >= time.January && d.Month() <= time.December && d.Day() >= 1 && d.Day() <= last
}

func (d Date) Year() int         { return int(d) / 10000 }
func (d Date) Month() time.Month { return time.Month(int(d) / 100 % 100) }
func (d Date) Day() int          { return int(d) % 100 }

// YearsSince gives the completed years from an earlier day to d: of the numbers
// yyyymmdd, the difference in whole ten-thousands is exactly that. It is 0 when
// earlier is not before d.
func (d Date) YearsSince(earlier Date) int { return max(0, int(d-earlier)/10000) }

// AddYears moves the date by whole years; 29 February becomes 28 February where
// the year has none.
func (d Date) AddYears(years int) Date {
	moved := d + Date(years*10000)
	if moved%10000 == 229 && !moved.Valid() {
		moved--
	}
	return moved
}

// AddWorkingDays moves the date on by working days, Monday to Friday; public holidays are not known. The date must be valid and n not below 0.
func (d Date) AddWorkingDays(n int) Date {
	t := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if day := t.Weekday(); day != time.Saturday && day != time.Sunday {
			n--
		}
	}
	return NewDate(t.Date())
}

// String gives ISO 8601, or "" for the zero date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	digits := strconv.Itoa(int(d))
	if len(digits) < 8 {
		digits = strings.Repeat("0", 8-len(digits)) + digits
	}
	year := len(digits) - 4
	return digits[:year] + "-" + digits[year:year+2] + "-" + digits[year+2:]
}

// MarshalText implements [encoding.TextMarshaler].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]; "" is the zero date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = 0
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}
