// Package report writes plans for people: a summary in text, and tables for a
// spreadsheet. Everything is in English and Chinese, and a synthetic county is
// called synthetic wherever its figures are shown.
//
// Public output leaves out why somebody is exempt, homes finer than the
// township, and names: the ids of teachers are opaque.
package report
