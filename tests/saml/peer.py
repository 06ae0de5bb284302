"""A real SimpleSAMLphp, where one is installed (`scripts/saml_peer` installs it)."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives import serialization
from lxml import etree

from backend.clock import utc_now
from backend.identity.saml.protocol.certificates import new_own_key
from tests.api.live import free_port
from tests.saml.idp import NS

WWW = Path("/usr/share/simplesamlphp/www")
MISSING = None if (WWW / "saml2" / "idp").is_dir() and shutil.which("php") else "SimpleSAMLphp 1.19 is not installed: run scripts/saml_peer"
MD = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", **NS}


@dataclass(frozen=True)
class Peer:
    url: str
    folder: Path

    @property
    def metadata(self) -> str:
        return httpx.get(f"{self.url}/saml2/idp/metadata.php", timeout=30).text

    def introduce(self, metadata: bytes, **settings: Any) -> None:
        """Tells it of a service, from the service's own metadata."""
        root = etree.fromstring(metadata)
        (acs,) = root.iterfind(".//md:AssertionConsumerService", MD)
        (slo,) = root.iterfind(".//md:SingleLogoutService[@Binding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect']", MD)
        certificate = root.findtext(".//md:KeyDescriptor[@use='signing']//ds:X509Certificate", namespaces=MD)
        service = {
            "AssertionConsumerService": acs.get("Location"), "SingleLogoutService": slo.get("Location"), "certData": certificate,
            "validate.authnrequest": True, "validate.logout": True, "sign.logout": True, **settings,
        }  # fmt: skip
        (self.folder / "services.json").write_text(json.dumps({root.get("entityID"): service}))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Peer]:
    """With PHP's own server, until the block ends. All that it writes lies in `folder`."""
    own = new_own_key("peer", utc_now())
    pem = own.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "idp.key").write_bytes(pem)
    (folder / "idp.crt").write_text(own.certificate)
    peer = Peer(f"http://127.0.0.1:{free_port()}", folder)
    settings = {"PEER_URL": peer.url, "PEER_FOLDER": str(folder), "SIMPLESAMLPHP_CONFIG_DIR": str(Path(__file__).parent / "simplesamlphp")}
    command = ["php", "-S", peer.url.removeprefix("http://"), "-t", str(WWW)]
    with (folder / "php.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)
    try:
        _wait(peer.url)
        yield peer
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{url}/saml2/idp/metadata.php", timeout=30)
            return
        time.sleep(0.05)
    raise AssertionError("PHP's server did not start")
