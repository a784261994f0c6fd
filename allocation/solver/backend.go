package solver

import (
	"fmt"
	"strings"
)

// UnavailableError says that a backend can't be used here: every place that was tried, why it failed, and what
// would make it work.
type UnavailableError struct {
	Backend string
	Tried   []Attempt
	Install string // the command that installs what is missing
}

// Attempt is one place where a part of a backend was looked for.
type Attempt struct {
	Place  string // a path, or how it was looked for
	Reason string // why it does not serve
}

func (e *UnavailableError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "solver: backend %s is not available", e.Backend)
	for _, a := range e.Tried {
		fmt.Fprintf(&text, "; %s: %s", a.Place, a.Reason)
	}
	if e.Install != "" {
		fmt.Fprintf(&text, "; to install it: %s", e.Install)
	}
	return text.String()
}

// UnsupportedError says that a backend can't solve a programme of this kind.
type UnsupportedError struct {
	Backend string
	Feature string // such as "side rows"
}

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("solver: backend %s does not support %s", e.Backend, e.Feature)
}
