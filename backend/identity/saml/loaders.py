"""Providers' certificates and rules, read for many providers at once."""

from __future__ import annotations

from collections import defaultdict

from backend.graphql.context import Context
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.rules import Rule
from backend.identity.saml import repository
from backend.identity.saml.tables import ProviderCertificate


async def certificates(context: Context, provider_ids: list[int]) -> list[list[ProviderCertificate]]:
    found: dict[int, list[ProviderCertificate]] = defaultdict(list)
    async with context.read() as session:
        for row in await repository.certificates(session, context.viewer.account_id, provider_ids):
            found[row.provider_id].append(row)
    return [found[number] for number in provider_ids]


async def rules(context: Context, provider_ids: list[int]) -> list[list[Rule]]:
    async with context.read() as session:
        found = await mapping.rules_of(session, context.viewer.account_id, provider_ids)
    return [found.get(number, []) for number in provider_ids]
