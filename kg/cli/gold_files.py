"""Gold files and sheets that a person wrote: checked, taken in, opened in an editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg import wording
from kg.annotation import Fault, GoldArticle, faults, write_gold
from kg.annotation.folder import GoldFolder
from kg.annotation.gold import read_text, to_json
from kg.annotation.sheet import SUFFIX, from_sheet, to_sheet
from kg.cli import output
from kg.errors import KgError, SourceError
from kg.evaluation.corpus import load
from kg.model import Document


def check_all(names: Iterable[str]) -> bool:
    """Print what is wrong with gold files, sheets and folders of them; tell whether all can be used."""
    count = wrong = slight = 0
    for path in _files(names):
        count += 1
        for fault in _faults(path):
            slight, wrong = slight + fault.slight, wrong + (not fault.slight)
            output.line(f"{path.as_posix()}: {fault}{' (slight)' if fault.slight else ''}")
    found = f"{wording.count(wrong, 'fault')}, {wording.count(slight, 'slight one')}"
    output.say(f"{wording.count(count, 'file')} checked: {found}")
    return not wrong


def take_in(sheet: Path) -> bool:
    """Turn a corrected sheet into the gold file beside it; when it is not right yet, say why and leave it."""
    try:
        text = read_text(sheet.with_suffix(".txt"))
        article = from_sheet(read_text(sheet), text, sheet.as_posix())
    except SourceError as problem:
        output.complain(problem)
        return False
    grave = _grave(article)
    for fault in grave:
        output.complain(f"{sheet.as_posix()}: {fault}")
    if grave:
        return False
    target = sheet.with_suffix(".json")
    write_gold(article, target)
    sheet.unlink()
    output.say(f"{sheet}: {wording.count(len(article.facts), 'fact')} in {target}")
    return True


def edited(folder: GoldFolder, document: Document, begun: Callable[[], GoldArticle]) -> GoldArticle | None:
    """Have a person correct an article in an editor until it is right; nothing when they leave it for later.

    ``begun`` gives what the sheet begins with. The sheet stays until the article is saved, and is opened again by the
    next run.
    """
    command = _editor()
    sheet = folder.editing(document)
    if not sheet.is_file():
        folder.keep_sheet(document, to_sheet(begun()))
    while True:
        _open(command, sheet, document.origin)
        try:
            corrected = from_sheet(read_text(sheet), document.text, sheet.as_posix())
            problems = [str(fault) for fault in _grave(corrected)]
        except SourceError as error:
            problems = [str(error)]
        else:
            if not problems:
                return corrected
        for problem in problems:
            output.complain(problem)
        sys.stdout.write("Enter opens the editor again, anything else leaves the article for later: ")
        sys.stdout.flush()
        if sys.stdin.readline() != "\n":
            return None


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        inside = sorted([*path.glob("*.json"), *path.glob(f"*{SUFFIX}")])
        if not inside:
            raise SourceError(name, "is a folder without gold files or sheets; name one that has NNN.json or NNN.toml")
        yield from inside


def _faults(path: Path) -> list[Fault]:
    beside = path.with_suffix(".txt")
    try:
        text = read_text(beside) if beside.is_file() else None
        if path.suffix == SUFFIX:
            data = to_json(from_sheet(read_text(path), text or "", path.as_posix()))
        else:
            data = load(path)
    except SourceError as problem:
        return [Fault("the file", problem.problem)]
    lonely = [] if text is not None else [Fault("the file", f"there is no {beside.name} beside it", slight=True)]
    return [*lonely, *faults(data, text)]


def _grave(article: GoldArticle) -> list[Fault]:
    return [fault for fault in faults(to_json(article), article.text) if not fault.slight]


def _editor() -> list[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise KgError("no editor is named: set EDITOR to the command that opens yours, or say --file.")
    return command


def _open(command: list[str], sheet: Path, origin: str) -> None:
    try:
        done = subprocess.run([*command, str(sheet)], check=False)  # noqa: S603 - the editor that the person named
    except OSError as error:
        raise KgError(f"the editor {command[0]} does not start ({error.strerror}); check EDITOR.") from None
    if done.returncode:
        raise SourceError(origin, f"the editor ended with status {done.returncode}; nothing was taken over")
