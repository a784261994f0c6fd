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

	"github.com/xianguan/xianguan/allocation/record"
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

// A plan that is lawful and proven as well, but not the one that the options give, is found by the bytes.
func TestAnotherPlanIsFoundByItsBytes(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	s := published(t, store)
	plan := *s.Plan
	plan.Options.Workers = 3 // the same plan by other options: another text
	text, err := json.MarshalIndent(&plan, "", " ")
	must(t, err)
	text = append(text, '\n')
	o := record.Object{Seal: record.SealOf(text), Bytes: len(text)}
	must(t, store.Put(ctx, o.SHA256, text))
	named, err := json.Marshal(o)
	must(t, err)
	forge(t, store, 2, func(body map[string]json.RawMessage) { body["plan"] = named })
	v, err := record.Verify(ctx, store, record.VerifyOptions{})
	must(t, err)
	if !v.OK() { // these options do give this plan
		t.Fatalf("%v", v.Faults)
	}
	plan.Assignments = slices.Clone(plan.Assignments)
	plan.Cost.Travel++
	text, err = json.MarshalIndent(&plan, "", " ")
	must(t, err)
	text = append(text, '\n')
	o = record.Object{Seal: record.SealOf(text), Bytes: len(text)}
	must(t, store.Put(ctx, o.SHA256, text))
	named, err = json.Marshal(o)
	must(t, err)
	forge(t, store, 2, func(body map[string]json.RawMessage) { body["plan"] = named })
	v, err = record.Verify(ctx, store, record.VerifyOptions{})
	must(t, err)
	if v.OK() || v.Faults[0].Entry != 2 {
		t.Errorf("a plan with another cost: %+v", v)
	}
}
