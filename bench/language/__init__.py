"""Figures of the language parts beside baselines: `python -m bench.language`."""
