"""What can run the workers of `issue`: any `concurrent.futures.Executor`, and what other engines make of one."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Final

from edc_microcred.issuing import process_pool


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by name; `package` is what must be installed, `elsewhere` that its workers are other processes.

    A slow one is measured with so many times fewer learners.
    """

    name: str
    started: Callable[[int], AbstractContextManager[Executor]]
    elsewhere: bool = False
    package: str | None = None
    times_fewer: int = 1

    def missing(self) -> str | None:
        """Why it cannot be measured here; None if it can."""
        if self.package is None:
            return None
        try:
            metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return f"{self.package} is not installed"
        return None


class _Here(Executor):
    """Does at once, in the thread of the caller, what it is given."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **options))
        except BaseException as error:  # noqa: BLE001  # as executors do
            future.set_exception(error)
        return future


@contextmanager
def _dask(workers: int) -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]  # Dask's
        Client(cluster) as client,  # type: ignore[no-untyped-call]  # as above
    ):
        yield client.get_executor()


@contextmanager
def _ray(workers: int) -> Iterator[Executor]:
    import ray  # type: ignore[import-not-found,unused-ignore]  # not always there

    class Rays(Executor):
        def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> "Future[Any]":
            future: Future[Any] = _call.remote(function, *arguments, **options).future()
            return future

    @ray.remote  # type: ignore[untyped-decorator,unused-ignore]  # Ray is not always there
    def _call(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return function(*arguments, **options)

    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    try:
        yield Rays()
    finally:
        ray.shutdown()


@contextmanager
def _spark(workers: int) -> Iterator[Executor]:
    from pyspark import SparkContext  # type: ignore[import-not-found,unused-ignore]  # as above

    context = SparkContext(f"local[{workers}]")
    context.setLogLevel("ERROR")

    class Jobs(ThreadPoolExecutor):  # Spark knows no tasks, only jobs, and waits for each: a thread for each job
        def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> "Future[Any]":
            return super().submit(
                lambda: context.parallelize([arguments], 1).map(lambda given: function(*given, **options)).first()
            )

    try:
        with Jobs(workers + 1) as jobs:
            yield jobs
    finally:
        context.stop()


ENGINES: Final = {
    engine.name: engine
    for engine in (
        Engine("none", lambda _: _Here()),
        Engine("threads", ThreadPoolExecutor),
        Engine("processes", process_pool, elsewhere=True),
        Engine("Dask", _dask, elsewhere=True, package="distributed", times_fewer=3),
        Engine("Ray", _ray, elsewhere=True, package="ray", times_fewer=3),
        Engine("Spark, a job a group", _spark, elsewhere=True, package="pyspark", times_fewer=20),
    )
}
