"""``kg annotate``: facts corrected in a dialogue, an editor or a file become gold files, and nothing gets lost."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Answer, KnowingExtractor, run
from samples import sample_extractions

import kg.extraction
from kg.annotation import read_gold
from kg.annotation.folder import GoldFolder
from kg.model import Document, Extraction


class Extracting(KnowingExtractor):
    """Knows the samples by heart, and counts what it was asked."""

    asked = 0

    def extract(self, document: Document) -> Extraction:
        type(self).asked += 1
        return next(self.extract_many([document]))


@pytest.fixture(autouse=True)
def _extracting(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extracting, "asked", 0)
    monkeypatch.setattr(kg.extraction, "Extractor", Extracting)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def typed(lines: str | io.StringIO, *arguments: str) -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines) if isinstance(lines, str) else lines)
        return run(capsys, "annotate", *arguments)

    return typed


def test_a_dialogue_writes_gold_files(articles: Path, say) -> None:
    answer = say(
        "status in talks\namount 600m EUR\nkeep\nrest\nrest\nrest\n", str(articles / "ferries.txt"), str(articles)
    )
    assert answer.status == 0
    assert answer.err.splitlines()[-1] == "3 gold files written to gold"
    assert "Fact 1 of " in answer.out
    assert sorted(path.name for path in Path("gold").iterdir()) == [
        "001.json", "001.txt", "002.json", "002.txt", "003.json", "003.txt", "index.tsv",
    ]  # fmt: skip
    first = json.loads(Path("gold/001.json").read_text(encoding="utf-8"))["facts"][0]
    assert (first["status"], first["amount"]) == ("in_talks", {"value": 600000000, "currency": "EUR"})


def test_what_is_annotated_is_passed_over_unless_again(articles: Path, say) -> None:
    say("rest\n", str(articles / "launch.txt"))
    before = Path("gold/001.json").read_bytes()
    answer = say("", str(articles / "launch.txt"))
    assert (answer.status, answer.out) == (0, "")
    assert answer.err == "0 gold files written to gold; 1 article there already\n"
    asked = Extracting.asked
    answer = say("drop\nrest\n", str(articles / "launch.txt"), "--again")
    assert Extracting.asked == asked  # what is there is opened, not extracted again
    assert len(read_gold(Path("gold/001.json")).facts) == len(json.loads(before)["facts"]) - 1


@pytest.mark.parametrize("last", ["quit\n", ""])
def test_stopping_keeps_every_decision(articles: Path, last: str, say) -> None:
    answer = say("drop\nkeep\nstatus terminated\n" + last, str(articles / "launch.txt"), str(articles / "court.txt"))
    assert answer.status == 0
    assert "what is decided is kept" in answer.err
    assert not list(Path("gold").glob("*.json"))
    answer = say("rest\nrest\n", str(articles / "launch.txt"), str(articles / "court.txt"))
    assert "Going on after 1 fact." in answer.out
    facts = read_gold(Path("gold/001.json")).facts
    assert facts[1].status == "terminated"
    assert not Path("gold/.drafts").exists()


def test_ctrl_c_keeps_every_decision(articles: Path, say) -> None:
    class Interrupted(io.StringIO):
        def readline(self, *_: object) -> str:
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    assert say(Interrupted("drop\n"), str(articles / "launch.txt")).status == 130
    assert not list(Path("gold").glob("*.json"))
    count = len(sample_extractions()[1].facts)
    assert f"Fact 1 of {count - 1}" in say("rest\n", str(articles / "launch.txt")).out


def test_skipping_leaves_an_article_for_later(articles: Path, say) -> None:
    answer = say("drop\nskip\nrest\nrest\n", str(articles))
    assert answer.err.splitlines()[-1] == "2 gold files written to gold"
    assert "Going on after 0 facts." in say("rest\n", str(articles)).out
    assert len(list(Path("gold").glob("*.json"))) == 3


def test_no_edit_takes_over_what_is_extracted(articles: Path, say) -> None:
    answer = say("", str(articles), "--no-edit", "--output", "elsewhere/gold")
    assert (answer.status, answer.out) == (0, "")
    first = {path.name: path.read_bytes() for path in Path("elsewhere/gold").iterdir()}
    say("", str(articles), "--no-edit", "--output", "elsewhere/gold", "--again")
    assert {path.name: path.read_bytes() for path in Path("elsewhere/gold").iterdir()} == first
    assert say("", "--check", "elsewhere/gold").status == 0


def test_sheets_are_written_corrected_and_given_back(articles: Path, say) -> None:
    answer = say("", str(articles), "--file")
    assert answer.err == "3 sheets written to gold\n"
    sheets = sorted(str(path) for path in Path("gold").glob("*.toml"))
    assert sheets == ["gold/001.toml", "gold/002.toml", "gold/003.toml"]
    again = say("", str(articles), "--file")
    assert again.err == "0 sheets written to gold; 3 articles there already\n"
    sheet = Path("gold/002.toml")
    good = sheet.read_text(encoding="utf-8")
    sheet.write_text(good.replace('status = "announced"', 'status = "done"'), encoding="utf-8")
    answer = say("", *sheets)
    assert answer.status == 2
    assert "kg: gold/002.toml: facts 1" in answer.err
    assert [path.name for path in sorted(Path("gold").glob("*.json"))] == ["001.json", "003.json"]
    assert say("", "--check", "gold").status == 2
    sheet.write_text(good, encoding="utf-8")
    assert say("", "gold/002.toml").status == 0
    assert not list(Path("gold").glob("*.toml"))
    assert say("", str(articles)).err.endswith("3 articles there already\n")


def test_a_sheet_that_is_being_corrected_is_never_laid_out_anew(articles: Path, say) -> None:
    say("", str(articles / "court.txt"), "--file")
    sheet = Path("gold/001.toml")
    sheet.write_text("# mine\n", encoding="utf-8")
    answer = say("", str(articles / "court.txt"), "--file", "--again")
    assert answer.err == "0 sheets written to gold; 1 article there already\n"
    assert sheet.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("way", ["--no-edit", "--editor", "--file"])
def test_what_was_decided_in_a_dialogue_is_where_every_other_way_begins(
    articles: Path, way: str, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("drop\nstatus terminated\nquit\n", str(articles / "ferries.txt"))
    asked = Extracting.asked
    monkeypatch.setenv("VISUAL", editor("p.write_text(t)"))
    assert say("", str(articles / "ferries.txt"), way).status == 0
    if way == "--file":
        assert say("", "gold/001.toml").status == 0
    facts = read_gold(Path("gold/001.json")).facts
    assert (facts[0].status, len(facts)) == ("terminated", len(sample_extractions()[0].facts) - 1)
    assert Extracting.asked == asked
    assert not Path("gold/.drafts").exists()


def test_a_dialogue_begins_with_what_an_editor_left(articles: Path, say, monkeypatch: pytest.MonkeyPatch) -> None:
    change = "p.write_text(t.replace('status = \"announced\"', 'status = \"in_talks\"').replace('roles.', 'rolls.'))"
    monkeypatch.setenv("VISUAL", editor(change))
    say("later\n", str(articles / "ferries.txt"), "--editor")
    (sheet,) = Path("gold/.drafts").iterdir()
    answer = say("rest\n", str(articles / "ferries.txt"))
    assert (answer.status, sheet.is_file()) == (2, True)
    assert f"kg: {sheet.as_posix()}: is no sheet" in answer.err
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("rolls.", "roles."), encoding="utf-8")
    assert say("rest\n", str(articles / "ferries.txt")).status == 0
    assert read_gold(Path("gold/001.json")).facts[0].status == "in_talks"
    assert not sheet.exists()


def test_what_an_editor_corrected_stays_when_it_cannot_be_saved(
    articles: Path, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("gold").mkdir()
    Path("gold/index.tsv").write_bytes(b"\xff")
    monkeypatch.setenv("VISUAL", editor("p.write_text(t.replace('status = \"announced\"', 'status = \"in_talks\"'))"))
    answer = say("", str(articles / "ferries.txt"), "--editor")
    assert answer.status == 2
    assert "kg: gold/index.tsv: cannot be read" in answer.err
    assert not list(Path("gold").glob("*.json"))
    Path("gold/index.tsv").unlink()
    assert say("", str(articles / "ferries.txt"), "--no-edit").status == 0
    assert read_gold(Path("gold/001.json")).facts[0].status == "in_talks"


@pytest.mark.parametrize("way", ["--edit", "--editor"])
def test_drafts_that_cannot_be_kept_are_one_sentence(
    articles: Path, way: str, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor("p.write_text(t)"))
    Path("gold").mkdir()
    Path("gold/.drafts").write_text("x", encoding="utf-8")
    answer = say("drop\n", str(articles / "court.txt"), way)
    assert answer.status == 2
    assert answer.err == (
        "kg: gold/.drafts: this folder cannot be made (File exists); choose another place for the gold files.\n"
    )


@pytest.mark.parametrize("place", ["facts", "unscored"])
def test_types_that_the_vocabulary_lacks_are_one_sentence(articles: Path, place: str, say) -> None:
    say("rest\n", str(articles / "court.txt"))
    gold = Path("gold/001.json")
    data = json.loads(gold.read_text(encoding="utf-8"))
    data[place] = [{"type": "Sponsorship", "roles": {"sponsor": "Piet"}, "status": "announced", "evidence": ""}]
    gold.write_text(json.dumps(data), encoding="utf-8")
    answer = say("rest\nrest\n", str(articles / "court.txt"), str(articles / "launch.txt"), "--again")
    assert answer.status == 2
    assert (
        "kg: articles/court.txt: its annotation in gold has a fact of the type 'Sponsorship', which is not known here; "
        "name the file that defines it with KG_ONTOLOGY\n"
    ) in answer.err
    assert Path("gold/002.json").is_file()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('published = "12 March"', "published: '12 March' is not written 2015"),
        ('[[fact]]\ntype = "Merger"\nroles.party = []\nstatus = "announced"\n'
         'amount = { value = inf, currency = "USD" }', "an amount is no finite number"),
    ],
)  # fmt: skip
def test_sheets_that_no_command_could_read_are_not_taken_in(articles: Path, line: str, words: str, say) -> None:
    say("", str(articles / "court.txt"), "--file")
    sheet = Path("gold/001.toml")
    lines = [each for each in sheet.read_text(encoding="utf-8").splitlines() if not each.startswith("published")]
    sheet.write_text("\n".join([line, *lines] if line.startswith("published") else [*lines, line]), encoding="utf-8")
    for arguments in (["--check", "gold"], ["gold/001.toml"]):
        answer = say("", *arguments)
        assert answer.status == 2
        assert words in answer.out + answer.err
    assert not Path("gold/001.json").exists()


def editor(code: str) -> str:
    """A program that changes the file it is given, as an editor does."""
    path = Path("editor").resolve()
    body = f"import sys, pathlib\np = pathlib.Path(sys.argv[1])\nt = p.read_text()\n{code}\n"
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_an_editor(articles: Path, say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", editor("p.write_text(t.replace('status = \"announced\"', 'status = \"rumoured\"'))"))
    answer = say("", str(articles / "ferries.txt"), "--editor")
    assert answer.status == 0
    assert "rumoured" in {fact.status for fact in read_gold(Path("gold/001.json")).facts}
    assert not Path("gold/.drafts").exists()


def test_an_editor_is_opened_again_until_the_sheet_is_right(
    articles: Path, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = "p.write_text(t[5:] if t.startswith('wrong') else 'wrong' + t)"
    monkeypatch.setenv("EDITOR", editor(twice))
    monkeypatch.delenv("VISUAL", raising=False)
    answer = say("\n", str(articles / "ferries.txt"), "--editor")
    assert answer.status == 0
    assert "is not valid TOML" in answer.err
    assert Path("gold/001.json").is_file()
    answer = say("later\n", str(articles / "court.txt"), "--editor")
    assert not Path("gold/002.json").exists()
    monkeypatch.setenv("EDITOR", editor("p.write_text(t.removeprefix('wrong'))"))
    assert say("", str(articles / "court.txt"), "--editor").status == 0
    assert Path("gold/002.json").is_file()


def test_check_tells_what_is_wrong(articles: Path, say) -> None:
    say("", str(articles / "ferries.txt"), "--no-edit")
    gold = Path("gold/001.json")
    data = json.loads(gold.read_text(encoding="utf-8"))
    data["facts"][0]["status"] = "done"
    gold.write_text(json.dumps(data), encoding="utf-8")
    Path("gold/002.json").write_text("{", encoding="utf-8")
    answer = say("", "--check", "gold", "missing.json")
    assert answer.status == 2
    assert "gold/001.json: facts 1" in answer.out
    assert "cannot have the status 'done'" in answer.out
    assert "gold/002.json: the file: is not valid JSON" in answer.out
    assert "missing.json: the file: cannot be read" in answer.out
    assert answer.err.startswith("3 files checked: 3 faults")


def test_check_agrees_with_the_evaluation_data(shared: Path, say) -> None:
    answer = say("", "--check", str(shared / "eval" / "dev"))
    assert answer.status == 0
    assert all(line.endswith("(slight)") for line in answer.out.splitlines())


def test_a_bad_source_does_not_stop_the_others(articles: Path, say) -> None:
    answer = say("rest\n", "missing.txt", str(articles / "court.txt"))
    assert answer.status == 2
    assert "missing.txt" in answer.err
    assert Path("gold/001.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x.txt", "--file", "--no-edit"], "exclude each other"),
        (["x.txt", "--check", "--editor"], "exclude each other"),
        (["-"], "standard input is where answers come from"),
        (["articles", "--output", "articles/court.txt"], "this folder cannot be made"),
        (["articles", "--extractor", "llm"], "needs the address of a server"),
        (["articles", "--editor"], "no editor is named"),
        (["--check", "articles"], "is a folder without gold files or sheets"),
    ],
)
def test_mistakes_are_one_sentence(arguments: list[str], words: str, say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    answer = say("", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(("name", "words"), [("/no/such/editor", "does not start"), ("false", "ended with status 1")])
def test_an_editor_that_fails(articles: Path, say, monkeypatch: pytest.MonkeyPatch, name: str, words: str) -> None:
    monkeypatch.setenv("VISUAL", name)
    answer = say("", str(articles / "court.txt"), "--editor")
    assert answer.status == 2
    assert words in answer.err


def test_a_text_whose_gold_file_was_not_written_is_done_again(articles: Path, say) -> None:
    Path("gold").mkdir()
    Path("gold/005.txt").write_bytes((articles / "court.txt").read_bytes())
    say("rest\n", str(articles / "court.txt"))
    assert sorted(path.name for path in Path("gold").iterdir()) == ["005.json", "005.txt", "index.tsv"]
    assert GoldFolder(Path("gold")).place(Document("new", "n", "n")).name == "006.json"
