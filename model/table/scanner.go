package table

import "strings"

// scanner cuts CSV text (RFC 4180) into rows. It is our own because a cell must
// come back byte for byte, also with CRLF inside, and because rows must be
// counted as a spreadsheet does: an empty line is a row, and a row with line
// breaks inside quotes is one row.
type scanner struct {
	text  string
	at    int // of what is not read yet
	row   int // of the row that was read last, from 1
	cells []string
}

// next gives the cells of the next row that is not empty, or false at the end.
// The slice is good until the next call; the cells share memory with the text.
// Where the row is not well formed, wrong says what would be right and the
// scanner goes on after the line.
func (s *scanner) next() (cells []string, wrong string, more bool) {
	for s.at < len(s.text) {
		s.row++
		s.cells = s.cells[:0]
		end := strings.IndexByte(s.text[s.at:], '\n')
		line := s.text[s.at:]
		if end >= 0 {
			line = line[:end]
		}
		if strings.IndexByte(line, '"') >= 0 {
			wrong = s.quoted()
		} else {
			s.at += len(line) + 1
			wrong = s.plain(strings.TrimSuffix(line, "\r"))
		}
		if wrong != "" || !s.blank() {
			return s.cells, wrong, true
		}
	}
	return nil, "", false
}

// number is that of the row that was read last.
func (s *scanner) number() int { return s.row }

// blank reports whether every cell of the row is empty, as in the rows that
// spreadsheets leave behind.
func (s *scanner) blank() bool {
	for _, cell := range s.cells {
		if cell != "" {
			return false
		}
	}
	return true
}

const wantLineEnd = "lines that end in LF or CRLF, and a carriage return only inside quotes"

// plain cuts a line without quotes.
func (s *scanner) plain(line string) (wrong string) {
	if strings.IndexByte(line, '\r') >= 0 {
		wrong = wantLineEnd
	}
	for {
		comma := strings.IndexByte(line, ',')
		if comma < 0 {
			s.cells = append(s.cells, line)
			return wrong
		}
		s.cells = append(s.cells, line[:comma])
		line = line[comma+1:]
	}
}

// quoted cuts a row with quotes, which may go over several lines.
func (s *scanner) quoted() (wrong string) {
	for {
		cell, wrong := s.cell()
		if wrong != "" {
			s.skipLine()
			return wrong
		}
		s.cells = append(s.cells, cell)
		rest := s.text[s.at:]
		switch {
		case strings.HasPrefix(rest, ","):
			s.at++
		case strings.HasPrefix(rest, "\r\n"):
			s.at += 2
			return ""
		case strings.HasPrefix(rest, "\n"):
			s.at++
			return ""
		case rest == "" || rest == "\r":
			s.at = len(s.text)
			return ""
		default:
			s.skipLine()
			return "a comma or the end of the line after a quoted cell; a quote inside is written twice"
		}
	}
}

// cell cuts one cell and leaves the scanner at what follows it.
func (s *scanner) cell() (cell, wrong string) {
	rest := s.text[s.at:]
	if !strings.HasPrefix(rest, `"`) {
		end := strings.IndexAny(rest, ",\n")
		if end < 0 {
			end = len(rest)
		}
		cell = rest[:end]
		if end == len(rest) || rest[end] == '\n' {
			cell = strings.TrimSuffix(cell, "\r")
		}
		if strings.IndexByte(cell, '"') >= 0 {
			return "", "quotes around a cell that has a quote inside, which is written twice"
		}
		if strings.IndexByte(cell, '\r') >= 0 {
			return "", wantLineEnd
		}
		s.at += len(cell)
		return cell, ""
	}
	start, doubled := s.at+1, false
	for at := start; ; {
		quote := strings.IndexByte(s.text[at:], '"')
		if quote < 0 {
			s.at = len(s.text)
			return "", "a closing quote; the quote opened in this row never ends"
		}
		at += quote
		if strings.HasPrefix(s.text[at+1:], `"`) {
			doubled = true
			at += 2
			continue
		}
		s.at = at + 1
		cell = s.text[start:at]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		return cell, ""
	}
}

// skipLine goes on after the end of the line.
func (s *scanner) skipLine() {
	end := strings.IndexByte(s.text[s.at:], '\n')
	if end < 0 {
		s.at = len(s.text)
		return
	}
	s.at += end + 1
}

// appendRow writes a row so that a scanner reads the same cells.
func appendRow(out []byte, cells []string) []byte {
	for i, cell := range cells {
		if i > 0 {
			out = append(out, ',')
		}
		if strings.ContainsAny(cell, ",\"\r\n") {
			out = append(out, '"')
			out = append(out, strings.ReplaceAll(cell, `"`, `""`)...)
			out = append(out, '"')
		} else {
			out = append(out, cell...)
		}
	}
	return append(out, '\n')
}
