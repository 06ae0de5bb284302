"""
What an entry of the audit log says in plain words, without its subject: "Opened a conversation." Pure.

Every action that the program records has its line here; a test reads the source and names the one that lacks it. The first wording whose
facts the entry holds is used, so that older entries keep a sentence when newer ones say more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

SENTENCES: dict[str, tuple[str, ...]] = {
    "audit.export": ("Exported the audit log as {format}", "Exported the audit log"),
    "certificate.add": ("Added a certificate to the identity provider {provider}", "Added a certificate to an identity provider"),
    "certificate.remove": ("Removed a certificate of the identity provider {provider}", "Removed a certificate of an identity provider"),
    "identity_provider.delete": ("Deleted the identity provider {name}", "Deleted an identity provider"),
    "identity_provider.dry_run": ("Tried what a response of an identity provider would do",),
    "identity_provider.save": ("Saved the identity provider {name}", "Saved an identity provider"),
    "interaction.assign_role": ("Said that the speaker {speaker} is the {role}", "Said who a speaker is"),
    "interaction.ingest": ("Took a conversation in",),
    "interaction.purge": ("Deleted a conversation after {days} days, with all that came from it", "Deleted a conversation"),
    "interaction.retry": ("Had a conversation analysed again",),
    "interaction.set_language": ("Said that a conversation is in the language {language}", "Said in which language a conversation is"),
    "interaction.view": ("Opened a conversation",),
    "licence.change": ("Changed the licence {licence} from {before} to {after} seats", "Changed a licence"),
    "licence.create": ("Added the licence {licence} with {after} seats", "Added a licence"),
    "licence.remove": ("Removed the licence {licence}", "Removed a licence"),
    "mapping.dry_run": (
        "Tried what other mapping rules would do to {people} people: {changing} would change",
        "Tried what other mapping rules would do",
    ),
    "mapping.save": ("Changed the mapping rules",),
    "media.open": ("Opened a recording",),
    "reanalysis.apply": ("Made the new analyses of {interactions} conversations current", "Made new analyses current"),
    "reanalysis.cancel": ("Discarded a run of new analyses",),
    "reanalysis.pause": ("Paused a run of new analyses",),
    "reanalysis.resume": ("Resumed a run of new analyses",),
    "reanalysis.start": ("Had {interactions} conversations analysed again, beside their present analyses", "Began a run of new analyses"),
    "role.change": ("Changed the role {name}", "Changed a role"),
    "role.create": ("Made the role {name}", "Made a role"),
    "role.remove": ("Deleted the role {name}", "Deleted a role"),
    "role.reset": ("Set the role {name} back to how it was delivered", "Set a role back to how it was delivered"),
    "saml_key.rotate": ("Changed the account's SAML key; the old one ends after {keep_days} days", "Changed the account's SAML key"),
    "scim.dry_run": ("Tried what a user would do over SCIM",),
    "scim_group.create": ("Made the group {name} by SCIM", "Made a group by SCIM"),
    "scim_group.delete": ("Removed the group {name} by SCIM", "Removed a group by SCIM"),
    "scim_group.update": ("Changed the group {name} by SCIM", "Changed a group by SCIM"),
    "scim_user.create": ("Made {name} by SCIM", "Made a person by SCIM"),
    "scim_user.delete": ("Removed {name} by SCIM", "Removed a person by SCIM"),
    "scim_user.update": ("Changed {attributes} of {name} by SCIM", "Changed a person by SCIM"),
    "seat.assign": ("Assigned a seat of {licence} {source}", "Assigned a seat"),
    "seat.move": ("Moved a seat to {licence} {source}", "Moved a seat to another licence"),
    "seat.refuse": ("Was refused a seat {source}: {reason}", "Was refused a seat"),
    "seat.release": ("Released a seat {source}: {reason}", "Released a seat {source}", "Released a seat"),
    "second_factor.confirm": ("Switched a second factor on",),
    "second_factor.disable": ("Switched the second factor off",),
    "second_factor.reset": ("Took a second factor away, so that a new one can be set up",),
    "session.close": ("Signed out",),
    "session.open": ("Signed in by {method}", "Signed in"),
    "session.refused": (
        "Was refused at sign-in through {provider}: {message}",
        "Was refused at sign-in: {why}",
        "Was refused at sign-in",
    ),
    "session.revoke": ("Ended {sessions} sessions of a person", "Ended sessions of a person"),
    "settings.change": ("Changed the settings: {changes}", "Changed the settings"),
    "sign_in.set_password": ("Switched sign-in by password {on}", "Switched sign-in by password on or off"),
    "signing_key.rotate": ("Changed the key that signs tokens; {tokens_kept} tokens go on", "Changed the key that signs tokens"),
    "team.create": ("Made the team {name}", "Made a team"),
    "team.delete": ("Deleted the team {name}, {members} agents left it", "Deleted a team"),
    "team.rename": ("Renamed the team {before} to {after}", "Renamed a team"),
    "team.set_members": ("Changed who is in the team {name}", "Changed who is in a team"),
    "team.set_supervisors": ("Changed who supervises the team {name}", "Changed who supervises a team"),
    "token.create": ("Made the token {name}", "Made a token"),
    "token.revoke": ("Revoked the token {name}", "Revoked a token"),
    "topic.change": (
        "Renamed the topic {before} to {topic}; {added} guiding sentences added, {removed} removed",
        "Changed the topic {topic}: {added} guiding sentences added, {removed} removed",
        "Changed a topic",
    ),
    "topic.create": ("Made the topic {topic} with {sentences} guiding sentences", "Made a topic"),
    "topic.delete": ("Deleted the topic {topic}", "Deleted a topic"),
    "topic.preview": ("Tested guiding sentences and read what was said in {conversations} conversations", "Tested guiding sentences"),
    "topic.switch": ("Switched the topic {topic} {on}", "Switched a topic on or off"),
    "topic.translate": ("Translated {sentences} guiding sentences of the topic {topic}", "Translated guiding sentences"),
    "user.activate": ("Switched a person on {source}", "Switched a person on"),
    "user.change": ("Changed a person",),
    "user.change_password": ("Changed their password",),
    "user.create": ("Made a person {source}: {name}, {email}", "Made a person"),
    "user.deactivate": ("Switched a person off {source}", "Switched a person off"),
    "user.link_agent": ("Changed which agent a person is",),
    "user.map_team": ("Moved to the team {team} {source}", "Left a team {source}", "Moved between teams"),
    "user.reset_password": ("Set a new password for a person",),
    "user.set_roles": ("Changed roles {source} from {before} to {after}", "Changed roles"),
}  # fmt: skip

_SETTINGS = {
    "analysisEnabled": "analysis",
    "silenceMs": "silence threshold in ms",
    "silenceOn": "silence events",
    "crosstalkMs": "crosstalk threshold in ms",
    "crosstalkOn": "crosstalk events",
    "acknowledgementRequired": "acknowledgement",
    "acknowledgementDays": "days to acknowledge",
    "retentionDays": "days of retention",
    "engine": "speech engine",
    "languages": "languages",
    "useDeliveredTranscripts": "use of delivered transcripts",
}
_SOURCES = {"manual": "by hand", "saml": "by SAML", "scim": "by SCIM"}
_NOUN = re.compile(r"[._]")


def sentence(action: str, detail: Mapping[str, Any]) -> str:
    """One sentence about an entry. An action of another version is told by its name."""
    for wording in SENTENCES.get(action, ()):
        facts = [name for _, name, _, _ in Formatter().parse(wording) if name]
        if all(detail.get(name) is not None for name in facts):
            return wording.format_map({name: _words(name, detail[name]) for name in facts}).rstrip(".") + "."
    return f"{_NOUN.sub(' ', action).capitalize()}."


def actions_saying(text: str) -> list[str]:
    """The actions whose sentences hold this text, in any case."""
    sought = text.casefold()
    return [action for action, wordings in SENTENCES.items() if any(sought in wording.casefold() for wording in wordings)]


def _words(name: str, value: Any) -> str:
    if name == "changes":
        return "; ".join(_change(each) for each in value)
    if name == "source":
        return _SOURCES.get(value, f"by {value}")
    return _value(value)


def _change(change: Mapping[str, Any]) -> str:
    name, old, new = _SETTINGS.get(change["setting"], change["setting"]), change["old"], change["new"]
    if not isinstance(old, list) or not isinstance(new, list):
        return f"{name} from {_value(old)} to {_value(new)}"
    told = ((word, [each for each in some if each not in rest]) for word, some, rest in (("without", old, new), ("with", new, old)))
    return f"{name} " + " and ".join(f"{word} {_value(differing)}" for word, differing in told if differing)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value) or "none"
    return "none" if value is None else str(value)
