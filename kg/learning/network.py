"""The network in torch: an encoder that reads a window once, and a head that reads links off pairs of mentions.

A pair is told by the two mentions' mean states and by the context that both attend to (localized context pooling: Zhou
et al., "Document-Level Relation Extraction with Adaptive Thresholding and Localized Context Pooling", AAAI 2021). The
names in the text are marked by their types through the encoder's token types, so that a window needs one pass whatever
the number of its names.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel
from transformers.utils import logging

from kg import vocabulary
from kg.extraction.links import links
from kg.extraction.windows import KINDS, SHAPES

HIDDEN = 256
_DROPOUT = 0.2
_RARE = -3.0  # most pairs are not linked, so each link begins as improbable


@dataclass(frozen=True, slots=True)
class PairTensors:
    """What is told of the pairs of one window: what ``kg.extraction.windows.about`` returns."""

    spans: Tensor
    pairs: Tensor
    shapes: Tensor
    types: Tensor


class Encoder(nn.Module):
    """A BERT encoder whose token types are the kinds of ``kg.extraction.windows``; returns states and attention."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        # Else it warns of the pooler, which is left out on purpose.
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # Dropout takes a third of the time of a step, and the network learns too little anyway; the head has some.
        self.bert = BertModel.from_pretrained(
            folder,
            attn_implementation="eager",
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        plain = self.bert.embeddings.token_type_embeddings.weight.data[0]
        kinds = nn.Embedding(KINDS, plain.shape[0])
        kinds.weight.data = plain + torch.randn(KINDS, plain.shape[0]) * 0.02
        kinds.weight.data[0] = plain
        self.bert.embeddings.token_type_embeddings = kinds
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.bert.embeddings.position_embeddings.weight.requires_grad = False
        self.width = int(plain.shape[0])

    def forward(self, pieces: Tensor, mask: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Map (B, L) numbers to states (B, L, D) and the last layer's attention (B, heads, L, L)."""
        read = self.bert(input_ids=pieces, attention_mask=mask, token_type_ids=kinds, output_attentions=True)
        return read.last_hidden_state, read.attentions[-1]


class Head(nn.Module):
    """Reads links and statuses off the pairs of one window."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.head = nn.Linear(2 * width, HIDDEN)
        self.tail = nn.Linear(2 * width, HIDDEN)
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        self.types = nn.Embedding(len(vocabulary.ENTITY_TYPES) ** 2, HIDDEN)
        self.joint = nn.Linear(3 * HIDDEN, HIDDEN)
        self.link = nn.Linear(HIDDEN, len(links()))
        self.stage = nn.Linear(3 * HIDDEN, HIDDEN // 2)
        self.status = nn.Linear(HIDDEN // 2, len(vocabulary.STATUSES))
        self.dropout = nn.Dropout(_DROPOUT)
        nn.init.constant_(self.link.bias, _RARE)

    def forward(
        self, states: Tensor, attention: Tensor, spans: Tensor, pairs: Tensor, shapes: Tensor, types: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Map states (L, D) and attention (heads, L, L) of a window to logits (P, links) and (P, statuses)."""
        places = torch.arange(states.shape[0])
        inside = ((places[None] >= spans[:, :1]) & (places[None] < spans[:, 1:])).to(states.dtype)
        inside = inside / inside.sum(1, keepdim=True).clamp(min=1.0)
        mention, looks = inside @ states, inside @ attention
        one, other = pairs[:, 0], pairs[:, 1]
        both = (looks[:, one] * looks[:, other]).mean(0)
        context = (both / (both.sum(1, keepdim=True) + 1e-6)) @ states
        head = torch.tanh(self.head(self.dropout(torch.cat([mention[one], context], 1))))
        tail = torch.tanh(self.tail(self.dropout(torch.cat([mention[other], context], 1))))
        joint = torch.cat([head * tail, head + self.shape(shapes), tail + self.types(types)], 1)
        joint = self.dropout(joint)
        link = self.link(self.dropout(nn.functional.gelu(self.joint(joint))))
        status = self.status(self.dropout(nn.functional.gelu(self.stage(joint))))
        return link, status


class Network(nn.Module):
    """Encoder and head, as they are trained together."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        self.head = Head(self.encoder.width)
