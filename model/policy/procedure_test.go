package policy

import (
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// The objection period has a default with its source in every pack; a county overrides it, and no rule of a plan changes with it.
func TestProcedure(t *testing.T) {
	for _, name := range Names() {
		p := load(t, name)
		if len(p.Procedure) != len(ProcedureKeys()) {
			t.Errorf("%s has %d values for %d keys of the procedure", name, len(p.Procedure), len(ProcedureKeys()))
		}
		for _, v := range p.Procedure {
			cited(t, name+" "+v.Key, v.Citation)
			if got, found := p.Value(v.Key); !found || got.Value != v.Value || v.Unit == "" || v.Pack == "" {
				t.Errorf("%s: %+v", name, v)
			}
		}
		for _, tc := range []struct {
			reason, value string
			days          int
			want          string // of the error
		}{
			{"the default", "", 5, ""},
			{"the county's own", "7", 7, ""},
			{"too few", "2", 0, "a whole number from 3 to 30"},
			{"no number", "a week", 0, "a whole number from 3 to 30"},
		} {
			var overrides []model.Override
			if tc.value != "" {
				overrides = []model.Override{{Key: KeyObjectionDays, Value: tc.value}}
			}
			procedure, err := p.ProcedureFor(overrides)
			rules, resolved := p.Resolve(overrides)
			if procedure.ObjectionDays != tc.days || (err == nil) != (tc.want == "") || (err != nil && !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("%s, %s: %+v %v", name, tc.reason, procedure, err)
			}
			if rules != p.Rules() || (resolved == nil) != (tc.want == "") {
				t.Errorf("%s, %s: the rules change, or %v", name, tc.reason, resolved)
			}
		}
		if _, err := p.Resolve([]model.Override{{Key: KeyObjectionDays, Value: "6"}, {Key: KeyObjectionDays, Value: "7"}}); err == nil || !strings.Contains(err.Error(), "each key once") {
			t.Errorf("given twice: %v", err)
		}
		if _, err := p.Resolve([]model.Override{{Key: "publication.objection_day", Value: "6"}}); err == nil || !strings.Contains(err.Error(), KeyObjectionDays) {
			t.Errorf("a slip: %v", err)
		}
	}
}
