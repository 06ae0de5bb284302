"""
The new analyses of a run become current: all at once, in the transaction of the caller.

An interaction follows only if its current analysis is still the one that the new one was compared with, and nobody is analysing it. Sets
of rows, not one interaction after the other: what lists and reports read was prepared when the analysis was kept aside. It comes to the
same as `backend.analyses.service.make_current` for each of them.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, text

from backend.db.session import Session
from backend.reanalysis import repository

# Interactions are locked in the order of their numbers; whoever changed one before is seen.
_GUARD = """
WITH held AS MATERIALIZED (
  SELECT i.id FROM interaction i
  JOIN reanalysis_item t ON t.account_id = i.account_id AND t.interaction_id = i.id
  WHERE i.account_id = :account AND t.reanalysis_id = :run AND t.state = 'analysed'
    AND i.current_analysis_id = t.base_analysis_id AND i.stage = 'done'
  ORDER BY i.id FOR UPDATE OF i)
UPDATE reanalysis_item t SET state = 'current' FROM held
WHERE t.account_id = :account AND t.reanalysis_id = :run AND t.interaction_id = held.id
"""
_PASSED = """
UPDATE reanalysis_item SET state = 'superseded' WHERE account_id = :account AND reanalysis_id = :run AND state = 'analysed'
"""
_COLUMNS = """
UPDATE interaction i SET current_analysis_id = t.analysis_id, changed_at = now(),
  engagement_score = (t.findings->>'engagement_score')::int, sentiment_score = (t.findings->>'sentiment_score')::int,
  without_words = (t.findings->>'without_words')::bool, indicator_mentions = (t.findings->>'indicator_mentions')::int
FROM reanalysis_item t
WHERE t.account_id = :account AND t.reanalysis_id = :run AND t.state = 'current' AND i.account_id = :account AND i.id = t.interaction_id
"""
_FORGET = """
DELETE FROM {table} f USING reanalysis_item t
WHERE t.account_id = :account AND t.reanalysis_id = :run AND t.state = 'current'
  AND f.account_id = :account AND f.interaction_id = t.interaction_id
"""
# What was defined when the analysis was made and has been deleted since is left out.
_MENTIONS = """
INSERT INTO mention (account_id, day, interaction_id, analysis_id, indicator_id, keyword_id, role, segment, end_segment, start_ms, end_ms,
                     char_start, char_end, exact)
SELECT t.account_id, i.day, i.id, t.analysis_id, m.indicator_id, m.keyword_id, m.role, m.segment, m.end_segment, m.start_ms, m.end_ms,
       m.char_start, m.char_end, m.exact
FROM reanalysis_item t JOIN interaction i ON i.account_id = t.account_id AND i.id = t.interaction_id,
     jsonb_to_recordset(t.findings->'mentions') AS m(indicator_id bigint, keyword_id bigint, role text, segment int, end_segment int,
       start_ms bigint, end_ms bigint, char_start int, char_end int, exact bool)
WHERE t.account_id = :account AND t.reanalysis_id = :run AND t.state = 'current'
  AND EXISTS (SELECT 1 FROM indicator d WHERE d.account_id = :account AND d.id = m.indicator_id)
"""
_TAGS = """
INSERT INTO interaction_tag (account_id, kind, tag_id, interaction_id, day, started_at, agent_id, team_id, queue_id, language, channel,
                             engagement_score, sentiment_score, by_agent, by_consumer, total)
SELECT t.account_id, g.kind, g.tag_id, i.id, i.day, i.started_at, i.agent_id, i.team_id, i.queue_id, i.language, i.channel,
       i.engagement_score, i.sentiment_score, g.by_agent, g.by_consumer, g.total
FROM reanalysis_item t JOIN interaction i ON i.account_id = t.account_id AND i.id = t.interaction_id,
     jsonb_to_recordset(t.findings->'tags') AS g(kind text, tag_id bigint, by_agent int, by_consumer int, total int)
WHERE t.account_id = :account AND t.reanalysis_id = :run AND t.state = 'current'
  AND CASE g.kind WHEN 'indicator' THEN EXISTS (SELECT 1 FROM indicator d WHERE d.account_id = :account AND d.id = g.tag_id)
                  ELSE EXISTS (SELECT 1 FROM topic d WHERE d.account_id = :account AND d.id = g.tag_id) END
"""
_HISTORY = """
INSERT INTO interaction_event (account_id, interaction_id, at, what, detail)
SELECT account_id, interaction_id, now(), 'reanalysed', '{}' FROM reanalysis_item
WHERE account_id = :account AND reanalysis_id = :run AND state = 'current'
"""
_DONE = "UPDATE reanalysis_item SET findings = NULL WHERE account_id = :account AND reanalysis_id = :run AND findings IS NOT NULL"


async def flip(session: Session, reanalysis_id: int) -> int:
    """Returns how many interactions follow. The caller holds the run's row."""
    given = {"account": session.account_id, "run": reanalysis_id}

    async def do(statement: str) -> int:
        return cast("CursorResult[Any]", await session.execute(text(statement), given)).rowcount

    followed = await do(_GUARD)
    await do(_PASSED)
    await do(_COLUMNS)
    for table in ("mention", "interaction_tag"):
        await do(_FORGET.format(table=table))
    for statement in (_MENTIONS, _TAGS, _HISTORY):
        await do(statement)
    await repository.discard(session, reanalysis_id, "superseded")
    await do(_DONE)
    return followed
