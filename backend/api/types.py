"""
The nouns that several domains have a part in, composed. Domains name these lazily and never import them while the program runs.
"""

from __future__ import annotations

import strawberry

from backend.accounts.types import AccountFields, UserFields
from backend.analyses.schema import InteractionAnalysisFields
from backend.analyses.types import AnalysisFields
from backend.identity.methods.schema import SettingsIdentityFields
from backend.identity.types import UserIdentityFields
from backend.indicators.schema import AnalysisMentionFields, IndicatorFacetFields, InteractionIndicatorFields
from backend.interactions.schema import InteractionFacetFields
from backend.interactions.types import InteractionFields
from backend.licensing.types import UserSeatFields
from backend.reanalysis.schema import InteractionVersionFields
from backend.roles.types import UserRoleFields
from backend.settings.schema import AccountSettingsFields
from backend.settings.types import SettingsFields
from backend.topics.schema import AnalysisTopicFields, InteractionTopicFields, TopicFacetFields


@strawberry.type
class Account(AccountFields, AccountSettingsFields):
    pass


@strawberry.type
class Interaction(
    InteractionFields, InteractionTopicFields, InteractionIndicatorFields, InteractionAnalysisFields, InteractionVersionFields
):
    pass


@strawberry.type
class Analysis(AnalysisFields, AnalysisMentionFields, AnalysisTopicFields):
    pass


@strawberry.type
class InteractionFacets(InteractionFacetFields, IndicatorFacetFields, TopicFacetFields):
    pass


@strawberry.type
class Settings(SettingsFields, SettingsIdentityFields):
    pass


@strawberry.type
class User(UserFields, UserRoleFields, UserSeatFields, UserIdentityFields):
    pass


__all__ = ["Account", "Analysis", "Interaction", "InteractionFacets", "Settings", "User"]
