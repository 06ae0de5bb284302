"""The command line, the stages of the pipeline, and the speech engines: the only place that imports torch."""

from __future__ import annotations

import os
import sys
from types import ModuleType

SILENT = {
    "DO_NOT_TRACK": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "PYANNOTE_METRICS_ENABLED": "0", "WANDB_MODE": "disabled", "WANDB_ERROR_REPORTING": "false",
}  # fmt: skip
"""What the engines' packages read when they are imported: nothing is fetched, counted or reported, whatever the machine says."""


def keep_silent() -> None:
    """Before any of them is imported: each reads its own once, and whichever comes first brings the hub's client for all."""
    os.environ.update(SILENT)


def quarantine_torchaudio() -> None:
    """
    torchaudio's wheels link CUDA and refuse to import beside a CPU build of torch; only their Python half is needed here. A stand-in for
    the compiled half, put in place before anything imports torchaudio, leaves the installed wheel as it is. Imports nothing itself.
    """
    extension = ModuleType("torchaudio._extension")
    extension.__dict__.update(
        _IS_TORCHAUDIO_EXT_AVAILABLE=False,
        _IS_ALIGN_AVAILABLE=False,
        fail_if_no_align=lambda function: function,
        _load_lib=lambda name: False,
    )
    sys.modules.setdefault("torchaudio._extension", extension)


keep_silent()
quarantine_torchaudio()
