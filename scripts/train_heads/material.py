"""Reads the training material and multiplies it: slots filled, clauses joined, punctuation and hesitations varied. Seeded."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "material"
NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
SIGNS = {"-": NEGATIVE, "0": NEUTRAL, "+": POSITIVE}
FILLS_A_TEMPLATE = {NEGATIVE: 10, NEUTRAL: 12, POSITIVE: 8}
STARTS = [
    "um",
    "uh",
    "so",
    "yeah",
    "well",
    "okay",
    "yeah so",
    "i mean",
    "and",
    "but",
    "hi",
    "hello",
    "right",
    "look",
    "oh",
    "no",
    "yes",
    "sorry",
]


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    label: int
    origin: str  # the line it was made from: all that one line gave stays on one side of a split


def lines(name: str) -> list[str]:
    """The lines of a file of the material, without empty ones and comments."""
    read = (line.strip() for line in (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return [line for line in read if line and not line.startswith("#")]


def signed(name: str) -> list[tuple[str, str]]:
    """Lines of the form `sign text` as (sign, text)."""
    return [(line[0], line[2:].strip()) for line in lines(name)]


def sentiment_lines() -> list[Example]:
    """Every hand-written line and every filled template, with its label."""
    found = []
    for label, name in ((NEGATIVE, "negative"), (NEUTRAL, "neutral"), (POSITIVE, "positive")):
        found += [Example(line, label, line) for line in lines(f"sentiment_{name}.txt")]
    for name in ("sentiment_calls.txt", "sentiment_written.txt"):
        found += [Example(text, SIGNS[sign], text) for sign, text in signed(name)]
    for sign, template in signed("sentiment_templates.txt"):
        label = SIGNS[sign]
        found += [Example(text, label, template) for text in fill(template, FILLS_A_TEMPLATE[label])]
    return found


def fill(template: str, count: int) -> list[str]:
    """Different fillings of a template's {slots}; one if it has none."""
    slots = dict(line.split(": ", 1) for line in lines("slots.txt"))
    choose = random.Random(template)
    texts = {re.sub(r"\{(\w+)\}", lambda match: choose.choice(slots[match[1]].split("|")), template) for _ in range(count)}
    return sorted(texts)


def multiplied(examples: list[Example], seed: int, joined: int) -> list[Example]:
    """The examples, one spoken or written variant of each, and `joined` pairs of clauses that keep the stronger label."""
    choose = random.Random(seed)
    plain = [Example(varied(item.text, choose), item.label, item.origin) for item in examples]
    by_label = {label: [item for item in examples if item.label == label] for label in SIGNS.values()}
    pairs = []
    for first, second, share in PAIRS:
        for _ in range(int(joined * share)):
            one, two = choose.choice(by_label[first]), choose.choice(by_label[second])
            text = one.text.rstrip(".?!") + choose.choice([". ", ", ", " ", " and ", "! ", " so "]) + two.text
            label = second if first == NEUTRAL else first
            pairs.append(Example(varied(text, choose), label, one.origin))
    return examples + plain + pairs


PAIRS = [
    (NEUTRAL, NEUTRAL, 0.36),
    (NEUTRAL, NEGATIVE, 0.18),
    (NEGATIVE, NEUTRAL, 0.18),
    (NEGATIVE, NEGATIVE, 0.12),
    (NEUTRAL, POSITIVE, 0.08),
    (POSITIVE, NEUTRAL, 0.04),
    (POSITIVE, POSITIVE, 0.04),
]


def varied(text: str, choose: random.Random) -> str:
    """As a recogniser or a typist might give it: without punctuation, with it, hesitant, with a repeated word."""
    draw = choose.random()
    if draw < 0.3:
        return re.sub(r"[,.!?]", "", text).lower()
    if draw < 0.45:
        return text[:1].upper() + text[1:] + choose.choice([".", ".", "!", "?" if is_question(text) else "."])
    if draw < 0.65:
        return f"{choose.choice(STARTS)}{choose.choice([' ', ', '])}{text}"
    if draw < 0.75:
        words = text.split()
        place = choose.randrange(len(words))
        return " ".join([*words[: place + 1], *words[place:]])
    if draw < 0.85:
        return text.replace("'", choose.choice(["", " "]))
    if draw < 0.93:
        return text + choose.choice([" thanks", " please", " you know", " okay", " right", " thank you", " sir", " ma'am"])
    return text


def is_question(text: str) -> bool:
    """By its first word: the lines carry no question marks."""
    return bool(re.match(r"(who|what|when|where|why|how|which|is|are|do|does|did|can|could|will|would|have|has|shall|may)\b", text))
