"""The sample calls: dialogues in, recordings and their true transcripts out.

    python -m scripts.synthesise_samples            speaks what has changed
    python -m scripts.synthesise_samples --all      speaks everything again
    python -m scripts.synthesise_samples --check    says whether the committed files still belong to the dialogues

Speaking needs flite and espeak-ng on the path; checking needs neither.
"""
