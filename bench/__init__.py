"""Figures of the program, each measured beside a named baseline in the same run."""
