# What the highs executable does with --model_file, --options_file, --solution_file and --read_solution_file, by the
# library that highspy brings. The arguments are these files, in this order; the last may be empty.
import sys

import highspy

model, options, solution, start = sys.argv[1:]
solver = highspy.Highs()


def must(status, what):
    if status == highspy.HighsStatus.kError:
        sys.exit("HiGHS can't " + what)


must(solver.readOptions(options), "read the options")
must(solver.readModel(model), "read the model")
if start:
    must(solver.readSolution(start, 0), "read the start")
must(solver.run(), "run")
must(solver.writeSolution(solution, 0), "write the solution")
