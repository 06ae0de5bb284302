"""Topics from a few guiding sentences, with the shipped method and threshold, on labelled utterances of others."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from backend.analysis.language.lexicon import lexicon, stems
from backend.analysis.language.sentences import normal
from backend.analysis.language.shipped import shipped
from backend.analysis.language.topics import Guides, membership, train
from backend.infra.embedder import MiniLM
from bench.language.figures import macro_f1_sets

SEED = 1
HELD_OUT = 1500
COMMON = 45  # times an intent must occur, so that half of it gives twenty sentences
FOLDS, EARLY = 15, 10
GUIDED, TRIED = 20, 15  # times that an intent must occur in the early and in the late folds
COARSE = {
    "card delivery": ["card_arrival", "card_delivery_estimate", "order_physical_card", "getting_spare_card", "get_physical_card"],
    "transfers": [
        "failed_transfer",
        "pending_transfer",
        "transfer_into_account",
        "transfer_timing",
        "transfer_not_received_by_recipient",
        "cancel_transfer",
        "declined_transfer",
        "beneficiary_not_allowed",
        "receiving_money",
    ],
    "exchange": [
        "exchange_rate",
        "exchange_charge",
        "exchange_via_app",
        "fiat_currency_support",
        "card_payment_wrong_exchange_rate",
        "wrong_exchange_rate_for_cash_withdrawal",
    ],
    "cash": [
        "cash_withdrawal_charge",
        "cash_withdrawal_not_recognised",
        "declined_cash_withdrawal",
        "pending_cash_withdrawal",
        "wrong_amount_of_cash_received",
        "atm_support",
        "card_swallowed",
    ],
    "top up": [
        "top_up_failed",
        "top_up_limits",
        "top_up_reverted",
        "topping_up_by_card",
        "top_up_by_bank_transfer_charge",
        "top_up_by_card_charge",
        "top_up_by_cash_or_cheque",
        "pending_top_up",
        "automatic_top_up",
    ],
    "pin": ["change_pin", "pin_blocked", "passcode_forgotten"],
    "identity": ["verify_my_identity", "unable_to_verify_identity", "why_verify_identity", "verify_source_of_funds", "verify_top_up"],
    "lost or stolen": ["lost_or_stolen_card", "lost_or_stolen_phone", "compromised_card"],
    "refunds": ["request_refund", "Refund_not_showing_up", "reverted_card_payment?"],
    "virtual cards": ["get_disposable_virtual_card", "disposable_card_limits", "getting_virtual_card", "virtual_card_not_working"],
}


def banking77(embedder: MiniLM, data: Path) -> list[str]:
    path = data / "banking77" / "train.csv"
    if not path.exists():
        return [f"left out: {path} is absent"]
    rows = _banking_rows(path)
    return _tables(embedder, rows, list(COARSE))


def banking_topics(path: Path, count: int) -> dict[str, list[str]]:
    """The ten coarse topics with the first `count` sentences of each of a shuffled file of banking77."""
    rows = _banking_rows(path)
    random.Random(SEED).shuffle(rows)
    return _guides(rows, list(COARSE), count)


def _banking_rows(path: Path) -> list[tuple[str, set[str]]]:
    with path.open(encoding="utf-8") as file:
        return [(row["text"], {name for name, intents in COARSE.items() if row["category"] in intents}) for row in csv.DictReader(file)]


def nlupp(embedder: MiniLM, data: Path) -> list[str]:
    """Twice: drawn from all folds, and guided by the first ten folds and tried on the last five."""
    folder = data / "nlupp" / "banking"
    if not folder.exists():
        return [f"left out: {folder} is absent"]
    folds = [_intents(folder / f"fold{place}.json") for place in range(FOLDS)]
    rows = [row for fold in folds for row in fold]
    early, late = [row for fold in folds[:EARLY] for row in fold], [row for fold in folds[EARLY:] for row in fold]
    before, after = _counts(early), _counts(late)
    names = sorted(name for name in before if before[name] >= GUIDED and after[name] >= TRIED)
    random.Random(SEED).shuffle(early)
    found = [f"drawn from all folds, {line}" for line in _tables(embedder, rows, _common(rows))]
    for count in (10, 20):
        found += [
            f"on the last {FOLDS - EARLY} folds, {line}" for line in _rows(embedder, _guides(early, names, count), late, names, count)
        ]
    return found


def _intents(path: Path) -> list[tuple[str, set[str]]]:
    return [(each["text"], set(each.get("intents", []))) for each in json.loads(path.read_text("utf-8"))]


def _counts(rows: Sequence[tuple[str, set[str]]]) -> Counter[str]:
    return Counter(name for _, labels in rows for name in labels)


def _common(rows: Sequence[tuple[str, set[str]]]) -> list[str]:
    return sorted(name for name, count in _counts(rows).items() if count >= COMMON)


def _tables(embedder: MiniLM, rows: Sequence[tuple[str, set[str]]], names: list[str]) -> list[str]:
    choose = random.Random(SEED)
    shuffled = list(rows)
    choose.shuffle(shuffled)
    cut = min(HELD_OUT, len(shuffled) // 2)
    held, pool = shuffled[:cut], shuffled[cut:]
    found = []
    for count in (10, 20):
        guides = _guides(pool, names, count)
        found += _rows(embedder, guides, held, names, count)
    return found


def _guides(pool: Sequence[tuple[str, set[str]]], names: list[str], count: int) -> dict[str, list[str]]:
    return {name: [text for text, labels in pool if name in labels][:count] for name in names}


def _rows(
    embedder: MiniLM, guides: Mapping[str, list[str]], held: Sequence[tuple[str, set[str]]], names: list[str], count: int
) -> list[str]:
    heads = shipped()
    trained = train({name: Guides(texts, embedder(texts)) for name, texts in guides.items()}, heads, lexicon())
    vectors = embedder([text for text, _ in held])
    said = [stems(normal(text)) for text, _ in held]
    truth = [labels & set(names) for _, labels in held]
    chosen = {topic.name: membership(topic, vectors, said) >= topic.bounds.probability for topic in trained}
    nearest = {topic.name: (vectors @ topic.guides.T).max(axis=1) for topic in trained}
    bounds = [step / 100 for step in range(40, 85, 3)]
    best = max(
        macro_f1_sets(truth, [{name for name in names if nearest[name][place] >= bound} for place in range(len(held))], names)
        for bound in bounds
    )
    given = [{name for name in names if chosen[name][place]} for place in range(len(held))]
    return [
        f"{count} sentences, {len(names)} topics, n {len(held)}: macro-F1 {macro_f1_sets(truth, given, names):.3f}  "
        f"(baseline: max cosine at its best bound {best:.3f})"
    ]
