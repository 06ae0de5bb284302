"""JSON of Whisper and its relatives, Deepgram, AssemblyAI."""

from __future__ import annotations

from typing import Any

from backend.interactions.transcripts.fields import Node
from backend.interactions.transcripts.parts import CHANNELS, Builder, Heard

UNNAMED = "speaker"


def whisper(data: Node) -> dict[str, Any]:
    """Whisper: segments in seconds, perhaps with words, perhaps (WhisperX) with a speaker."""
    builder = Builder()
    apart = [_spoken(word) for word in data.nodes("words") if word.has("start") and word.has("end")]
    for segment in data.nodes("segments", required=True):
        start, end = segment.seconds("start"), segment.seconds("end")
        given = segment.nodes("words")
        words = [_spoken(word) for word in given if word.has("start") and word.has("end")]
        if not given:
            words = [word for word in apart if start <= (word.start_ms + word.end_ms) / 2 < end]
        complete = words if len(words) == len(given) or not given else None
        builder.add(segment.text("speaker") or UNNAMED, start, end, segment.text("text"), complete, where=segment.where)
    duration = data.seconds("duration") if data.has("duration") else 0
    return builder.document(language=_code(data.text("language")), engine="Whisper", duration_ms=duration)


def _spoken(word: Node) -> Heard:
    return Heard(word.text("word", "text"), word.seconds("start"), word.seconds("end"), word.share("probability", "score", "confidence"))


def _code(language: str) -> str:
    """OpenAI's service writes `english` where a code is meant; what is no code is left to be detected."""
    return language if 2 <= len(language.split("-")[0].split("_")[0]) <= 3 else ""


def whisper_cpp(data: Node) -> dict[str, Any]:
    """whisper.cpp: `transcription` with offsets in milliseconds."""
    builder = Builder()
    for segment in data.nodes("transcription", required=True):
        offsets = segment.inner("offsets")
        builder.add(
            segment.text("speaker") or UNNAMED, offsets.millis("from"), offsets.millis("to"), segment.text("text"), where=segment.where
        )
    return builder.document(language=data.inner("result").text("language"), engine="whisper.cpp")


def deepgram(data: Node) -> dict[str, Any]:
    """Deepgram: utterances in seconds, or the words of each channel."""
    results = data.inner("results")
    channels, utterances = results.nodes("channels"), results.nodes("utterances")
    builder = Builder()
    several = len(channels) == 2 or len({each.text("channel") for each in utterances}) == 2
    for each in utterances:
        name, role = _of_channel(each.text("channel") or "0") if several else (f"speaker {each.text('speaker') or 0}", None)
        words = [_punctuated(word) for word in each.nodes("words")]
        builder.add(name, each.seconds("start"), each.seconds("end"), each.text("transcript"), words, role=role, where=each.where)
    for number, channel in enumerate([] if utterances else channels):
        _channel(builder, channel, str(number) if several else None)
    language = channels[0].text("detected_language") if channels else ""
    about = data.inner("metadata")
    duration = about.seconds("duration") if about.has("duration") else 0
    return builder.document(language=language, engine="Deepgram", duration_ms=duration)


def _channel(builder: Builder, channel: Node, number: str | None) -> None:
    """The words of one channel: one speaker's where each has a channel, else told apart by their labels."""
    best = next(iter(channel.nodes("alternatives")), None)
    words = best.nodes("words") if best else []
    if number is not None:
        name, role = _of_channel(number)
        builder.add_runs(name, [_punctuated(word) for word in words], role=role)
        return
    run: list[Heard] = []
    speaker = ""
    for word in words:
        name = f"speaker {word.text('speaker') or 0}"
        if name != speaker:
            builder.add_runs(speaker, run)
            run, speaker = [], name
        run.append(_punctuated(word))
    builder.add_runs(speaker, run)


def _of_channel(number: str) -> tuple[str, str | None]:
    return f"channel {number}", CHANNELS[int(number)] if number in ("0", "1") else None


def _punctuated(word: Node) -> Heard:
    return Heard(word.text("punctuated_word", "word"), word.seconds("start"), word.seconds("end"), word.share("confidence"))


def assemblyai(data: Node) -> dict[str, Any]:
    """AssemblyAI: utterances in milliseconds."""
    builder = Builder()
    utterances = data.nodes("utterances", required=True)
    channels = sorted({each.text("channel") for each in utterances} - {""})
    roles = dict(zip(channels, CHANNELS, strict=True)) if len(channels) == 2 else {}
    for each in utterances:
        words = [Heard(w.text("text"), w.millis("start"), w.millis("end"), w.share("confidence")) for w in each.nodes("words")]
        name = f"channel {each.text('channel')}" if roles else f"speaker {each.text('speaker')}".strip()
        role = roles.get(each.text("channel"))
        builder.add(name, each.millis("start"), each.millis("end"), each.text("text"), words, role=role, where=each.where)
    duration = data.seconds("audio_duration") if data.has("audio_duration") else 0
    return builder.document(language=data.text("language_code").replace("_", "-"), engine="AssemblyAI", duration_ms=duration)
