package workbook_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// A county is what it was after a workbook in either language.
func TestRoundTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	for _, name := range []string{"tiny", "zhangwu", "fumeng", "kapit"} {
		c, err := table.Read(filepath.Join("../../testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, english := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "county.xlsx")
			if err := workbook.Write(path, c, workbook.Options{English: english}); err != nil {
				t.Fatal(err)
			}
			have, err := workbook.Read(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c, have); diff != "" {
				t.Errorf("%s, English %v:\n%s", name, english, diff)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for _, teachers := range []int{1500, 10_000} {
		b.Run(map[int]string{1500: "1500", 10_000: "10000"}[teachers], func(b *testing.B) {
			c, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: synthetic.Plain, Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			path := filepath.Join(b.TempDir(), "county.xlsx")
			if err := workbook.Write(path, c, workbook.Options{}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := workbook.Read(path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The good county as other programs saved it: LibreOffice 7 and openpyxl 3.1, the latter under the epoch of 1904 and with a truth that is a
// truth as well.
func TestReadWhatOthersSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "county.xlsx")
	if err := os.WriteFile(path, good(t), 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := workbook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"libreoffice.xlsx", "openpyxl.xlsx", "openpyxl-1904.xlsx"} {
		have, err := workbook.Read(filepath.Join("testdata", name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// What cells show is what counts.
func TestCells(t *testing.T) {
	tests := []struct {
		reason, sheet, cell string
		change              func(f *excelize.File) error
		want                func(c *model.County) any
		is                  any
	}{
		{"a day in Chinese", "教师", "L2", formatted("教师", "L2", 28553, `yyyy"年"m"月"d"日"`), func(c *model.County) any { return c.Teachers[0].Born }, model.NewDate(1978, 3, 4)},
		{"a day by a built-in format", "教师", "L2", func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			return errors.Join(err, f.SetCellValue("教师", "L2", 28553), f.SetCellStyle("教师", "L2", "L2", style))
		}, func(c *model.County) any { return c.Teachers[0].Born }, model.NewDate(1978, 3, 4)},
		{"a day as text with dots", "教师", "L2", set("教师", "L2", "1978.3.4"), func(c *model.County) any { return c.Teachers[0].Born }, model.NewDate(1978, 3, 4)},
		{"an id with leading zeros that a format shows", "学校", "A3", func(f *excelize.File) error {
			return errors.Join(formatted("学校", "A3", 7, "000")(f))
		}, func(c *model.County) any { return c.Schools[1].ID }, model.SchoolID("007")},
		{"a share in per cent", "设置", "B6", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("设置", "A6", "exchange.share"), formatted("设置", "B6", 0.125, "0.0%")(f))
		}, func(c *model.County) any { return c.Rules.ExchangeShare }, model.Share(1250)},
		{"a number of 17 digits in the file", "学校", "E2", set("学校", "E2", 42.386000000000003), func(c *model.County) any { return c.Schools[0].Position.Lat }, int32(42_386_000)},
		{"a truth", "学校", "H3", set("学校", "H3", false), func(c *model.County) any { return c.Schools[1].Town }, false},
		{"a rich text", "学校", "B2", func(f *excelize.File) error {
			return f.SetCellRichText("学校", "B2", []excelize.RichTextRun{{Text: "第一"}, {Text: "小学", Font: &excelize.Font{Bold: true}}})
		}, func(c *model.County) any { return c.Schools[0].Name }, "第一小学"},
		{"rare characters", "学校", "B2", set("学校", "B2", "𬭎㛃小学"), func(c *model.County) any { return c.Schools[0].Name }, "𬭎㛃小学"},
		{"full-width digits", "学校", "Q2", set("学校", "Q2", "４５"), func(c *model.County) any { return c.Schools[0].Grades[0].Pupils }, 45},
		{"the value that was saved with a formula", "学校", "Q2", func(f *excelize.File) error { return f.SetCellFormula("学校", "Q2", "=40+5") },
			func(c *model.County) any { return c.Schools[0].Grades[0].Pupils }, 45},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "county.xlsx")
		if err := os.WriteFile(path, edited(t, test.change), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := workbook.Read(path)
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
		} else if diff := cmp.Diff(test.is, test.want(c)); diff != "" {
			t.Errorf("%s: %s", test.reason, diff)
		}
	}
}

// Any county that a workbook keeps comes back; any other is refused, not changed.
func TestWriteKeepsOrRefuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := synthetic.Generate(synthetic.Options{Teachers: 20, Landscape: synthetic.Mountain, Seed: rapid.Uint64().Draw(t, "seed")})
		if err != nil {
			t.Skip(err)
		}
		c.Schools[0].Name = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"=1+1", "_x0041_", " a ", "a\r\nb", "\t", "'x", "\x01", "<&>", "𬭎"})).Draw(t, "name")
		if c.Validate() != nil {
			t.Skip("no valid county")
		}
		content, err := workbook.Encode(c, workbook.Options{English: rapid.Bool().Draw(t, "english")})
		if err != nil && slices.Contains([]string{"=1+1", " a ", "'x", "<&>", "𬭎"}, c.Schools[0].Name) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		book, err := workbook.Parse("county.xlsx", content)
		if err != nil {
			t.Fatal(err)
		}
		have, err := book.County()
		if diff := cmp.Diff(c, have); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
