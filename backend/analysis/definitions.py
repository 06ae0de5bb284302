"""What each figure is, in a reader's words; the numbers come from the constants."""

from __future__ import annotations

from backend.analysis import constants as c

DEFINITIONS = {
    "ENGAGEMENT_SCORE": (
        f"How engaged the consumer was: {c.BALANCE_WEIGHT:.0%} how evenly the two shared the talking, {c.RESPONSE_WEIGHT:.0%} how soon"
        f" the consumer answered (fading over {c.RESPONSE_SCALE_MS / 1000:g} s), {c.INTERACTION_WEIGHT:.0%} how often the speaker"
        f" changed ({c.CHANGES_PER_MIN_FULL} times a minute of speech counts full)."
    ),
    "SENTIMENT_SCORE": (
        "How positive the words were, from 0 to 100; 50 is neutral. Each passage weighs its number of words, the consumer's "
        f"{c.CONSUMER_WEIGHT} times. It is judged from words alone, never from voice or face."
    ),
    "TALK_SHARE": "The agent's speech as a share of what agent and consumer spoke together. Both may speak at once.",
    "INTERACTION_SHARE": "The agent's speech as a share of the whole time of the interaction, pauses and holds included.",
    "LONGEST_SPIEL": (
        "The agent's longest stretch inside one turn without a pause of more than"
        f" {c.SPIEL_PAUSE_MS / 1000:g} s; holds inside are taken off."
    ),
    "FILLERS_PER_MIN": (
        "The agent's filler words (such as “um” or “you know”, by a list for the language) per minute of the agent's speech."
    ),
    "TALKING_SPEED": "The agent's words per minute of the agent's speech.",
    "PATIENCE": (
        "How long the agent waited on average before answering the consumer; holds are taken off, and an interruption counts as no wait."
    ),
    "RESPONSE_LAG": ("How long the consumer waited before answering the agent, in the middle of all cases (median); holds are taken off."),
    "SILENCES": (
        "Stretches between the first and the last word in which nobody speaks and no hold runs, longer than the account's threshold."
    ),
    "CROSSTALKS": "Stretches in which both speak at once, longer than the account's threshold. It counts for whoever started later.",
    "HOLDS": "Holds as the contact centre reported them.",
    "SENTIMENT_LINE": (
        "How positive the words around each moment were: the mean of all passages, each weighed by its words and by how near it is. A "
        f"change is a class that is held for at least {c.CLASS_HELD_STEPS * c.CLASS_STEP_MS / 1000:g} s and differs from the last so held."
    ),
    "CALL_OUTS": (
        "Keywords of the account's indicators, found as whole words in the transcript of those for whom the indicator is meant; upper and "
        "lower case, punctuation and, where it is switched on, inflections make no difference."
    ),
    "TOPICS": (
        "Passages whose meaning comes near the guiding sentences of a topic. The confidence is the model's, from 0 to 1; it is not a share "
        "of anything."
    ),
    "NEXT_STEPS": "Sentences in which somebody promises or arranges what is to happen after the conversation, word for word.",
    "GOOD_QUESTIONS": "Open questions of the agent about the consumer's situation, word for word.",
    "SUMMARY": (
        "Sentences of the conversation, word for word and in their order: the reason for the contact, what became of it, the next steps, "
        "and in a long conversation the one nearest to all others. Where a model of the installation writes the summary, it is marked so, "
        "and each sentence stands with the passages nearest to it."
    ),
}
