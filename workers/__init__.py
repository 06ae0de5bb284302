"""The command line, the stages of the pipeline, and the speech engines: the only place that imports torch."""

from __future__ import annotations

import sys
from types import ModuleType


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


quarantine_torchaudio()
