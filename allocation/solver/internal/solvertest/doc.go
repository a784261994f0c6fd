// Package solvertest is one conformance suite for every backend, with networks to solve and solvers that share no
// code with any backend to compare with: enumeration, gonum's dense simplex and, where it is installed, glpsol of
// GLPK. Tests alone import it.
package solvertest
