"""Where lines are placed, and what the line carries; spoken by a buzzer, so that no synthesiser is needed."""

from __future__ import annotations

import numpy as np
import pytest

from scripts.synthesise_samples import encoding, mixing, timing, transcripts
from scripts.synthesise_samples.dialogue import Dialogue, Line, Mark

RATE = 8000


def buzz(side, text):
    """A tone of 80 ms a letter, with a rest of 200 ms for each comma."""
    rest, clauses = np.zeros(RATE // 5), text.split(", ")
    tones = [np.sin(np.arange(RATE * 8 * len(clause) // 100) * 0.7) for clause in clauses]
    pieces = [piece for tone in tones for piece in (rest, tone)]
    return np.concatenate(pieces[1:])


def lay(*parts, seed=1):
    header = {"language": "en", "agent": {"name": "Ada <Poe>"}, "consumer": "Bo"}
    return timing.lay(Dialogue("x", header, parts, ""), buzz, RATE, np.random.default_rng(seed))


def test_the_same_seed_lays_the_same_times():
    parts = (Line("agent", "One two."), Line("consumer", "Three."), Line("agent", "Four. Five."))
    assert lay(*parts) == lay(*parts)
    assert lay(*parts) != lay(*parts, seed=2)


def test_gaps_and_overlaps_are_exact():
    first, second, third = lay(Line("agent", "One two three."), Line("consumer", "Four five.", 900), Line("agent", "Six.", -500)).spoken
    assert second.start_ms == first.end_ms + 900
    assert third.start_ms == second.end_ms - 500


def test_a_backchannel_lies_inside_and_moves_nothing():
    plain = lay(Line("agent", "One two three four five six."), Line("consumer", "Right.", 400)).spoken
    spoken = lay(Line("agent", "One two three four five six."), Line("consumer", "Mm.", None, 0.5), Line("consumer", "Right.", 400)).spoken
    long, inside, after = spoken
    assert long.start_ms < inside.start_ms < inside.end_ms < long.end_ms
    assert (long, after) == plain


def test_a_silence_is_exactly_as_long_as_written():
    first, second = lay(Line("agent", "One."), Mark("silence", 7_000), Line("consumer", "Two.")).spoken
    assert second.start_ms - first.end_ms == 7_000


def test_nobody_speaks_during_a_hold_and_music_plays_where_asked():
    timeline = lay(Line("agent", "One."), Mark("hold", 8_000), Line("agent", "Two."))
    ((start, end),) = timeline.holds
    assert end - start == 8_000
    assert timeline.spoken[0].end_ms < start < end < timeline.spoken[1].start_ms
    channels = mixing.mix(timeline, RATE, {"music": ["consumer"]}, np.random.default_rng(3))
    quiet, music = np.sqrt(np.mean(channels[(start + 2_000) * 8 : (end - 2_000) * 8] ** 2, axis=0))
    assert music > 10 * quiet


def test_each_side_has_its_channel():
    timeline = lay(Line("agent", "One two."), Line("consumer", "Three four."))
    channels = mixing.mix(timeline, RATE, {}, np.random.default_rng(3))
    for one, own in zip(timeline.spoken, (0, 1), strict=True):
        level = np.abs(channels[one.start_ms * 8 : one.end_ms * 8]).mean(axis=0)
        assert level[own] > 20 * level[1 - own]


def test_word_times_cover_the_sentence_and_respect_its_pauses():
    sound = buzz("agent", "Okay then, a longer second clause.")
    words = timing.word_times("Okay then, a longer second clause.", sound, RATE)
    assert [word for word, _, _ in words] == ["Okay", "then,", "a", "longer", "second", "clause."]
    assert words[0][1] == 0
    assert words[-1][2] == len(sound) * 1000 // RATE
    assert words[2][1] - words[1][2] == pytest.approx(200, abs=20)
    assert all(start < end for _, start, end in words)


def test_words_without_telling_pauses_share_the_time_by_letters():
    words = timing.word_times("I, unquestionably.", buzz("agent", "without rest"), RATE)
    assert words[0][2] == words[1][1]
    assert words[0][2] - words[0][1] < words[1][2] - words[1][1]


def test_webvtt_escapes_and_clocks():
    dialogue = Dialogue("x", {"language": "en", "agent": {"name": "Ada"}, "consumer": "Bo"}, (), "")
    one = timing.Spoken("agent", "Fish & <chips>.", 3_600_500, 3_723_045, (), np.zeros(1))
    text = transcripts.webvtt(dialogue, timing.Timeline((one,), (), 3_800_000))
    assert text == "WEBVTT\n\n1\n01:00:00.500 --> 01:02:03.045\n<v Ada>Fish &amp; &lt;chips>.</v>\n"


@pytest.mark.parametrize("ending", ["ogg", "webm", "mp3"])
def test_the_same_sound_gives_the_same_bytes(tmp_path, ending):
    sound = mixing.tune(1_500, 16_000).reshape(-1, 1) * 0.3
    written = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{ending}"
        encoding.write(path, sound, 16_000, 24)
        written.append(path.read_bytes())
    assert written[0] == written[1]
