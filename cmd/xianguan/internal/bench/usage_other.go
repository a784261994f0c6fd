//go:build !unix

package bench

import "time"

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }

// ownPeak is not known here.
func ownPeak() int64 { return 0 }
