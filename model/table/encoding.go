package table

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decoded gives the text of a file in GB18030 (with GBK and GB2312 in it), which spreadsheets in China write, or false where it is not that.
//
// Almost any bytes pass for GB18030, those of UTF-8 with one fault among them. So the text must look less like UTF-8 than not: more bytes that are
// no part of it than characters of several bytes that are. Of Chinese in GB18030 about one character in five passes for UTF-8, and the others
// are two bytes each that do not.
func decoded(text string) (string, bool) {
	if !looksChinese(text) {
		return "", false
	}
	return fromGB18030(text)
}

// looksChinese reports whether a text looks less like UTF-8 than not.
func looksChinese(text string) bool {
	passing, faulty := 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			faulty++
		case size > 1:
			passing++
		}
		i += size
	}
	return faulty > passing
}

// isGB18030 reports whether all of a cell stands for something.
func isGB18030(cell string) bool {
	_, ok := fromGB18030(cell)
	return ok
}

// replacement is U+FFFD in GB18030: the only bytes that may decode to it.
const replacement = "\x84\x31\xa4\x37"

// fromGB18030 decodes a text, or says that some bytes stand for nothing. It takes time linear in the text.
func fromGB18030(text string) (string, bool) {
	out, err := simplifiedchinese.GB18030.NewDecoder().String(text)
	if err != nil || strings.Count(out, "\ufffd") != strings.Count(text, replacement) {
		return "", false
	}
	return out, true
}
