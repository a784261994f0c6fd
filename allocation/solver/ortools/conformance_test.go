package ortools_test

import (
	"testing"

	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// every keeps one in so many of the suite's networks: each solve starts a process.
const every = 5

func TestConformance(t *testing.T) { solvertest.RunSome(t, backend(t), every) }

func TestRows(t *testing.T) { solvertest.RunRowsSome(t, backend(t), every) }
