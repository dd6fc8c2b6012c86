"""How two workers share the tests: by files, and all that open a real browser as if one file."""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]
BROWSER = "browser"


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each worker whole files, so that what a file has made is made once; the files with a
    browser go to one worker, since two browsers at once on two cores miss moments.
    """

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid.split("::", maxsplit=1)[0])


@cache
def share_of(file: str) -> str:
    """What the tests of `file`, a path from the root, belong to: `BROWSER`, or `file` itself."""
    return BROWSER if "playwright" in (ROOT / file).read_text(encoding="utf-8") else file
