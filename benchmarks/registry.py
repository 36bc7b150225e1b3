"""python -m benchmarks.registry [sqlite] [postgresql]: the register's long work, engine by engine.

The import of a province's whole register beside its floor, then at national size the export of
all memberships, the scan for duplicates, and the search.
"""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks import duplicates, exports, importing, search
from benchmarks.installation import installation
from tcns.app import create_app
from tcns.config import ROOT

ENGINES = ["sqlite", "postgresql"]


def measure_engine(engine: str) -> Iterator[str]:
    """The tables of one engine, line by line."""
    with installation(engine), create_app().app_context():
        yield f"{engine}: the register, taken in"
        yield from importing.measure_import().lines()
    yield exports.HEADING
    yield from exports.measure_exports(engine)
    yield duplicates.HEADING
    yield from (f"{engine:12}{scan.text()}" for scan in duplicates.measure_scans(engine))
    yield search.HEADING
    yield from search.measure_search(engine)


def main(engines: list[str]) -> None:
    """Measure the engines and print the tables as they grow.

    Each of several has a process of its own: the memory of one that held a nation would count as
    that of its children, the next engine's reader among them.
    """
    if len(engines) > 1:
        for engine in engines:
            command = [sys.executable, "-m", "benchmarks.registry", engine]
            subprocess.run(command, cwd=ROOT, check=True)
        return
    for line in measure_engine(*engines):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ENGINES)
