"""Fine-tunes the upper layers of MiniLM and a linear head on the project's own utterances. torch is used here only, never to serve."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from material import Example, multiplied
from numpy.typing import NDArray
from torch import Tensor, nn

from backend.analysis.language.sentiment import raw_scores
from backend.analysis.language.shipped import SentimentHead
from backend.analysis.language.transformer import layer
from backend.infra.embedder.minilm import MiniLM

EPOCHS = 3
BATCH = 48
OWN = (4, 5)  # the layers that are trained; those below stay the encoder's
RATE = 6e-5
HEAD_RATE = 2e-3
SCALE = 8.0  # unit vectors are short for a head that starts at zero
SMOOTHING = 0.1
JOINED = 3000
SEEDS = (11, 23)
HEADS = 12


class Upper(nn.Module):
    """The upper BERT layers under checkpoint names, a mean, and a linear head over three classes."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        super().__init__()
        self.names = [name for name in weights if name.startswith(tuple(f"encoder.layer.{index}." for index in OWN))]
        self.table = nn.ParameterDict({name.replace(".", "|"): nn.Parameter(torch.tensor(weights[name])) for name in self.names})
        self.head = nn.Linear(384, 3)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def weight(self, name: str) -> Tensor:
        return self.table[name.replace(".", "|")]

    def dense(self, states: Tensor, name: str) -> Tensor:
        return nn.functional.linear(states, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"))

    def norm(self, states: Tensor, name: str) -> Tensor:
        return nn.functional.layer_norm(states, (384,), self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), 1e-12)

    def layer(self, states: Tensor, mask: Tensor, prefix: str) -> Tensor:
        batch, length, width = states.shape
        parts = (self.dense(states, f"{prefix}attention.self.{name}") for name in ("query", "key", "value"))
        query, key, value = (part.view(batch, length, HEADS, width // HEADS).transpose(1, 2) for part in parts)
        scores = query @ key.transpose(-1, -2) / math.sqrt(width // HEADS) + (1 - mask)[:, None, None, :] * -1e9
        weights = nn.functional.dropout(scores.softmax(-1), 0.1, self.training)
        attended = (weights @ value).transpose(1, 2).reshape(batch, length, width)
        dropped = nn.functional.dropout(self.dense(attended, f"{prefix}attention.output.dense"), 0.1, self.training)
        states = self.norm(states + dropped, f"{prefix}attention.output.LayerNorm")
        inner = nn.functional.gelu(self.dense(states, f"{prefix}intermediate.dense"))
        dropped = nn.functional.dropout(self.dense(inner, f"{prefix}output.dense"), 0.1, self.training)
        return self.norm(states + dropped, f"{prefix}output.LayerNorm")

    def pooled(self, states: Tensor, mask: Tensor) -> Tensor:
        for index in OWN:
            states = self.layer(states, mask, f"encoder.layer.{index}.")
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        logits: Tensor = self.head(nn.functional.dropout(SCALE * self.pooled(states, mask), 0.1, self.training))
        return logits


@dataclass
class Fitted:
    """Weights under checkpoint names, `head.weight` (3, 384) and `head.bias` for unit vectors."""

    weights: dict[str, NDArray[np.float32]]


def lower_states(embedder: MiniLM, texts: Sequence[str]) -> list[Tensor]:
    """The states after the shared layers, (tokens, 384) a text."""
    found: list[Tensor] = [torch.empty(0)] * len(texts)
    for chosen, states, mask in embedder.lower(texts, OWN[0]):
        for row, index in enumerate(chosen):
            found[index] = torch.tensor(states[row, : int(mask[row].sum())])
    return found


def fit(embedder: MiniLM, weights: dict[str, NDArray[np.float32]], examples: list[Example], seed: int) -> Fitted:
    """One run. Class weights are the square root of balance, so that neutral talk keeps the larger say."""
    torch.manual_seed(seed)
    data = multiplied(examples, seed, JOINED)
    states = lower_states(embedder, [item.text for item in data])
    labels = torch.tensor([item.label for item in data])
    counts = torch.bincount(labels, minlength=3).float()
    loss_of = nn.CrossEntropyLoss(weight=(counts.mean() / counts).sqrt(), label_smoothing=SMOOTHING)
    model = Upper(weights).train()
    groups = [{"params": list(model.table.values()), "lr": RATE}, {"params": list(model.head.parameters()), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(data) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * (1 - step / steps))
    for epoch in range(EPOCHS):
        total = 0.0
        for chosen in batches(states, random.Random(seed * 100 + epoch)):
            padded, mask = pad([states[index] for index in chosen])
            loss = loss_of(model(padded, mask), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
        print(f"  seed {seed} epoch {epoch + 1}: loss {total / len(data):.3f} on {len(data)} lines", flush=True)
    return Fitted(exported(model))


def batches(states: list[Tensor], choose: random.Random) -> list[list[int]]:
    """Batches of like length in random order."""
    order = sorted(range(len(states)), key=lambda index: (len(states[index]), choose.random()))
    found = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    choose.shuffle(found)
    return found


def pad(states: list[Tensor]) -> tuple[Tensor, Tensor]:
    padded = nn.utils.rnn.pad_sequence(states, batch_first=True)
    mask = torch.zeros(padded.shape[:2])
    for row, each in enumerate(states):
        mask[row, : len(each)] = 1
    return padded, mask


def exported(model: Upper) -> dict[str, NDArray[np.float32]]:
    weights = {name: model.weight(name).detach().numpy() for name in model.names}
    return weights | {"head.weight": model.head.weight.detach().numpy() * SCALE, "head.bias": model.head.bias.detach().numpy()}


def mean_of(runs: list[Fitted]) -> Fitted:
    """The mean of the weights of runs that started at the same place: as good as their vote, at the cost of one."""
    return Fitted({name: np.mean([run.weights[name] for run in runs], axis=0) for name in runs[0].weights})


def scores(embedder: MiniLM, fitted: Fitted, texts: Sequence[str]) -> list[float]:
    """P(positive) − P(negative) of each text, as the product computes it."""
    upper = [layer(fitted.weights, f"encoder.layer.{index}.") for index in OWN]
    head = SentimentHead((), fitted.weights["head.weight"], fitted.weights["head.bias"])
    return [float(score) for score in raw_scores(head, embedder.branch(list(texts), upper)[1])]
