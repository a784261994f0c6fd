package record_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash/crc64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model"
)

// forge edits the body of one entry and writes the whole chain after it anew, with right seals, numbers and hashes.
func forge(t *testing.T, store *shelf, number int, edit func(body map[string]json.RawMessage)) {
	t.Helper()
	previous := ""
	for i, sealed := range store.entries {
		content, _, _ := bytes.Cut(sealed, []byte("\n"))
		var e record.Entry
		must(t, json.Unmarshal(content, &e))
		if e.Number == number {
			var body map[string]json.RawMessage
			must(t, json.Unmarshal(e.Body, &body))
			edit(body)
			e.Body = ordered(t, e.Body, body)
		}
		e.Previous = previous
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		must(t, encoder.Encode(e))
		hash, sum := sha256.Sum256(text.Bytes()), crc64.Checksum(text.Bytes(), crc64.MakeTable(crc64.ECMA))
		previous = fmt.Sprintf("%x", hash)
		store.entries[i] = fmt.Appendf(text.Bytes(), `{"sha256":"%x","crc64":"%016x"}`+"\n", hash, sum)
	}
}

// ordered writes an object with its fields in the order of the one before.
func ordered(t *testing.T, before []byte, fields map[string]json.RawMessage) json.RawMessage {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(before))
	var out []string
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	for decoder.More() {
		name, err := decoder.Token()
		must(t, err)
		var skip json.RawMessage
		must(t, decoder.Decode(&skip))
		if value, kept := fields[name.(string)]; kept {
			out = append(out, fmt.Sprintf("%q:%s", name, value))
		}
	}
	return json.RawMessage("{" + strings.Join(out, ",") + "}")
}

// Somebody who writes the whole chain anew, with every hash right, is found by what comes out when the season is played again.
func TestForgedRecordsAreFound(t *testing.T) {
	ctx := context.Background()
	set := func(field, value string) func(map[string]json.RawMessage) {
		return func(body map[string]json.RawMessage) {
			if _, there := body[field]; !there {
				t.Fatalf("no field %s in %v", field, body)
			}
			body[field] = json.RawMessage(value)
		}
	}
	for _, tc := range []struct {
		reason string
		entry  int
		edit   func(map[string]json.RawMessage)
		field  string
	}{
		{"nothing", 2, func(map[string]json.RawMessage) {}, ""},
		{"another hash of the county", 1, set("county_hash", `"00"`), "county_hash"},
		{"another seed", 2, set("seed", "7"), "seed"},
		{"a rule less", 2, set("checks", "[]"), "checks"},
		{"an earlier last day", 3, set("until", `"2026-07-02"`), "appeal"},
		{"a late appeal", 4, set("day", `"2026-08-02"`), "appeal"},
		{"another appellant", 4, set("teacher", `"T3"`), "appellants"},
		{"a dismissal", 6, set("upheld", "false"), "decision"},
		{"another remedy", 6, set("corrections", `[{"teacher":"T2","field":"exemption","value":"other"}]`), "corrections"},
		{"fewer touched", 8, set("others", "-1"), "others"},
		{"an appeal that was not upheld", 8, set("appeals", `["A002"]`), "appeals"},
		{"approved before the last day", 10, set("day", `"2026-07-19"`), "final"},
		{"another plan approved", 10, set("plan", `"00"`), "final"},
		{"a field that nobody knows", 10, func(body map[string]json.RawMessage) { body["approver"] = json.RawMessage(`"x","seal":1`) }, "final"},
	} {
		store := &shelf{}
		played(t, store)
		forge(t, store, tc.entry, tc.edit)
		v, err := record.Verify(ctx, store, record.VerifyOptions{})
		must(t, err)
		switch {
		case tc.field == "" && !v.OK():
			t.Errorf("%s: %v", tc.reason, v.Faults)
		case tc.field != "" && (v.OK() || v.Faults[0].Field != tc.field):
			t.Errorf("%s: %v, want a fault of %s", tc.reason, v.Faults, tc.field)
		}
	}
}

// A plan that says what is true and breaks nothing, but in other words than come out of its options, is found by the bytes.
func TestAnotherPlanIsFoundByItsBytes(t *testing.T) {
	ctx := context.Background()
	for _, tc := range []struct {
		reason string
		edit   func(*model.Plan)
		found  bool
	}{
		{"other options that give the same plan", func(p *model.Plan) { p.Options.Workers = 3 }, false},
		{"a time limit that was not reached", func(p *model.Plan) { p.Options.TimeLimit = time.Nanosecond }, false},
		{"a level that is said to be vouched for", func(p *model.Plan) { p.Levels = slices.Clone(p.Levels); p.Levels[0].Certified = false }, true},
	} {
		store := &shelf{}
		plan := *published(t, store).Plan
		tc.edit(&plan)
		named := objectOf(t, store, &plan)
		levels, err := json.Marshal(plan.Levels)
		must(t, err)
		forge(t, store, 2, func(body map[string]json.RawMessage) { body["plan"], body["levels"] = named, levels })
		v, err := record.Verify(ctx, store, record.VerifyOptions{})
		must(t, err)
		if v.OK() == tc.found || tc.found && (v.Faults[0].Entry != 2 || v.Faults[0].Field != "plan" || v.Faults[0].Offset <= 0) {
			t.Errorf("%s: %v", tc.reason, v.Faults)
		}
	}
}

// objectOf puts a value in a store as an object, and gives its name.
func objectOf(t *testing.T, store *shelf, value any) json.RawMessage {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	must(t, encoder.Encode(value))
	o := record.Object{Seal: record.SealOf(text.Bytes()), Bytes: text.Len()}
	must(t, store.Put(context.Background(), o.SHA256, text.Bytes()))
	named, err := json.Marshal(o)
	must(t, err)
	return named
}
