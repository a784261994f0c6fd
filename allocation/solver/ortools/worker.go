package ortools

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/ortools/frame"
)

// WorkerError says that the worker, or the library in it, failed: it crashed, did not start in time, or said what
// cannot be true.
type WorkerError struct {
	Worker string // path
	During string // such as "start" or "level 0 (shortage)"
	Reason string
	Stderr string // the beginning of what it wrote to standard error
	Err    error  // may be nil
}

func (e *WorkerError) Error() string {
	text := fmt.Sprintf("ortools: worker %s, %s: %s", e.Worker, e.During, e.Reason)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	if e.Stderr != "" {
		text += "; it wrote: " + e.Stderr
	}
	return text
}

// Unwrap gives the cause.
func (e *WorkerError) Unwrap() error { return e.Err }

const (
	// stderrKept is how much of a worker's standard error is kept: a failed check of C++ comes first, a stack after it.
	stderrKept = 2 << 10
	// reapPatience is how long a worker that is killed may hold on to its output.
	reapPatience = 100 * time.Millisecond
)

// worker is a process that runs. Frames go out and come in by goroutines of their own, so that whoever waits for one
// can always give up.
type worker struct {
	path    string
	command *exec.Cmd
	stderr  *beginning
	outbox  chan outgoing
	inbox   chan message  // closed after the last
	done    chan struct{} // closed when nobody will take messages any more
	once    sync.Once
}

type outgoing struct {
	kind  frame.Kind
	parts [][]byte
}

// message is a frame from the worker, or the error that ended them.
type message struct {
	kind    frame.Kind
	payload []byte
	err     error
}

// startWorker starts the process and does not wait for its Hello.
func startWorker(path, library string) (*worker, error) {
	w := &worker{path: path, stderr: &beginning{left: stderrKept}, outbox: make(chan outgoing, 4), inbox: make(chan message), done: make(chan struct{})}
	w.command = exec.Command(path)
	if library != "" {
		w.command.Args = append(w.command.Args, "--library", library)
	}
	w.command.Env = append(os.Environ(), "GOTRACEBACK=none") // the cause of a crash, not a page of stacks
	w.command.Stderr = w.stderr
	w.command.WaitDelay = reapPatience
	stdin, err := w.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := w.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := w.command.Start(); err != nil {
		return nil, err
	}
	go w.write(stdin)
	go w.read(stdout)
	return w, nil
}

// write sends what is put in the outbox. A worker that is gone shows in what comes in.
func (w *worker) write(stdin io.WriteCloser) {
	defer stdin.Close()
	for {
		select {
		case o := <-w.outbox:
			if frame.Write(stdin, o.kind, o.parts...) != nil {
				return
			}
		case <-w.done:
			return
		}
	}
}

func (w *worker) read(stdout io.Reader) {
	defer close(w.inbox)
	in := bufio.NewReader(stdout)
	for {
		var m message
		m.kind, m.payload, m.err = frame.Read(in)
		select {
		case w.inbox <- m:
		case <-w.done:
			return
		}
		if m.err != nil {
			return
		}
	}
}

// send puts a frame in the outbox. Solve and Stop take turns, so there is always room for both.
func (w *worker) send(k frame.Kind, parts ...[]byte) { w.outbox <- outgoing{k, parts} }

// kill ends the process, whatever it is doing, and sees to it that it is reaped. It does not wait for that.
func (w *worker) kill() {
	w.once.Do(func() {
		close(w.done)
		w.command.Process.Kill() // fails only where the process has ended
		go w.command.Wait()
	})
}

// failure ends the process and describes why it failed.
func (w *worker) failure(during string, m message) error {
	e := &WorkerError{Worker: w.path, During: during, Err: m.err, Reason: "what it sent is no frame"}
	if ended := m.err == io.EOF || errors.Is(m.err, io.ErrUnexpectedEOF); ended {
		e.Reason = "it ended"
		e.Err = nil
	}
	w.once.Do(func() {
		close(w.done)
		w.command.Process.Kill()
		if err := w.command.Wait(); err != nil && e.Err == nil {
			e.Err = err
		}
	})
	e.Stderr = w.stderr.String()
	return e
}

// refused is the error that an Error frame carries.
func (w *worker) refused(during string, payload []byte) error {
	f, err := frame.Decode[frame.Failure](payload)
	if err != nil {
		return &WorkerError{Worker: w.path, During: during, Reason: "what it sent is no message", Err: err}
	}
	if len(f.Tried) > 0 {
		return &solver.UnavailableError{Backend: name, Tried: f.Tried, Install: installLibrary}
	}
	return &WorkerError{Worker: w.path, During: during, Reason: f.Text}
}

// beginning keeps the first bytes of what is written to it.
type beginning struct {
	mu   sync.Mutex
	text strings.Builder
	left int
}

func (b *beginning) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := p[:min(len(p), b.left)]
	b.left -= len(kept)
	b.text.Write(kept)
	return len(p), nil
}

func (b *beginning) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.TrimSpace(strings.ToValidUTF8(b.text.String(), "�"))
}
