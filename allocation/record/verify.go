package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// VerifyOptions says how far a record is verified. The zero value verifies all of it.
type VerifyOptions struct {
	Head      string // hash of the last entry, as known from elsewhere; "": not known, and then nobody can tell whether entries were cut off the end
	ChainOnly bool   // seals, hashes and the order of steps alone: nothing is checked or planned again
}

// Verification is what a record came to.
type Verification struct {
	Entries  int      `json:"entries"`
	Objects  int      `json:"objects"`
	Head     string   `json:"head"`
	Replayed int      `json:"replayed"` // plans that were made again, with the same bytes
	Faults   []*Fault `json:"faults,omitempty"`
	Notes    []string `json:"notes,omitempty"` // what could not be shown, and why

	State *State `json:"-"` // at the end, or where the chain breaks
}

// OK reports whether the record is whole.
func (v *Verification) OK() bool { return len(v.Faults) == 0 }

// Verify replays a record from its first entry. It checks that
//
//   - each entry has its seal, its number and the hash of the one before, and each object the hash under which it is spoken of;
//   - each step comes when it may, and each appeal and decision fits the county;
//   - the county of each plan has the hash that the plan names, the independent checker finds what is recorded, and the certificate proves the bounds;
//   - each plan that native made without a time limit comes out again with the same bytes, each amendment with the same corrections, county,
//     plan and people touched;
//   - there is nothing else in the store.
//
// It stops at the first entry that is broken: what comes after hangs on it. The error is that of the store or the context; a broken
// record is none. It takes the time of all plans of the season.
func Verify(ctx context.Context, store Store, o VerifyOptions) (*Verification, error) {
	r := &replay{chain: chain{store: store}, options: o, spoken: map[string]bool{}, v: &Verification{}}
	r.v.State = &r.state
	for {
		e, more, err := r.chain.next(ctx)
		if err == nil && !more {
			break
		}
		if err == nil {
			err = r.entry(ctx, e)
		}
		if fault, ok := IsFault(err); ok {
			r.v.Faults = append(r.v.Faults, fault)
			break
		}
		if err != nil {
			return nil, err
		}
	}
	r.v.Entries, r.v.Head = r.chain.length, r.chain.head
	if len(r.v.Faults) == 0 && o.Head != "" && o.Head != r.chain.head {
		r.v.Faults = append(r.v.Faults, r.chain.faultAt(r.chain.length, "head", r.chain.head, o.Head+", the last entry as known from elsewhere"))
	}
	if len(r.v.Faults) == 0 && r.chain.length == 0 {
		r.v.Faults = append(r.v.Faults, &Fault{Offset: -1, Got: "no entry", Want: "a record"})
	}
	return r.v, r.rest(ctx)
}

// VerifyFiles holds what was published, in a folder, to the hashes of the record: a file that is missing or another one than was posted is a fault of the
// entry of its publication. The error is that of the folder.
func VerifyFiles(folder fs.FS, s *State) ([]*Fault, error) {
	var faults []*Fault
	for i := range s.Publications {
		for _, f := range s.Publications[i].Files {
			content, err := fs.ReadFile(folder, f.Name)
			fault := &Fault{File: f.Name, Offset: -1, Field: "publication of " + s.Publications[i].Day.String(), Want: fmt.Sprintf("the %d bytes of hash %s that were published", f.Bytes, f.SHA256)}
			switch got := SealOf(content).SHA256; {
			case errors.Is(err, fs.ErrNotExist):
				fault.Got = "no such file"
			case err != nil:
				return nil, err
			case got != f.SHA256:
				fault.Got = fmt.Sprintf("%d bytes of hash %s", len(content), got)
			default:
				continue
			}
			faults = append(faults, fault)
		}
	}
	return faults, nil
}

// replay is a verification under way.
type replay struct {
	chain   chain
	state   State
	options VerifyOptions
	spoken  map[string]bool // hashes of objects that entries speak of
	v       *Verification
}

// rest looks for what no entry speaks of. An object that a writer put before it was killed is no fault, if it is whole.
func (r *replay) rest(ctx context.Context) error {
	list, ok := r.chain.store.(Lister)
	if !ok {
		return nil
	}
	fault := func(file, hash string, got, want string) {
		r.v.Faults = append(r.v.Faults, &Fault{File: file, Object: hash, Offset: -1, Got: got, Want: want})
	}
	hashes, err := list.Objects(ctx)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		r.v.Objects++
		if r.spoken[hash] {
			continue
		}
		content, err := r.chain.store.Object(ctx, hash)
		if err != nil {
			return err
		}
		if got := SealOf(content).SHA256; got != hash {
			file := hash
			if p, ok := r.chain.store.(Placer); ok {
				file = p.ObjectFile(hash)
			}
			fault(file, hash, "bytes of hash "+got, "bytes of the hash "+filepath.Base(file)+" that it is named by")
		} else if len(r.v.Faults) == 0 {
			r.v.Notes = append(r.v.Notes, "object "+hash+" belongs to no entry: a writer was stopped before its entry")
		}
	}
	strays, err := list.Strays(ctx)
	if err != nil {
		return err
	}
	broken := len(r.v.Faults) > 0
	for _, file := range strays {
		if !broken {
			fault(file, "", "a file that belongs to no record", "entries, objects and an empty lock alone")
		}
	}
	return nil
}

