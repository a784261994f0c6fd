package solver

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// AnswerError says which line of a solution file is wrong.
type AnswerError struct {
	Line  int    // from 1; 0 when the file as a whole is wrong
	Name  string // of the variable, or ""
	Value string
	Want  string
}

func (e *AnswerError) Error() string {
	where := "solver: answer"
	if e.Line > 0 {
		where += fmt.Sprintf(" line %d", e.Line)
	}
	if e.Name != "" {
		where += ": " + e.Name
	}
	return fmt.Sprintf("%s is %s, want %s", where, e.Value, e.Want)
}

// AnswerTolerance is how far from an integer the value of a variable may be: solvers in floats take 10⁻⁶ for none
// and print what they have.
const AnswerTolerance = 1e-5

// ReadAnswer reads what another solver answered to a file of [WriteMPS]: the solution file that HiGHS writes in its
// raw style (write_solution_style 0), or plain lines "name value". In plain lines what stands after the value is left
// alone, so is a line that is empty or begins with "#" or "=", and a variable that is not listed is 0. Every value
// must lie within [AnswerTolerance] of an integer within the bounds of its variable.
//
// The flow need not be feasible: see [CheckAnswer]. The error is an [*AnswerError] or what r returns. It takes time
// linear in the file and the programme, which must be valid.
func ReadAnswer(r io.Reader, p *Programme) (flow, columns []int64, err error) {
	a := &answer{p: p, flow: make([]int64, len(p.Tail)), columns: make([]int64, len(p.Columns)), seen: make([]bool, len(p.Tail)+len(p.Columns))}
	a.lines = bufio.NewScanner(r)
	for a.next() && a.text == "" { // blank lines before all
	}
	if a.text == highsHeading {
		err = a.readHighs()
	} else {
		err = a.readPlain()
	}
	if failed := a.lines.Err(); failed != nil {
		err = fmt.Errorf("solver: answer line %d: %w", a.line+1, failed)
	}
	if err != nil {
		return nil, nil, err
	}
	return a.flow, a.columns, nil
}

// CheckAnswer reports, in exact integers, the first arc, node, column or row where a flow with columns is not
// feasible, as a [*FieldError]. The programme must be valid.
func CheckAnswer(p *Programme, flow, columns []int64) error {
	if len(flow) != len(p.Tail) {
		return &FieldError{"Flow", -1, fmt.Sprintf("%d long", len(flow)), fmt.Sprint(len(p.Tail))}
	}
	if err := p.validateFlow("Flow", flow); err != nil {
		return err
	}
	return p.validateColumns("Columns", flow, columns)
}

// WriteAnswer writes a flow with columns in the raw style of HiGHS, which HiGHS takes as a solution to begin with and
// ReadAnswer reads.
func WriteAnswer(w io.Writer, flow, columns []int64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(out, "%s\nUnknown\n\n%s\nFeasible\nObjective 0\n%s %d\n", highsHeading, highsValues, highsColumns, len(flow)+len(columns))
	for a, f := range flow {
		fmt.Fprintf(out, "a%d %d\n", a, f)
	}
	for c, y := range columns {
		fmt.Fprintf(out, "y%d %d\n", c, y)
	}
	out.WriteString("# Rows 0\n")
	return out.Flush()
}

// Lines of a HiGHS solution file.
const (
	highsHeading = "Model status"
	highsValues  = "# Primal solution values"
	highsColumns = "# Columns"
)

type answer struct {
	p             *Programme
	lines         *bufio.Scanner
	line          int
	text          string
	flow, columns []int64
	seen          []bool
}

// next goes to the next line. At the end the text is empty.
func (a *answer) next() bool {
	a.text = ""
	if !a.lines.Scan() {
		return false
	}
	a.line++
	a.text = strings.TrimSpace(a.lines.Text())
	return true
}

// readHighs reads the section of column values, which says how many there are.
func (a *answer) readHighs() error {
	a.next()
	status := a.text
	for a.next() && !strings.HasPrefix(a.text, highsColumns) {
		if a.text == "None" {
			return &AnswerError{a.line, "", fmt.Sprintf("no solution (%s)", status), "values of the variables"}
		}
	}
	want := len(a.seen)
	count, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(a.text, highsColumns)))
	if err != nil || count != want {
		return &AnswerError{a.line, "", strconv.Quote(a.text), fmt.Sprintf("%q", fmt.Sprint(highsColumns, " ", want))}
	}
	for range want {
		if !a.next() {
			return &AnswerError{a.line, "", "the end of the file", fmt.Sprintf("%d variables", want)}
		}
		if err := a.read(); err != nil {
			return err
		}
	}
	return nil
}

func (a *answer) readPlain() error {
	for read := 0; ; {
		if a.text != "" && a.text[0] != '#' && a.text[0] != '=' {
			if err := a.read(); err != nil {
				return err
			}
			read++
		}
		if !a.next() {
			if read == 0 && len(a.seen) > 0 {
				return &AnswerError{0, "", "empty", `lines "name value"`}
			}
			return nil
		}
	}
}

// read takes a name and a value from the line.
func (a *answer) read() error {
	name, rest, _ := strings.Cut(strings.ReplaceAll(a.text, "\t", " "), " ")
	into, variable, lower, upper := a.find(name)
	if into == nil {
		return &AnswerError{a.line, strconv.Quote(name), "unknown",
			fmt.Sprintf("one of %d arcs, a0 and on, or of %d columns, y0 and on", len(a.flow), len(a.columns))}
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return &AnswerError{a.line, name, "without a value", "a number"}
	}
	if a.seen[variable] {
		return &AnswerError{a.line, name, "there twice", "one value for each variable"}
	}
	a.seen[variable] = true
	value, err := integral(fields[0])
	if err != nil {
		return &AnswerError{a.line, name, strconv.Quote(fields[0]), err.Error()}
	}
	if value < lower || value > upper {
		return &AnswerError{a.line, name, fields[0], fmt.Sprintf("from %d to %d", lower, upper)}
	}
	*into = value
	return nil
}

// find finds a variable by its name, nil where there is none.
func (a *answer) find(name string) (into *int64, variable int, lower, upper int64) {
	if len(name) < 2 {
		return nil, 0, 0, 0
	}
	i, err := strconv.Atoi(name[1:])
	if err != nil || name[1:] != strconv.Itoa(i) || i < 0 {
		return nil, 0, 0, 0
	}
	switch {
	case name[0] == 'a' && i < len(a.flow):
		return &a.flow[i], i, 0, a.p.Upper[i]
	case name[0] == 'y' && i < len(a.columns):
		return &a.columns[i], len(a.flow) + i, a.p.Columns[i].Lower, a.p.Columns[i].Upper
	}
	return nil, 0, 0, 0
}

// integral reads an integer, or a decimal number that is nearly one. Floats are exact below 2⁵³ only.
func integral(text string) (int64, error) {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return i, nil
	}
	x, err := strconv.ParseFloat(text, 64)
	switch nearest := math.Round(x); {
	case err != nil || math.IsNaN(x):
		return 0, fmt.Errorf("a number")
	case math.Abs(x) > 1<<53:
		return 0, fmt.Errorf("a number of at most 2^53 in magnitude, or one without a point")
	case math.Abs(x-nearest) > AnswerTolerance:
		return 0, fmt.Errorf("an integer, give or take %g", AnswerTolerance)
	default:
		return int64(nearest), nil
	}
}
