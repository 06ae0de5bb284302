"""
In what two analyses of one conversation differ. Pure.

Things are told apart by what they are (a mention by its keyword and place, a topic by its name); one that is on both sides with other
values has changed. An event has changed where one of the same kind overlaps it and nothing else does better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Document = dict[str, Any]
Keyed = Mapping[Any, Any]
K = TypeVar("K")

FEATURES = ("score", "figure", "indicator", "topic", "event", "passage", "utterance")
SCORES = ("engagement_score", "sentiment_score")
ROLE_FIGURES = (
    "talk_ms", "talk_share_pct", "interaction_share_pct", "longest_spiel_ms", "fillers_per_min", "words_per_min", "patience_ms",
)  # fmt: skip
_MENTION = ("keyword", "role", "segment", "char_start", "char_end")


@dataclass(frozen=True, slots=True)
class Change:
    """How many of `name` came, went, or are there with other values; `before` and `after` are its value, or how many there are."""

    feature: str
    name: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """
    One thing that came, went or changed, where in the conversation it is, what was said there, and what it was judged to be or how long it
    was (None where that is unknown or says nothing).
    """

    kind: str
    feature: str
    name: str
    start_ms: int
    end_ms: int
    role: str | None = None
    quote: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Keys of what came, went, and changed."""

    added: list[Any]
    removed: list[Any]
    changed: list[Any]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def changes(old: Document, new: Document) -> list[Change]:
    """Everything that differs, by feature and name; nothing where nothing does."""
    numbers = [("score", name, _score(old, name), _score(new, name)) for name in SCORES]
    numbers += [("figure", name, figures(old)[name], figures(new)[name]) for name in figures(new)]
    found = [change for each in numbers if (change := _number(*each))]
    found += _counted("indicator", mentions(old), mentions(new))
    found += _topics(old, new)
    found += _counted("event", *_events(old, new))
    found += _counted("passage", passages(old), passages(new))
    found += _counted("utterance", {"sentiment": _classes(old)}, {"sentiment": _classes(new)})
    return found


def _score(document: Document, name: str) -> float | None:
    found = document.get(name)
    return None if found is None else float(found["value"])


def figures(document: Document) -> dict[str, float | None]:
    found = {f"{role}.{name}": document[role].get(name) for role in ("agent", "consumer") for name in ROLE_FIGURES}
    return {**found, "response_lag_ms": document.get("response_lag_ms"), "speaker_changes": document.get("speaker_changes")}


def _number(feature: str, name: str, before: float | None, after: float | None) -> Change | None:
    if before == after:
        return None
    came, went = before is None, after is None
    return Change(feature, name, int(came), int(went), int(not came and not went), before, after)


def mentions(document: Document) -> dict[str, Keyed]:
    """By indicator: where it is mentioned, and how."""
    groups = _by(document["mentions"], lambda each: f"{each['category']} · {each['indicator']}")
    return {name: {tuple(each[part] for part in _MENTION): each for each in some} for name, some in groups.items()}


def passages(document: Document) -> dict[str, Keyed]:
    found: dict[str, Keyed] = {
        name: {each["segment"]: each["text"] for each in document[name]} for name in ("next_steps", "good_questions")
    }
    summary = document.get("summary")
    return {**found, "summary": {0: (summary["text"], summary["segments"])} if summary and summary["text"] else {}}


def _classes(document: Document) -> Keyed:
    """Of the segments with words that could be judged: their sentiment's class."""
    return {each["segment"]: each["sentiment"] for each in document["utterances"] if each and each["sentiment"]}


def _topics(old: Document, new: Document) -> list[Change]:
    before, after = ({each["name"]: each for each in document["topics"]} for document in (old, new))
    apart = split(before, after)
    names = [(name, "added") for name in apart.added] + [(name, "removed") for name in apart.removed]
    names += [(name, "changed") for name in apart.changed]
    return [
        Change("topic", name, before=before.get(name, {}).get("score"), after=after.get(name, {}).get("score"), **{what: 1})
        for name, what in names
    ]  # fmt: skip


def _events(old: Document, new: Document) -> tuple[dict[str, Keyed], dict[str, Keyed]]:
    """By type; an event that has moved bears the same key on both sides."""
    before, after = (_by(document["events"], lambda each: str(each["type"])) for document in (old, new))
    sides: tuple[dict[str, Keyed], dict[str, Keyed]] = ({}, {})
    for name in {**before, **after}:
        keys = _paired(before[name], after[name])
        sides[0][name] = {key: before[name][key] for key in range(len(before[name]))}
        sides[1][name] = dict(zip(keys, after[name], strict=True))
    return sides


