"""Second factors in tests: a clock that tests move, and setting one up as a person does."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from backend.clock import utc_now

PASSWORD = "plum tractor sings"
SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInPayload { viewer { name twoFactor } } ... on Error { code message }
  ... on SignInRefused { retryAfterS } } }"""
BEGIN = "mutation { beginTwoFactor { __typename ... on BeginTwoFactorPayload { secret uri qr } ... on Error { message } } }"
CONFIRM = """mutation ($code: String!) { confirmTwoFactor(code: $code) { __typename
  ... on ConfirmTwoFactorPayload { recoveryCodes viewer { twoFactor } } ... on InvalidInput { pointer } ... on Conflict { message } } }"""


class Clock:
    """The time that codes are checked at, which tests move."""

    def __init__(self) -> None:
        self.now = utc_now()

    def code(self, secret: str) -> str:
        return pyotp.TOTP(secret).at(self.now)

    def step(self) -> None:
        self.now += timedelta(seconds=30)


def given(world, person: str = "supervisor", **more):
    return {"account": world.slug, "email": f"{person}@example.com", "password": PASSWORD, **more}


async def set_up(client, clock) -> tuple[str, list[str]]:
    """A confirmed second factor: its secret and its recovery codes. The clock has moved on to fresh codes."""
    secret = (await client.ask(BEGIN))["beginTwoFactor"]["secret"]
    found = (await client.ask(CONFIRM, code=clock.code(secret)))["confirmTwoFactor"]
    assert found["viewer"] == {"twoFactor": True}
    clock.step()
    return secret, found["recoveryCodes"]
