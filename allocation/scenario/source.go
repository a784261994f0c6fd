package scenario

import "github.com/xianguan/xianguan/model"

// Source gives a county when a worker takes a task of it, so that a sweep over many counties holds only those that are being planned.
// Sources are compared with ==: tasks of one source read it once between them, where they stand together.
type Source interface {
	// String names the source for people, as a path or a district does.
	String() string
	// County reads the county; every call gives an equal one. It may be called from any goroutine.
	County() (*model.County, error)
}

// TaskError says which task could not be carried out because of what it was given: a county that can't be read, or a scenario that does not fit it.
// Other tasks are not touched by it.
type TaskError struct {
	Source   string // "" where the task holds its county
	Scenario string // "" where it is the county that is wrong
	Err      error
}

func (e *TaskError) Error() string {
	if e.Source == "" {
		return e.Err.Error()
	}
	return e.Source + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *TaskError) Unwrap() error { return e.Err }

// source names where a task's county comes from, for errors.
func (t *Task) source() string {
	if t.Source == nil {
		return ""
	}
	return t.Source.String()
}

// load gives a task that holds its county. The error is a *[TaskError].
func (t *Task) load() (*Task, error) {
	loaded := *t
	if loaded.County == nil {
		county, err := t.Source.County()
		if err != nil {
			return nil, &TaskError{t.source(), "", err}
		}
		loaded.County = county
	}
	if loaded.countyHash == "" {
		loaded.countyHash = loaded.County.Hash()
	}
	return &loaded, nil
}
