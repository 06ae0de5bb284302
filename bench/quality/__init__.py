"""How good the results are, on whatever labelled data is given, each beside a named baseline of the same run."""
