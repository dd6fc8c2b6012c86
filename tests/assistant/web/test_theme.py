"""The colours can be read: WCAG 2.2 AA, light and dark."""

import colorsys
import json
from pathlib import Path

import pytest

THEME = json.loads((Path(__file__).parents[3] / "public" / "theme.json").read_text("utf-8"))
TEXT = [
    ("foreground", "background"),
    ("foreground", "card"),
    ("foreground", "secondary"),
    ("muted-foreground", "background"),
    ("muted-foreground", "card"),
    ("primary", "background"),
    ("primary", "card"),
    ("primary", "secondary"),
    ("primary-foreground", "primary"),
    ("destructive", "background"),
]


def luminance(hsl: str) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    hue, saturation, lightness = (float(part.rstrip("%")) for part in hsl.split())
    channels = colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("variant", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(variant: str, text: str, ground: str) -> None:
    colours = THEME["variables"][variant]
    assert contrast(colours[f"--{text}"], colours[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("variant", ["light", "dark"])
def test_edges_of_fields_can_be_seen(variant: str) -> None:
    colours = THEME["variables"][variant]
    assert contrast(colours["--input"], colours["--background"]) >= 3
