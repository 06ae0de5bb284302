"""Amazon's transcripts: Transcribe, Transcribe Call Analytics and Contact Lens, Post-Call Analytics."""

from __future__ import annotations

from typing import Any

from backend.interactions.transcripts.fields import Node
from backend.interactions.transcripts.parts import CHANNELS, Builder, Heard, joined, refuse

ENGINE = "Amazon Transcribe"


def contact_lens(data: Node) -> dict[str, Any]:
    """Transcribe Call Analytics and Contact Lens: turns with offsets in milliseconds and a participant."""
    if data.text("Channel").upper() == "CHAT":
        raise refuse("it is a chat; Assay takes conversations that were spoken", where="/Channel")
    builder = Builder()
    roles = {each.text("ParticipantId"): each.text("ParticipantRole") for each in data.nodes("Participants")}
    for turn in data.nodes("Transcript", required=True):
        name = turn.text("ParticipantRole", "ParticipantId")
        name = (roles.get(name) or name or "speaker").replace("_", " ").capitalize()
        words = joined(_offset_word(item) for item in turn.nodes("Items"))
        start, end = turn.millis("BeginOffsetMillis"), turn.millis("EndOffsetMillis")
        builder.add(name, start, end, turn.text("Content"), words, where=turn.where)
    said = data.inner("ConversationCharacteristics")
    duration = said.millis("TotalConversationDurationMillis") if said.has("TotalConversationDurationMillis") else 0
    return builder.document(language=data.text("LanguageCode"), engine=ENGINE, duration_ms=duration)


def _offset_word(item: Node) -> Heard:
    if not item.has("BeginOffsetMillis"):
        return Heard(item.text("Content"), 0, 0, joined=True)
    start, end = item.millis("BeginOffsetMillis"), item.millis("EndOffsetMillis")
    return Heard(item.text("Content"), start, end, item.share("Confidence"), item.text("Type") == "punctuation")


def post_call_analytics(data: Node) -> dict[str, Any]:
    """Post-Call Analytics: segments in seconds, the speakers' names in a list of their own."""
    about = data.inner("ConversationAnalytics")
    names = {each.text("Speaker"): each.text("DisplayText", "Speaker") for each in about.nodes("SpeakerLabels")}
    builder = Builder()
    for turn in data.nodes("SpeechSegments", required=True):
        speaker = turn.text("SegmentSpeaker") or "speaker"
        words = [
            Heard(word.text("Text"), word.seconds("StartTime"), word.seconds("EndTime"), word.share("Confidence"))
            for word in turn.nodes("WordConfidence")
        ]
        start, end = turn.seconds("SegmentStartTime"), turn.seconds("SegmentEndTime")
        builder.add(names.get(speaker) or speaker, start, end, turn.text("DisplayText", "OriginalText"), words, where=turn.where)
    duration = about.seconds("Duration") if about.has("Duration") else 0
    return builder.document(language=about.text("LanguageCode"), engine=ENGINE, duration_ms=duration)


def transcribe(data: Node) -> dict[str, Any]:
    """Transcribe's own output: words with a speaker's label, or a list of words for each channel."""
    results = data.inner("results")
    channels = results.inner("channel_labels").nodes("channels")
    builder = Builder()
    for number, channel in enumerate(channels):
        role = CHANNELS[number] if len(channels) == 2 else None
        builder.add_runs(channel.text("channel_label") or f"ch_{number}", _items(channel), role=role)
    if not channels:
        _by_label(builder, results)
    return builder.document(language=results.text("language_code"), engine=ENGINE)


def _items(holder: Node) -> list[Heard]:
    return [_item(item) for item in holder.nodes("items", required=True)]


def _item(item: Node) -> Heard:
    best = next(iter(item.nodes("alternatives")), None)
    content = best.text("content") if best else ""
    if item.text("type") == "punctuation":
        return Heard(content, 0, 0, joined=True)
    return Heard(content, item.seconds("start_time"), item.seconds("end_time"), best.share("confidence") if best else None)


def _by_label(builder: Builder, results: Node) -> None:
    """Each item names its speaker; older files keep that in a list of segments beside, found by the time."""
    beside = {
        item.seconds("start_time"): item.text("speaker_label")
        for segment in results.inner("speaker_labels").nodes("segments")
        for item in segment.nodes("items")
    }
    run: list[Heard] = []
    speaker = ""
    for item in results.nodes("items", required=True):
        heard = _item(item)
        name = speaker if heard.joined else item.text("speaker_label") or beside.get(heard.start_ms) or speaker or "speaker"
        if name != speaker:
            builder.add_runs(speaker, run)
            run, speaker = [], name
        run.append(heard)
    builder.add_runs(speaker, run)
