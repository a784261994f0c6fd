package report

import "io"

// Grid writes a titled table at most [Width] columns wide, for packages that write other texts. Columns whose header begins with ">" are aligned to the right.
func Grid(w io.Writer, title string, header []string, rows [][]string) { grid(w, title, header, rows) }

// Short cuts a text to a number of columns; what is cut ends in "..".
func Short(s string, columns int) string { return short(s, columns) }

// Number writes an integer with a comma after every three digits.
func Number[T ~int | ~int64](n T) string { return number(n) }
