"""What is said after the account's own SAML key has changed."""

from __future__ import annotations

import pytest

from workers.commands.saml_key import what_now


@pytest.mark.parametrize(
    ("keep_days", "says", "not_said"),
    [
        (0, "has ended: give the providers the account's metadata at once", "both"),
        (1, "for another day.", "1 day"),
        (30, "for another 30 days.", "at once"),
    ],
)
def test_what_is_to_be_done_is_true_of_the_old_key(keep_days: int, says: str, not_said: str) -> None:
    assert says in what_now(keep_days)
    assert not_said not in what_now(keep_days)
