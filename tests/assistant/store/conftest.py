"""A store in each kind of database, opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from assistant.store.store import Store


@pytest.fixture
def store(new_database: str, tmp_path: Path) -> Iterator[Store]:
    settings = Settings(index=tmp_path / "index", database_url=SecretStr(new_database))
    store = Store(settings)
    store.open()
    yield store
    store.close()
