"""The trained network → the two ONNX files that extraction runs without torch: the encoder in 8 bits, and the head."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from kg.extraction.encoder import ENCODER, HEAD
from kg.learning.network import Network

_OPSET = 17


def export(network: Network, folder: Path) -> None:
    """Write the network's two parts into a folder, the weights of both as 8-bit integers (dynamic quantization)."""
    network.eval()
    length, width = 12, network.encoder.width
    numbers = torch.ones(1, length, dtype=torch.long)
    _write(
        network.encoder,
        (numbers, numbers, torch.zeros_like(numbers)),
        folder / ENCODER,
        {"pieces": ["batch", "length"], "mask": ["batch", "length"], "kinds": ["batch", "length"]},
        ["states", "attention"],
    )
    heads = network.encoder.bert.config.num_attention_heads
    pairs = torch.tensor([[0, 1], [1, 0]])
    _write(
        network.head,
        (torch.zeros(length, width), torch.zeros(heads, length, length), pairs * 3 + 1, pairs, pairs[0], pairs[0]),
        folder / HEAD,
        {
            "states": ["length"],
            "attention": [None, "length", "length"],
            "spans": ["mentions"],
            "pairs": ["pairs"],
            "shapes": ["pairs"],
            "types": ["pairs"],
        },
        ["links", "statuses"],
    )


def _write(
    module: nn.Module,
    inputs: tuple[torch.Tensor, ...],
    path: Path,
    names: dict[str, list[str | None]],
    outputs: list[str],
) -> None:
    axes = {name: {n: axis for n, axis in enumerate(parts) if axis} for name, parts in names.items()}
    with TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter warns of itself and of every shape it reads
        whole = Path(scratch) / path.name
        torch.onnx.export(
            module,
            inputs,
            str(whole),
            input_names=list(names),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
        logging.disable(logging.WARNING)  # of a step before quantization that changes nothing here
        try:
            quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
        finally:
            logging.disable(logging.NOTSET)
