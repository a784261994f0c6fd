package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc64"
)

// Seal identifies bytes: a cryptographic hash, which nobody can meet by other bytes, and a checksum that
// tells where a single wrong byte is.
type Seal struct {
	SHA256 string `json:"sha256"` // in hexadecimal
	CRC64  string `json:"crc64"`  // of the ECMA polynomial, in hexadecimal
}

var crcTable = crc64.MakeTable(crc64.ECMA)

// SealOf gives the seal of some bytes.
func SealOf(content []byte) Seal {
	sum := sha256.Sum256(content)
	return Seal{hex.EncodeToString(sum[:]), fmt.Sprintf("%016x", crc64.Checksum(content, crcTable))}
}

// line is the last line of an entry: of fixed length, so that it is found whatever happened to the bytes before.
func (s Seal) line() []byte {
	return fmt.Appendf(nil, `{"sha256":"%s","crc64":"%s"}`+"\n", s.SHA256, s.CRC64)
}

var sealLength = len(SealOf(nil).line())

// seal puts the seal after some bytes.
func seal(content []byte) []byte { return append(bytes.Clone(content), SealOf(content).line()...) }

// unseal takes bytes and their seal apart and holds them against each other. Where they disagree it gives the place of
// the first wrong byte, −1 where that can't be told, and what it should be.
func unseal(sealed []byte) (content []byte, s Seal, at int, want string) {
	if len(sealed) <= sealLength {
		return nil, s, len(sealed), fmt.Sprintf("an entry and its seal of %d bytes", sealLength)
	}
	content, last := sealed[:len(sealed)-sealLength], sealed[len(sealed)-sealLength:]
	s = SealOf(content)
	right := s.line()
	if bytes.Equal(last, right) {
		return content, s, -1, ""
	}
	// Either the seal is wrong or the bytes before it. A seal that is wrong in one byte agrees in one of its two sums.
	var crc uint64
	if _, err := fmt.Sscanf(string(last[len(last)-19:]), "%16x\"}\n", &crc); err == nil {
		if fixed, i := mend(content, crc); i >= 0 && bytes.Contains(last, []byte(SealOf(fixed).SHA256)) {
			return content, s, i, fmt.Sprintf("%q", fixed[i])
		}
	}
	if wrong := differences(last, right); len(wrong) == 1 {
		return content, s, len(content) + wrong[0], fmt.Sprintf("%q", right[wrong[0]])
	}
	return content, s, -1, "the bytes that the seal is of"
}

// mend finds the one byte of content that, put right, gives the checksum, and gives the content with it put right, or
// −1 where no single byte does. At most one byte does so for content of under 2⁶⁰ bits but for a chance of about 2⁻⁴⁰ in a
// megabyte; who must know compares the hash.
//
// A checksum is linear: one wrong byte e with k bytes after it changes it by L(e·x^(8k)), whatever the other bytes are. So the
// difference is taken back byte by byte from the end, in O(len(content)) time, until it is that of a byte in the last place
// (Peterson and Brown, Proceedings of the IRE 49, 1961).
func mend(content []byte, crc uint64) ([]byte, int) {
	difference := crc64.Checksum(content, crcTable) ^ crc
	if difference == 0 {
		return nil, -1
	}
	var byTop [256]byte // which entry of the table has this first byte
	for e, entry := range crcTable {
		byTop[entry>>56] = byte(e)
	}
	for i := len(content) - 1; i >= 0; i-- {
		e := byTop[difference>>56]
		if crcTable[e] == difference {
			fixed := bytes.Clone(content)
			fixed[i] ^= e
			return fixed, i
		}
		difference = (difference^crcTable[e])<<8 | uint64(e)
	}
	return nil, -1
}

// differences lists the places in which two texts of one length differ.
func differences(a, b []byte) (places []int) {
	for i := range a {
		if a[i] != b[i] {
			places = append(places, i)
		}
	}
	return places
}
