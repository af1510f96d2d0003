"""The bench's accounts: an acknowledged message that is lost, doubled or out of order makes a run invalid."""

import pytest

from bench.ledger import Ledger

VISITOR, HELPER = 0, 1


def delivered(ledger: Ledger, number: int, sender: int = VISITOR, *, took: float = 0.002) -> int:
    """Schedule, acknowledge and deliver one message to both sides; return its place."""
    message = ledger.schedule(sender, 10.0)
    ledger.acknowledge(message, number, 10.0 + took)
    for reader in (VISITOR, HELPER):
        ledger.arrive(reader, message, number, 10.0 + took)
    return message


def test_a_run_without_faults_is_settled() -> None:
    ledger = Ledger()
    delivered(ledger, 4)
    delivered(ledger, 5, HELPER)
    assert ledger.is_settled
    assert ledger.faults() == ()


def test_latency_counts_from_the_schedule_to_the_other_side() -> None:
    ledger = Ledger()
    message = ledger.schedule(VISITOR, 10.0)
    ledger.arrive(VISITOR, message, 4, 10.001)
    ledger.arrive(HELPER, message, 4, 10.030)
    assert ledger.latencies(9.0, 11.0) == pytest.approx([30.0])


def test_what_was_scheduled_outside_of_the_window_is_left_out() -> None:
    ledger = Ledger()
    delivered(ledger, 4)
    assert ledger.latencies(10.5, 11.0) == []


def test_an_acknowledged_message_that_never_comes_is_lost() -> None:
    ledger = Ledger()
    ledger.acknowledge(ledger.schedule(VISITOR, 10.0), 4, 10.1)
    assert not ledger.is_settled
    assert ledger.faults() == ("1 acknowledged and lost", "1 acknowledged and not echoed")


def test_a_message_that_comes_twice_is_seen() -> None:
    ledger = Ledger()
    message = delivered(ledger, 4)
    ledger.arrive(HELPER, message, 4, 10.2)
    assert ledger.faults() == ("1 came twice",)


def test_a_message_under_two_numbers_is_seen() -> None:
    ledger = Ledger()
    message = delivered(ledger, 4)
    ledger.arrive(HELPER, message, 5, 10.2)
    assert "message 0 came as 5 and was acknowledged as 4" in ledger.faults()


def test_a_sender_whose_words_change_places_is_seen() -> None:
    ledger = Ledger()
    delivered(ledger, 5)
    delivered(ledger, 4)
    assert ledger.faults() == ("1 out of their sender's order",)


def test_two_senders_may_overtake_each_other() -> None:
    ledger = Ledger()
    delivered(ledger, 5, VISITOR)
    delivered(ledger, 4, HELPER)
    assert ledger.faults() == ()


def test_a_message_that_nobody_answers_is_seen() -> None:
    ledger = Ledger()
    ledger.schedule(VISITOR, 10.0)
    assert ledger.faults() == ("1 never answered",)


def test_a_refused_message_is_counted_and_said_once() -> None:
    ledger = Ledger()
    for _ in range(3):
        ledger.schedule(VISITOR, 10.0)
        ledger.refuse(429)
    assert ledger.refused == 3
    assert ledger.is_settled
    assert ledger.faults() == ("a message was answered with 429",)
