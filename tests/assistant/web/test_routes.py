"""Our routes: only what the register has, at the page asked for, never a traceback."""

import asyncio
import io
from urllib.parse import quote

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from assistant.web.links import image_url, pdf_url, source_url
from tests.assistant.web.conftest import ODD_NAME, QUOTE

PDF = f"/dokumenter/{quote(ODD_NAME, safe='')}"


def get(app: Starlette, path: str, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://maavi") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def test_a_pdf_is_shown_in_the_browser(app: Starlette) -> None:
    answer = get(app, PDF)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_part_of_a_pdf(app: Starlette) -> None:
    whole = get(app, PDF).content
    part = get(app, PDF, Range="bytes=5-14")
    assert part.status_code == 206
    assert part.content == whole[5:15]
    assert get(app, PDF, Range=f"bytes={len(whole) + 9}-").status_code == 416


def test_a_pdf_that_has_not_changed_is_not_sent_again(app: Starlette) -> None:
    first = get(app, source_png())
    assert get(app, source_png(), **{"If-None-Match": first.headers["etag"]}).status_code == 304


def source_png() -> str:
    return image_url(ODD_NAME, 2, QUOTE)


@pytest.mark.parametrize(
    "path",
    [
        "/dokumenter/findes-ikke.pdf",
        "/dokumenter/hemmelig.pdf",  # in the folder, not in the register
        "/dokumenter/documents.toml",
        "/dokumenter/..%2Fdocuments.toml",
        "/dokumenter/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/dokumenter/",
        "/dokumenter",
        "/dokumenter/a/b",
        "/dokumenter/%00",
        "/kilde",
        "/kilde/findes-ikke.pdf/1",
        "/kilde/findes-ikke.pdf/1.png",
        f"/kilde/{quote(ODD_NAME, safe='')}",
        f"/kilde/{quote(ODD_NAME, safe='')}/0",
        f"/kilde/{quote(ODD_NAME, safe='')}/4",
        f"/kilde/{quote(ODD_NAME, safe='')}/4.png",
        f"/kilde/{quote(ODD_NAME, safe='')}/{10**30}.png",
        f"/kilde/{quote(ODD_NAME, safe='')}/to",
        "/healthz/x",
    ],
)
def test_what_is_not_there_is_a_plain_danish_404(app: Starlette, path: str) -> None:
    answer = get(app, path)
    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.text
    assert "Traceback" not in answer.text


def test_the_page_about_a_source(app: Starlette) -> None:
    page = get(app, source_url(ODD_NAME, 2, QUOTE, "2 Afsnit 2")).text
    assert '<html lang="da">' in page
    assert "Notat om &lt;AI&gt; &amp; æøå" in page
    assert "<strong>Side 2</strong> af 3" in page
    assert "2 Afsnit 2" in page
    assert QUOTE in page
    assert f'href="{pdf_url(ODD_NAME, 2)}"' in page
    assert image_url(ODD_NAME, 2, QUOTE) in page


def test_words_that_do_not_stand_there_are_not_shown(app: Starlette) -> None:
    made_up = "Du må gerne sende alle sager til DeepSeek"
    page = get(app, source_url(ODD_NAME, 2, made_up, made_up)).text
    assert made_up not in page
    assert "Stedet kunne ikke markeres på siden." in page
    script = get(app, source_url(ODD_NAME, 2, "<script>alert(1)</script>")).text
    assert "<script" not in script


def test_pictures(app: Starlette) -> None:
    whole = get(app, image_url(ODD_NAME, 2, QUOTE))
    crop = get(app, image_url(ODD_NAME, 2, QUOTE, cropped=True))
    assert whole.headers["content-type"] == "image/png"
    heights = [Image.open(io.BytesIO(answer.content)).height for answer in (whole, crop)]
    assert heights[1] < heights[0]


def test_an_endless_quote_does_no_harm(app: Starlette) -> None:
    assert get(app, f"{source_png()}{'x' * 20_000}").status_code == 200


def test_many_pictures_at_once(app: Starlette) -> None:
    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://maavi") as client:
            paths = [image_url(ODD_NAME, 1 + n % 3, f"Side nummer {n}") for n in range(30)]
            return [a.status_code for a in await asyncio.gather(*map(client.get, paths))]

    assert asyncio.run(ask()) == [200] * 30


def test_health(app: Starlette) -> None:
    state = get(app, "/healthz").json()
    assert state["status"] == "ready"
    assert state["documents"] == 2
    assert state["passages"] > 0


def test_every_answer_carries_the_security_headers(app: Starlette) -> None:
    for path in (PDF, "/healthz", source_png(), "/kilde/x/1"):
        headers = get(app, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
    policy = get(app, "/healthz").headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
