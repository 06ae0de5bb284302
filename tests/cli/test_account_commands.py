"""`assay account`: seats and people from the command line. What the commands do is in tests/workers/test_seats.py."""

from __future__ import annotations

import json


def test_an_account_from_its_first_owner_to_its_last_seat(run, tmp_path):
    def assay(command, *arguments):
        return run("account", command, *arguments, "--data", tmp_path / "data")

    made = assay("create", "shop", "--email", "owner@example.com", "--seats", "1")
    assert made.returncode == 0, made.stderr
    refused = assay("add-user", "shop", "ute@example.com")
    assert refused.returncode == 1
    assert "1 of the 1 seats of Quality Management are taken" in refused.stderr
    assert assay("licence", "shop", "--seats", "2").stdout == "Quality Management (qm): 1 of 2 seats used\n"
    added = assay("add-user", "shop", "ute@example.com", "--role", "supervisor", "--role", "evaluator")
    assert "password" in added.stdout, added.stderr
    people = {each["email"]: each for each in json.loads(assay("users", "shop", "--json").stdout)}
    assert (people["owner@example.com"]["account_role"], people["owner@example.com"]["roles"]) == ("owner", ["admin"])
    assert (people["ute@example.com"]["seat"], people["ute@example.com"]["roles"]) == ("qm", ["evaluator", "supervisor"])
    assert assay("reset-second-factor", "shop", "owner@example.com").stdout == "owner@example.com signs in to shop without a code.\n"
    assert assay("allow-passwords", "shop").stdout == "People sign in to shop with passwords.\n"
