package record_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/allocation/record"
)

// Whatever the bytes of the last entry are, reading a record ends in the season or in a fault with a place, and what is accepted is what was written.
func FuzzEntry(f *testing.F) {
	ctx := context.Background()
	base := &shelf{}
	published(f, base)
	for _, entry := range base.entries {
		f.Add(entry)
	}
	f.Add([]byte("{}\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		store := &shelf{entries: append(slices.Clone(base.entries[:2]), sealed), objects: base.objects}
		s, err := record.Open(ctx, store, clock())
		if err == nil {
			if !bytes.Equal(sealed, base.entries[2]) && s.Length() != 3 {
				t.Errorf("accepted %q", sealed)
			}
			return
		}
		if fault, ok := record.IsFault(err); !ok || fault.Entry != 3 || fault.Error() == "" {
			t.Errorf("%q: %v", sealed, err)
		}
	})
}
