package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/xianguan/xianguan/allocation"
)

// progress shows a search under way on stderr: a bar on a terminal, one line
// now and then elsewhere.
type progress struct {
	bar  *progressbar.ProgressBar
	out  io.Writer
	next time.Duration
}

// logEvery is the time between two lines where there is no terminal. Most plans
// are done before the first.
const logEvery = 10 * time.Second

func newProgress(out io.Writer) *progress {
	p := &progress{out: out, next: logEvery}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription("planning"),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetElapsedTime(true))
	}
	return p
}

// show reports the level under way. It is called from the planning goroutine.
func (p *progress) show(now allocation.Progress) {
	level := now.Level
	if level == "" {
		level = "first plan"
	}
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%s: %d, bound %d", level, now.Objective, now.Bound))
		_ = p.bar.Set64(now.Pivots) // only the display can fail
		return
	}
	if now.Elapsed >= p.next {
		fmt.Fprintf(p.out, "planning for %s: level %s, best %d, bound %d, %d pivots\n",
			now.Elapsed.Round(time.Second), level, now.Objective, now.Bound, now.Pivots)
		p.next = now.Elapsed + logEvery
	}
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish() // only the display can fail
	}
}
