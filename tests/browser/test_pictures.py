"""The pictures of the documents are made from the chat, and none is missing or left over."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.chatserver import ROOT, ChatServer
from tests.browser.screenshot import PICTURES, pictures_of_docs


def test_the_documents_show_the_pictures_that_are_made(
    chromium: Browser, server: ChatServer, tmp_path: Path
) -> None:
    pictures_of_docs(chromium, server.url, tmp_path)
    made = {path.name: Image.open(path).size for path in tmp_path.glob("*.png")}
    kept = {path.name: Image.open(path).size for path in PICTURES.glob("*.png")}
    assert made == kept
    text = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/medarbejder.md")
    )
    shown = {Path(found).name for found in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", text)}
    assert shown == set(kept)
