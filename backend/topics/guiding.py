"""What a topic may be called, and what its guiding sentences may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.analysis.language.sentences import normal
from backend.analysis.tokens import base_language
from backend.errors import Conflict, InvalidInput
from backend.interactions.transcripts.language import UNKNOWN, detect_language
from backend.settings.rules import LANGUAGES

DEFAULTS = ("Pricing", "Legal", "Privacy", "Security", "User Requirements", "Hardware", "Licensing")
MOST = 10
"""Topics of its own an account."""
LEAST_SENTENCES, MOST_SENTENCES = 3, 100
MEASURED = (10, 20)
"""Guiding sentences with which recognition was measured."""
LONGEST_NAME = 60
SHORTEST, LONGEST = 3, 300
"""Words, and characters, of a guiding sentence."""
SHORTEST_UNSPACED = 4
"""Characters where a script puts no blanks between words."""
ENGLISH = "en"
PERSON = "person"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Guiding:
    """A sentence as somebody gives it. `language` None: found out. `english` is their own translation, for a sentence that is not."""

    text: str
    language: str | None = None
    english: str | None = None


def checked_name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInput("A topic needs a name.", pointer="/input/name", value=name)
    if len(clean) > LONGEST_NAME:
        raise InvalidInput(f"A topic's name has at most {LONGEST_NAME} characters.", pointer="/input/name", value=name)
    return clean


def checked_sentences(given: Sequence[Guiding]) -> list[Guiding]:
    """
    Each with a language, blanks tidied; empty ones left out. Raises InvalidInput with a pointer to the sentence that is too short or too
    long, says what another says, or is in a language that there is not.
    """
    numbered = [(place, _tidy(each)) for place, each in enumerate(given) if each.text.strip()]
    if len(numbered) > MOST_SENTENCES:
        raise InvalidInput(f"A topic has at most {MOST_SENTENCES} guiding sentences.", pointer="/input/sentences")
    fallback = language_of(" ".join(each.text for _, each in numbered if each.language is None)) or ENGLISH
    before: dict[str, int] = {}
    found = []
    for place, each in numbered:
        fault = fault_of(each) or _repeated(each, before)
        if fault is not None:
            raise InvalidInput(fault, pointer=f"/input/sentences/{place}", value=each.text)
        before[normal(each.text)] = place
        found.append(_complete(each, fallback))
    if len(found) < LEAST_SENTENCES:
        raise InvalidInput(f"A topic needs at least {LEAST_SENTENCES} different guiding sentences.", pointer="/input/sentences")
    return found


def fault_of(each: Guiding) -> str | None:
    """Why a sentence cannot guide, in words; None where it can."""
    if len(each.text) > LONGEST:
        return f"A guiding sentence has at most {LONGEST} characters: split it, or leave out what does not belong to the topic."
    if is_short(each.text):
        return f"Write a whole sentence of at least {SHORTEST} words, as somebody would say it: meaning counts, not keywords."
    if each.language is not None and each.language not in LANGUAGES:
        return f"There is no such language. Choose among {', '.join(LANGUAGES)}."
    if each.english is not None and is_short(each.english):
        return f"Write its English as a whole sentence of at least {SHORTEST} words."
    return None


def is_short(text: str) -> bool:
    unspaced = len(_UNSPACED.findall(text))
    return unspaced < SHORTEST_UNSPACED if unspaced else len(normal(text).split()) < SHORTEST


def language_of(text: str) -> str | None:
    """The language that a text is surely in; None where it is too short to tell, or in none that can be chosen."""
    found = detect_language(text)
    return None if found == UNKNOWN or found not in LANGUAGES else found


def completed(given: Sequence[Guiding]) -> list[Guiding]:
    """Every sentence with its language, whatever else is wrong with it."""
    tidy = [_tidy(each) for each in given]
    fallback = language_of(" ".join(each.text for each in tidy if each.language is None)) or ENGLISH
    return [_complete(each, fallback) for each in tidy]


def repeats(given: Sequence[Guiding]) -> Iterator[tuple[int, int]]:
    """(place, earlier place) of sentences that say the same but for case and punctuation."""
    before: dict[str, int] = {}
    for place, each in enumerate(given):
        if (key := normal(each.text)) in before:
            yield place, before[key]
        elif key:
            before[key] = place


def require_room(custom: int) -> None:
    if custom >= MOST:
        raise Conflict(f"An account has at most {MOST} topics of its own, and they are all used. Delete one that nobody needs.")


def _repeated(each: Guiding, before: dict[str, int]) -> str | None:
    earlier = before.get(normal(each.text))
    return None if earlier is None else f"This says the same as sentence {earlier + 1}: vary it, or leave it out."


def _tidy(each: Guiding) -> Guiding:
    language = base_language(each.language) if each.language else None
    english = " ".join(each.english.split()) if each.english else None
    return Guiding(" ".join(each.text.split()), language, english or None)


def _complete(each: Guiding, fallback: str) -> Guiding:
    language = each.language or language_of(each.text) or fallback
    return Guiding(each.text, language, None if language == ENGLISH else each.english)
