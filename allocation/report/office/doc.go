// Package office writes plans as XLSX workbooks for offices: who goes where and why, what stays empty, each school before and after, balance and
// rules. The sheet of assignments can be changed in a spreadsheet and read again by workbook.ReadAssignments, so that a plan that
// people have worked over is evaluated like any other.
//
// It stands apart from package report so that who embeds text and HTML alone carries no writer of spreadsheets.
package office
