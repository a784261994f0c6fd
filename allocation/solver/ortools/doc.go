// Package ortools solves programmes by CP-SAT, the constraint solver of OR-Tools (github.com/google/or-tools). Its
// method is lazy clause generation with a linear relaxation (Stuckey, "Lazy Clause Generation: Combining the Power of
// SAT and CP (and MIP?) Solving", CPAIOR 2010).
//
// # How OR-Tools is reached
//
// The Go package of OR-Tools builds only inside Bazel, with cgo and the whole C++ tree, so no other module can import
// it. But every release has a shared library with a C interface to CP-SAT: serialised protocol buffers in, serialised
// protocol buffers out. This package writes those bytes itself (CpModelProto and SatParameters) and reads those that
// come back (CpSolverResponse); the command ortools-worker loads the library and passes them on. Neither needs cgo.
//
// The worker is a process of its own, one for each solve. An abort, a signal handler, a leak or an overrun of time in
// C++ never reaches the program that imports this package: a worker that does not answer in time is killed.
//
// # Installation
//
//	pip install ortools
//	go install github.com/xianguan/xianguan/cmd/ortools-worker@latest
//
// OR-Tools must be 9.15 or newer. The worker is looked for in this order: [Solver.Worker], the environment variable
// XIANGUAN_ORTOOLS_WORKER, the folder of the executable, PATH. The library: [Solver.Library], XIANGUAN_ORTOOLS_LIB,
// the folder of the worker, the Python environment that is active (VIRTUAL_ENV, then python3 on PATH), the system's
// loader. A worker or library that is named by an option or a variable is the only one tried. What is missing is
// reported by a [solver.UnavailableError] with every place and reason; there is no fall-back to another backend.
//
// # What is proven
//
// CP-SAT gives no certificate, so every bound here is vouched for by CP-SAT and no level is Certified. But
// every flow is checked in exact integers by [solver.Verify] before it is returned, and a claim that a known flow
// refutes is an error.
//
// The levels are solved one after the other. Level k is held while later ones are solved, by the row cost_k·x ≤
// optimum_k; where the optimum is the least that the bounds of the variables allow, Σ min(c·lower, c·upper), each
// variable of the level is fixed at its better end instead, which says the same.
//
// No hint is sent: hints have crashed OR-Tools 9.15 (repair_hint). The same input need not give the same flow twice,
// since the threads of CP-SAT race.
package ortools
