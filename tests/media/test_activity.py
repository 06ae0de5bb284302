"""Speech is told from silence and tones, channel by channel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backend.media.activity import _spans, detector, find_activity
from backend.media.bleed import find_echo, without_echo
from backend.media.decoding import Limits, Source, decode, samples
from tests.media.sounds import tone

SHARED = Path(__file__).parents[3] / "shared" / "data" / "aws-lca"


def test_silence_and_tones_are_no_speech():
    silent, ringing = np.zeros(48_000, np.int16), (tone(3, hertz=440) * 32768).astype(np.int16)
    assert find_activity([silent, ringing]) == [[], []]
    assert find_activity([]) == []
    assert find_activity([np.zeros(0, np.int16)]) == [[]]
    assert detector().startswith("silero-vad 6")


def test_frames_become_intervals():
    chances = np.array([0] * 10 + [0.9] * 10 + [0.1] * 3 + [0.9] * 10 + [0] * 30 + [0.9] * 2 + [0] * 10, np.float32)
    assert _spans(chances, 10_000) == [(320 - 32, 33 * 32 + 32)]


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Levels and chances of a call without echo, made of voices that come and go: (agent, consumer)."""
    random = np.random.default_rng(7)
    turns = np.repeat(np.arange(30) % 2, 150)

    def side(number: int):
        speaks = turns == number
        level = np.where(speaks, -28 + random.normal(0, 7, len(turns)), -75 + random.normal(0, 2, len(turns)))
        return level.astype(np.float32), speaks.astype(np.float32)

    return side(0), side(1)


def echoed(level, voice, gain: float, delay: int):
    """Levels of a channel that hears another one's voice."""
    late = np.concatenate([np.full(delay, -90, np.float32), voice[: len(voice) - delay]]) + gain
    return (10 * np.log10(10 ** (level / 10) + 10 ** (late / 10))).astype(np.float32)


@pytest.mark.parametrize("gain", [-35, -25, -12])
@pytest.mark.parametrize("delay", [0, 4, 12])
def test_what_the_other_side_is_heard_saying_is_taken_out(call, gain, delay):
    (agent, agent_speaks), (consumer, consumer_speaks) = call
    heard = echoed(consumer, agent, gain, delay)
    echo = find_echo(heard, agent, agent_speaks)
    assert echo is not None
    assert (echo.delay, echo.gain_db) == (delay, pytest.approx(gain, abs=2))
    everywhere = np.ones(len(heard), np.float32)
    kept = without_echo(everywhere, heard, agent, echo)
    assert not kept[(agent_speaks > 0) & (np.roll(consumer_speaks, delay + 3) == 0) & (consumer_speaks == 0)].mean() > 0.02
    assert kept[(consumer_speaks > 0) & (np.roll(agent_speaks, delay + 3) == 0)].mean() > 0.8
    assert find_echo(agent, heard, np.maximum(consumer_speaks, agent_speaks)) is None


def test_both_may_hear_each_other(call):
    (agent, agent_speaks), (consumer, consumer_speaks) = call
    both = np.maximum(agent_speaks, consumer_speaks)
    one, two = echoed(agent, consumer, -20, 5), echoed(consumer, agent, -20, 5)
    assert find_echo(one, two, both) is not None
    assert find_echo(two, one, both) is not None


@pytest.mark.parametrize("softer", [0, 15, 30])
def test_a_soft_voice_on_a_clean_line_is_left_alone(call, softer):
    (agent, agent_speaks), (consumer, consumer_speaks) = call
    together = np.roll(consumer - softer, 20)
    assert find_echo(together, agent, agent_speaks) is None
    assert find_echo(agent, together, np.roll(consumer_speaks, 20)) is None


def test_too_little_to_tell_is_left_alone():
    few = np.full(100, -20, np.float32)
    assert find_echo(few - 30, few, np.r_[np.ones(40), np.zeros(60)].astype(np.float32)) is None
    assert find_echo(few[:5], few[:5], np.ones(5, np.float32)) is None
    flat = np.full(500, -20, np.float32)
    assert find_echo(flat - 30, flat, np.ones(500, np.float32)) is None


def test_a_real_call(tmp_path):
    files = [SHARED / "Auto_Repairs_40_agent.wav", SHARED / "Auto_Repairs_40_caller.wav"]
    if not files[0].exists():
        pytest.skip("the acted call is not beside the project")
    decoded = decode([Source(files[0], ("agent",)), Source(files[1], ("consumer",))], tmp_path, Limits(1 << 30, 10**9))
    agent, consumer = find_activity([samples(path) for path in decoded.channels])
    assert 80_000 < sum(end - start for start, end in agent) < 110_000
    assert 80_000 < sum(end - start for start, end in consumer) < 115_000


def test_a_real_call_with_an_echo(tmp_path):
    files = [SHARED / "Auto_Repairs_40_agent.wav", SHARED / "Auto_Repairs_40_caller.wav"]
    if not files[0].exists():
        pytest.skip("the acted call is not beside the project")
    decoded = decode([Source(files[0]), Source(files[1])], tmp_path, Limits(1 << 30, 10**9))
    agent, consumer = (samples(path)[: 50 * 16_000].astype(np.int32) for path in decoded.channels)
    clean = find_activity([agent.astype(np.int16), consumer.astype(np.int16)])
    echo = np.concatenate([np.zeros(2_000, np.int32), agent[:-2_000] // 12])
    found = find_activity([agent.astype(np.int16), (consumer + echo).astype(np.int16)])
    assert found[0] == clean[0]
    assert total(found[1]) == pytest.approx(total(clean[1]), rel=0.1)


def total(spans) -> int:
    return sum(end - start for start, end in spans)
