package report

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	printing "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser opens a page in a real Chromium. The test is left out where there is none, unless XIANGUAN_REQUIRE_CHROMIUM is set. What the
// page complains of, and what it asks of the network, is in the list.
func browser(t testing.TB, html string) (ctx context.Context, complaints func() []string) {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		if os.Getenv("XIANGUAN_REQUIRE_CHROMIUM") != "" {
			t.Fatal("no Chromium, which this run requires")
		}
		t.Skip("no Chromium")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	var mutex sync.Mutex
	var all []string
	note := func(what string) {
		mutex.Lock()
		defer mutex.Unlock()
		all = append(all, what)
	}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			note("exception: " + e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			note("console: " + string(e.Type))
		case *log.EventEntryAdded:
			note("log: " + e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "file:") && !strings.HasPrefix(e.Request.URL, "data:") {
				note("network: " + e.Request.URL)
			}
		}
	})
	if err := chromedp.Run(ctx, network.Enable(), log.Enable(), chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	return ctx, func() []string {
		mutex.Lock()
		defer mutex.Unlock()
		return all
	}
}

// do runs actions in the browser.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func TestHTMLInChromium(t *testing.T) {
	ctx, complaints := browser(t, pageOf(t, sample(t, "zhangwu")))
	var found, results, title, language string
	do(t, ctx, chromedp.SendKeys("#query", "S001-52"), chromedp.Text("#found", &found), chromedp.Text("#results", &results))
	if found != "找到1项" || !strings.Contains(results, "前福兴地镇中心小学") || !strings.Contains(results, "到期轮岗") {
		t.Errorf("a teacher: %q, %q", found, results)
	}
	do(t, ctx, chromedp.Evaluate(`document.getElementById("query").value = ""`, nil), chromedp.SendKeys("#query", "满堂红镇九年"), chromedp.Text("#found", &found), chromedp.Text("#results h3", &title))
	if found != "找到1项" || !strings.Contains(title, "满堂红镇九年一贯制学校") {
		t.Errorf("a school: %q, %q", found, title)
	}
	do(t, ctx, chromedp.Click("#language"), chromedp.Text("#found", &found), chromedp.Text("#summary h2", &title), chromedp.AttributeValue("html", "lang", &language, nil))
	if found != "1 found" || title != "Summary" || language != "en" {
		t.Errorf("in English: %q, %q, %q", found, title, language)
	}
	var before, after string
	background := `getComputedStyle(document.body).backgroundColor`
	do(t, ctx, chromedp.Evaluate(background, &before), chromedp.Click("#theme"), chromedp.Evaluate(background, &after))
	if before == after {
		t.Errorf("light and dark are both %s", before)
	}
	if all := complaints(); len(all) > 0 {
		t.Errorf("the page complains: %v", all)
	}
}

// An official copy is searched by name, in the characters that few computers know, and says what it is.
func TestOfficialPageInChromium(t *testing.T) {
	ctx, complaints := browser(t, fullPage(t))
	var found, title, banner string
	do(t, ctx, chromedp.SendKeys("#query", "𬭎"), chromedp.Text("#found", &found), chromedp.Text("#results h3", &title), chromedp.Text(".official", &banner))
	if found != "找到1项" || title != "张𬭎 (S001-52)" || banner != "内部资料，含姓名，不得公开。" {
		t.Errorf("%q, %q, %q", found, title, banner)
	}
	if all := complaints(); len(all) > 0 {
		t.Errorf("the page complains: %v", all)
	}
}

// Nothing is wider than the screen, from a small telephone to a desk, in either language; every control has a name, and the keyboard reaches each.
func TestHTMLFitsAndIsReachable(t *testing.T) {
	ctx, complaints := browser(t, fullPage(t))
	for _, width := range []int64{320, 768, 1400} {
		for range 2 {
			var wide bool
			do(t, ctx, chromedp.EmulateViewport(width, 800), chromedp.Click("#language"),
				chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &wide))
			if wide {
				t.Errorf("the page is wider than %d", width)
			}
			// What a row is about leaves room for its figures, captions are read whole, and the words of a chart are large enough to read.
			var cramped []string
			do(t, ctx, chromedp.Evaluate(`[...document.querySelectorAll(".scroll")].filter(s => s.getClientRects().length && [...s.querySelectorAll("tbody th, caption")].some(e => e.getClientRects().length && e.getBoundingClientRect().right > s.getBoundingClientRect().right - (e.tagName === "TH" ? 40 : -1))).map(s => s.getAttribute("aria-labelledby"))`, &cramped))
			if len(cramped) > 0 {
				t.Errorf("at %d: no room for the figures of %v", width, cramped)
			}
			// A school is drawn large enough to tell its shape.
			var smallest float64
			do(t, ctx, chromedp.Evaluate(`Math.min(...[...document.querySelectorAll(".mark")].map(m => m.getBoundingClientRect().width))`, &smallest))
			if smallest < 6 {
				t.Errorf("at %d: a mark of %.1f pixels", width, smallest)
			}
			var small []float64
			do(t, ctx, chromedp.Evaluate(`[...document.querySelectorAll(".chart")].map(s => 12 * s.getBoundingClientRect().width / s.viewBox.baseVal.width).filter(size => size < 9)`, &small))
			if len(small) > 0 {
				t.Errorf("at %d: words of a chart %v pixels high", width, small)
			}
		}
	}
	var unnamed []string
	do(t, ctx, chromedp.Evaluate(`[...document.querySelectorAll("button,input,a,[tabindex='0']")].filter(e => !(e.getAttribute("aria-label") || e.labels && e.labels.length || document.getElementById(e.getAttribute("aria-labelledby")) || e.textContent.trim())).map(e => e.outerHTML.slice(0, 80))`, &unnamed))
	if len(unnamed) > 0 {
		t.Errorf("controls without a name: %v", unnamed)
	}
	reached := map[string]bool{}
	do(t, ctx, chromedp.Evaluate(`document.activeElement.blur(); window.scrollTo(0, 0)`, nil))
	for range 60 {
		var at string
		do(t, ctx, chromedp.KeyEvent("\t"), chromedp.Evaluate(`document.activeElement.id || document.activeElement.getAttribute("href") || document.activeElement.getAttribute("aria-labelledby") || document.activeElement.tagName`, &at))
		reached[at] = true
	}
	for _, want := range []string{"#main", "language", "theme", "#rules", "query", "places", "map-title", "SUMMARY", "heat-caption", "schedule", "front-table", "by-tier", "staff", "rounds-caption", "rules-caption"} {
		if !reached[want] {
			t.Errorf("the keyboard does not reach %s: %v", want, reached)
		}
	}
	var pdf []byte
	do(t, ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = printing.PrintToPDF().Do(ctx)
		return err
	}))
	if len(pdf) < 10_000 {
		t.Errorf("a print of %d bytes", len(pdf))
	}
	if all := complaints(); len(all) > 0 {
		t.Errorf("the page complains: %v", all)
	}
}

// How long a page of 5,000 teachers takes from its file to the first paint.
func BenchmarkOpenInChromium(b *testing.B) {
	html := pageOf(b, generated(b, 5000))
	ctx, _ := browser(b, html)
	var paint float64
	for b.Loop() {
		if err := chromedp.Run(ctx, chromedp.Reload(), chromedp.WaitReady("#rules"),
			chromedp.Evaluate(`performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.timing.domComplete - performance.timing.navigationStart`, &paint)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(paint, "ms-to-paint")
}
