"""The analysis: pure functions from a transcript and settings to figures and their evidence. No I/O but the package's own data files."""
