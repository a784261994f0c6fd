package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/model/policy"
)

// WritePolicy writes every value of a policy pack with its unit, range, source
// and effective date.
func WritePolicy(w io.Writer, p *policy.Pack) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "Policy pack (政策包) %s: %s %s\n", p.Name, p.TitleEn, p.Title)
	if p.Base != "" {
		fmt.Fprintf(out, "On top of (基于): %s\n", p.Base)
	}
	for _, v := range append(p.Values[:len(p.Values):len(p.Values)], p.Procedure...) {
		scope := v.Unit
		if v.Low != "" || v.High != "" {
			scope += fmt.Sprintf(", from %s to %s", v.Low, v.High)
		}
		fmt.Fprintf(out, "\n%s = %s  (%s)\n", v.Key, v.Value, scope)
		writeCitation(out, v.Citation, v.Pack)
		for _, other := range v.Alternatives {
			wrap(out, "    elsewhere (另有): ", other.Value)
			writeCitation(out, other.Citation, "")
		}
	}
	if len(p.Facts) > 0 {
		fmt.Fprint(out, "\nFacts of the text (政策条文)\n")
	}
	for _, fact := range p.Facts {
		fmt.Fprintln(out)
		wrap(out, "  "+fact.ID+": ", fact.TextEn+" "+fact.Text)
		writeCitation(out, fact.Citation, fact.Pack)
	}
	return out.Flush()
}

func writeCitation(w io.Writer, c policy.Citation, pack string) {
	text := c.SourceEn
	if c.Source != c.SourceEn {
		text += " " + c.Source
	}
	text += " [" + string(c.Kind) + "]"
	if c.Effective != 0 {
		text += ", in force from " + c.Effective.String()
	}
	if pack != "" {
		text += ", pack " + pack
	}
	wrap(w, "    ", text)
	if c.Note != "" {
		wrap(w, "    ", c.Note)
	}
}
