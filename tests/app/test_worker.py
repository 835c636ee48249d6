"""The worker: numbered requests, only the latest waits, and failures are answers too."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from app.errors import ModelError, StorageError
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.worker import Answer, Event, Explored, JobDone, Ready, Worker


class FakeRecogniser:
    """A PersonalRecogniser that answers as the test wants."""

    notice = ""

    def __init__(self, predict: Callable[[Any], Any]) -> None:
        self.predict = predict


def loading(predict: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: FakeRecogniser(predict)


INK = Content(strokes=(Stroke.of([(0, 0), (5, 9)]),))


def events_until(worker: Worker, done: Callable[[list[Event]], bool]) -> list[Event]:
    seen: list[Event] = []
    for _attempt in range(2000):
        seen += worker.events()
        if done(seen):
            return seen
        time.sleep(0.005)
    raise AssertionError(f"the event did not come; saw {seen}")


def answered(number: int) -> Callable[[list[Event]], bool]:
    return lambda seen: any(isinstance(event, Answer) and event.request == number for event in seen)


def test_of_waiting_requests_only_the_latest_is_answered() -> None:
    gate, busy = threading.Event(), threading.Event()

    def slow(_raster: Any) -> Any:
        busy.set()
        assert gate.wait(10)
        return "a prediction"

    worker = Worker(loading(slow))
    worker.start()
    first = worker.request(INK)
    assert busy.wait(10)
    numbers = [worker.request(INK) for _request in range(5)]
    gate.set()
    seen = events_until(worker, answered(numbers[-1]))
    worker.stop()
    assert [event.request for event in seen if isinstance(event, Answer)] == [first, numbers[-1]]


def test_without_a_model_there_is_still_a_raster() -> None:
    def fail() -> Any:
        raise ModelError("The model is missing.")

    worker = Worker(fail)
    worker.start()
    number = worker.request(INK)
    seen = events_until(worker, answered(number))
    worker.stop()
    assert seen[0] == Ready("The model is missing.")
    assert isinstance(seen[-1], Answer)
    assert seen[-1].raster is not None and seen[-1].prediction is None


def test_an_unexpected_error_is_logged_and_the_next_request_is_answered(caplog: Any) -> None:
    calls = []

    def fails_once(_raster: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError
        return "a prediction"

    worker = Worker(loading(fails_once))
    worker.start()
    events_until(worker, answered(worker.request(INK)))
    seen = events_until(worker, answered(worker.request(INK)))
    worker.stop()
    assert isinstance(seen[-1], Answer) and seen[-1].problem is None
    assert "ZeroDivisionError" in caplog.text


def test_an_empty_drawing_has_no_raster_and_no_prediction() -> None:
    worker = Worker(loading(lambda _raster: "never"))
    worker.start()
    seen = events_until(worker, answered(worker.request(Content())))
    worker.stop()
    assert seen[-1] == Answer(1)


def test_all_jobs_run_in_order_before_the_waiting_request() -> None:
    reported: list[Any] = []
    worker = Worker(loading(lambda _raster: "a prediction"))

    def refuse(_recogniser: Any) -> None:
        raise StorageError("The disk is full.")

    for number in range(5):
        worker.submit(lambda _recogniser, number=number: number, reported.append, reported.append)  # type: ignore[misc]
    worker.submit(refuse, reported.append, reported.append)
    last = worker.request(INK)
    worker.start()
    seen = events_until(worker, answered(last))
    worker.stop()
    assert isinstance(seen[0], Ready) and all(isinstance(event, JobDone) for event in seen[1:-1])
    assert reported == []  # nothing is reported on the worker's thread
    for event in seen:
        if isinstance(event, JobDone):
            event.report()
    assert reported == [0, 1, 2, 3, 4, "The disk is full."]


def test_without_a_model_a_job_fails_with_the_reason() -> None:
    def fail() -> Any:
        raise ModelError("The model is missing.")

    reported: list[str] = []
    worker = Worker(fail)
    worker.start()
    worker.submit(lambda _recogniser: None, lambda _nothing: None, reported.append)
    seen = events_until(worker, lambda seen: len(seen) == 2)
    worker.stop()
    assert isinstance(seen[1], JobDone)
    seen[1].report()
    assert reported == ["The model is missing."]


def test_jobs_are_run_even_when_the_worker_is_stopped() -> None:
    done = threading.Event()
    worker = Worker(loading(lambda _raster: "a prediction"))
    worker.submit(lambda _recogniser: done.set(), lambda _nothing: None, lambda _problem: None)
    worker.start()
    worker.stop()
    assert done.is_set()


def test_a_request_in_another_alphabet_is_answered_by_what_is_for_it() -> None:
    class Letters(FakeRecogniser):
        def for_alphabet(self, name: str) -> FakeRecogniser:
            return FakeRecogniser(lambda _raster: f"in {name}")

    worker = Worker(lambda: Letters(lambda _raster: "a digit"))  # type: ignore[arg-type,return-value]
    worker.start()
    for reading, expected in (("digits", "a digit"), ("small", "in small")):
        answer = events_until(worker, answered(worker.request(INK, reading)))[-1]
        assert isinstance(answer, Answer) and str(answer.prediction) == expected
    worker.stop()


def test_an_exploration_goes_on_when_nothing_else_waits() -> None:
    worker, order = Worker(loading(lambda _raster: order.append("answer"))), list[str]()

    def steps(_recogniser: Any) -> Iterator[int | None]:
        order.append("first step")
        worker.request(INK)
        yield None
        order.append("second step")
        yield 7

    worker.start()
    number = worker.explore(steps, lambda value: order.append(f"shown {value}"), order.append)
    seen = events_until(worker, lambda seen: Explored(number, None) in seen)
    for event in seen:
        if isinstance(event, Explored) and event.report is not None:
            event.report()
    worker.stop()
    assert order == ["first step", "answer", "second step", "shown 7"]


def test_an_exploration_takes_the_place_of_another() -> None:
    worker = Worker(loading(lambda _raster: None))

    def endless(_recogniser: Any) -> Iterator[int]:
        while True:
            time.sleep(0.001)
            yield 0

    def fails(_recogniser: Any) -> Iterator[int]:
        raise ModelError("It has no layers.")
        yield 0

    problems: list[str] = []
    worker.start()
    worker.explore(endless, lambda _value: None, problems.append)
    number = worker.explore(fails, lambda _value: None, problems.append)
    seen = events_until(worker, lambda seen: Explored(number, None) in seen)
    for event in seen:
        if isinstance(event, Explored) and event.number == number and event.report is not None:
            event.report()
    worker.stop()
    assert problems == ["It has no layers."]
