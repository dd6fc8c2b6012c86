"""How much room there is where the index is."""

import shutil
from pathlib import Path


def free_bytes(path: Path) -> int:
    """What can still be written at `path`, which need not be there yet."""
    absolute = path.absolute()
    nearest = next(place for place in (absolute, *absolute.parents) if place.is_dir())
    return shutil.disk_usage(nearest).free
