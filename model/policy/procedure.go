package policy

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// KeyObjectionDays is the setting of how many working days one may object after a plan was published (公示期).
const KeyObjectionDays = "publication.objection_days"

// Procedure is what a pack says about how a plan takes effect. No plan depends on it, so it is no part of [model.Rules] and of
// what a county is known by; a county overrides it like any other key.
type Procedure struct {
	ObjectionDays int // working days after the day of publication
}

// ProcedureKeys lists the keys that [Pack.Procedure] has values for.
func ProcedureKeys() []string { return []string{KeyObjectionDays} }

// ProcedureFor gives the values of the pack's procedure with a county's own in their place. The error joins a *[KeyError] for every value outside
// its range.
func (p *Pack) ProcedureFor(overrides []model.Override) (procedure Procedure, err error) {
	for _, v := range p.Procedure {
		text := v.Value
		for _, o := range overrides {
			if o.Key == v.Key {
				text = o.Value
			}
		}
		if err := putProcedure(&procedure, &v, text); err != nil {
			return Procedure{}, err
		}
	}
	return procedure, nil
}

// putProcedure reads a value of the procedure into its field, if it is inside the range of the pack.
func putProcedure(into *Procedure, v *Value, text string) error {
	at := whole(&into.ObjectionDays)
	var low, high int
	if err := whole(&low).set(v.Low); err != nil {
		return err
	}
	if err := whole(&high).set(v.High); err != nil {
		return err
	}
	if err := at.set(text); err != nil {
		return &KeyError{Key: v.Key, Value: text, Want: wanted(at, v), Err: err}
	}
	if n := at.number(); n < int64(low) || n > int64(high) {
		return &KeyError{Key: v.Key, Value: text, Want: wanted(at, v)}
	}
	return nil
}

// takeProcedure puts values of the procedure in the place of those of the base. Every key needs a value.
func (p *Pack) takeProcedure(values []Value) error {
	for _, v := range values {
		v.Pack = p.Name
		if i := p.procedureOf(v.Key); i >= 0 {
			p.Procedure[i] = v
			continue
		}
		p.Procedure = append(p.Procedure, v)
	}
	for _, key := range ProcedureKeys() {
		if p.procedureOf(key) < 0 {
			return &KeyError{Key: key, Want: "a value for every key"}
		}
	}
	for i := range p.Procedure {
		if !slices.Contains(ProcedureKeys(), p.Procedure[i].Key) {
			return unknownKey(p.Procedure[i].Key, p.Procedure[i].Value)
		}
	}
	_, err := p.ProcedureFor(nil)
	return err
}

// procedureOf is the place of a key among the values of the procedure, -1 where it is none of them.
func (p *Pack) procedureOf(key string) int {
	return slices.IndexFunc(p.Procedure, func(v Value) bool { return v.Key == key })
}
