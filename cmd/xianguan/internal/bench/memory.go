package bench

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Peak memory is read from /proc where there is one. The figure of getrusage won't do there: Linux carries the peak of
// the process that starts a program over into the program.

// peakMemory is the peak of the resident memory of this process in bytes.
func peakMemory() int64 {
	if peak := peakOf("self"); peak > 0 {
		return peak
	}
	return ownPeak()
}

// peakOf reads the peak of a process; 0 where it can't be read.
func peakOf(process string) int64 {
	status, err := os.ReadFile(filepath.Join("/proc", process, "status"))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		fields := bytes.Fields(line)
		if len(fields) == 3 && string(fields[0]) == "VmHWM:" {
			kibibytes, err := strconv.ParseInt(string(fields[1]), 10, 64)
			if err != nil {
				return 0
			}
			return kibibytes << 10
		}
	}
	return 0
}

// children lists the processes that this one has started and not yet reaped.
func children() []string {
	files, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil {
		return nil
	}
	var all []string
	for _, file := range files {
		if list, err := os.ReadFile(file); err == nil { // a thread may end meanwhile
			for _, id := range bytes.Fields(list) {
				all = append(all, string(id))
			}
		}
	}
	return all
}

const (
	// lookEvery is the time between two looks at child processes. Their peak never falls, so only what is new in the
	// last moment of one can be missed.
	lookEvery = 25 * time.Millisecond
	// reapPatience is how long a child that was killed may take to disappear.
	reapPatience = time.Second
)

// watchChildren keeps the peak of the largest child process in peak until the function that it returns is called, which waits until
// no child is left, so that their processor time is counted.
func watchChildren(peak *int64) (stop func()) {
	look := func() int {
		processes := children()
		for _, id := range processes {
			*peak = max(*peak, peakOf(id))
		}
		return len(processes)
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				look()
			case <-done:
				return
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		for limit := time.Now().Add(reapPatience); look() > 0 && time.Now().Before(limit); {
			time.Sleep(lookEvery)
		}
	}
}
