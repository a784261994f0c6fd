// Command xianguan (县管) plans how a county allocates and exchanges its teachers
// under the "county-managed, school-hired" system (县管校聘).
//
//	xianguan plan testdata/zhangwu --out out
//	xianguan verify testdata/zhangwu out/plan.json
//
// Exit codes: 0 done, 2 bad input, 3 no plan obeys every rule, 4 stopped before
// any plan was known, 5 a backend is not available,
// 6 a scenario does not keep a gate, 1 a fault of our own or of the machine. A
// machine that runs many shards should try again after 1, and never after 2: the data is bad.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/jedib0t/go-pretty/v6/text"
)

func main() {
	// Widths must not follow the locale: the same plan is the same text everywhere.
	text.OverrideRuneWidthEastAsianWidth(false)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program: arguments in, text out, an exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(append([]string{}, args...)) // nil would mean the arguments of the process
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "xianguan:", err)
	}
	return exitCode(err)
}
