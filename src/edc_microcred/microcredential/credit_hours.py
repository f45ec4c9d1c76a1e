"""How many hours of work one ECTS credit stands for, where a credential is awarded.

    >>> hours_per_credit(["SRB", "AUT"]).least, hours_per_credit(["SRB"]).most
    (25, 30)

Sources: ECTS Users' Guide 2015, and for each country the page named in `data/ects-hours.json`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class CreditHours:
    """The least and most hours of one credit; `binding` where a law or national rule says so in each country.

    `least` is more than `most` where the countries of a joint award exclude each other.
    """

    least: int
    most: int
    binding: bool


def hours_per_credit(countries: Iterable[str]) -> CreditHours:
    """What suits all of `countries` (codes of the EU list: SRB); the Users' Guide's range where nothing is known."""
    known = [_of(country) for country in countries] or [_of("")]
    return CreditHours(
        max(one.least for one in known), min(one.most for one in known), all(one.binding for one in known)
    )


def _of(country: str) -> CreditHours:
    data = _data()
    row = data["countries"].get(country, data["default"])
    return CreditHours(row["least"], row["most"], row["binding"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("data", "ects-hours.json").read_text("utf-8")
    )
    return data
