"""The console script `maavi`: the words of the command line in, an exit code out.

Each command is a module in `assistant/commands/`; this one turns what goes wrong in any of them
into one clear line and the exit code that docs/operator.md promises.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from assistant.commands import (
    ask,
    doctor,
    evaluate,
    feedback,
    ingest,
    retention,
    search,
    serve,
    user,
)
from assistant.commands.arguments import Parser
from assistant.commands.exits import DONE, FAILED, INTERRUPTED, WRONG_USE
from assistant.commands.faults import reason
from assistant.commands.output import say, write_utf8
from assistant.errors import AssistantError, SettingsError, UsageError
from ingest.errors import CorpusError, IngestError

_WRONG = (UsageError, SettingsError, CorpusError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` (the process's own when None); returns the exit code."""
    write_utf8()
    try:
        code = _run(argv)
        _flush()
        return code
    except KeyboardInterrupt:
        say("Afbrudt.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the user gets a line, not a traceback
        return _failed(error)


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit:  # argparse leaves this way after --help
        return DONE
    code: int = arguments.run(arguments)
    return code


def _parser() -> Parser:
    parser = Parser("maavi", "Må vi? – svar med sidehenvisning fra kommunens egne PDF'er.")
    commands = parser.add_subparsers(
        title="kommandoer", dest="command", metavar="KOMMANDO", required=True
    )
    for command in (ingest, ask, search, serve, user, feedback, retention, evaluate, doctor):
        command.add_to(commands)
    return parser


def _failed(error: Exception) -> int:
    """Say what went wrong; returns the exit code for it."""
    _drop_what_cannot_be_written()
    if not isinstance(error, BrokenPipeError):  # its reader has seen enough, as `head` does
        say(_message(error))
    return WRONG_USE if isinstance(error, _WRONG) else FAILED


def _message(error: Exception) -> str:
    if isinstance(error, (AssistantError, IngestError)):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'Uddata'}: {reason(error)}."
    return _unexpected(error)


def _flush() -> None:
    if sys.stdout is not None:  # it is None when the shell closed it: `>&-`
        sys.stdout.flush()


def _drop_what_cannot_be_written() -> None:
    """Send output that nobody takes nowhere, or Python complains of it when it ends."""
    try:
        _flush()
    except OSError:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _unexpected(error: Exception) -> str:
    text = " ".join(str(error).split())
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, linje {last.lineno}"
    return f"Uventet fejl i Må vi?: {type(error).__name__}: {text} ({place}). Meld den gerne."


if __name__ == "__main__":
    sys.exit(main())
