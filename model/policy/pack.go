package policy

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

//go:embed packs/*.json
var packs embed.FS

// packFormat is the version of the form of pack files.
const packFormat = 1

// Pack is a set of values for every key, with their sources. It is a value of
// its own: changing it changes no other pack.
type Pack struct {
	Name       string         `json:"name"`
	Base       string         `json:"base,omitempty"` // the pack it replaces parts of
	Title      string         `json:"title"`          // in Chinese
	TitleEn    string         `json:"title_en"`
	Curriculum string         `json:"curriculum"`          // name of the curriculum plan, see [Curriculum]
	Values     []Value        `json:"values"`              // in the order of [Keys], one for each key
	Procedure  []Value        `json:"procedure,omitempty"` // how a plan takes effect: values that no plan depends on, see [Pack.ProcedureFor]
	Facts      []Fact         `json:"facts"`               // of the policy text, beside the values
	Subsidies  []SubsidyTable `json:"subsidies,omitempty"` // tables of counties, as examples

	rules model.Rules
}

// Value is what a pack says about one key.
type Value struct {
	Key   string `json:"key"`
	Value string `json:"value"` // as in settings.csv
	Unit  string `json:"unit"`
	Low   string `json:"low,omitempty"` // least value, or "" where the key takes a word
	High  string `json:"high,omitempty"`
	Citation
	Alternatives []Alternative `json:"alternatives,omitempty"` // other figures in force elsewhere or earlier

	Pack string `json:"pack,omitempty"` // the pack that the value comes from
}

// Alternative is another figure for a key, from another source or another time.
type Alternative struct {
	Value string `json:"value"`
	Citation
}

// Fact is a figure or a sentence of the policy that no key stands for.
type Fact struct {
	ID     string `json:"id"`
	Text   string `json:"text"` // in Chinese
	TextEn string `json:"text_en"`
	Citation

	Pack string `json:"pack,omitempty"` // the pack that the fact comes from
}

// Citation says where a figure stands and from when it holds.
type Citation struct {
	Source    string     `json:"source"` // in Chinese
	SourceEn  string     `json:"source_en"`
	Kind      Kind       `json:"kind"`
	Effective model.Date `json:"effective,omitzero"` // zero only where the source gives no day
	Note      string     `json:"note,omitempty"`
}

// Kind says how sure a figure is.
type Kind string

const (
	Checked   Kind = "checked"   // checked in a public source
	Secondary Kind = "secondary" // from a secondary source
	Practice  Kind = "practice"  // practice of counties: a default, not a rule
)

// Names lists the packs in alphabetical order.
func Names() []string {
	entries, err := packs.ReadDir("packs")
	if err != nil {
		panic("policy: the packs are embedded: " + err.Error())
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	return names
}

// Load gives a pack by name. The error for an unknown name is a
// *[model.UnknownWordError].
func Load(name string) (*Pack, error) {
	if !slices.Contains(Names(), name) {
		return nil, &model.UnknownWordError{What: "policy pack", Word: name, Known: Names()}
	}
	text, err := packs.ReadFile("packs/" + name + ".json")
	if err != nil {
		return nil, err
	}
	return parse(text)
}

// parse reads the text of a pack and puts it on top of its base.
func parse(text []byte) (*Pack, error) {
	var file struct {
		Format int `json:"format"`
		Pack
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("policy pack: %w", err)
	}
	if file.Format != packFormat {
		return nil, fmt.Errorf("policy pack %s: format %d: want %d", file.Name, file.Format, packFormat)
	}
	p := &Pack{}
	if file.Base != "" {
		base, err := Load(file.Base)
		if err != nil {
			return nil, fmt.Errorf("policy pack %s: base: %w", file.Name, err)
		}
		p = base
	}
	p.Name, p.Base, p.Curriculum = file.Name, file.Base, file.Curriculum
	p.Title, p.TitleEn = file.Title, file.TitleEn
	for i := range file.Facts {
		file.Facts[i].Pack = file.Name
	}
	p.Facts = append(p.Facts, file.Facts...)
	p.Subsidies = append(p.Subsidies, file.Subsidies...)
	if err := errors.Join(p.take(file.Values), p.takeProcedure(file.Procedure)); err != nil {
		return nil, fmt.Errorf("policy pack %s: %w", file.Name, err)
	}
	return p, nil
}

// take puts values in the place of those of the base, brings all into the order
// of the keys and sets the rules. Every key needs a value inside its range.
func (p *Pack) take(values []Value) error {
	byKey := map[string]Value{}
	for _, v := range p.Values {
		byKey[v.Key] = v
	}
	var faults []error
	seen := map[string]bool{}
	for _, v := range values {
		if seen[v.Key] {
			faults = append(faults, &KeyError{Key: v.Key, Value: v.Value, Want: "each key once", Repeated: true})
		}
		seen[v.Key] = true
		v.Pack = p.Name
		byKey[v.Key] = v
	}
	p.Values = make([]Value, 0, len(byKey))
	for _, b := range bindings() {
		v, found := byKey[b.key]
		if !found {
			faults = append(faults, &KeyError{Key: b.key, Want: "a value for every key"})
			continue
		}
		if err := b.put(&p.rules, &v, v.Value); err != nil {
			faults = append(faults, err)
		}
		p.Values = append(p.Values, v)
		delete(byKey, b.key)
	}
	for _, v := range values {
		if _, left := byKey[v.Key]; left {
			faults = append(faults, unknownKey(v.Key, v.Value))
		}
	}
	return errors.Join(faults...)
}

// Rules gives the values of the pack as they stand.
func (p *Pack) Rules() model.Rules { return p.rules }

// Resolve gives the values of the pack with a county's own in their place. The
// error joins a *[KeyError] for every override whose key is unknown or given
// twice, or whose value is outside its range.
func (p *Pack) Resolve(overrides []model.Override) (model.Rules, error) {
	rules := p.rules
	var faults []error
	seen := map[string]bool{}
	all := bindings()
	for _, o := range overrides {
		i := slices.IndexFunc(all, func(b binding) bool { return b.key == o.Key })
		switch at := p.procedureOf(o.Key); {
		case at >= 0 && !seen[o.Key]:
			if err := putProcedure(&Procedure{}, &p.Procedure[at], o.Value); err != nil {
				faults = append(faults, err)
			}
		case i < 0 && at < 0:
			faults = append(faults, unknownKey(o.Key, o.Value))
		case seen[o.Key]:
			faults = append(faults, &KeyError{Key: o.Key, Value: o.Value, Want: "each key once", Repeated: true})
		default:
			if err := all[i].put(&rules, &p.Values[i], o.Value); err != nil {
				faults = append(faults, err)
			}
		}
		seen[o.Key] = true
	}
	return rules, errors.Join(faults...)
}

// Value gives what the pack says about a key; false for an unknown key.
func (p *Pack) Value(key string) (Value, bool) {
	i := slices.IndexFunc(p.Values, func(v Value) bool { return v.Key == key })
	if i >= 0 {
		return p.Values[i], true
	}
	if i = p.procedureOf(key); i >= 0 {
		return p.Procedure[i], true
	}
	return Value{}, false
}
