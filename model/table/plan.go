package table

import (
	"path/filepath"

	"github.com/xianguan/xianguan/model"
)

// ReadPlan reads a plan. It checks the form alone; whether the plan is right for
// a county is for allocation/check to say. The error is an *[Errors] of
// *[JSONError], or an error of the file system.
func ReadPlan(path string) (*model.Plan, error) {
	text, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return parsePlan(filepath.Base(path), text)
}

func parsePlan(name, text string) (*model.Plan, error) {
	p := &model.Plan{}
	if err := decode(name, text, p, &p.Format); err != nil {
		return nil, err
	}
	// What a file leaves out where it is empty is nil, so that a plan has one form.
	trim(&p.Origin.Real)
	trim(&p.Origin.Assumed)
	trim(&p.Options.Pins)
	trim(&p.Options.Bans)
	if p.Options.Keep != nil {
		trim(&p.Options.Keep.Posts)
	}
	if len(p.Options.Weights.Subject) == 0 {
		p.Options.Weights.Subject = nil
	}
	for i := range p.Posts {
		trim(&p.Posts[i].Second)
	}
	return p, nil
}

// WritePlan writes a plan as JSON for [ReadPlan]. The file appears as a whole or
// not at all.
func WritePlan(path string, p *model.Plan) error { return writeJSON(path, p) }
