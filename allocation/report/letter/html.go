package letter

import (
	"bytes"
	_ "embed" // the templates and the style
	"html/template"
	"io"

	"github.com/xianguan/xianguan/allocation/report"
)

var (
	//go:embed html/letters.gohtml
	lettersTemplate string
	//go:embed html/posting.gohtml
	postingTemplate string
	//go:embed html/letter.css
	style string

	lettersPage = template.Must(template.New("letters").Parse(lettersTemplate))
	postingPage = template.Must(template.New("posting").Parse(postingTemplate))
)

// page is what the templates show.
type page struct {
	Language string
	Title    string
	Policy   template.HTML // of content security: nothing is fetched and nothing runs
	Style    template.CSS
	Texts    []Text
	Posting  *Posting
	Heading  Term
}

func newPage(language, title string) page {
	return page{Language: language, Title: title, Style: template.CSS(style), Policy: template.HTML("default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + report.SourceHash(style))}
}

// WriteHTML writes a letter as a page that needs nothing else: in Chinese, then in English, each on its own sheet when it is printed.
func (l *Letter) WriteHTML(w io.Writer) error {
	p := newPage("zh-CN", l.Zh.Title+" "+l.ID)
	p.Texts = []Text{l.Zh, l.En}
	return execute(w, lettersPage, &p)
}

// WritePrint writes all letters in one language as one page to print, each letter beginning a new sheet: schools first, then teachers.
func (p *Publication) WritePrint(w io.Writer, english bool) error {
	v := newPage("zh-CN", p.Posting.what().Zh)
	if english {
		v = newPage("en", p.Posting.what().En)
	}
	for _, list := range [][]Letter{p.Schools, p.Teachers} {
		for i := range list {
			if english {
				v.Texts = append(v.Texts, list[i].En)
			} else {
				v.Texts = append(v.Texts, list[i].Zh)
			}
		}
	}
	return execute(w, lettersPage, &v)
}

// WriteHTML writes the posting list as a page that needs nothing else.
func (p *Posting) WriteHTML(w io.Writer) error {
	v := newPage("zh-CN", p.what().Zh)
	v.Posting, v.Heading = p, p.what()
	return execute(w, postingPage, &v)
}

// execute writes a page whole or not at all.
func execute(w io.Writer, t *template.Template, p *page) error {
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}
