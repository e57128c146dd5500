"""Ctrl-C without half-read documents: the first asks to stop after the document in hand, the second stops at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.cli import output


class Patience:
    """Remembers that the person pressed Ctrl-C; ``check`` acts on it where stopping is clean."""

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        """Raise ``KeyboardInterrupt`` when Ctrl-C was pressed since the start."""
        if self.asked:
            raise KeyboardInterrupt

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        output.say("kg: stopping after the document in hand; press Ctrl-C again to stop at once")


@contextmanager
def patience() -> Iterator[Patience]:
    """Hold Ctrl-C back within the ``with`` block until ``check`` is called or it is pressed again."""
    patient = Patience()
    if threading.current_thread() is not threading.main_thread():
        yield patient
        return
    before = signal.signal(signal.SIGINT, patient._handle)
    try:
        yield patient
    finally:
        signal.signal(signal.SIGINT, before)
