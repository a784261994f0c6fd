package census_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

func TestReadTreatsFaults(t *testing.T) {
	c, err := census.Read(strings.NewReader(hills), decode(t, hillMapping))
	if err != nil {
		t.Fatal(err)
	}
	want := []census.Finding{
		{6, "North", "A5", "Empty primary", census.NoPupils, census.LeaveOut},
		{7, "North", "A6", "Unstaffed primary", census.NoTeachers, census.Keep},
		{8, "North", "A7", "Lost primary", census.NoPosition, census.Keep},
		{9, "North", "A8", "Swapped primary", census.SwappedPosition, census.Swap},
		{10, "North", "A9", "Moon primary", census.OutOfBounds, census.Forget},
		{11, "North", "A1", "Copy primary", census.RepeatedID, census.LeaveOut},
		{12, "North", "B1", "Unmarked primary", census.FlagMissing, census.Derive},
	}
	if diff := cmp.Diff(want, c.Findings()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	districts := []census.District{
		{Name: "North", Schools: 9, Pupils: 511, Teachers: 33, LeftOut: 2},
		{Name: "South", Schools: 2, Pupils: 90, Teachers: 5},
	}
	if diff := cmp.Diff(districts, c.Districts()); diff != "" {
		t.Errorf("districts (-want +got):\n%s", diff)
	}
}

func TestReadRefusesEveryFaultByDefault(t *testing.T) {
	strict := edited(t, hillMapping, func(tree map[string]any) { delete(tree, "faults") })
	_, err := census.Read(strings.NewReader(hills), decode(t, strict))
	got := cellErrors(err)
	want := []string{"6 main", "7 teachers", "8 lat", "9 lat", "10 lat", "11 code", "12 small"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refused (-want +got):\n%s\n%v", diff, err)
	}
}

// cellErrors lists row and column of the cell errors inside err.
func cellErrors(err error) []string {
	var list []string
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	for _, e := range joined.Unwrap() {
		var cell *census.CellError
		if errors.As(e, &cell) {
			list = append(list, fmt.Sprintf("%d %s", cell.Row, cell.Column))
		}
	}
	return list
}

func TestReadRefusesCells(t *testing.T) {
	tests := []struct{ reason, row, column, want string }{
		{"a number in words", "North,A,N,P,town,many,,9,1,101,", "main", "a whole number from 0 to 20000"},
		{"a fraction of a pupil", "North,A,N,P,town,1.5,,9,1,101,", "main", "a whole number"},
		{"a negative number", "North,A,N,P,town,10,-1,9,1,101,", "special", "a whole number"},
		{"a sign", "North,A,N,P,town,+10,,9,1,101,", "main", "a whole number"},
		{"more pupils than a school has", "North,A,N,P,town,15000,15000,9,1,101,", "main", "at most 20000 pupils"},
		{"a million teachers", "North,A,N,P,town,10,,1000000,1,101,", "teachers", "from 0 to 5000"},
		{"more than an int", "North,A,N,P,town,10,,99999999999999999999,1,101,", "teachers", "from 0 to 5000"},
		{"NaN", "North,A,N,P,town,10,,9,NaN,101,", "lat", "degrees"},
		{"off the globe", "North,A,N,P,town,10,,9,1,181,", "lon", "degrees"},
		{"no district", ",A,N,P,town,10,,9,1,101,", "district", "text"},
		{"no id", "North, ,N,P,town,10,,9,1,101,", "code", "text"},
		{"no name", "North,A,,P,town,10,,9,1,101,", "name", "text"},
		{"an id with a slash", "North,A/1,N,P,town,10,,9,1,101,", "code", "without any of"},
		{"a name of two lines", "North,A,\"N\nM\",P,town,10,,9,1,101,", "name", "on one line"},
		{"a name with a NUL", "North,A,N\x00,P,town,10,,9,1,101,", "name", "without control characters"},
		{"bytes that are no text", "North,A,N\xff,P,town,10,,9,1,101,", "name", "UTF-8"},
		{"an unknown type", "North,A,N,Kindergarten,town,10,,9,1,101,", "type", "one of P, J"},
		{"an unknown place", "North,A,N,P,tovn,10,,9,1,101,", "where", `did you mean "town"`},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			_, err := census.Read(strings.NewReader(hillHeader+test.row+"\n"), decode(t, hillMapping))
			var cell *census.CellError
			if !errors.As(err, &cell) {
				t.Fatalf("got %v, want a CellError", err)
			}
			if cell.Row != 2 || cell.Column != test.column || !strings.Contains(cell.Error(), test.want) {
				t.Errorf("got %v\nwant row 2, column %q and %q", cell, test.column, test.want)
			}
		})
	}
}

