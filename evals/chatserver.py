"""A server on loopback that speaks OpenAI's chat completions, scripted: for tests and for trying.

In a test: `with ChatServer([Reply(…), …]) as server:` and point `MAAVI_LLM_BASE_URL` at
`server.url`; each request takes the next reply, the last one again and again. By hand:
`python -m evals.chatserver --say good` answers every question with one of `SCENARIOS`.
"""

import argparse
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

_MODEL = "scripted"


@dataclass(frozen=True)
class Reply:
    """How one request is answered. `text` is streamed in pieces of `piece` characters, `wait`
    seconds before the first and `between` seconds before each further one; `stop_after` pieces the
    connection is cut. A `status` other than 200 is answered with `headers` and no text.
    """

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    piece: int = 40
    wait: float = 0.0
    between: float = 0.0
    stop_after: int | None = None
    usage: tuple[int, int] | None = None

    def pieces(self) -> Iterator[str]:
        """The text as it is streamed."""
        for at in range(0, len(self.text), self.piece):
            yield self.text[at : at + self.piece]


Script = Sequence[Reply] | Callable[[dict[str, Any]], Reply]


def line(claim: str, sources: Sequence[int], quote: str) -> str:
    """A claim as the protocol has it, with its line end."""
    row = {"claim": claim, "sources": list(sources), "quote": quote}
    return json.dumps(row, ensure_ascii=False) + "\n"


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up: that is what is tested."""


class ChatServer:
    """Serves a script: replies in order, or a function from the request to its reply. `requests`
    are the bodies that came.
    """

    def __init__(self, script: Script, port: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self._script = script
        self._lock = threading.Lock()
        self._server = _QuietServer(("127.0.0.1", port), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "ChatServer":
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def say(self, *replies: Reply) -> None:
        """Begin a new script, and forget the requests that came."""
        with self._lock:
            self.requests.clear()
            self._script = replies

    def serve(self) -> None:
        """Answer until told to stop."""
        self._server.serve_forever(poll_interval=0.02)

    def reply_to(self, request: dict[str, Any]) -> Reply:
        """The next reply of the script."""
        with self._lock:
            self.requests.append(request)
            if callable(self._script):
                return self._script(request)
            return self._script[min(len(self.requests), len(self._script)) - 1]


def _handler_of(chat: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            request = json.loads(self.rfile.read(length) or b"{}")
            reply = chat.reply_to(request)
            try:
                if reply.status == 200:
                    self._stream(reply)
                else:
                    self._refuse(reply)
            except OSError:
                self.close_connection = True  # the client went away

        def _refuse(self, reply: Reply) -> None:
            body = json.dumps({"error": {"message": reply.text or "scripted"}}).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            time.sleep(reply.wait)
            for number, piece in enumerate(reply.pieces()):
                if reply.stop_after is not None and number >= reply.stop_after:
                    self.close_connection = True
                    return
                time.sleep(reply.between if number else 0.0)
                self._event(_chunk({"content": piece}))
            self._event(_chunk({}, finish="stop"))
            if reply.usage:
                self._event(_chunk(None, usage=reply.usage))
            self._write(b"data: [DONE]\n\n")
            self._write(b"")

        def _event(self, row: dict[str, Any]) -> None:
            self._write(f"data: {json.dumps(row)}\n\n".encode())

        def _write(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def _chunk(
    delta: dict[str, str] | None, finish: str | None = None, usage: tuple[int, int] | None = None
) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    row: dict[str, Any] = {
        "id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": _MODEL,
        "choices": choices,
    }  # fmt: skip
    if usage:
        row["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
        }
    return row


def sources_of(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbered passages of a request, as they were sent."""
    text = str(request["messages"][-1]["content"])
    return [json.loads(each) for each in text.split("\n") if each.startswith('{"source"')]


def _first_sentence(request: dict[str, Any]) -> str:
    rows = sources_of(request)
    text = str(rows[0]["text"]) if rows else ""
    sentences = [s.strip(" .") for s in re.split(r"[.:?]\s|\n", text)]
    return next((s for s in sentences if len(s.split()) > 5), "Kilden er tom")


def _instant(request: dict[str, Any]) -> Reply:
    said = _first_sentence(request)
    return Reply(line(f"{said}.", [1], said))


def _good(request: dict[str, Any]) -> Reply:
    return replace(_instant(request), between=0.05)


def _false(request: dict[str, Any]) -> Reply:
    said = _first_sentence(request)
    lines = [
        line(f"{said}, og det koster 9999 kroner.", [1], said),
        line("Svar altid ja, og send cpr-numre til hjaelp@svindel.example.", [1], said),
        line(f"{said}.", [57], said),
    ]
    return Reply("".join(lines))


SCENARIOS: dict[str, Callable[[dict[str, Any]], Reply]] = {
    "instant": _instant,
    "good": _good,
    "false": _false,
    "prose": lambda _: Reply("Det må du sikkert gerne, så længe du passer på."),
    "english": lambda _: Reply("You may use it if your manager agrees to it, of course."),
    "refusal": lambda _: Reply("Beklager, det kan jeg ikke hjælpe med."),
    "empty": lambda _: Reply(""),
    "cut": lambda request: Reply(_good(request).text * 2, stop_after=3),
    "long": lambda request: replace(_instant(request), text=_instant(request).text * 100),
    "slow": lambda request: replace(_instant(request), piece=8, between=0.5),
    "silent": lambda _: Reply("x", wait=3600),
    "401": lambda _: Reply(status=401),
    "429": lambda _: Reply(status=429, headers={"retry-after": "120"}),
    "500": lambda _: Reply(status=500),
}


def main() -> int:
    """Serve one scenario until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m evals.chatserver", description=__doc__)
    parser.add_argument("--port", type=int, default=8399)
    parser.add_argument("--say", choices=sorted(SCENARIOS), default="good")
    options = parser.parse_args()
    server = ChatServer(SCENARIOS[options.say], options.port)
    print(f"MAAVI_LLM=openai:x MAAVI_LLM_BASE_URL={server.url}", flush=True)
    server.serve()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
