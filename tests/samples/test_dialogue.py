"""How a dialogue is written."""

from __future__ import annotations

import pytest

from scripts.synthesise_samples.dialogue import DialogueError, Line, Mark, read, sentences

HEADER = "---\nlanguage: en\nagent: {name: Ada Poe}\nconsumer: Bo Lind\n---\n"


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "01-x.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_lines_gaps_overlaps_backchannels_and_marks_are_read(written):
    body = "agent: Hello.\nconsumer +900: Hi.\nagent -2400: So.\n\nconsumer @40%: Mm-hm.\n== hold 20s\n== silence 6.5s\n"
    dialogue = read(written(HEADER + body))
    assert dialogue.parts == (
        Line("agent", "Hello."),
        Line("consumer", "Hi.", 900),
        Line("agent", "So.", -2400),
        Line("consumer", "Mm-hm.", None, 0.4),
        Mark("hold", 20_000),
        Mark("silence", 6_500),
    )
    assert (dialogue.name, dialogue.language, dialogue.named("agent"), dialogue.named("consumer")) == ("01-x", "en", "Ada Poe", "Bo Lind")


@pytest.mark.parametrize("line", ["robot: Hello.", "agent Hello.", "agent:", "== pause 3s", "== hold 20", "agent 400: Hi."])
def test_a_line_that_is_none_is_refused_with_its_number(written, line):
    with pytest.raises(DialogueError, match=r"01-x\.txt:7: .* is neither"):
        read(written(HEADER + "agent: Hello.\n" + line))


@pytest.mark.parametrize(
    ("text", "reason"), [("agent: Hello.", "without a header"), (HEADER, "no line of speech"), (HEADER + "== hold 2s", "no line of speech")]
)
def test_a_file_that_is_none_is_refused(written, text, reason):
    with pytest.raises(DialogueError, match=reason):
        read(written(text))


def test_sentences_end_where_a_new_one_begins():
    assert sentences("Well, um. Is it? Yes! It costs 4.50 a month.") == ["Well, um.", "Is it?", "Yes!", "It costs 4.50 a month."]
    assert sentences("Sí. ¿Cómo está? Álvaro.") == ["Sí.", "¿Cómo está?", "Álvaro."]
