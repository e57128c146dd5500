"""Bad input: one clear sentence each, and the other sources go on."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import from_text, read
from kg.documents.language import other_language
from kg.errors import SourceError
from kg.model import Document

GERMAN = (
    "Der Autohersteller will mit dem Suchmaschinenbetreiber zusammenarbeiten. Das teilten die beiden Unternehmen am "
    "Donnerstag in München mit. Der Vertrag soll noch in diesem Jahr unterzeichnet werden, sagte ein Sprecher."
)
FRENCH = (
    "Le groupe a annoncé jeudi la création d'une coentreprise avec le constructeur chinois. L'accord, d'un montant de "
    "7 milliards d'euros, doit être signé avant la fin de l'année, a déclaré un porte-parole du groupe."
)
CHINESE = "阿里巴巴集团周四宣布,与上海汽车集团合资设立一家公司,共同开发互联网汽车。" * 5
NAMES = (
    "Ford Motor Co, General Motors Co, Toyota Motor Corp, Honda Motor Co, BMW AG, Daimler AG, Volkswagen AG, "
    "Renault SA, Peugeot SA, Fiat Chrysler Automobiles NV, "
    "Hyundai Motor Co, Kia Motors Corp, Nissan Motor Co, Mazda Motor Corp."
)
FIGURES = (
    "Shr 23 cts vs 18 cts\n\nNet 509,144 vs 277,834\n\nRevs 2,258,341 vs 1,328,634\n\nAvg shrs 2,177,553 vs 1,564,605"
    * 2
)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.txt", b"\xef\xbb\xbf", "is empty"),
        ("a.txt", b"\xff\xfe", "is empty"),
        ("a.txt", b"-- 12, 13 --", "holds no words"),
        ("a.txt", b"words\0words", "is binary"),
        ("a.txt", bytes(range(1, 32)) * 10, "is binary"),
        ("a.txt", b"%PDF-1.7 and words", "is a PDF file"),
        ("a.txt", gzip.compress(b"words", mtime=0), "is a gzip archive"),
        ("a.news", b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        ("a.txt", "Müller kauft".encode("latin-1"), r"is not UTF-8 text \(byte 0xFC at offset 1\)"),
        ("a.txt", b"\xef\xbb\xbfM\xfcller", r"byte 0xFC at offset 4"),
        ("a.txt", b"\xff\xfeabc", "is not the UTF-16 text"),
        ("a.txt", b"\xff\xfe" + bytes(range(128, 256)) * 4, "UTF-16"),
        ("a.txt", b"word " * 1_000_001, "is over 5 MB"),
        ("a.md", b"word " * 1_000_001, "is over 5 MB"),
        ("a.html", b"<p>word " * 2_500_001, "is over 20 MB"),
        ("a.txt", GERMAN.encode(), "reads as German, not English"),
        ("a.txt", FRENCH.upper().encode(), "reads as French, not English"),
        ("a.txt", CHINESE.encode(), "reads as Chinese, not English"),
        ("a.md", f"# Auto\n\n{GERMAN}".encode(), "reads as German"),
        ("a.html", f"<html><body><p>{GERMAN}</p></body></html>".encode(), "reads as German"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text found"),
        ("a.html", b"just words", "no article text found"),
        ("a.html", b"<html><body>\0</body></html>", "is binary"),
        ("a.md", b"![picture](a.png)\n\n```\ncode\n```\n", "is empty"),
    ],
)
def test_each_problem_is_one_sentence(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (error,) = read([path])
    assert isinstance(error, SourceError)
    with pytest.raises(SourceError, match=problem):
        raise error
    assert str(error).startswith(f"{path.as_posix()}: ")
    assert "\n" not in str(error)


def test_problems_in_the_text_of_a_huge_page(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"&copy; Northwind bought Tailspin.\n\n" * 10)
    (document,) = read([path])
    assert isinstance(document, Document)
    with pytest.raises(SourceError, match="over 5 MB of text"):
        from_text("é" * 2_500_001)


def test_other_sources_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Northwind bought Tailspin.")
    results = list(read([tmp_path / "missing.txt", tmp_path, "ftp://news.example/a.txt"]))
    assert [type(result) for result in results] == [SourceError, SourceError, Document, SourceError]
    assert "no such file" in str(results[0])
    assert "never fetched" in str(results[3])


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Northwind bought Tailspin.")
    path.chmod(0)
    (error,) = read([path])
    assert "permission denied" in str(error)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", " ", "\ud800", "a/b/c"])
def test_names_that_no_file_can_have(name: str) -> None:
    (error,) = read([name])
    assert isinstance(error, SourceError)


@pytest.mark.parametrize(
    "text", [NAMES, NAMES.upper(), FIGURES, "Müller", GERMAN[:60], "Northwind bought Tailspin. " * 9]
)
def test_not_clearly_another_language(text: str) -> None:
    assert other_language(text) is None


def test_no_english_news_is_refused(shared: Path) -> None:
    import gzip

    for path in sorted((shared / "data" / "news").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(60), lines, strict=False):
                assert other_language(json.loads(line)["text"]) is None


def _read_bytes(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    (result,) = read([path])
    if isinstance(result, Document):
        assert result.text.strip()
        result.text.encode()
        assert result == next(iter(read([path])))
    else:
        assert isinstance(result, SourceError)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<html>",
        "<table><tr><td>",
        "<article>",
        "<!--",
        "&#0;",
        "&#xD800;",
        "<meta charset=utf-7>",
        "---\n",
    ]
)
PIECES = st.lists(
    st.one_of(st.text(max_size=20).map(str.encode), st.binary(max_size=20), TAGS.map(str.encode)), max_size=12
)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.unknown", "a.json"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES)
def test_arbitrary_bytes_never_crash(tmp_path: Path, name: str, pieces: list[bytes]) -> None:
    _read_bytes(tmp_path, name, b"".join(pieces))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=60), st.recursive(st.none() | st.text(max_size=9), st.lists).map(json.dumps).map(str.encode)
    )
)
def test_arbitrary_sidecars_never_crash(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    _read_bytes(tmp_path, "a.txt", b"Northwind bought Tailspin.")
