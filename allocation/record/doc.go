// Package record runs the lifecycle of a plan, from its publication (公示) through objections (申诉) and amendments to its taking effect, and keeps the
// record from which an auditor replays all of it years later.
//
// # Lifecycle
//
// A [Season] is opened on a [Store] and does one step after the other:
//
//	Begin     the county, its policy pack, the plan with options, seed, version and backend, bounds and duals, checks
//	Publish   the files that were posted, by hash, and the last day to object
//	Appeal    who objects, against what, on which ground, by which evidence; late ones are refused or marked
//	Decide    dismissed, or upheld with typed corrections, pins or bans; tried out on the county at once
//	Amend     the plan mended with the fewest people touched beyond the appellants: see package appeal
//	Finalize  whose posts take effect, and who approved them; these never change again
//
// # The chain
//
// Each step is an entry: a line of JSON with its number, kind, time, body and the SHA-256 of the entry before, and a line with its seal. Large values, the
// counties, plans and certificates, are objects of their own under their SHA-256. With h the hash function and e_i the entries,
//
//	e_i = (i, kind, time, h(e_{i−1}), body),   body names each object o by h(o)
//
// so whoever changes a byte of an entry or an object must change every entry after it (Haber and Stornetta, Journal of Cryptology 3, 1991).
// A seal has a CRC-64 beside the hash: a single wrong byte is found, and told what it was ([Fault]), in time linear in the bytes. A chain can't
// tell that its last entries were cut off, or that all was written anew: for that, print [Season.Head] on what is signed, and give it to [Verify].
//
// # Kills and other writers
//
// An entry is one Append of the store, which is durable when it returns; objects are put before the entry that names them. So a kill at any moment leaves all
// that was acknowledged, and at most one step more, whole. [Folder] is locked by who writes, and the second writer gets a *[LockedError]; in a
// database, the entry's number is the key, and the second writer gets a *[ConflictError].
//
// # Privacy
//
// A record is for the office: appeals may name a cause of exemption, and corrections a home. Nothing of it is published; what is, package
// allocation/report/letter writes.
package record
