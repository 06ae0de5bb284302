"""The schema, composed of the domains' parts. One a process."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from backend.accounts.schema import AccountsMutation, AccountsQuery
from backend.analyses.schema import AnalysesQuery
from backend.api.nodes import NodeQuery
from backend.api.system import SystemQuery
from backend.audit import service as audit
from backend.audit.schema import AuditQuery
from backend.graphql.context import Context, Note
from backend.graphql.extensions import extensions
from backend.graphql.scalars import SCALARS
from backend.identity.mapping.schema import MappingMutation
from backend.identity.people.schema import PeopleMutation, PeopleQuery
from backend.identity.saml.schema import SamlMutation, SamlQuery
from backend.identity.schema import IdentityMutation, IdentityQuery
from backend.identity.scim.schema import ScimMutation, ScimQuery
from backend.interactions.access.schema import AccessQuery
from backend.interactions.mutations import InteractionMutation
from backend.interactions.schema import InteractionQuery
from backend.interactions.subscriptions import InteractionSubscription
from backend.licensing.schema import LicensingMutation, LicensingQuery
from backend.reanalysis.schema import ReanalysisMutation, ReanalysisQuery
from backend.roles.schema import RoleMutation, RoleQuery
from backend.settings.schema import SettingsMutation, SettingsQuery
from backend.topics.definitions.schema import TopicMutation, TopicQuery


@strawberry.type
class Query(
    SamlQuery,
    ScimQuery,
    AccountsQuery,
    AnalysesQuery,
    AuditQuery,
    IdentityQuery,
    NodeQuery,
    InteractionQuery,
    SettingsQuery,
    SystemQuery,
    LicensingQuery,
    PeopleQuery,
    RoleQuery,
    AccessQuery,
    ReanalysisQuery,
    TopicQuery,
):
    pass


@strawberry.type
class Mutation(
    MappingMutation,
    SamlMutation,
    ScimMutation,
    AccountsMutation,
    IdentityMutation,
    InteractionMutation,
    SettingsMutation,
    LicensingMutation,
    PeopleMutation,
    RoleMutation,
    ReanalysisMutation,
    TopicMutation,
):
    pass


@strawberry.type
class Subscription(InteractionSubscription):
    pass


async def _record(context: Context, notes: list[Note]) -> None:
    """Audit notes of an operation, in a transaction of their own."""
    if context.actor is None:
        return
    async with context.services.database.writing(context.actor.account_id) as session:
        for action, kind, number, detail in notes:
            audit.record(session, context.actor, action, kind, number, address=context.caller.address, detail=detail)


schema = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    extensions=extensions(_record),
    config=StrawberryConfig(scalar_map=SCALARS),
)


def printed() -> str:
    """The schema as it is committed in `backend/schema.graphql`."""
    return schema.as_str().rstrip() + "\n"
