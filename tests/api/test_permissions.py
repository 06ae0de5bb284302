"""
Who may do what, written down: every root field and every route, for the four roles, a role of the account's own, a person without a seat,
another account's admin, and nobody. A new field or route without a row here fails.
"""

from __future__ import annotations

import pytest

from backend.api.schema import schema
from backend.authz.actions import AccountAction, Action
from backend.graphql.ids import global_id
from backend.graphql.mutation import Mutates, Open
from tests.api import expectations as may
from tests.api import expectations_identity as identity
from tests.api import expectations_reanalysis as reanalysis
from tests.api import expectations_roles, expectations_saml, expectations_scim, expectations_settings, expectations_topics
from tests.api import expectations_users as users
from tests.api.expectations import MINE, NOBODYS, OTHERS, PEOPLE, Check, Scene
from tests.api.seed import add_custom, add_interaction, add_recording, add_words, furnish


@pytest.fixture
async def scene(db, world, new_account, as_person, nobody, sealers, vault) -> Scene:
    made = await furnish(db, world)
    await add_custom(db, world)
    ids = {}
    for name, agent in ((MINE, "north"), (OTHERS, "south"), (NOBODYS, None)):
        tags = {("indicator", made.indicators["Legal"]): 1, ("topic", made.topics["Pricing"]): 1}
        row = await add_interaction(db, world, agent=agent, tags=tags, queue_id=made.queues["sales"])
        await add_words(db, sealers, row)
        await add_recording(db, vault, row, b"sound", b"peaks")
        ids[name] = global_id("Interaction", row.id)
    clients = {name: await as_person(world, name) for name in PEOPLE[:6]}
    clients["foreign"] = await as_person(await new_account(db), "admin")
    clients["nobody"] = nobody
    return Scene(ids, clients, made, world)


FIELDS: dict[str, Check | None] = {
    **expectations_saml.FIELDS,
    "Query.viewer": may.viewer,
    "Query.node": may.node,
    "Query.interactions": may.interactions,
    "Query.interaction": may.interaction,
    "Query.interactionFacets": may.interaction_facets,
    "Query.system": may.system,
    "Query.auditLog": expectations_settings.audit_log,
    "Query.auditActions": expectations_settings.audit_actions,
    "Query.settings": expectations_settings.settings,
    "Mutation.updateSettings": expectations_settings.update_settings,
    **users.FIELDS,
    **expectations_scim.FIELDS,
    **identity.FIELDS,
    **reanalysis.FIELDS,
    **expectations_topics.FIELDS,
    "Query.permissions": expectations_roles.permissions,
    "Query.roles": expectations_roles.roles,
    "Query.explainAccess": expectations_roles.explain_access,
    "Mutation.createRole": expectations_roles.create_role,
    "Mutation.updateRole": expectations_roles.update_role,
    "Mutation.resetRole": expectations_roles.reset_role,
    "Mutation.deleteRole": expectations_roles.delete_role,
    "Mutation.setUserRoles": expectations_roles.set_user_roles,
    "Mutation.signIn": may.sign_in,
    "Mutation.signOut": may.sign_out,
    "Mutation.ingestInteraction": may.ingest_interaction,
    "Mutation.retryAnalysis": may.retry_analysis,
    "Mutation.assignSpeakerRole": may.assign_speaker_role,
    "Mutation.setInteractionLanguage": may.set_interaction_language,
    # Over a socket: tests/api/test_subscriptions.py asks them as the same people.
    "Subscription.interactionProgress": None,
    "Subscription.interactionsChanged": None,
}
ROUTES: dict[str, Check | None] = {
    **expectations_saml.ROUTES,
    "/graphql": None,  # every row above
    "/media/{id}": may.media,
    "/media/{id}/peaks": None,  # with the recording
    "/account/audit.csv": expectations_settings.audit_export,
    "/account/audit.jsonl": None,  # with the other format
    **expectations_scim.ROUTES,
    "/healthz": may.open_to_all,
    "/readyz": None,
    "/assets/{name:path}": None,
    "/{name:path}": None,
}
PERMISSIONS: dict[str, Action | AccountAction | Open] = {
    **expectations_saml.PERMISSIONS,
    "updateSettings": AccountAction.SETTINGS_EDIT,
    **users.PERMISSIONS,
    **expectations_scim.PERMISSIONS,
    **identity.PERMISSIONS,
    **reanalysis.PERMISSIONS,
    **expectations_topics.PERMISSIONS,
    "createRole": AccountAction.ROLES_EDIT,
    "updateRole": AccountAction.ROLES_EDIT,
    "resetRole": AccountAction.ROLES_EDIT,
    "deleteRole": AccountAction.ROLES_EDIT,
    "setUserRoles": AccountAction.ROLES_EDIT,
    "signIn": Open.ANYBODY,
    "signOut": Open.SIGNED_IN,
    "ingestInteraction": Action.INTERACTION_INGEST,
    "retryAnalysis": Action.INTERACTION_RETRY,
    "assignSpeakerRole": Action.INTERACTION_ASSIGN_ROLE,
    "setInteractionLanguage": Action.INTERACTION_RETRY,
}
CHECKS = [check for check in (*FIELDS.values(), *ROUTES.values()) if check is not None]
CHANGING = [
    *expectations_saml.CHANGING,
    *users.CHANGING,
    *expectations_scim.CHANGING,
    *identity.CHANGING,
    *reanalysis.CHANGING,
    *expectations_topics.CHANGING,
    may.sign_out,
    may.ingest_interaction,
    may.retry_analysis,
    may.assign_speaker_role,
    may.set_interaction_language,
    expectations_settings.update_settings,
    expectations_roles.create_role,
    expectations_roles.update_role,
    expectations_roles.reset_role,
    expectations_roles.delete_role,
    expectations_roles.set_user_roles,
]


