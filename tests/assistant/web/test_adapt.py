"""Our changes to Chainlit do what they are for."""

import asyncio
import warnings
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def adapted(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("CHAINLIT_APP_ROOT", str(ROOT))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing Chainlit raises those of its own making
        from assistant.web import adapt
    return adapt


def test_the_page_loses_what_lies_elsewhere(adapted: ModuleType) -> None:
    page = adapted.local_page(
        '<html lang="en"><link rel="x" href="https://fonts.example/a.css" />'
        '<link\n rel="stylesheet"\n href="https://cdn.example/b.css"\n/>'
        '<link rel="icon" href="/favicon" /><meta property="og:url" content="https://x">'
        '<meta property="og:root_path" content="">'
    )
    assert page == (
        '<html lang="da"><link rel="icon" href="/favicon" />'
        '<meta property="og:root_path" content="">'
    )


def test_an_ended_session_is_forgotten(
    adapted: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chainlit.chat_context import chat_contexts
    from chainlit.session import WebsocketSession

    ended: list[str] = []

    async def delete(self: SimpleNamespace) -> None:
        ended.append(self.id)

    monkeypatch.setattr(WebsocketSession, "delete", delete)
    adapted._forget_ended_sessions()
    chat_contexts["s1"] = ["a message"]
    asyncio.run(WebsocketSession.delete(SimpleNamespace(id="s1")))
    assert ended == ["s1"]
    assert "s1" not in chat_contexts


def test_the_translation_is_whole_and_danish(adapted: ModuleType) -> None:
    import json

    import chainlit

    def keys(tree: dict[str, Any], path: str = "") -> set[str]:
        return {
            key
            for name, value in tree.items()
            for key in (keys(value, f"{path}{name}.") if isinstance(value, dict) else [path + name])
        }

    english = Path(chainlit.__file__).parent / "translations" / "en-US.json"
    danish = ROOT / ".chainlit" / "translations" / "da-DK.json"
    assert keys(json.loads(english.read_text("utf-8"))) <= keys(
        json.loads(danish.read_text("utf-8"))
    )
