"""python -m tests.jobs.consumer URL: `flask jobs work`, with the kinds of jobs for tests."""

import sys

from tcns.jobs.queue import job_queue
from tests.databases import make_app
from tests.jobs.kinds import register_kinds

if __name__ == "__main__":
    register_kinds()
    with make_app(sys.argv[1]).app_context():
        job_queue().consume()
