"""JSON of vendors: AWS (Transcribe Call Analytics, Contact Lens, Post-Call Analytics), Whisper, Deepgram, AssemblyAI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend.interactions.transcripts.parts import Builder, ms, refuse, word

Json = dict[str, Any]
Reader = Callable[[Json, str | None], Json]


def contact_lens(data: Json, language: str | None) -> Json:
    """Amazon Transcribe Call Analytics and Contact Lens: `Transcript` with millisecond offsets and a participant."""
    builder = Builder()
    roles = {str(p.get("ParticipantId")): str(p.get("ParticipantRole", "")) for p in data.get("Participants", [])}
    for index, turn in enumerate(_list(data, "Transcript", "/Transcript")):
        where = f"/Transcript/{index}"
        participant = str(turn.get("ParticipantId") or turn.get("ParticipantRole") or "")
        role = roles.get(participant) or str(turn.get("ParticipantRole") or participant)
        speaker = builder.speaker(role.title() or "Speaker")
        start, end = _whole(turn, "BeginOffsetMillis", where), _whole(turn, "EndOffsetMillis", where)
        items = [
            word(
                str(i.get("Content", "")),
                int(i.get("BeginOffsetMillis", start)),
                int(i.get("EndOffsetMillis", start)),
                _share(i.get("Confidence")),
            )
            for i in turn.get("Items", [])
        ]
        builder.add(speaker, start, end, str(turn.get("Content", "")), items)
    return builder.document(language=str(data.get("LanguageCode") or language or "en"), engine="Amazon Transcribe")


def post_call_analytics(data: Json, language: str | None) -> Json:
    """AWS Post-Call Analytics: `SpeechSegments` with seconds, and names of the speakers."""
    about = data.get("ConversationAnalytics") or {}
    names = {str(s.get("Speaker")): str(s.get("DisplayText") or s.get("Speaker")) for s in about.get("SpeakerLabels", [])}
    builder = Builder()
    for index, turn in enumerate(_list(data, "SpeechSegments", "/SpeechSegments")):
        where = f"/SpeechSegments/{index}"
        speaker = builder.speaker(names.get(str(turn.get("SegmentSpeaker")), str(turn.get("SegmentSpeaker"))))
        words = [
            word(str(w.get("Text", "")), ms(w.get("StartTime"), where), ms(w.get("EndTime"), where), _share(w.get("Confidence")))
            for w in turn.get("WordConfidence", [])
        ]
        start, end = ms(turn.get("SegmentStartTime"), where), ms(turn.get("SegmentEndTime"), where)
        builder.add(speaker, start, end, str(turn.get("DisplayText") or turn.get("OriginalText") or ""), words)
    duration = ms(about.get("Duration", 0), "/ConversationAnalytics/Duration")
    return builder.document(language=str(about.get("LanguageCode") or language or "en"), engine="Amazon Transcribe", duration_ms=duration)


def transcribe(data: Json, language: str | None) -> Json:
    """Amazon Transcribe's batch output: `results.items`, with a speaker label or a channel on each."""
    results = data.get("results") or {}
    channels = (results.get("channel_labels") or {}).get("channels") or []
    builder = Builder()
    if channels:
        for channel in channels:
            _items(builder, channel.get("items", []), lambda item, name=str(channel.get("channel_label")): name)  # type: ignore[misc]
    else:
        _items(builder, _list(results, "items", "/results/items"), lambda item: str(item.get("speaker_label", "spk_0")))
    return builder.document(language=str(results.get("language_code") or language or "en"), engine="Amazon Transcribe")


def _items(builder: Builder, items: list[Json], speaker_of: Callable[[Json], str]) -> None:
    """Words with punctuation joined to the word before, a segment for each run of one speaker that ends at a full stop or a pause."""
    run: list[Json] = []
    for index, item in enumerate(items):
        content = str((item.get("alternatives") or [{}])[0].get("content", ""))
        if item.get("type") == "punctuation":
            if run:
                run[-1]["text"] += content
            continue
        start, end = ms(item.get("start_time"), f"item {index}"), ms(item.get("end_time"), f"item {index}")
        name = speaker_of(item)
        if run and (run[-1]["speaker"] != name or start - run[-1]["end_ms"] > 1_000 or run[-1]["text"].endswith((".", "?", "!"))):
            _flush(builder, run)
            run = []
        confidence = _share((item.get("alternatives") or [{}])[0].get("confidence"))
        run.append(word(content, start, end, confidence) | {"speaker": name})
    _flush(builder, run)


