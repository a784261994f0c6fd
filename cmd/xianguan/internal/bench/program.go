package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// Program is a command, with its first arguments, that reads a [Cell] as JSON on its input, measures it and writes the [Result] as
// JSON on its output.
type Program []string

const (
	// overrun is how far a cell may run beyond twice its limit before it is killed: it has a county to make and a plan to
	// check as well.
	overrun = time.Minute
	// killDelay is how long a killed cell may hold its output open.
	killDelay = time.Second
)

// Start measures a cell in a process of its own. A process that dies, or has to be killed, gives a result that says so.
// The error is the context's, or says that the program can't be started.
func (p Program) Start(ctx context.Context, cell Cell) (*Result, error) {
	input, err := json.Marshal(cell)
	if err != nil {
		return nil, err
	}
	limited := ctx
	if cell.TimeLimit > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, 2*cell.TimeLimit+overrun)
		defer cancel()
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(limited, p[0], p[1:]...)
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(input), &stdout, &stderr
	command.WaitDelay = killDelay
	began := time.Now()
	err = command.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	dead := &Result{Cell: cell, Stop: stopKilled, Wall: time.Since(began)}
	var exit *exec.ExitError
	switch {
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		dead.Failure = fmt.Sprintf("killed after %v", dead.Wall.Round(time.Second))
		return dead, nil
	case errors.As(err, &exit):
		dead.Failure = fmt.Sprintf("the process died: %v: %s", err, firstLine(stderr.String()))
		return dead, nil
	case err != nil:
		return nil, err
	}
	var r Result
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		dead.Failure = fmt.Sprintf("what the process wrote is no result: %v", err)
		return dead, nil
	}
	return &r, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
