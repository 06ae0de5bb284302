"""One real encoder a session, and calls written in a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.analysis.language import language_parts
from backend.analysis.types import LanguageParts, Segment, Settings, Speaker, TopicDefinition, Transcript
from backend.infra.embedder import MiniLM, load

Say = Callable[..., LanguageParts]
ROLES = {"a": "agent", "c": "consumer", "o": "other"}

CALL = (
    ("a", "Thanks for calling Northline, my name is Ana. How can I help you today?"),
    ("c", "Hi, um, my internet has been down since Monday and I'm really fed up with it. I already called twice!"),
    ("a", "I'm so sorry to hear that. What have you tried so far?"),
    ("c", "I restarted the box twice and the light stays red."),
    ("a", "I'll send a technician to you on Thursday morning."),
    ("c", "okay thank you so much that's really kind of you"),
    ("c", "What does the larger plan cost per month?"),
    ("a", "It's thirty dollars a month. Is there anything else I can help you with?"),
    ("c", "no that's all"),
)


def transcript(*said: tuple[str, str | None], language: str = "en") -> Transcript:
    """Each (who, text) lasts two and a half seconds; `who` is a, c or o."""
    segments = tuple(Segment(who, ROLES[who], 3000 * at, 3000 * at + 2500, text) for at, (who, text) in enumerate(said))  # type: ignore[arg-type]
    speakers = tuple(Speaker(name, role) for name, role in ROLES.items())  # type: ignore[arg-type]
    return Transcript(language, 3000 * len(said) + 1, speakers, segments)


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    return load()


@pytest.fixture(scope="session")
def say(encoder: MiniLM) -> Say:
    """Analyses a call given as (who, text) pairs."""

    def run(*said: tuple[str, str | None], language: str = "en", topics: tuple[TopicDefinition, ...] = ()) -> LanguageParts:
        return language_parts(transcript(*said, language=language), Settings(topics=topics), encoder, lambda step, share: None)

    return run


@pytest.fixture(scope="session")
def parts(say: Say) -> LanguageParts:
    """The parts of CALL."""
    return say(*CALL)
