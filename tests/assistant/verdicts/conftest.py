"""Two of the municipalities whose rules contradict each other, ingested once."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.corpora import named

NAMES = ("havnsoe", "engdal")
DAY = date(2026, 11, 25)
Indexes = dict[str, Path]
AssistantOf = Callable[..., Assistant]


@pytest.fixture(scope="session")
def indexes() -> Indexes:
    """The index of each municipality, the one that `evals` keeps; to be read only."""
    settings = Settings(embedder="builtin")
    return {name: named(name, settings).settings.index for name in NAMES}


@pytest.fixture(scope="session")
def assistant_of(indexes: Indexes) -> AssistantOf:
    """`assistant_of(name, day=DAY)`: a municipality's assistant, asked on that day."""

    @cache
    def made(name: str, day: date = DAY) -> Assistant:
        return Assistant(Settings(index=indexes[name]), lambda: day)

    return made
