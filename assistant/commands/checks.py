"""What a check of `maavi doctor` says."""

from dataclasses import dataclass
from typing import Literal

Mark = Literal["✓", "!", "✗"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is, and what to do where it is not well."""

    mark: Mark
    text: str
    remedy: str = ""

    def line(self) -> str:
        """As it is printed."""
        return f"{self.mark} {self.text}" + (f"\n  → {self.remedy}" if self.remedy else "")


def good(text: str) -> Check:
    """Nothing to do."""
    return Check("✓", text)


def odd(text: str, remedy: str) -> Check:
    """It works, yet someone should look at it."""
    return Check("!", text, remedy)


def bad(text: str, remedy: str = "") -> Check:
    """It does not work; `text` may say itself what to do."""
    return Check("✗", text, remedy)
