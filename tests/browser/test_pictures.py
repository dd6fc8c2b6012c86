"""The pictures of the documents are made from the chat, and none is missing or left over."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.chatserver import ROOT, ChatServer
from tests.browser.screenshot import PICTURES, pictures_of_docs


def sizes(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            found[path.name] = picture.size
    return found


def test_the_documents_show_the_pictures_that_are_made(
    chromium: Browser, server: ChatServer, tmp_path: Path
) -> None:
    pictures_of_docs(chromium, server.url, tmp_path)
    kept = sizes(PICTURES)
    assert sizes(tmp_path) == kept
    text = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/medarbejder.md")
    )
    shown = {Path(found).name for found in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", text)}
    assert shown == set(kept)