// entry judges one entry: what it says by itself, and what comes out when its step is done again.
func (r *replay) entry(ctx context.Context, e *Entry) error {
	before := r.state
	before.Cases = slices.Clone(r.state.Cases)
	if err := r.state.take(ctx, &r.chain, e); err != nil {
		return err
	}
	switch e.Kind {
	case KindInputs:
		return r.inputs(ctx, e)
	case KindPlan:
		var p Planned
		if err := strictly(e.Body, &p); err != nil {
			return r.chain.faultAt(e.Number, "body", err.Error(), "a plan")
		}
		if err := r.planned(ctx, e, &p); err != nil || r.options.ChainOnly {
			return err
		}
		return r.again(ctx, e, &p)
	case KindAmendment:
		return r.amendment(ctx, e, &before)
	}
	return nil
}

func (r *replay) inputs(ctx context.Context, e *Entry) error {
	in, c := &r.state.Inputs, r.state.County
	r.spoken[in.Data.SHA256], r.spoken[in.Pack.SHA256] = true, true
	pack, err := r.chain.object(ctx, e.Number, "pack", in.Pack)
	if err != nil || r.options.ChainOnly {
		return err
	}
	if err := c.Validate(); err != nil {
		return r.chain.faultAt(e.Number, "data", err.Error(), "a valid county")
	}
	if hash := c.Hash(); hash != in.CountyHash {
		return r.chain.faultAt(e.Number, "county_hash", in.CountyHash, hash+", of the county")
	}
	now, err := policy.Load(in.Policy)
	if err != nil {
		return r.chain.faultAt(e.Number, "policy", err.Error(), "a policy pack")
	}
	if text, err := objectBytes(now); err != nil || SealOf(text) != SealOf(pack) {
		r.v.Notes = append(r.v.Notes, "the policy pack "+in.Policy+" of this program is another one than that of the record; the record's rules stand in its county")
	}
	return nil
}

// planned holds a plan to its county, the checker and the certificate.
func (r *replay) planned(ctx context.Context, e *Entry, p *Planned) error {
	c, plan := r.state.County, r.state.Plan
	r.spoken[p.Plan.SHA256], r.spoken[p.Certificate.SHA256] = true, true
	var k allocation.Certificate
	if err := r.chain.value(ctx, e.Number, "certificate", p.Certificate, &k); err != nil || r.options.ChainOnly {
		return err
	}
	claims := Planned{Day: p.Day, CountyHash: plan.CountyHash, Software: plan.Software, Backend: plan.Backend, Seed: plan.Options.Seed, Stop: plan.Stop,
		Levels: plan.Levels, Plan: p.Plan, Certificate: p.Certificate}
	if hash := c.Hash(); plan.CountyHash != hash {
		return r.chain.faultAt(e.Number, "plan.county_hash", plan.CountyHash, hash+", of the county")
	}
	verdict := check.Plan(c, plan)
	if err := verdict.Err(); err != nil {
		return r.chain.faultAt(e.Number, "plan", err.Error(), "a plan that breaks no rule")
	}
	claims.Checks = checksOf(verdict)
	if field, got, want := differing(p, &claims); field != "" {
		return r.chain.faultAt(e.Number, field, got, want+", as the plan and the checker say")
	}
	if err := allocation.VerifyCertificate(c, plan, &k); err != nil {
		return r.chain.faultAt(e.Number, "certificate", err.Error(), "a proof of the bounds")
	}
	for _, level := range k.Levels {
		if !level.Certified {
			r.v.Notes = append(r.v.Notes, fmt.Sprintf("entry %d: the bound of level %s is the backend's own, without duals", e.Number, level.Name))
		}
	}
	return nil
}

// repeatable says why a plan can't be asked for the same bytes; "" where it can.
func (r *replay) repeatable(plan *model.Plan) string {
	switch {
	case plan.Backend != native.Solver{}.Name():
		return "backend " + plan.Backend + " does not promise the same bytes"
	case plan.Software != allocation.Software:
		return "it was made by " + plan.Software + ", and this is " + allocation.Software
	case plan.Stop == model.StopTime || plan.Stop == model.StopCancelled:
		return "its search was stopped"
	}
	return ""
}