func TestReadRefusesHeaders(t *testing.T) {
	m := decode(t, hillMapping)
	var column *census.ColumnError
	_, err := census.Read(strings.NewReader(strings.Replace(hills, "teachers", "teacher", 1)), m)
	if !errors.As(err, &column) || column.Path != "columns.teachers" || !strings.Contains(err.Error(), `did you mean "teacher"?`) {
		t.Errorf("a column with another name: got %v", err)
	}
	var unknown *model.UnknownWordError
	if !errors.As(err, &unknown) || unknown.Word != "teachers" {
		t.Errorf("a column with another name: got %v, want an UnknownWordError", err)
	}
	_, err = census.Read(strings.NewReader(strings.Replace(hillHeader, "small", "lat", 1)), m)
	if !errors.As(err, &column) || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a column twice: got %v", err)
	}
	var cell *census.CellError
	if _, err = census.Read(strings.NewReader(""), m); !errors.As(err, &cell) {
		t.Errorf("an empty file: got %v", err)
	}
	var parse *csv.ParseError
	if _, err = census.Read(strings.NewReader(hillHeader+"North,A\n"), m); !errors.As(err, &parse) || parse.Line != 2 {
		t.Errorf("a short row: got %v", err)
	}
}

func TestReadCapsErrors(t *testing.T) {
	rows := hillHeader + strings.Repeat("North,A,N,P,town,x,,9,1,101,\n", 1000)
	_, err := census.Read(strings.NewReader(rows), decode(t, hillMapping))
	var more *census.MoreError
	if !errors.As(err, &more) || more.Total != 1000 || len(cellErrors(err)) != more.Shown {
		t.Errorf("got %d errors and %v, want %v of 1000", len(cellErrors(err)), more, 50)
	}
}

func TestReadRefusesLargeFiles(t *testing.T) {
	row := "North,A1," + strings.Repeat("Town ", 20_000) + ",P,town,120,,9,1.05,101.05,\n"
	rows := make([]io.Reader, 700) // of 100 kB each
	for i := range rows {
		rows[i] = strings.NewReader(row)
	}
	_, err := census.Read(io.MultiReader(strings.NewReader(hillHeader), io.MultiReader(rows...)), decode(t, hillMapping))
	var size *census.SizeError
	if !errors.As(err, &size) {
		t.Fatalf("got %v, want a SizeError", err)
	}
}

func TestUnknownDistrict(t *testing.T) {
	c := readMalaysia(t)
	tests := []struct{ reason, district, want string }{
		{"a part of the name", "KAPIT", `did you mean "PPD KAPIT"?`},
		{"a slip of the pen", "PPD KAPITT", `did you mean "PPD KAPIT"?`},
		{"a part of two names", "petaling", `did you mean "PPD PETALING PERDANA" or "PPD PETALING UTAMA"?`},
		{"nothing like it", "Zhangwu", "146 districts in all"},
		{"no name", "", "146 districts in all"},
	}
	for _, test := range tests {
		_, err := c.County([]string{test.district}, census.Options{})
		var unknown *census.DistrictError
		if !errors.As(err, &unknown) || unknown.District != test.district || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.reason, err, test.want)
		}
	}
	if _, err := c.County(nil, census.Options{}); err == nil {
		t.Error("no district at all: got no error")
	}
}
