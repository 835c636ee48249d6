"""What is shared among processes, and what shares it: here `app.batch.pool`, or a cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

Part = TypeVar("Part")
"""Some of the inputs."""
Answer = TypeVar("Answer")
AnswerOut = TypeVar("AnswerOut", covariant=True)

Files = dict[str, bytes]
"""The files of a folder, by their paths in it."""


class Work(Protocol[Part, Answer]):
    """Answers parts of the inputs. A process of its own is sent how to load it anew (pickle)."""

    def block(self, part: Part) -> Answer:
        """Return the answers to a part."""

    def split(self, part: Part) -> Sequence[Part]:
        """Return what is tried one by one when a process has ended that had a part."""

    def lost(self, part: Part) -> Answer:
        """Return, or raise, what stands for one of these whose process ended again."""

    def joined(self, answers: Sequence[Answer]) -> Answer:
        """Return the answers to parts as the answers to all of them."""

    def portable(self) -> "tuple[Callable[[Path], Work[Part, Answer]], Files]":
        """Return a function that makes it on another machine, from a folder with these files."""


class Pending(Protocol[AnswerOut]):
    """Answers that may not be there yet."""

    def result(self) -> AnswerOut:
        """Wait for them and return them, or raise what ended the work."""


class Sharing(Protocol[AnswerOut]):
    """Processes that share work."""

    part_s: float
    """The time that a process takes for what it is given at once, in seconds."""

    @property
    def waiting(self) -> int:
        """So many parts may be in work or waiting, which bounds the memory."""

    def parts(self, groups: Iterable[Any], size: int) -> Iterator[Any]:
        """Yield all inputs, in order, as what a process is given at once: `size` of them or so."""

    def submit(self, part: Any) -> Pending[AnswerOut]:
        """Begin to answer one of `parts`."""

    def close(self) -> None:
        """End all work, even if it is not done."""
