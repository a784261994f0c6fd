// Package workbook reads and writes counties as XLSX workbooks, one sheet a table, as offices keep them.
//
// The sheets, the columns and the words are those of package table, in English or in Chinese; [table.Layouts] lists them. What a cell shows is what
// counts: a day is a day whatever its format, under the epochs of 1900 and of 1904, a number has the 15 digits that a spreadsheet
// keeps, a share in per cent is one. The value of a formula is the one that was saved with it.
//
// Refused, each with sheet, row, column and what would be right: merged cells, cells that show an error (#N/A), formulas without a saved
// value, whole numbers of more than 15 digits (ID numbers must be text), hidden sheets, rows or columns that hold something, sheets that are no table.
// A file that is no workbook, is locked by a password, or unpacks to more than a county can be (a zip bomb) is refused before it
// is unpacked.
//
// [Template] writes an empty workbook with drop-down lists and notes. The package stands apart from table so that who embeds
// CSV and JSON alone does not carry a reader of spreadsheets.
package workbook
