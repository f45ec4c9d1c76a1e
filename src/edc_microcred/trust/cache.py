"""A bounded memory of results that threads may share."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class ResultCache(Generic[_K, _V]):
    """The `size` results that were asked for last. Safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._results: OrderedDict[_K, _V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _K) -> _V | None:
        """The result kept under `key`, or None."""
        with self._lock:
            result = self._results.get(key)
            if result is not None:
                self._results.move_to_end(key)
            return result

    def put(self, key: _K, result: _V) -> None:
        """Keeps `result`; the one not asked for longest is forgotten when there are too many."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            if len(self._results) > self._size:
                self._results.popitem(last=False)

    def __len__(self) -> int:
        return len(self._results)
