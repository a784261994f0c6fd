package model

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// What is written is read as the same value.
func TestUnitsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := Fen(rapid.Int64Range(0, math.MaxInt64).Draw(t, "fen"))
		if again, err := ParseYuan(fen.String()); err != nil || again != fen {
			t.Errorf("%d fen: %s, %d, %v", int64(fen), fen, again, err)
		}
		share := Share(rapid.Int32Range(0, math.MaxInt32).Draw(t, "share"))
		if again, err := ParseShare(share.String()); err != nil || again != share {
			t.Errorf("%d basis points: %s, %d, %v", int32(share), share, again, err)
		}
		tenths := Tenths(rapid.Int32Range(0, math.MaxInt32).Draw(t, "tenths"))
		if again, err := ParseTenths(tenths.String()); err != nil || again != tenths {
			t.Errorf("%d tenths: %s, %d, %v", int32(tenths), tenths, again, err)
		}
		limit := rapid.SampledFrom([]int32{90, 180}).Draw(t, "limit")
		micro := rapid.Int32Range(-limit*1_000_000, limit*1_000_000).Draw(t, "degrees")
		if again, err := ParseDegrees(FormatDegrees(micro), limit); err != nil || again != micro {
			t.Errorf("%d millionths: %s, %d, %v", micro, FormatDegrees(micro), again, err)
		}
	})
}

func TestFormat(t *testing.T) {
	tests := []struct{ reason, have, want string }{
		{"money has two places", Fen(88_000).String(), "880.00"},
		{"fen alone", Fen(7).String(), "0.07"},
		{"a negative difference", Fen(-1_234_56).String(), "-1234.56"},
		{"no money", Fen(0).String(), "0.00"},
		{"a percentage without needless zeros", Share(950).String(), "9.5%"},
		{"a basis point", Share(1).String(), "0.01%"},
		{"the whole", Whole.String(), "100%"},
		{"tenths", Tenths(135).String(), "13.5"},
		{"tenths that are whole", Tenths(160).String(), "16"},
		{"metres round to tenths of a kilometre", Metres(12_349).String(), "12.3 km"},
		{"half a tenth rounds up", Metres(12_350).String(), "12.4 km"},
		{"a position", Position{42_386_000, -122_540_001}.String(), "42.386000,-122.540001"},
		{"just west of Greenwich", FormatDegrees(-1), "-0.000001"},
	}
	for _, test := range tests {
		if test.have != test.want {
			t.Errorf("%s: %q, want %q", test.reason, test.have, test.want)
		}
	}
}

func TestParse(t *testing.T) {
	yuan := func(s string) (int64, error) { v, err := ParseYuan(s); return int64(v), err }
	share := func(s string) (int64, error) { v, err := ParseShare(s); return int64(v), err }
	tenths := func(s string) (int64, error) { v, err := ParseTenths(s); return int64(v), err }
	lat := func(s string) (int64, error) { v, err := ParseDegrees(s, 90); return int64(v), err }
	tests := []struct {
		reason string
		parse  func(string) (int64, error)
		text   string
		want   int64 // -1: refused
	}{
		{"whole yuan", yuan, "880", 88_000},
		{"one place", yuan, "0.6", 60},
		{"two places", yuan, "0.07", 7},
		{"the greatest amount", yuan, "92233720368547758.07", math.MaxInt64},
		{"more than fits", yuan, "92233720368547758.08", -1},
		{"three places", yuan, "1.005", -1},
		{"a sign", yuan, "-1", -1},
		{"a plus", yuan, "+1", -1},
		{"an exponent", yuan, "1e3", -1},
		{"a separator", yuan, "1,000", -1},
		{"a blank", yuan, " 1", -1},
		{"no digits", yuan, "", -1},
		{"no whole part", yuan, ".5", -1},
		{"no fraction", yuan, "5.", -1},
		{"two points", yuan, "1.2.3", -1},
		{"not a number", yuan, "NaN", -1},
		{"infinity", yuan, "Inf", -1},
		{"digits of another script", yuan, "１２", -1},
		{"a percentage", share, "12.5%", 1250},
		{"blanks around it", share, " 9 % ", 900},
		{"a basis point", share, "0.01%", 1},
		{"less than a basis point", share, "0.001%", -1},
		{"no percent sign", share, "0.1", -1},
		{"more than fits", share, "99999999999%", -1},
		{"a negative percentage", share, "-1%", -1},
		{"tenths", tenths, "13.5", 135},
		{"hundredths", tenths, "13.55", -1},
		{"more than fits", tenths, "99999999999", -1},
		{"degrees", lat, "42.386", 42_386_000},
		{"degrees south", lat, "-0.5", -500_000},
		{"more places are cut off", lat, "42.3860009999", 42_386_000},
		{"what is cut off must be digits", lat, "42.386000x", -1},
		{"the pole", lat, "90", 90_000_000},
		{"beyond the pole", lat, "90.000001", -1},
		{"far beyond", lat, "9999999999", -1},
		{"two signs", lat, "--1", -1},
		{"no number of degrees", lat, "N42", -1},
	}
	for _, test := range tests {
		have, err := test.parse(test.text)
		if err != nil {
			have = -1
		}
		if have != test.want {
			t.Errorf("%s: %q is %d, %v: want %d", test.reason, test.text, have, err, test.want)
		}
	}
}

func TestShareOf(t *testing.T) {
	for _, test := range []struct {
		share   Share
		n, want int64
	}{{1000, 99, 9}, {1000, 100, 10}, {900, 11, 0}, {Whole, 7, 7}, {13_000, 3, 3}} {
		if have := test.share.Of(test.n); have != test.want {
			t.Errorf("%s of %d is %d: want %d", test.share, test.n, have, test.want)
		}
	}
}

func TestDistance(t *testing.T) {
	seat := Position{42_386_000, 122_540_000}
	tests := []struct {
		reason string
		a, b   Position
		want   Metres
	}{
		{"no way at all", seat, seat, 0},
		{"an unknown place is no distance away", seat, Position{}, 0},
		{"a degree of latitude is R·π/180", Position{1_000_000, 5_000_000}, Position{2_000_000, 5_000_000}, 111_195},
		{"half the equator", Position{0, 1}, Position{0, -179_999_999}, 20_015_114},
		{"over the date line", Position{0, 179_500_000}, Position{0, -179_500_000}, 111_195},
	}
	for _, test := range tests {
		if have := Distance(test.a, test.b); have != test.want {
			t.Errorf("%s: %d m, want %d", test.reason, have, test.want)
		}
	}
}

// The way back is as long as the way there, and no way is longer than half round.
func TestDistanceIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.Custom(func(t *rapid.T) Position {
			return Position{rapid.Int32Range(-90_000_000, 90_000_000).Draw(t, "lat"), rapid.Int32Range(-180_000_000, 180_000_000).Draw(t, "lon")}
		})
		a, b := place.Draw(t, "a"), place.Draw(t, "b")
		there, back := Distance(a, b), Distance(b, a)
		if there != back || there < 0 || there > 20_015_114 {
			t.Errorf("%v to %v: %d there, %d back", a, b, there, back)
		}
	})
}
