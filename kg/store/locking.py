"""Who may use a store's folder: one writing process alone, or any number of reading ones.

The database itself lets a reader open files that a writer is about to delete; this lock keeps the two apart. The
operating system releases it when a process dies, so a killed process never leaves a store locked.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows has no advisory locks; there the database's own lock still keeps two writers apart.
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """An advisory lock on a store's marker file, held until ``release``, or until nothing refers to it any more.

    Raises ``StoreError`` at once, without waiting, when another process uses the store in a way that excludes this one.
    """

    def __init__(self, marker: Path, *, exclusive: bool) -> None:
        descriptor = os.open(marker, os.O_RDONLY)
        self._release = weakref.finalize(self, os.close, descriptor)
        if fcntl is None:
            return
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            self.release()
            doing = "in use by" if exclusive else "being written by"
            raise StoreError(
                f"The store {marker.parent} is {doing} another process; wait until it is done or close it there."
            ) from problem
        except OSError:
            # A file system without locks: the database's own lock still keeps two writers apart.
            return

    def release(self) -> None:
        """Let others use the store; releasing twice does nothing."""
        self._release()