def _flush(builder: Builder, run: list[Json]) -> None:
    if run:
        words = [{key: value for key, value in entry.items() if key != "speaker"} for entry in run]
        text = " ".join(entry["text"] for entry in words)
        builder.add(builder.speaker(run[0]["speaker"]), run[0]["start_ms"], run[-1]["end_ms"], text, words)


def whisper(data: Json, language: str | None) -> Json:
    """Whisper and its relatives: `segments` with seconds, perhaps words, perhaps a speaker (WhisperX)."""
    builder = Builder()
    for index, segment in enumerate(_list(data, "segments", "/segments")):
        where = f"/segments/{index}"
        name = str(segment.get("speaker") or "speaker")
        speaker = builder.speaker(name, role=None if segment.get("speaker") else "other")
        words = [
            word(str(w.get("word", "")), ms(w["start"], where), ms(w["end"], where), w.get("probability", w.get("score")))
            for w in segment.get("words", [])
            if "start" in w and "end" in w
        ]
        complete = len(words) == len(segment.get("words", []))
        builder.add(
            speaker,
            ms(segment.get("start"), where),
            ms(segment.get("end"), where),
            str(segment.get("text", "")),
            words if complete else None,
        )
    return builder.document(language=str(data.get("language") or language or "en"), engine="Whisper")


def deepgram(data: Json, language: str | None) -> Json:
    """Deepgram: `results.utterances`, or the words of each channel."""
    results = data.get("results") or {}
    builder = Builder()
    channels = results.get("channels") or []
    if results.get("utterances"):
        several = len({u.get("channel") for u in results["utterances"]}) > 1
        for index, utterance in enumerate(results["utterances"]):
            name = f"ch_{utterance.get('channel', 0)}" if several else f"speaker {utterance.get('speaker', 0)}"
            _utterance(builder, name, utterance, f"/results/utterances/{index}", 1, "transcript")
    else:
        for number, channel in enumerate(channels):
            words = [w for alternative in channel.get("alternatives", [])[:1] for w in alternative.get("words", [])]
            _items(builder, [_as_item(w, _name(w, number, channels)) for w in words], lambda item: str(item["speaker_label"]))
    found = channels[0].get("detected_language") if channels else None
    return builder.document(language=str(found or language or "en"), engine="Deepgram")


def _as_item(entry: Json, speaker: str) -> Json:
    """A Deepgram word in the form of Amazon's items."""
    content = {"content": entry.get("punctuated_word", entry.get("word", "")), "confidence": entry.get("confidence")}
    return {"start_time": entry.get("start"), "end_time": entry.get("end"), "speaker_label": speaker, "alternatives": [content]}


def _name(entry: Json, channel: int, channels: list[Json]) -> str:
    return f"ch_{channel}" if len(channels) > 1 else f"speaker {entry.get('speaker', 0)}"


def assemblyai(data: Json, language: str | None) -> Json:
    """AssemblyAI: `utterances` with milliseconds."""
    builder = Builder()
    for index, utterance in enumerate(_list(data, "utterances", "/utterances")):
        name = str(utterance.get("channel") or utterance.get("speaker") or "speaker")
        _utterance(builder, name, utterance, f"/utterances/{index}", 1000, "text")
    code = str(data.get("language_code") or language or "en").replace("_", "-")
    return builder.document(language=code, engine="AssemblyAI", duration_ms=ms(data.get("audio_duration") or 0, "/audio_duration"))


def _utterance(builder: Builder, name: str, utterance: Json, where: str, per_second: int, text: str) -> None:
    def at(entry: Json, field: str) -> int:
        value = entry.get(field)
        return ms(value / per_second if isinstance(value, int | float) else value, f"{where}/{field}")

    words = [
        word(str(w.get("punctuated_word") or w.get("text") or w.get("word", "")), at(w, "start"), at(w, "end"), w.get("confidence"))
        for w in utterance.get("words", [])
    ]
    builder.add(builder.speaker(name), at(utterance, "start"), at(utterance, "end"), str(utterance.get(text, "")), words)


def _list(data: Json, name: str, where: str) -> list[Json]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise refuse("it must be a list of objects", where=where)
    return value


def _whole(entry: Json, name: str, where: str) -> int:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise refuse("it must be a whole number of milliseconds", where=f"{where}/{name}", value=value)
    return value


def _share(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
