"""The other commands: help, doctor, a taken port, a used folder, an end by Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.cli.conftest import ROOT, SETTINGS


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_help_names_every_command(run):
    found = run("--help")
    assert found.returncode == 0
    for command in ("serve", "worker", "ingest", "analyze", "doctor", "demo", "account", "retranscribe", "migrate"):
        assert command in found.stdout


def test_help_imports_no_database_and_no_model(run):
    code = (
        "import sys, workers.cli; heavy = {'sqlalchemy', 'arq', 'torch', 'av', 'onnxruntime', 'strawberry', 'numpy'} & set(sys.modules);"
        " sys.exit(', '.join(sorted(heavy)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr.strip() in ("", "numpy"), done.stderr


def test_doctor_says_what_is_there_and_how_to_get_the_rest(run, tmp_path):
    found = run("doctor", "--json", "--data", tmp_path)
    assert found.returncode == 0, found.stdout
    checks = {check["name"]: check for check in json.loads(found.stdout)["checks"]}
    assert checks["PostgreSQL"]["well"]
    assert checks["activity"]["well"]
    assert not checks["asr"]["well"]
    assert checks["asr"]["remedy"]
    text = run("doctor", "--data", tmp_path)
    assert "→" in text.stdout


def test_doctor_fails_where_a_server_cannot_be_reached_and_tells_no_password(run, tmp_path):
    found = run("doctor", "--data", tmp_path, REDIS_URL="redis://:geheim@127.0.0.1:1/0")
    assert found.returncode == 1
    assert "not reachable" in found.stdout
    assert "geheim" not in found.stdout + found.stderr


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_one_sentence(run, tmp_path, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run(command, "--data", tmp_path / "data", "--port", port)
    assert refused.returncode == 1
    assert refused.stderr.strip().count("\n") == 0
    assert f"Port {port}" in refused.stderr
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_folder_that_cannot_be_is_one_sentence(run, tmp_path):
    (tmp_path / "file").touch()
    refused = run("serve", "--data", tmp_path / "file" / "data", "--port", free_port())
    assert refused.returncode == 1
    assert refused.stderr.strip().count("\n") == 0


def test_serve_answers_lends_its_servers_and_ends_with_everything(run, tmp_path):
    data, port = tmp_path / "data", free_port()
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    command = [sys.executable, "-m", "workers.cli", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean)
    try:
        assert f"http://127.0.0.1:{port}" in server.stdout.readline(), server.stderr.read()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
            assert answer.status == 200
        second = run("serve", "--data", data, "--port", free_port())
        assert (second.returncode, "in use" in second.stderr) == (1, True)
        guest = run("account", "create", "guest", "--email", "owner@example.com", "--data", data)
        assert guest.returncode == 0, guest.stderr
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=60)
    assert server.returncode == 0, errors
    assert not (data / "postgres" / "postmaster.pid").exists()
    assert children_of(server.pid) == []


def test_a_database_that_cannot_be_served_from_is_one_sentence(run, tmp_path, fresh_urls, valkey):
    """Nor is a worker started, nor anything served."""
    urls = {**fresh_urls, "DATABASE_URL": fresh_urls["DATABASE_OWNER_URL"], "REDIS_URL": valkey}
    refused = run("serve", "--data", tmp_path / "data", "--port", free_port(), **urls)
    assert refused.returncode == 1
    assert (refused.stdout, refused.stderr.strip().count("\n")) == ("", 0), refused.stderr
    assert "DATABASE_URL connects as assay_owner" in refused.stderr


def test_what_a_killed_server_left_is_taken_over_and_ended(run, tmp_path):
    data = tmp_path / "data"
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    command = [sys.executable, "-m", "workers.cli", "serve", "--no-worker", "--data", str(data), "--port", str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=clean) as server:
        assert "http://" in server.stdout.readline()
        server.kill()
    assert (data / "postgres" / "postmaster.pid").exists()
    found = run("migrate", ASSAY_DATA=str(data))
    assert found.returncode == 0, found.stderr
    assert not (data / "postgres" / "postmaster.pid").exists()


def children_of(pid):
    found = subprocess.run(["pgrep", "-f", f"--parent {pid}"], capture_output=True, text=True, check=False)
    return found.stdout.split()
