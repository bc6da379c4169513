"""Whose books these are: the company that stands on every list and report on paper.

A program works for one company. Who signs in learns its name; from then on papers carry it.
"""

from collections.abc import Mapping
from typing import Any

from erp_desktop.core.i18n import Words, in_language


class _Owner:
    """The one company of this process; nobody until somebody signed in."""

    company: Mapping[str, Any] = {}


def follow(company: Mapping[str, Any]) -> None:
    """Put the name of a company on papers from now on; without one, papers have none."""
    _Owner.company = company


def name(words: Words) -> str:
    """Return what the company is called in the language of a paper; empty if nobody knows."""
    company = _Owner.company
    return in_language(words.language, company.get("name", ""), company.get("name_ar", ""))


def numbers(words: Words) -> str:
    """Return its numbers at the tax office and in the register, each after what it is called."""
    known: Mapping[str, str] = _Owner.company.get("identifiers") or {}
    return " · ".join(words.isolate(f"{code}\u00a0{value}") for code, value in known.items())
