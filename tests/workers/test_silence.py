"""The engines' packages tell nobody anything and fetch nothing: asked of the packages themselves, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from backend.media import activity

TELLING = {
    "PYANNOTE_METRICS_ENABLED": "1", "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_TELEMETRY": "0", "WANDB_MODE": "online",
    "WANDB_ERROR_REPORTING": "true",
}  # fmt: skip
"""A machine that says the contrary."""
HUB = "from huggingface_hub import constants as hub; print(hub.HF_HUB_OFFLINE, hub.HF_HUB_DISABLE_TELEMETRY)"
PACKAGES = {
    "huggingface_hub": (HUB, "True True"),
    "transformers": (f"import transformers; {HUB}", "True True"),
    "nemo": (
        f"import nemo.collections.asr.models; {HUB};"
        " from nv_one_logger.training_telemetry.api.training_telemetry_provider import TrainingTelemetryProvider as provider;"
        " print(provider.instance().recorder._exporters)",
        "True True []",
    ),
    "pyannote.audio": ("from pyannote.audio.telemetry.metrics import is_metrics_enabled as enabled; print(enabled())", "False"),
    "wandb": (
        "import os; from wandb import env, Settings; read = Settings(); read.update_from_env_vars(os.environ);"
        " print(env.error_reporting_enabled(), read.mode)",
        "False disabled",
    ),
}


def there(package: str) -> bool:
    return find_spec(package.split(".")[0]) is not None


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_silent_whatever_the_machine_says(package: str):
    if not there(package):
        pytest.skip(f"{package} is not installed (make setup SPEECH=1)")
    asks, answer = PACKAGES[package]
    program = f"import workers; {asks}"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ | TELLING)
    assert found.stdout.split()[-len(answer.split()) :] == answer.split(), found.stdout


def test_onnxruntime_is_told_before_it_loads_a_model(monkeypatch):
    import onnxruntime

    told: list[str] = []
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: told.append("silent"))
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *_, **__: told.append("loaded"))
    activity._session.__wrapped__()
    assert told == ["silent", "loaded"]
