"""Run as a program: a worker, or the process of a job, that knows the work of the tests."""

import sys

from muster.hq.jobs import doing, watching, worker
from muster.hq.orphans import end_with_parent

if __name__ == "__main__":
    from hq.works import register_works

    end_with_parent(int(sys.argv[1]))
    register_works()
    watching.PROGRAM = "hq.working"
    (worker if len(sys.argv) == 2 else doing).main()
