// Package letter writes what is published of a plan (公示): the posting list that everybody may see, and a decision letter for each teacher and each
// school, in Chinese and English, as text, as a page, and all in one file to print with a page for each letter.
//
// A letter says the old post and the new one, the ground, the rule and where it stands, the points and the lowest points of those who come to the post, what
// would have been needed for what the reader may have hoped for instead, and until when to object.
//
// What is public has ids alone: no name, no ID number, no home, no distance from it and no cost that would tell it, no cause of an exemption and not who is
// exempt; who is on leave or seconded is left out. With [Options.People] the letters are the named copy, which is for the office and
// the reader alone.
package letter
