"""What agents and consumers typically say, as regular expressions over case-folded text: English, Spanish, German."""

from __future__ import annotations

import re

_GREETING = (
    r"thank(s| you) for (calling|contacting|holding)", r"how (can|may) i (help|assist)", r"you('re| are) (speaking|through) (to|with)",
    r"this is \w+ (from|with|at)", r"gracias por llamar", r"en qué (le )?puedo ayudar", r"le atiende",
    r"(vielen|herzlichen) dank für ihren anruf", r"(was|wie) kann ich (für sie tun|ihnen helfen)", r"mein name ist",
)  # fmt: skip
_AGENT = (
    r"let me (check|look|see|pull)", r"can i have your", r"could you (confirm|verify|spell)", r"for security", r"one moment",
    r"anything else", r"bear with me", r"i('ll| will) (transfer|send|email)", r"i see (here|that)", r"on your account",
    r"we (can|could) offer", r"i apologi[sz]e", r"un momento", r"me podría (dar|confirmar|facilitar)", r"su (número|cuenta|pedido)",
    r"einen moment", r"ich schaue", r"ihre (kundennummer|nummer|bestellung)", r"kann ich sonst",
)  # fmt: skip
_CONSUMER = (
    r"i('m| am) calling (about|because)", r"i('d| would) like to", r"i (want|need) to",
    r"my (account|bill|order|card|phone|internet|booking|flight)", r"i (was|got|have been) charged", r"i never", r"cancel my",
    r"llamo (porque|por)", r"quiero", r"necesito", r"mi (cuenta|factura|pedido|tarjeta)", r"ich rufe an", r"ich möchte",
    r"ich brauche", r"mein(e|en)? (rechnung|bestellung|vertrag|konto)",
)  # fmt: skip


def _any_of(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


GREETING, AGENT, CONSUMER = map(_any_of, (_GREETING, _AGENT, _CONSUMER))
