"""What the system says in English, in Danish."""

import errno

_FULL = "disken er fuld; frigør plads, og kør igen"
_NO_ACCESS = "ingen adgang; giv brugeren, der kører Må vi?, rettigheder til den"
_FILE_FOR_FOLDER = "en fil ligger, hvor der skal være en mappe"
_IN_DANISH = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: "disken kan kun læses",
    errno.ENOENT: "findes ikke",
    errno.EISDIR: "er en mappe",
    errno.ENOTDIR: _FILE_FOR_FOLDER,
    errno.EEXIST: _FILE_FOR_FOLDER,
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.EADDRINUSE: "den er optaget",
}


def reason(error: OSError) -> str:
    """Why the system refused, without the place and without a full stop."""
    return _IN_DANISH.get(error.errno or 0, error.strerror or str(error))