def test_every_root_field_has_a_row():
    roots = {f"{kind}.{name}" for kind in ("Query", "Mutation", "Subscription") for name in schema._schema.get_type(kind).fields}
    assert roots == set(FIELDS)


def test_every_route_has_a_row(app):
    assert {route.path for route in app.routes} == set(ROUTES)


def test_every_mutation_declares_its_permission():
    declared = {}
    for field in schema.get_type_by_name("Mutation").fields:
        rules = [extension for extension in field.extensions if isinstance(extension, Mutates)]
        assert len(rules) == 1, field.python_name
        declared[schema.config.name_converter.from_field(field)] = rules[0].permission
    assert declared == PERMISSIONS


def test_what_proves_a_person_is_changed_in_person_alone():
    rules = {field: rule for field in schema.get_type_by_name("Mutation").fields for rule in field.extensions if isinstance(rule, Mutates)}
    named = {schema.config.name_converter.from_field(field) for field, rule in rules.items() if rule.in_person}
    assert named >= identity.IN_PERSON


@pytest.mark.parametrize("person", PEOPLE)
async def test_who_may_read_what(scene, subtests, person: str):
    for check in CHECKS:
        if check not in CHANGING:
            with subtests.test(check.__name__):
                await check(scene, person)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("check", CHANGING, ids=lambda check: check.__name__)
async def test_who_may_change_what(scene, check: Check, person: str):
    await check(scene, person)


async def test_an_account_does_not_find_the_ids_of_another(scene, db, new_account, as_person):
    """As its admin, through everything that takes an id."""
    stranger = scene.clients["foreign"]
    world, made = scene.world, scene.made
    for filter in (
        {"agents": [global_id("Agent", world.agents["north"])]},
        {"teams": [global_id("Team", world.teams["north"])]},
        {"queues": [global_id("Queue", made.queues["sales"])]},
        {"indicators": [global_id("Indicator", made.indicators["Legal"])]},
        {"topics": [global_id("Topic", made.topics["Pricing"])]},
        {"agents": ["nonsense"]},
    ):
        query = "query ($filter: InteractionFilter) { interactions(filter: $filter) { totalCount edges { node { id } } } }"
        assert (await stranger.ask(query, filter=filter))["interactions"] == {"totalCount": 0, "edges": []}
    row = await add_interaction(db, world)
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await stranger.ask(query, id=global_id("Engagement", row.engagement_id)))["node"] is None
    assert (await scene.clients["admin"].ask(query, id=global_id("Engagement", row.engagement_id)))["node"] is not None
