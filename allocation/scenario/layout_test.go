package scenario

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Two schools of tiny joined, counted by hand: S3 (18 pupils) goes into S2 (20 + 20 pupils), whose classes stay two.
func TestRelayout(t *testing.T) {
	c := county(t, "tiny")
	s2, s3 := schoolOf(c, "S2"), schoolOf(c, "S3")
	pupils, road := s3.Pupils(0), model.Metres(c.Rules.RoadFactor.Of(int64(model.Distance(s2.Position, s3.Position))))
	for _, test := range []struct {
		reason  string
		beyond  model.Metres
		board   bool
		walking int
	}{{"nobody boards", 0, false, pupils}, {"near enough to go every day", road, false, pupils}, {"too far", road - 1, true, 0}} {
		after, l, err := Relayout(c, &Scenario{Name: "x", Close: []Closure{{School: "S3", Into: "S2"}}}, test.beyond)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]Relocation{{"S3", "S2", pupils, road, test.board}}, l.Moves); diff != "" {
			t.Errorf("%s: %s", test.reason, diff)
		}
		if l.PupilMetres != 2*int64(test.walking)*int64(road) || l.Schools != [2]int{4, 3} || l.Pupils != pupils || l.Longest != road {
			t.Errorf("%s: %+v", test.reason, l)
		}
		if boarders := schoolOf(after, "S2").Boarders; (boarders == pupils) != test.board || l.Boarding[1] != model.Fen(boarders)*c.Rules.BoarderFunding {
			t.Errorf("%s: %d boarders, %+v", test.reason, boarders, l.Boarding)
		}
		if l.Small != [2]int{3, 2} || l.Beyond[0]-l.Beyond[1] != c.Rules.SmallFundingPupils {
			t.Errorf("%s: small schools %v, beyond %v", test.reason, l.Small, l.Beyond)
		}
		for k, county := range []*model.County{c, after} {
			need := 0
			for _, post := range allocation.Demand(county).Posts {
				need += post.Need
			}
			if l.Posts[k] != need {
				t.Errorf("%s: %d posts, want %d", test.reason, l.Posts[k], need)
			}
		}
	}
	after, l, err := Relayout(c, &Scenario{Name: "x"}, 0, Boarding{"S2", 7})
	if err != nil || schoolOf(after, "S2").Boarders != 7 || l.Boarders != [2]int{0, 7} || l.Boarding != [2]model.Fen{0, 7 * c.Rules.BoarderFunding} || l.Posts[0] != l.Posts[1] {
		t.Errorf("boarding built: %+v, %v", l, err)
	}
	if diff := cmp.Diff([]Boarding{{"S2", 7}}, l.Built); diff != "" {
		t.Error(diff)
	}
	for reason, b := range map[string]Boarding{"no such school": {"S9", 1}, "for nobody": {"S2", 0}, "for more than there are": {"S2", 41}} {
		var field *model.FieldError
		if _, _, err := Relayout(c, &Scenario{Name: "x"}, 0, b); !errors.As(err, &field) {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if schoolOf(c, "S3") == nil || schoolOf(c, "S2").Boarders != 0 {
		t.Error("the county before was changed")
	}
	var wrong *Error
	if _, _, err := Relayout(c, &Scenario{Close: []Closure{{School: "S9", Into: "S2"}}}, 0); !errors.As(err, &wrong) {
		t.Error(err)
	}
}
