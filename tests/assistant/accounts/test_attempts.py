"""Wrong passwords are counted, by name and by address, and forgotten after a while."""

from assistant.accounts.attempts import MOST, MOST_FROM_ONE_PLACE, WINDOW, Attempts


def test_a_name_has_to_wait_and_then_not() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for n in range(MOST):
        assert not attempts.too_many("anna", "192.0.2.1")
        attempts.failed("Anna" if n % 2 else "anna", f"192.0.2.{n}")
    assert attempts.too_many("ANNA", "198.51.100.7")
    assert not attempts.too_many("bo", "192.0.2.1")
    now[0] = WINDOW + 1
    assert not attempts.too_many("anna", "192.0.2.1")


def test_an_address_that_tries_many_names() -> None:
    attempts = Attempts(lambda: 0.0)
    for n in range(MOST_FROM_ONE_PLACE):
        attempts.failed(f"bruger{n}", "192.0.2.1")
    assert attempts.too_many("en ny", "192.0.2.1")
    assert not attempts.too_many("en ny", "192.0.2.2")


def test_the_right_password_clears_the_name_not_the_address() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(MOST_FROM_ONE_PLACE):
        attempts.failed("anna", "192.0.2.1")
    attempts.succeeded("anna")
    assert not attempts.too_many("anna", "192.0.2.9")
    assert attempts.too_many("anna", "192.0.2.1")


def test_memory_has_an_end() -> None:
    attempts = Attempts(lambda: 0.0)
    for n in range(20_000):
        attempts.failed(f"bruger{n}", f"adresse{n}")
    assert len(attempts._failed) <= 10_000
