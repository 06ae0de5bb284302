"""A caller's address: the connection's own, or what a proxy says of it that the settings name."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from backend.config import Config
from backend.errors import ConfigurationError
from workers.commands.serve import trusted_proxies, uvicorn_config


async def tell(scope, receive, send):
    await PlainTextResponse(Request(scope).client.host)(scope, receive, send)


async def seen(proxies: str, *, connection: str, forwarded: str | None) -> str:
    """The address that the application sees."""
    config = uvicorn_config(Config(trusted_proxies=proxies), tell)
    config.load()
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "method": "GET", "path": "/", "headers": headers, "client": (connection, 5)}
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await config.loaded_app(scope, receive, send)
    return sent[1]["body"].decode()


@pytest.mark.parametrize(
    ("proxies", "connection", "forwarded", "address"),
    [
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("10.0.0.5", "10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "10.0.0.5", None, "10.0.0.5"),
        ("10.0.0.5", "10.0.0.6", "203.0.113.9", "10.0.0.6"),
        ("10.0.0.0/24, 192.0.2.1", "192.0.2.1", "198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
    ],
)
async def test_only_a_named_proxy_is_believed(proxies, connection, forwarded, address):
    assert await seen(proxies, connection=connection, forwarded=forwarded) == address


@pytest.mark.parametrize("proxies", ["*", "proxy.example.com", "10.0.0.5/24", "10.0.0.5, *"])
def test_what_is_no_address_is_refused(proxies):
    with pytest.raises(ConfigurationError, match="TRUSTED_PROXIES"):
        trusted_proxies(Config(trusted_proxies=proxies))
