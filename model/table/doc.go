// Package table reads and writes counties, plans and people.
//
// A county is a folder of CSV files or one JSON file; [Read] tells them apart:
//
//	schools.csv     one row a school; pupils and classes by grade in columns; partner is the school that supports it;
//	                senior_posts and middle_posts are the posts of title classes (职称结构比例), 0 being none and empty no quota; after_school is the weekly
//	                periods of after-school service of a class; outside_partner is a school of outside.csv
//	teachers.csv    one row a teacher; lists are separated by ";"; evaluation is the last yearly one (考核);
//	                outreach, mentoring and training are periods released; principal_since makes a principal
//	curriculum.csv  one row a subject; weekly periods by grade; arts says that it is PE, music or fine art
//	subsidies.csv   the hardship subsidy by tier and years of rural service
//	settings.csv    key and value: the county, its policy pack, its overrides
//	townships.csv   optional
//	posts.csv       optional: approved posts in place of derived ones
//	outside.csv     optional: strong schools outside the county that can support schools in it
//	people.csv      optional, read by [ReadPeople] alone: names and ID numbers
//	choices.csv     optional, read by package subsidy alone: past choices of posts
//
// Files are UTF-8, with or without a byte order mark, or GB18030 (GBK, GB2312), with lines that end in LF
// or CRLF. An empty cell is an absent value; a column that is empty in every row
// may be left out, and those that few counties have are not written then. A column or a file that nobody reads is an error, so that a
// misspelt name never passes for an absent one.
//
// Reading reports every bad cell with file, row, column, value and what would be
// right, see [CellError] and [Errors]. What is read is valid by
// [model.County.Validate], and its rules are resolved from the policy pack.
//
// Writing and reading again gives the same county, cell for cell.
package table