// again makes a plan once more.
func (r *replay) again(ctx context.Context, e *Entry, p *Planned) error {
	if why := r.repeatable(r.state.Plan); why != "" {
		r.v.Notes = append(r.v.Notes, fmt.Sprintf("entry %d: the plan was not made again: %s", e.Number, why))
		return nil
	}
	options := r.state.Plan.Options
	options.TimeLimit = 0 // it was not reached then; a slower machine must not reach it now
	plan, err := allocation.Solve(ctx, r.state.County, &options)
	if err != nil {
		return r.failed(ctx, e, err)
	}
	plan.Options.TimeLimit = r.state.Plan.Options.TimeLimit
	return r.same(ctx, e, "plan", p.Plan, plan)
}

// failed is an error of planning again: of the context, or a fault.
func (r *replay) failed(ctx context.Context, e *Entry, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return r.chain.faultAt(e.Number, "replay", err.Error(), "what the record says came out")
}

// same holds an object to the value that came out again, byte by byte.
func (r *replay) same(ctx context.Context, e *Entry, field string, o Object, value any) error {
	content, err := r.chain.object(ctx, e.Number, field, o)
	if err != nil {
		return err
	}
	again, err := objectBytes(value)
	if err != nil {
		return err
	}
	if SealOf(again) == o.Seal {
		if field == "plan" {
			r.v.Replayed++
		}
		return nil
	}
	fault := r.chain.faultAt(e.Number, field, fmt.Sprintf("%d bytes", len(content)), fmt.Sprintf("the %d bytes that come out again", len(again)))
	if p, ok := r.chain.store.(Placer); ok {
		fault.File = p.ObjectFile(o.SHA256)
	}
	fault.Object = o.SHA256
	for fault.Offset = 0; fault.Offset < min(len(content), len(again)) && content[fault.Offset] == again[fault.Offset]; {
		fault.Offset++
	}
	return fault
}

// amendment mends the plan before once more.
func (r *replay) amendment(ctx context.Context, e *Entry, before *State) error {
	var a Amended
	if err := strictly(e.Body, &a); err != nil {
		return r.chain.faultAt(e.Number, "body", err.Error(), "an amendment")
	}
	r.spoken[a.Data.SHA256] = true
	if err := r.planned(ctx, e, &a.Planned); err != nil || r.options.ChainOnly {
		return err
	}
	if why := r.repeatable(r.state.Plan); why != "" {
		r.v.Notes = append(r.v.Notes, fmt.Sprintf("entry %d: the amendment was not made again: %s", e.Number, why))
		return nil
	}
	o := AmendOptions{Fill: a.Fill}
	o.Planner.Options = model.Options{Gap: r.state.Plan.Options.Gap, Workers: r.state.Plan.Options.Workers}
	m, err := before.amend(ctx, o)
	if err != nil {
		return r.failed(ctx, e, err)
	}
	m.Plan.Options.TimeLimit = r.state.Plan.Options.TimeLimit // as in again
	again := Amended{Day: a.Day, Appeals: m.Appeals, Applied: m.Applied, Appellants: m.Appellants, Own: m.Own, Touched: m.Touched,
		Others: m.Others, Least: m.Least, Proven: m.Proven, Fill: a.Fill, Data: a.Data, Planned: a.Planned}
	if field, got, want := differing(&a, &again); field != "" {
		return r.chain.faultAt(e.Number, field, got, want+", which comes out again")
	}
	if err := r.same(ctx, e, "data", a.Data, m.County); err != nil {
		return err
	}
	return r.same(ctx, e, "plan", a.Plan, m.Plan)
}

// differing finds the first field in which two values differ in their JSON form, in order of name, "" where none does.
func differing(got, want any) (field, gotText, wantText string) {
	var fields [2]map[string]json.RawMessage
	for i, value := range []any{got, want} {
		text, err := encodeJSON(value, "")
		if err == nil {
			err = json.Unmarshal(text, &fields[i])
		}
		if err != nil {
			panic("record: a body always has a JSON form: " + err.Error())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields[1])) {
		if g, w := string(fields[0][name]), string(fields[1][name]); g != w {
			return name, shorten(g), shorten(w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields[0])) {
		if _, known := fields[1][name]; !known {
			return name, shorten(string(fields[0][name])), "nothing"
		}
	}
	return "", "", ""
}

// shorten keeps a text in a message readable.
func shorten(text string) string {
	const most = 200
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
