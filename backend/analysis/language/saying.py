"""What the language parts say of themselves: what is missing and why, and which model made what."""

from __future__ import annotations

from backend.analysis.language.ground import VERSION
from backend.analysis.language.languages import FEATURES
from backend.analysis.language.ports import Encoder, Judge, Replacements
from backend.analysis.types import Skipped, Summary, Transcript


def gaps(transcript: Transcript, no_summary: bool) -> list[Skipped]:
    """What is missing from parts that were made."""
    silent = sum(segment.text is None for segment in transcript.segments if segment.role != "other")
    found = []
    if silent:
        reason = f"the words of {silent} of {len(transcript.segments)} segments are unknown: nothing was looked for in them"
        found = [Skipped(feature, reason) for feature in FEATURES]
    if no_summary:
        found = [each for each in found if each.feature != "summary"] + [Skipped("summary", "too little is said to summarise")]
    return found


def unsupported_summary(writer: str, lost: int, nothing_left: bool) -> list[Skipped]:
    """Sentences of a written summary that were left out."""
    if nothing_left:
        what = f"none of the {lost} sentences that {writer} wrote is" if lost else f"{writer} wrote nothing that is"
        return [Skipped("written_summary", f"{what} supported by what was said: sentences of the conversation stand in their place")]
    if not lost:
        return []
    what = "1 sentence" if lost == 1 else f"{lost} sentences"
    return [Skipped("written_summary", f"{what} of {writer} left out, as nothing that was said supports {'it' if lost == 1 else 'them'}")]


def made_by(instead: Replacements, summary: Summary | None) -> dict[str, str]:
    """The models that stood in a shipped one's place."""
    return {
        **(judged_by(instead.judge) if instead.judge else {}),
        **(topics_by(instead.encoder) if instead.encoder else {}),
        **({"summary": summary.written_by} if summary and summary.written_by else {}),
    }


def judged_by(judge: Judge) -> dict[str, str]:
    return {"sentiment": judge.name}


def topics_by(encoder: Encoder) -> dict[str, str]:
    return {"topics": f"{VERSION} on {encoder.name}"}
