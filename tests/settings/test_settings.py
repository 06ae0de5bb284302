"""What an account decides, and who may."""

from __future__ import annotations

import pytest

from backend.authz.actor import Actor
from backend.errors import AnalysisOff, InvalidInput, NotPermitted
from backend.roles.service import permissions_of
from backend.settings import service


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


async def test_analysis_is_off_until_it_is_switched_on(db, new_account):
    world = await new_account(db, analysis=False)
    async with db.writing(world.id) as session:
        with pytest.raises(AnalysisOff):
            await service.require_analysis(session, world.id)
        await service.switch_analysis(session, owner(world), on=True)
    async with db.reading(world.id) as session:
        assert (await service.require_analysis(session, world.id)).version == 2


async def test_a_qm_admin_does_not_decide_for_the_account(db, world):
    member = Actor(world.id, world.users["admin"], has_seat=True, permissions=permissions_of(["admin"]))
    async with db.writing(world.id) as session:
        with pytest.raises(NotPermitted):
            await service.switch_analysis(session, member, on=False)
        with pytest.raises(NotPermitted):
            await service.set_thresholds(session, member, silence_ms=4_000, crosstalk_ms=1_000)


async def test_thresholds_have_bounds(db, world):
    async with db.writing(world.id) as session:
        await service.set_thresholds(session, owner(world), silence_ms=4_000, crosstalk_ms=1_500)
        for wrong in ({"silence_ms": 99, "crosstalk_ms": 1_500}, {"silence_ms": 4_000, "crosstalk_ms": 600_001}):
            with pytest.raises(InvalidInput) as refused:
                await service.set_thresholds(session, owner(world), **wrong)
            assert refused.value.pointer in {"/silenceMs", "/crosstalkMs"}
    async with db.reading(world.id) as session:
        found = await service.settings_of(session, world.id)
    assert (found.silence_ms, found.crosstalk_ms) == (4_000, 1_500)
