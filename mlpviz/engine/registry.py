"""Registries: read-only mappings from key to frozen record, and the error for an unknown key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar


class Entry(Protocol):
    """A record with a unique key: its name in documents and in code."""

    @property
    def key(self) -> str:
        """The unique key."""
        ...


E = TypeVar("E", bound=Entry)


class UnknownEntryError(KeyError):
    """A key that is not in its registry; the message lists those that are."""

    def __str__(self) -> str:
        return str(self.args[0])


class Registry(Mapping[str, E], Generic[E]):
    """Read-only mapping from key to record: the entries of `first`, then the others in the order of definition.

    `kind` names the entries in errors. `left_out` are names that people look for and that are no entries, in small
    letters and digits alone, each with the reason. Raises ValueError if two entries have the same key.
    """

    def __init__(
        self, kind: str, entries: Iterable[E], first: Iterable[E] = (), left_out: Mapping[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.left_out: Mapping[str, str] = left_out or {}
        entries, first = tuple(entries), tuple(first)
        self._entries = {entry.key: entry for entry in (*first, *entries)}
        if len({entry.key for entry in entries}) != len(entries):
            raise ValueError(f"two {kind} entries share a key")

    def __getitem__(self, key: str) -> E:
        try:
            return self._entries[key]
        except (KeyError, TypeError):
            known = ", ".join(self._entries)
            raise UnknownEntryError(f"unknown {self.kind} {key!r}; choose from {known}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
