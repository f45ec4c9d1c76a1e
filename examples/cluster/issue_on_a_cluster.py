"""Issue on a Dask cluster: the workers make and seal, this process reads the learners and writes the files.

    pip install distributed
    python examples/cluster/issue_on_a_cluster.py [NUMBER [SCHEDULER]]

Without SCHEDULER (tcp://host:8786) two worker processes are started on this machine. A key never travels: each worker
opens the key file itself, so its path, and that of the password file, must be there on every machine. A worker's
processes may be many; give each one thread where the key lies in a hardware module.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from distributed import Client, LocalCluster

from edc_microcred.issuing import KeyReference, issue
from edc_microcred.microcredential import Course, Learner
from edc_microcred.testing import write_demo_pki

EXAMPLE = Path(__file__).parent.parent / "edna"


def invented(number: int, course: Course) -> Iterator[Learner]:
    """So many learners who passed, made one by one."""
    for place in range(1, number + 1):
        yield Learner(
            key=f"{place:06}", row=place, given_name="Ana", family_name=f"Primer {place}",
            date_of_birth=date(1999, 10, 2), grades=dict.fromkeys(course.assessment_ids, "9"),
        )  # fmt: skip


def main() -> None:
    """Issues to NUMBER invented learners and says how long it took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    course = Course.load(EXAMPLE / "course.yaml")
    body = next(iter(course.awarding_bodies[0].name.in_languages(("en",))[0].values()))
    with tempfile.TemporaryDirectory() as folder:
        pki = write_demo_pki(Path(folder) / "pki", organisation=body)
        reference = KeyReference(pki.key.absolute(), password_file=pki.password_file.absolute())
        if len(sys.argv) > 2:
            client = Client(sys.argv[2])
        else:
            client = Client(LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None))
        with closing(client):
            begun = time.perf_counter()
            waiting = 4 * sum(client.nthreads().values())  # groups of 16 credentials in flight
            results = issue(
                course, invented(number, course), signer=reference, out=Path(folder) / course.slug,
                executor=client.get_executor(), in_flight=waiting,
            )  # fmt: skip
            counts = Counter(result.state for result in results)
            print(f"{dict(counts)} in {time.perf_counter() - begun:.1f} s on {len(client.nthreads())} workers")
            if client.cluster is not None:
                client.cluster.close()


if __name__ == "__main__":
    main()
