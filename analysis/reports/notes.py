"""What was read in a sentence, in plain words: one line for each row of a table that rests on it.

Each function takes a row (a named tuple of the table) and the names of the actors by id, and returns text
without markup; whatever the row does not tell is left out of the line, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

Names = Mapping[str, str]

_STAGES = {
    "call": "Sanction called for",
    "consideration": "Sanction under discussion",
    "threat": "Sanction threatened",
    "preparation": "Sanction prepared",
    "blocking": "Sanction held up",
    "imposition": "Sanction imposed",
    "easing": "Sanction lifted or eased",
}


def mention(row: Any, names: Names) -> str:
    return f"mention of {_name(row.actor_id, names)}, by {row.kind}"


def quotation(row: Any, names: Names) -> str:
    """Say who is quoted, by which rule the speaker was found."""
    kinds = {"scare": "words set apart", "title": "a title in quotation marks"}
    known = _name(row.speaker_id, names) if _is_given(row.speaker_id) else row.speaker_name
    speaker = known if _is_given(known) else row.speaker
    told = [
        kinds.get(row.kind, f"{row.kind} quotation"),
        f"speaker: {speaker}" if _is_given(speaker) else "no speaker named",
        f"said with “{row.cue}”" if _is_given(row.cue) else "",
        f"by the rule “{row.rule}”" if _is_given(row.rule) else "",
        "a quotation mark is missing" if row.is_unclosed else "",
    ]
    return _line(told)


def event(row: Any, names: Names) -> str:
    """Say which sanction is told of: stage, sender and target, then what else the sentence tells."""
    return _line(
        [
            f"{_STAGES.get(row.stage, row.stage)}: {_name(row.sender_id, names)} → {_name(row.target_id, names)}",
            row.instrument if _is_given(row.instrument) else "",
            f"asked for by {_listed(row.called_by, names)}" if _is_given(row.called_by) else "",
            f"held up by {_listed(row.held_up_by, names)}" if _is_given(row.held_up_by) else "",
            f"said by {_listed(row.speaker_id, names)}" if _is_given(row.speaker_id) else "",
            row.status if _is_given(row.status) else "",
            f"on {row.event_date:%Y-%m-%d}" if _is_given(row.event_date) else "",
            "told by an earlier article already" if row.retold else "",
            f"by the rule “{row.rule}”" if _is_given(row.rule) else "",
        ]
    )


def count(row: Any, names: Names) -> str:
    """Say what is counted, which numbers the words allow, and whose figure it is."""
    low, high = int(row.low), None if pd.isna(row.high) else int(row.high)
    bounds = f"{low:,}" if low == high else f"{low:,} or more" if high is None else f"{low:,} to {high:,}"
    source = row.attributed_to if _is_given(row.attributed_to) else ""
    return _line(
        [
            f"{str(row.measure).replace('_', ' ')}: {bounds}",
            str(row.unit) if _is_given(row.unit) else "",
            f"figure of {source}" if source else "no source named",
            f"in {row.place}" if _is_given(row.place) else "",
            f"as of {row.as_of:%Y-%m-%d}" if _is_given(row.as_of) else "",
            f"scope: {row.scope}" if _is_given(row.scope) else "",
        ]
    )


def detainee(row: Any, names: Names) -> str:
    who = _name(row.actor_id, names) if _is_given(row.actor_id) else ""
    told = str(row.measure).replace("_", " ")
    return _line([f"{told}: {who}" if who else told, f"on {row.date:%Y-%m-%d}" if _is_given(row.date) else ""])


def date(row: Any, names: Names) -> str:
    """Say which days the words allow, and whether they decided."""
    ends = [f"{end:%Y-%m-%d}" if _is_given(end) else "" for end in (row.earliest, row.latest)]
    since, until = f"not before {ends[0]}" if ends[0] else "", f"not after {ends[1]}" if ends[1] else ""
    days = ends[0] if ends[0] == ends[1] else ", ".join(filter(None, (since, until)))
    return _line([f"clue to the date, by the rule “{row.rule}”", days, str(row.role)])


def wording(row: Any, names: Names) -> str:
    """Say how the words score; a score adds up words and is no verdict."""
    voice = "the reporter’s words" if row.voice == "narration" else "the quoted words"
    scores = [f"{float(score):+.2f}".replace("-", "−") for score in (row.compound, row.vader)]
    return f"Wording of {voice}: {scores[0]} by the lexicon for news, {scores[1]} by plain VADER (−1 to +1)"


WORDS: dict[str, Callable[[Any, Names], str]] = {
    "mention": mention,
    "quotation": quotation,
    "event": event,
    "count": count,
    "detainee": detainee,
    "date": date,
    "wording": wording,
}


def _line(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _is_given(value: object) -> bool:
    return not pd.isna(value) and value != ""


def _name(actor_id: Any, names: Names) -> str:
    return names.get(actor_id, str(actor_id)) if _is_given(actor_id) else "nobody named"


def _listed(actor_ids: str, names: Names) -> str:
    return ", ".join(_name(one, names) for one in actor_ids.split("; "))
