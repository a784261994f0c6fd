//go:build unix

package record_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
)

// childRecord names the folder that a child process writes to until it is killed.
const childRecord = "XIANGUAN_TEST_RECORD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childRecord); path != "" {
		if err := writeUntilKilled(path); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeUntilKilled appends appeals, decisions and amendments, and acknowledges each by its number and hash once it has returned.
func writeUntilKilled(path string) error {
	ctx := context.Background()
	folder, err := record.OpenFolder(path)
	if err != nil {
		return err
	}
	s, err := record.Open(ctx, folder, nil)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for round := 0; ; round++ {
		day := publishedOn
		id, err := s.Appeal(ctx, appeal.Appeal{Day: day, Teacher: "T2", Ground: appeal.GroundRecord})
		if err != nil {
			return err
		}
		fmt.Println(s.Length(), s.Head())
		if err := s.Decide(ctx, appeal.Decision{Appeal: id, Day: day, By: "x", Reason: "x", Upheld: true,
			Corrections: []appeal.Correction{{Teacher: "T2", Field: "points", Value: fmt.Sprint(round % 100)}}}); err != nil {
			return err
		}
		fmt.Println(s.Length(), s.Head())
		if _, err := s.Amend(ctx, record.AmendOptions{Day: day}); err != nil {
			return err
		}
		fmt.Println(s.Length(), s.Head())
	}
}

// 200 processes write to a record and are killed (SIGKILL) at random moments. Each time the record is whole, holds every entry that was
// acknowledged, at most one more, and the next process goes on with it.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	ctx := context.Background()
	r := rand.New(rand.NewPCG(9, 9))
	acknowledged, unacknowledged, silent := 0, 0, 0
	var path string
	for kill := range kills {
		if kill%20 == 0 { // a new record now and then, so that it stays small
			path = filepath.Join(t.TempDir(), "record")
			folder, err := record.CreateFolder(path)
			must(t, err)
			published(t, folder)
			must(t, folder.Close())
		}
		number, head := killed(t, path, kill%10 == 0, r.IntN(5), time.Duration(r.IntN(10_000))*time.Microsecond)
		reader, err := record.ReadFolder(path)
		must(t, err)
		v, err := record.Verify(ctx, reader, record.VerifyOptions{ChainOnly: true})
		must(t, err)
		if !v.OK() {
			t.Fatalf("kill %d: %v", kill, v.Faults)
		}
		if number == 0 {
			silent++
			continue
		}
		acknowledged += number
		sealed, err := reader.Entry(ctx, number)
		must(t, err)
		if v.Entries < number || v.Entries > number+1 || !strings.Contains(string(sealed), head) {
			t.Fatalf("kill %d: acknowledged %d %s, the record has %d entries", kill, number, head, v.Entries)
		}
		unacknowledged += v.Entries - number
	}
	t.Logf("%d kills: %d before anything was acknowledged; %d times one entry more than acknowledged", kills, silent, unacknowledged)
	if !testing.Short() && unacknowledged == 0 { // a few kills may well all come between two steps
		t.Error("the moments no longer test it")
	}
}

// killed runs a child, kills it a while after some acknowledgements, and gives the last one. One in ten is killed a while after it began, before or
// after it was ready.
func killed(t *testing.T, path string, soon bool, acknowledgements int, after time.Duration) (number int, head string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childRecord+"="+path)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	kill := func() { time.AfterFunc(after, func() { child.Process.Kill() }) }
	if soon {
		kill()
	}
	lines := bufio.NewScanner(out)
	for seen := 0; lines.Scan(); seen++ { // "ready", then acknowledgements
		if _, err := fmt.Sscan(lines.Text(), &number, &head); err != nil && lines.Text() != "ready" {
			t.Fatalf("the child says %q", lines.Text())
		}
		if !soon && seen == acknowledgements {
			kill()
		}
	}
	child.Wait() // it was killed
	return number, head
}

// The second process that wants to write is told so at once, and readers are not in its way.
func TestSecondWriterIsLockedOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record")
	folder, err := record.CreateFolder(path)
	must(t, err)
	published(t, folder)
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childRecord+"="+path)
	out, err := child.Output()
	if err == nil || !strings.Contains(string(out), "another process writes to this record") {
		t.Errorf("a second process: %q, %v", out, err)
	}
	_, err = record.OpenFolder(path)
	var locked *record.LockedError
	if !errors.As(err, &locked) {
		t.Errorf("a second writer in the process: %v", err)
	}
	if _, err := record.ReadFolder(path); err != nil {
		t.Errorf("a reader: %v", err)
	}
	must(t, folder.Close())
	again, err := record.OpenFolder(path)
	must(t, err)
	must(t, again.Close())
}
