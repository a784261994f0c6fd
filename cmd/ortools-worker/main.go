// Command ortools-worker solves CP-SAT models with the C++ library of OR-Tools for package
// [github.com/xianguan/xianguan/allocation/solver/ortools], which starts and ends it. It is not run by hand.
//
// It loads the library at run time and needs no C compiler to build. It reads and writes the frames of package
// [github.com/xianguan/xianguan/allocation/solver/ortools/frame] on standard input and output. An abort, a signal
// handler or a leak of the library stays in this process.
//
//	ortools-worker [--library FILE]
//
// The library is the file named by --library, else by XIANGUAN_ORTOOLS_LIB; where neither is set, it is looked for
// beside the executable, then in the Python environment that is active (pip install ortools), then by the system's
// loader.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"

	"github.com/xianguan/xianguan/allocation/solver/ortools/frame"
)

func main() {
	library := flag.String("library", "", "the OR-Tools library, `FILE` such as libortools.so.9")
	flag.Parse()
	// An interrupt from the terminal reaches the parent as well, which says Stop if it wants that.
	signal.Ignore(os.Interrupt)
	out, err := privateStdout()
	if err != nil {
		fmt.Fprintln(os.Stderr, "ortools-worker:", err)
		os.Exit(1)
	}
	w := &worker{out: out, requests: make(chan *job, 1)}
	go w.read(os.Stdin)
	if err := w.serve(*library); err != nil {
		fmt.Fprintln(os.Stderr, "ortools-worker:", err)
		os.Exit(1)
	}
}

// worker hands requests from the goroutine that reads to the one that solves, so that Stop is heard meanwhile.
type worker struct {
	out      io.Writer
	requests chan *job

	mu      sync.Mutex
	running *job // the last that was read, nil once it is answered
}

// job is one Solve. Stop may come before the library has begun with it.
type job struct {
	frame.Request
	environment *environment // set when the library begins
	stopped     bool
}

// read takes in frames until the input ends, and the process with it: whatever the library does then, nobody wants
// its answer.
func (w *worker) read(in io.Reader) {
	for {
		kind, payload, err := frame.Read(in)
		if err == io.EOF {
			os.Exit(0)
		}
		if err != nil {
			w.abandon(err)
		}
		switch kind {
		case frame.Solve:
			request, err := frame.DecodeRequest(payload)
			if err != nil {
				w.abandon(err)
			}
			j := &job{Request: request}
			w.mu.Lock()
			busy := w.running != nil
			w.running = j
			w.mu.Unlock()
			if busy {
				w.abandon(fmt.Errorf("a Solve came while another ran"))
			}
			w.requests <- j
		case frame.Stop:
			w.stop()
		default:
			w.abandon(fmt.Errorf("a %v came, want Solve or Stop", kind))
		}
	}
}

func (w *worker) abandon(err error) {
	fmt.Fprintln(os.Stderr, "ortools-worker: input:", err)
	os.Exit(1)
}

func (w *worker) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running == nil {
		return // it was answered already
	}
	w.running.stopped = true
	if w.running.environment != nil {
		w.running.environment.stop()
	}
}

// serve loads the library, says Hello and answers requests. It returns only an error.
func (w *worker) serve(path string) error {
	found, tried := findLibrary(path)
	if found == nil {
		failure := frame.Failure{Text: "no OR-Tools library that serves was found", Tried: tried}
		return frame.Write(w.out, frame.Error, frame.Encode(failure))
	}
	greeting := frame.Greeting{Protocol: frame.Protocol, Library: found.place, Version: found.version}
	if err := frame.Write(w.out, frame.Hello, frame.Encode(greeting)); err != nil {
		return err
	}
	for j := range w.requests {
		if err := w.answer(found, j); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) answer(l *library, j *job) error {
	environment := l.newEnvironment()
	w.mu.Lock()
	j.environment = environment
	if j.stopped {
		environment.stop()
	}
	w.mu.Unlock()
	response, err := environment.solve(j.Request)
	w.mu.Lock()
	w.running = nil
	w.mu.Unlock()
	environment.close()
	if err != nil {
		return frame.Write(w.out, frame.Error, frame.Encode(frame.Failure{Text: err.Error()}))
	}
	defer response.free()
	return frame.Write(w.out, frame.Result, response.bytes())
}
