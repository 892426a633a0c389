"""A lock to and from the plain mapping that stands in `profile.lock.yaml`.

What is empty or a default is left out, so that a file holds decisions and nothing else. Mappings that come in were
checked by `validate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agentgen.profile.lock import HandConflict, Lock, Origin, Stale, parse_origin
from agentgen.profile.mappings import present
from agentgen.profile.model import FORMAT_VERSION

_A_LINE = 12


def lock_to_mapping(lock: Lock) -> dict[str, Any]:
    """What `profile.lock.yaml` holds."""
    return {
        "agentgen": FORMAT_VERSION,
        "profile": lock.profile,
        "recipe": lock.recipe,
        **present(
            variants=dict(lock.variants),
            fields={key: str(origin) for key, origin in lock.fields.items()},
            headings={key: str(origin) for key, origin in lock.headings.items()},
            origins={key: [str(origin) for origin in runs] for key, runs in lock.origins.items()},
            hands=[_hand_out(hand) for hand in lock.hands],
            decisions=dict(lock.decisions),
            stale=[_stale_out(stale) for stale in lock.stale],
            statements={name: _in_lines(digests) for name, digests in lock.statements.items()},
            base=lock.base,
        ),
    }


def lock_from_mapping(data: Mapping[str, Any]) -> Lock:
    """The inverse; an origin that nobody can read counts as none."""
    return Lock(
        variants=data.get("variants", {}),
        recipe=data["recipe"],
        profile=data["profile"],
        origins={key: tuple(_origins_in(runs)) for key, runs in data.get("origins", {}).items()},
        headings={key: origin for key, text in data.get("headings", {}).items() for origin in _origins_in([text])},
        fields={key: origin for key, text in data.get("fields", {}).items() for origin in _origins_in([text])},
        decisions=data.get("decisions", {}),
        stale=tuple(map(_stale_in, data.get("stale", ()))),
        statements={name: tuple(text.split()) for name, text in data.get("statements", {}).items()},
        base=data.get("base") or "",
        hands=tuple(
            HandConflict(hand["place"], hand.get("base"), hand.get("mine"), hand.get("theirs"))
            for hand in data.get("hands", ())
        ),
    )


def _stale_out(stale: Stale) -> dict[str, Any]:
    return {
        "decision": stale.decision,
        "variant": stale.variant,
        **present(gone=list(stale.gone), new=list(stale.new)),
    }


def _stale_in(data: Mapping[str, Any]) -> Stale:
    return Stale(data["decision"], data["variant"], tuple(data.get("gone", ())), tuple(data.get("new", ())))


def _in_lines(words: Sequence[str]) -> str:
    """Words with line ends, so that a change of one is a change of one line."""
    return "".join(" ".join(words[start : start + _A_LINE]) + "\n" for start in range(0, len(words), _A_LINE))


def _hand_out(hand: HandConflict) -> dict[str, Any]:
    sides = {"base": hand.base, "mine": hand.mine, "theirs": hand.theirs}
    return {"place": hand.place, **{side: text for side, text in sides.items() if text is not None}}


def _origins_in(texts: Iterable[str]) -> Iterable[Origin]:
    return (origin for origin in map(parse_origin, texts) if origin is not None)
