package letter_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// In a real Chromium the letters of tiny print on a sheet each, and on a small telephone nothing is wider than the screen.
func TestLettersPrintInChromium(t *testing.T) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("XIANGUAN_REQUIRE_CHROMIUM") != "" {
			t.Fatal("no Chromium, which this run requires")
		}
		t.Skip("no Chromium")
	}
	p, _ := publish(t, read(t, "tiny"), nil)
	all := files(t, p)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	ctx, stop = context.WithTimeout(ctx, time.Minute)
	defer stop()
	for name, want := range map[string]int{"letters.zh.html": 4 + 6, "letters.en.html": 4 + 6, "teachers/T2.html": 2, "schools/S4.html": 2} {
		file := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(file, []byte(all[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		var wide bool
		var pdf []byte
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate("file://"+file),
			chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &wide),
			chromedp.ActionFunc(func(ctx context.Context) (err error) {
				pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
				return err
			})); err != nil {
			t.Fatal(err)
		}
		if got := pages(pdf); got != want || wide || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("%s: %d sheets, want %d; wider than the screen: %v", name, got, want, wide)
		}
	}
}
