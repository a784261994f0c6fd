package model

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

func compare[T cmp.Ordered](a, b T) int { return cmp.Compare(a, b) }

// Fen is an amount of money, in hundredths of a yuan (分).
type Fen int64

// String gives yuan with two places: 88000 is "880.00".
func (f Fen) String() string { return formatScaled(int64(f), 2, 2) }

// ParseYuan reads an amount in yuan with at most two decimal places. It
// refuses signs, exponents, separators and what does not fit.
func ParseYuan(text string) (Fen, error) {
	v, err := parseScaled(text, 2)
	return Fen(v), err
}

// Metres is a distance.
type Metres int64

// String gives kilometres with one place, as in "12.3 km".
func (m Metres) String() string {
	return formatScaled((int64(m)+50)/100, 1, 1) + " km"
}

// Share is a proportion in basis points: 10000 is the whole.
type Share int32

// Whole is the share 100 %.
const Whole Share = 10000

// String gives a percentage without needless zeros: 950 is "9.5%".
func (s Share) String() string { return formatScaled(int64(s), 2, 0) + "%" }

// Of gives the share of n, rounded down.
func (s Share) Of(n int64) int64 { return n * int64(s) / int64(Whole) }

// ParseShare reads a percentage such as "9%" or "12.5%".
func ParseShare(text string) (Share, error) {
	number, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	if !ok {
		return 0, fmt.Errorf("%q is not a percentage such as 9%%", text)
	}
	v, err := parseScaled(strings.TrimSpace(number), 2)
	if err == nil && v > math.MaxInt32 {
		err = fmt.Errorf("%q is too large", text)
	}
	return Share(v), err
}

// Tenths is a quantity with one decimal place that is kept exact: weekly
// periods (节), pupils for each staff member, teachers for each class.
type Tenths int32

// String gives a number without needless zeros: 135 is "13.5".
func (t Tenths) String() string { return formatScaled(int64(t), 1, 0) }

// ParseTenths reads a number with at most one decimal place.
func ParseTenths(text string) (Tenths, error) {
	v, err := parseScaled(text, 1)
	if err == nil && v > math.MaxInt32 {
		err = fmt.Errorf("%q is too large", text)
	}
	return Tenths(v), err
}

// Position is a point on the earth in millionths of a degree (WGS 84). The
// zero Position means that the place is not known.
type Position struct {
	Lat int32 `json:"lat"`
	Lon int32 `json:"lon"`
}

// IsZero reports whether the position is unknown.
func (p Position) IsZero() bool { return p == Position{} }

// String gives degrees, as in "42.386000,122.540000".
func (p Position) String() string { return FormatDegrees(p.Lat) + "," + FormatDegrees(p.Lon) }

// FormatDegrees writes millionths of a degree as degrees with six places.
func FormatDegrees(micro int32) string { return formatScaled(int64(micro), 6, 6) }

// ParseDegrees reads degrees; places beyond the sixth (a tenth of a metre) are
// cut off. Limit is 90 for a latitude and 180 for a longitude.
func ParseDegrees(text string, limit int32) (int32, error) {
	digits, negative := strings.CutPrefix(text, "-")
	if dot := strings.IndexByte(digits, '.'); dot >= 0 && len(digits) > dot+7 {
		for _, r := range digits[dot+7:] {
			if r < '0' || r > '9' {
				return 0, fmt.Errorf("%q is not a number", text)
			}
		}
		digits = digits[:dot+7]
	}
	v, err := parseScaled(digits, 6)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number of degrees", text)
	}
	if v > int64(limit)*1_000_000 {
		return 0, fmt.Errorf("%q is beyond %d degrees", text, limit)
	}
	if negative {
		v = -v
	}
	return int32(v), nil
}

// earthRadius is the mean radius of the earth in metres (IUGG).
const earthRadius = 6371008.8

// Distance is the great-circle distance by the haversine formula, rounded to
// the metre. It is 0 when either place is unknown. The explicit conversions
// keep the compiler from fusing operations, so every platform gives one answer.
func Distance(a, b Position) Metres {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	const radian = math.Pi / 180 / 1e6
	lat1, lat2 := float64(a.Lat)*radian, float64(b.Lat)*radian
	sinLat := math.Sin((lat2 - lat1) / 2)
	sinLon := math.Sin(float64(b.Lon-a.Lon) * radian / 2)
	h := float64(sinLat*sinLat) + float64(float64(math.Cos(lat1)*math.Cos(lat2))*float64(sinLon*sinLon))
	return Metres(math.Round(2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))))
}

// parseScaled reads a plain non-negative decimal with at most `places` places
// and returns it times 10^places.
func parseScaled(text string, places int) (int64, error) {
	whole, fraction, hasDot := strings.Cut(text, ".")
	if whole == "" || (hasDot && fraction == "") {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	if len(fraction) > places {
		return 0, fmt.Errorf("%q has more than %d decimal places", text, places)
	}
	digits := whole + fraction + strings.Repeat("0", places-len(fraction))
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%q is not a plain number of digits", text)
		}
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is too large", text)
	}
	return v, nil
}

// formatScaled writes v / 10^places with at least `keep` of its places.
func formatScaled(v int64, places, keep int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := fmt.Sprintf("%0*d", places+1, v)
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	for len(fraction) > keep && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}
