"""A folder of gold files: articles are known by their text, numbers go on, and what is in hand is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made import ARTICLE, TEXT

from kg.annotation.folder import GoldFolder
from kg.annotation.session import Point
from kg.annotation.sheet import to_sheet
from kg.errors import ExportError, SourceError
from kg.model import Document

DOCUMENT = Document(TEXT, "a.txt", "a.txt", title="Veltrano\tbuys", publisher="The Example Gazette")
OTHER = Document("Something else.", "b.txt", "b.txt", url="https://news.example/b")


def test_articles_are_numbered_and_known_by_their_text(tmp_path: Path) -> None:
    folder = GoldFolder(tmp_path / "new" / "gold")
    assert folder.place(DOCUMENT).name == "001.json"
    assert not folder.is_done(DOCUMENT)
    folder.save(ARTICLE, DOCUMENT)
    assert folder.is_done(DOCUMENT)
    assert folder.place(OTHER).name == "002.json"
    again = GoldFolder(folder.path)
    assert again.is_done(replace(DOCUMENT, source="elsewhere"))
    assert again.save(ARTICLE, DOCUMENT).name == "001.json"
    assert again.save(replace(ARTICLE, text=OTHER.text), OTHER).name == "002.json"
    assert sorted(path.name for path in folder.path.iterdir()) == [
        "001.json", "001.txt", "002.json", "002.txt", "index.tsv",
    ]  # fmt: skip
    assert (folder.path / "index.tsv").read_text(encoding="utf-8") == (
        "file\tsource\theadline\n001.txt\tThe Example Gazette\tVeltrano buys\n002.txt\tnews.example\t\n"
    )


def test_numbers_go_on_after_what_is_there(tmp_path: Path) -> None:
    for name in ("007.json", "012.toml", "seed.json", "x9.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert GoldFolder(tmp_path).place(DOCUMENT).name == "013.json"


def test_a_text_without_its_gold_file_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "004.txt").write_text(TEXT, encoding="utf-8")
    folder = GoldFolder(tmp_path)
    assert folder.place(DOCUMENT).name == "004.json"
    assert not folder.is_done(DOCUMENT)


def test_an_index_of_another_form_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.tsv").write_text("mine\n", encoding="utf-8")
    GoldFolder(tmp_path).save(ARTICLE, DOCUMENT)
    assert (tmp_path / "index.tsv").read_text(encoding="utf-8") == "mine\n"


HEADLINES = '201.txt\tpress\t"We are not for sale": five questions\n202.txt\twire\t"\n203.txt\twire\tNokia\n'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_headlines_of_an_index_keep_their_quotation_marks(tmp_path: Path, end: str) -> None:
    header = "file\tsource\theadline\n"
    (tmp_path / "index.tsv").write_text(header + HEADLINES, encoding="utf-8", newline=end)
    folder, own = GoldFolder(tmp_path), replace(DOCUMENT, title='"Veltrano\tbuys"\u2028')
    for path in (folder.save(ARTICLE, own), folder.save(ARTICLE, own), folder.lay_out(own, "")):
        assert path.stem == "001"
        index = (tmp_path / "index.tsv").read_text(encoding="utf-8")
        assert index == f'{header}001.txt\tThe Example Gazette\t"Veltrano buys"\n{HEADLINES}'


def test_nothing_is_written_beside_an_index_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "index.tsv").write_bytes(b"file\tsource\theadline\n\xff\t\xfe\t\n")
    folder = GoldFolder(tmp_path)
    folder.keep_draft(DOCUMENT, Point(ARTICLE, 2))
    for write in (lambda: folder.save(ARTICLE, DOCUMENT), lambda: folder.lay_out(DOCUMENT, "")):
        with pytest.raises(SourceError, match=r"index\.tsv: cannot be read .*; repair or remove it"):
            write()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".drafts", "index.tsv"]
    assert folder.draft(DOCUMENT) == Point(ARTICLE, 2)


def test_drafts_are_kept_until_the_article_is_done(tmp_path: Path) -> None:
    folder = GoldFolder(tmp_path)
    assert folder.draft(DOCUMENT) is None
    folder.keep_draft(DOCUMENT, Point(ARTICLE, 2))
    assert GoldFolder(tmp_path).draft(DOCUMENT) == Point(ARTICLE, 2)
    assert folder.draft(OTHER) is None
    folder.save(ARTICLE, DOCUMENT)
    assert folder.draft(DOCUMENT) is None
    assert not (tmp_path / ".drafts").exists()


def test_a_draft_and_the_sheet_of_an_editor_take_each_others_place(tmp_path: Path) -> None:
    folder, changed = GoldFolder(tmp_path), replace(ARTICLE, facts=())
    folder.keep_draft(DOCUMENT, Point(ARTICLE, 2))
    folder.keep_sheet(DOCUMENT, to_sheet(changed))
    assert folder.draft(DOCUMENT) == Point(changed)
    folder.keep_draft(DOCUMENT, Point(ARTICLE, 1))
    assert folder.draft(DOCUMENT) == Point(ARTICLE, 1)
    assert not folder.editing(DOCUMENT).exists()
    folder.lay_out(DOCUMENT, to_sheet(ARTICLE))
    assert folder.draft(DOCUMENT) is None


def test_a_file_in_the_place_of_the_drafts_is_one_sentence(tmp_path: Path) -> None:
    folder = GoldFolder(tmp_path)
    (tmp_path / ".drafts").write_text("x", encoding="utf-8")
    for keep in (lambda: folder.keep_draft(DOCUMENT, Point(ARTICLE)), lambda: folder.keep_sheet(DOCUMENT, "")):
        with pytest.raises(ExportError, match=r"\.drafts: this folder cannot be made"):
            keep()
    assert folder.save(ARTICLE, DOCUMENT).is_file()


def test_broken_drafts_and_folders_are_one_sentence(tmp_path: Path) -> None:
    folder = GoldFolder(tmp_path)
    folder.keep_draft(DOCUMENT, Point(ARTICLE))
    (draft,) = (tmp_path / ".drafts").iterdir()
    for content in ("{", "[]", '{"decided": "x", "article": {"entities": []}}'):
        draft.write_text(content, encoding="utf-8")
        with pytest.raises(SourceError):
            folder.draft(DOCUMENT)
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be made"):
        GoldFolder(tmp_path / "taken")