def _by(items: Iterable[Document], key: Callable[[Document], K]) -> dict[K, list[Document]]:
    found: dict[K, list[Document]] = defaultdict(list)
    for each in items:
        found[key(each)].append(each)
    return found


def _paired(before: list[Document], after: list[Document]) -> list[int]:
    """For each of `after` the place in `before` of the one that it was; a new number where it was none. Both go forward in time."""
    keys, free, fresh = [], list(range(len(before))), len(before)
    for each in after:
        shared = {key: min(each["end_ms"], before[key]["end_ms"]) - max(each["start_ms"], before[key]["start_ms"]) for key in free}
        best = max(shared, key=lambda key: (before[key] == each, shared[key]), default=None)
        if best is not None and shared[best] > 0:
            free.remove(best)
            keys.append(best)
        else:
            keys.append(fresh)
            fresh += 1
    return keys


def split(before: Keyed, after: Keyed) -> Split:
    return Split(
        [key for key in after if key not in before],
        [key for key in before if key not in after],
        [key for key in after if key in before and after[key] != before[key]],
    )


def _counted(feature: str, before: Mapping[str, Keyed], after: Mapping[str, Keyed]) -> list[Change]:
    found = []
    for name in {**before, **after}:
        old, new = before.get(name, {}), after.get(name, {})
        if apart := split(old, new):
            numbers = (len(apart.added), len(apart.removed), len(apart.changed))
            found.append(Change(feature, name, *numbers, before=len(old), after=len(new)))
    return found


def details(old: Document, new: Document, said: list[Document], said_before: list[Document] | None = None) -> list[Detail]:
    """
    The mentions, events and passages that differ, in order of time. `said` are the segments of the transcript that the new analysis was
    made from, `said_before` those of the old one where it was another; segments without words give no quotes.
    """
    sides = (said if said_before is None else said_before, said)
    found = _differing("indicator", mentions(old), mentions(new), sides, lambda key, each, words: _mention(each, words))
    found += _differing("event", *_events(old, new), sides, lambda key, each, words: _event(each))
    before, after = ({name: each for name, each in passages(one).items() if name != "summary"} for one in (old, new))
    found += _differing("passage", before, after, sides, lambda segment, text, words: _passage(segment, words, text))
    found += _differing("topic", _noted(old), _noted(new), sides, lambda segment, each, words: _passage(segment, words))
    found += _differing("utterance", {"sentiment": _classes(old)}, {"sentiment": _classes(new)}, sides, _judged)
    return sorted(found, key=lambda each: (each.start_ms, each.end_ms, each.feature, each.name))


@dataclass(frozen=True, slots=True)
class Place:
    start_ms: int
    end_ms: int
    role: str | None = None
    quote: str | None = None
    value: str | None = None


def _differing(
    feature: str, before: Mapping[str, Keyed], after: Mapping[str, Keyed], sides: tuple[list[Document], list[Document]],
    place: Callable[[Any, Any, list[Document]], Place],
) -> list[Detail]:  # fmt: skip
    found = []
    for name in {**before, **after}:
        old, new = before.get(name, {}), after.get(name, {})
        apart = split(old, new)
        for kind, keys in (("added", apart.added), ("removed", apart.removed), ("changed", apart.changed)):
            for key in keys:
                was, now = (place(key, side[key], said) if key in side else None for side, said in zip((old, new), sides, strict=True))
                shown = now or was
                assert shown is not None, "a key is on one of the sides"
                before_value, after_value = (side.value if side else None for side in (was, now))
                place_of = (shown.start_ms, shown.end_ms, shown.role, shown.quote)
                found.append(Detail(kind, feature, name, *place_of, before_value, after_value))
    return found


def _mention(each: Document, said: list[Document]) -> Place:
    text = said[each["segment"]]["text"] if each["segment"] < len(said) else None
    whole = text is not None and each["end_segment"] == each["segment"]
    quote = text[each["char_start"] : each["char_end"]] if whole and text else None
    return Place(each["start_ms"], each["end_ms"], each["role"], quote)


def _event(each: Document) -> Place:
    return Place(each["start_ms"], each["end_ms"], each["role"], value=f"{(each['end_ms'] - each['start_ms']) / 1000:.1f} s")


def _passage(segment: int, said: list[Document], text: str | None = None) -> Place:
    here = said[segment]
    return Place(here["start_ms"], here["end_ms"], quote=here.get("text") if text is None else text)


def _judged(segment: int, label: str, said: list[Document]) -> Place:
    here = said[segment]
    return Place(here["start_ms"], here["end_ms"], quote=here.get("text"), value=label)


def _noted(document: Document) -> dict[str, Keyed]:
    """By topic: the segments that it was noted in."""
    return {topic["name"]: {each["segment"]: None for each in topic["passages"]} for topic in document["topics"]}
