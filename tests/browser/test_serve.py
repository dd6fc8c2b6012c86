"""`maavi serve` as a process: its address, its errors, its end."""

import signal
import socket
import time
from pathlib import Path

import httpx

from tests.browser.chatserver import ChatServer, maavi, running


def test_the_address_is_printed_when_it_listens(server: ChatServer) -> None:
    assert server.url.startswith("http://localhost:")
    state = httpx.get(f"{server.url}/healthz").json()
    assert (state["status"], state["documents"]) == ("ready", 3)
    assert state["passages"] > 50


def test_ctrl_c_ends_it_cleanly(index: Path, corpus: Path) -> None:
    with running(index, corpus) as chat:
        with httpx.Client() as client:
            client.get(f"{chat.url}/healthz")
            started = time.monotonic()
            chat.process.send_signal(signal.SIGINT)
            assert chat.process.wait(20) == 0
        assert time.monotonic() - started < 10
    assert len(chat.lines) == 1, chat.lines


def test_a_port_that_is_taken_is_named(index: Path, corpus: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = maavi(
            "serve", "--host", "127.0.0.1", "--port", str(port), index=index, corpus=corpus
        )
    assert done.returncode == 1
    assert f"Port {port} er optaget" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_host_that_is_not_there(index: Path, corpus: Path) -> None:
    done = maavi(
        "serve", "--host", "findes.ikke.invalid", "--port", "0", index=index, corpus=corpus
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stdout + done.stderr


def test_the_page_loads_nothing_from_elsewhere(server: ChatServer) -> None:
    answer = httpx.get(server.url)
    assert '<html lang="da">' in answer.text
    assert "https://" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy


def test_other_origins_are_kept_out(server: ChatServer) -> None:
    foreign = {"Origin": "https://andre.example"}
    assert "access-control-allow-origin" not in httpx.get(server.url, headers=foreign).headers
    socket_path = f"{server.url}/ws/socket.io/?EIO=4&transport=polling"
    assert httpx.get(socket_path, headers=foreign).status_code == 400
    assert httpx.get(socket_path, headers={"Origin": server.url}).status_code == 200


def test_files_cannot_be_sent_to_it(server: ChatServer) -> None:
    sent = httpx.post(
        f"{server.url}/project/file?session_id=x", files={"file": ("a.txt", b"hej", "text/plain")}
    )
    assert sent.status_code >= 400
    assert (
        httpx.get(f"{server.url}/project/settings").json()["features"]["spontaneous_file_upload"][
            "enabled"
        ]
        is False
    )
