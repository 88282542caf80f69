"""The simplest rules that come to mind, to be measured beside the tables and the public tools.

Each takes texts and gives answers in the terms of public_tools.py; none knows a name that the registry or the labels
do not give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})")
_NUMBER = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|several|dozens?|hundreds?|thousands?)\b", re.IGNORECASE
)
_DETENTION = {
    "detained": r"arrest|detain|round(?:ed|ing)? up|take\w* into custody",
    "in_custody": r"in custody|behind bars|in jail|in prison",
    "sentenced": r"sentenc|jailed",
    "released": r"releas|freed",
}
_STAGES = {  # the first that matches; an event without any of them is an imposition
    "easing": r"lift|eas(?:e|ing)|suspend",
    "blocking": r"block|veto|held up",
    "call": r"urg|call(?:s|ed|ing)? (?:for|on)|demand|back(?:s|ed)|push",
    "threat": r"threat|vow|warn|would|will",
    "consideration": r"consider|discuss|whether",
    "preparation": r"prepar|draw|working on|agreed",
}
_MEASURE = re.compile(r"sanction|asset freeze|travel ban|embargo|cut off|measures against", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'-]*\w(?: [A-Z][\w’'-]*\w)*")
_MARKED = re.compile("\u201c([^\u201c\u201d]*)(?:\u201d|$)")


def latest_date(article: str) -> str | None:
    """Return the latest day that an article prints in full."""
    days = [f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}" for month, day, year in _DATE.findall(article)]
    return max(days, default=None)


def between_marks(text: str) -> list[tuple[int, int]]:
    """Return what stands between curly quotation marks."""
    return [match.span(1) for match in _MARKED.finditer(text)]


def surnames(text: str, persons: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Return each surname of a list, with whose it is."""
    return [(*m.span(), persons[m[0]]) for m in re.finditer(r"[^\W\d_][\w’-]*[^\W_]", text) if m[0] in persons]


def nearest_name(text: str, quoted: tuple[int, int], actors: Mapping[str, str]) -> str | None:
    """Return whose the known capitalised name is that stands nearest to a quotation, outside of all marks."""
    inside = between_marks(text)
    near: list[tuple[int, str]] = []
    for match in _NAME.finditer(text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        words = match[0].removesuffix("’s")
        actor = actors.get(words) or actors.get(words.split()[-1])
        if actor:
            near.append((max(quoted[0] - match.end(), match.start() - quoted[1]), actor))
    return min(near)[1] if near else None


def near_detention(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Yield the number nearest to each verb of detention, with the measure of that verb."""
    numbers = list(_NUMBER.finditer(sentence))
    for measure, verbs in _DETENTION.items():
        for verb in re.finditer(rf"\b(?:{verbs})", sentence, re.IGNORECASE):
            if numbers:
                nearest = min(numbers, key=lambda n: max(verb.start() - n.end(), n.start() - verb.end()))  # noqa: B023
                yield (*nearest.span(), measure)


def first_and_last(sentence: str, actors: list[str]) -> tuple[str, str, str] | None:
    """Return the first actor of a sentence on sanctions as sender, the last as target, and a stage by its verb."""
    if not _MEASURE.search(sentence) or len(set(actors)) < 2:
        return None
    stages = (stage for stage, verbs in _STAGES.items() if re.search(rf"\b(?:{verbs})", sentence, re.IGNORECASE))
    return actors[0], actors[-1], next(stages, "imposition")
