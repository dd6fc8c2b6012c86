"""docs/operator.md names everything that an operator can set, run and meet."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.commands import exits
from assistant.settings import Settings
from ingest.register import KINDS, Document

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_with_its_default(name: str) -> None:
    row = next(line for line in DOCS.splitlines() if line.startswith(f"| `MAAVI_{name.upper()}`"))
    default = Settings.model_fields[name].default
    shown = "ikke sat" if default is None else f"`{default:g}`" if name == "pdf_patience" else ""
    assert (shown or f"`{default}`") in row


@pytest.mark.parametrize("key", [field.name for field in fields(Document)])
def test_every_key_of_the_register(key: str) -> None:
    assert f"| `{key}` |" in DOCS
    assert f"\n{key} = " in DOCS


def test_every_kind() -> None:
    assert all(f"`{kind}`" in DOCS for kind in KINDS)


@pytest.mark.parametrize(
    "command",
    ["ingest", "ask", "search", "serve", "user", "feedback", "retention", "eval", "doctor"],
)
def test_every_command(command: str) -> None:
    assert f"| `maavi {command}` |" in DOCS


def test_every_exit_code() -> None:
    codes = [value for name, value in vars(exits).items() if name.isupper()]
    assert len(codes) == 5
    assert all(f"| {code} |" in DOCS for code in codes)


def test_every_message_is_one_that_the_code_has() -> None:
    table = DOCS.split("## Fejlfinding")[1].splitlines()
    messages = [line.split("`")[1] for line in table if line.startswith("| `")]
    code = "".join(
        path.read_text(encoding="utf-8")
        for package in ("assistant", "ingest")
        for path in (ROOT / package).rglob("*.py")
    )
    code = code.replace("`", "").replace("{REGISTER}", "documents.toml").replace("{port}", "8000")
    assert len(messages) > 10
    assert [message for message in messages if message not in code] == []
