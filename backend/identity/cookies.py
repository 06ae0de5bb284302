"""
The session cookie, and what an unsafe request must show.

A page of another origin can make a browser send our cookie, but it can neither add the header nor lie about its origin.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response

from backend.config import Config

HEADER = "x-assay"


def is_secure(config: Config) -> bool:
    return config.address.startswith("https://")


def cookie_name(config: Config) -> str:
    """`__Host-` binds the cookie to this very host; browsers take it over https alone."""
    return "__Host-assay" if is_secure(config) else "assay"


def set_cookie(response: Response, config: Config, token: str) -> None:
    seconds = int(config.session_max_d * 86_400)
    response.set_cookie(
        cookie_name(config), token, max_age=seconds, path="/", secure=is_secure(config), httponly=True, samesite="lax"
    )  # fmt: skip


def drop_cookie(response: Response, config: Config) -> None:
    response.delete_cookie(cookie_name(config), path="/", secure=is_secure(config), httponly=True, samesite="lax")


def own_origin(headers: Headers, config: Config) -> bool | None:
    """Whether the request comes from a page of ours; None where it says nothing of its origin, as programs that are no browsers."""
    origin = headers.get("origin")
    if origin is None:
        site = headers.get("sec-fetch-site")
        return None if site is None else site == "same-origin"
    if config.public_url:
        parts = urlsplit(config.public_url)
        return origin == f"{parts.scheme}://{parts.netloc}"
    return origin == f"http://{headers.get('host', '')}"


def refuse_unsafe(headers: Headers, config: Config, *, with_cookie: bool) -> str | None:
    """Why an unsafe request is refused; None where it may go on."""
    if headers.get(HEADER) != "1":
        return f"Send the header `{HEADER}: 1`: it shows that no other site's form made this request."
    origin = own_origin(headers, config)
    if origin is False:
        source = headers.get("origin") or "another site"
        return f"This request comes from {source}; only pages of {config.address} may send it. PUBLIC_URL sets that address."
    if with_cookie and origin is None:
        return "A request with a session cookie needs an Origin header."
    return None
