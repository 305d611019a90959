"""Calls of NumPy that were captured: made again on new numbers, in the same arrays, without Python's work between.

A function runs once on arrays of the class `Captured`, which note each call and the array that it fills. To run the
function again is to make the calls again, as CUDA graphs do it with kernels: the same operations in the same order, so
the same bits. The calls may depend on shapes alone: to look at a number ends the capture.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array

Call = Callable[[], object]

_EXACT = (np.add, np.subtract, np.multiply)
"""round each number by itself, however a loop goes over them"""

_MOST_SPREAD = 4096
"""numbers that are written out: a larger array spends its time in NumPy"""


class CaptureError(Exception):
    """The function cannot be captured: it reads a number, or does what is not known here to be repeatable."""


class ArenaView(NamedTuple):
    """An array in an arena: its shape, the byte of its first number, and its strides in bytes."""

    shape: tuple[int, ...]
    start: int
    strides: tuple[int, ...]

    def of(self, arena: Array) -> Any:
        """The view into such an arena, read-only if that is; one number without axes as a number of NumPy."""
        shape, start, strides = self
        view: Array = np.ndarray(shape, arena.dtype, arena, start, strides)
        return view if shape else view[()]


class Recording:
    """The calls in their order. The arrays in them have the class `numpy.ndarray`, and at most so many bytes.

    With an `arena` (A,) those of its type lie in it, one behind the other, each as it lies in memory by itself.
    `steady` is an array that no call writes, such as the parameters. With `made` a call on what an earlier one was
    made on is not made again: its result is read twice.
    """

    def __init__(self, most_bytes: int, arena: Array | None = None) -> None:
        self.calls: list[Call] = []
        self.left = most_bytes
        self.arena, self.used = arena, 0
        self.steady: Array | None = None
        self.made: dict[object, Captured] | None = None
        """what calls of ufuncs have made since the last write in place; None: an equal call makes it anew"""
        self._reused: list[Captured] = []
        self.arrays_only = False
        """refuse results that are one number: beside float32 Python computes these in float64"""
        self._spread: Array | None = None
        self._spread_from: list[NDArray[np.intp]] = []

    def on(self, array: Array) -> Captured:
        """A view of the array, whose calls are noted here."""
        view = array.view(Captured)
        view.recording = self
        return view

    def keep(self, result: Any) -> Captured:
        """A result as an array that one call fills and the next ones read."""
        array = np.asarray(result)
        if self.arrays_only and not array.ndim:
            raise CaptureError("a number is computed by itself")
        self.left -= array.nbytes
        if self.left < 0:
            raise CaptureError("the arrays are too large")
        return self.on(array if self.arena is None or array.dtype != self.arena.dtype else self._placed(array))

    def place_of(self, array: Array) -> ArenaView:
        """Where the numbers of an array lie in the arena; those that lie elsewhere are constants, and are copied."""
        arena = self.arena
        if arena is None or array.dtype != arena.dtype:
            raise CaptureError("numbers of another type")
        array = array.view(np.ndarray)
        if not np.may_share_memory(array, arena):
            array = self.keep(array).view(np.ndarray)
        start = array.__array_interface__["data"][0] - arena.__array_interface__["data"][0]
        return ArenaView(array.shape, start, array.strides)

    def _placed(self, array: Array) -> Array:
        """The same numbers in the arena, with the same axis innermost."""
        start, self.used = self.used, self.used + array.size
        own = _laid_out(self.arena[start : self.used], array)  # type: ignore[index]
        own[...] = array
        return own

    def equal_call(self, key: object) -> Captured | None:
        """The result of a call that was made before on the same numbers, if one was."""
        found = None if self.made is None else self.made.get(key)
        if found is not None:
            self._reused.append(found)
        return found

    def writes(self, array: Array) -> None:
        """An array is about to be written in place: what was made so far may have been made on its numbers.

        Raises CaptureError if it is read as the result of two calls.
        """
        if self.made:
            self.made.clear()
        if any(np.may_share_memory(_plain(array), each.plain) for each in self._reused):
            raise CaptureError("a result that two calls share is written in place")

    def spread(self, operand: Any, result: Array) -> Any:
        """A view of `steady`, such as a bias, written out for each place of a result, or the operand as it is.

        All are filled by one call before the others: a loop over arrays of one shape takes a quarter of the time of one
        that repeats an axis.
        """
        steady = self.steady
        if (
            steady is None
            or not isinstance(operand, np.ndarray)
            or operand.shape == result.shape
            or not steady.flags.c_contiguous
            or not np.may_share_memory(operand, steady)
        ):
            return operand
        if self._spread is None:
            self._spread = np.empty(_MOST_SPREAD, steady.dtype)
            self.calls.insert(0, lambda: None)
        used = sum(each.size for each in self._spread_from)
        if used + result.size > _MOST_SPREAD:
            return operand
        start = (operand.__array_interface__["data"][0] - steady.__array_interface__["data"][0]) // steady.itemsize
        strides = [stride // steady.itemsize * np.intp().itemsize for stride in operand.strides]
        places = as_strided(np.arange(start, steady.size), operand.shape, strides)
        own = _laid_out(self._spread[used : used + result.size], result)
        order = np.empty(result.size, np.intp)
        _laid_out(order, result)[...] = places
        own[...] = operand
        self._spread_from.append(order)
        everything = np.concatenate(self._spread_from)
        self.calls[0] = partial(steady.reshape(-1).take, everything, None, self._spread[: everything.size], "clip")
        return own


class Captured(np.ndarray):
    """An array whose calls are noted on `recording`, as are those of its views."""

    recording: Recording

    @cached_property
    def plain(self) -> Array:
        """The same numbers without the class, the same object each time: NumPy then sees that a call is in place."""
        return self.view(np.ndarray)

    # a view of a captured view, whose class both have, would hold itself for ever by what `plain` keeps
    @property
    def T(self) -> Any:  # noqa: N802  # NumPy's name, as the next
        """The transposed view."""
        return self.recording.on(self.plain.T)

    @property
    def mT(self) -> Any:  # noqa: N802
        """The view with the last two axes exchanged."""
        return self.recording.on(self.plain.mT)

    def transpose(self, *axes: Any) -> Any:
        """A view."""
        return self.recording.on(self.plain.transpose(*axes))

    def __array_finalize__(self, source: Any) -> None:
        if isinstance(source, Captured):
            self.recording = source.recording

    def _note(self, call: Callable[..., Any], *arguments: Any, **keywords: Any) -> None:
        self.recording.calls.append(partial(call, *arguments, **keywords))

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: Any, *inputs: Any, out: tuple[Any, ...] | None = None, **keywords: Any
    ) -> Any:
        """A ufunc or its `reduce`, which fills `out`, or a new array that it fills from now on."""
        if ufunc.nout != 1 or method not in ("__call__", "reduce"):
            raise CaptureError(f"{ufunc.__name__}.{method}")
        call = ufunc if method == "__call__" else ufunc.reduce
        given, others = _plain(inputs), _plain(keywords)
        key = call, *others, *map(_identity, (*given, *others.values()))
        if out is not None:
            self.recording.writes(out[0])
        elif (made := self.recording.equal_call(key)) is not None:
            return made
        result = self.recording.keep(call(*given, **others)) if out is None else out[0]
        # a comparison gives Booleans of numbers: its own number is of their type
        dtype = next((each.dtype for each in given if isinstance(each, np.ndarray)), result.dtype)
        given = [_as_array(each, dtype if result.dtype == bool else result.dtype) for each in given]
        if ufunc in _EXACT and method == "__call__":
            given = [self.recording.spread(each, result) for each in given]
        if method == "reduce" and others.keys() <= {"axis", "dtype", "keepdims"}:
            places = (others.get("axis", 0), others.get("dtype"), _plain(result), others.get("keepdims", False))
            self._note(call, *given, *places)  # a call without keywords takes less time
        elif others or ufunc in (np.maximum, np.minimum):  # these two are about to take more than two arrays
            self._note(call, *given, out=_plain(result), **others)
        else:
            self._note(call, *given, _plain(result))
        if out is not None:
            self.recording.calls[-1]()
        elif self.recording.made is not None:
            self.recording.made[key] = result
        return result

    def __array_function__(self, function: Any, types: Any, arguments: Any, keywords: Any) -> Any:
        """Any other function of NumPy: what gives a view is not called again, what gives new numbers is copied."""
        given, others = _plain(arguments), _plain(keywords)
        out = others.pop("out", None)
        if out is None:
            result = function(*given, **others)
            if not isinstance(result, np.ndarray | np.generic):
                raise CaptureError(function.__name__)
            if isinstance(result, np.ndarray) and _is_view(result, given):
                return self.recording.on(result)
        else:
            self.recording.writes(out)
        found = keywords["out"] if out is not None else self.recording.keep(result)
        if function is np.dot:  # a method without keywords takes half the time
            self._note(given[0].dot, given[1], _plain(found))
        elif function is np.where and out is None and _is_mask(found.plain, *given[:2]):
            mask, first, second = given
            first = first if isinstance(first, np.ndarray) else np.full_like(found.plain, first)
            self._note(found.plain.__setitem__, ..., second)
            self._note(np.putmask, found.plain, mask, first)  # both take less than half the time, and make no array
        else:
            self._note(_copy_of, _plain(found), function, given, others)
        if out is not None:
            self.recording.calls[-1]()
        return found

    def __getitem__(self, index: Any) -> Any:
        """A view, or the picked numbers, which are picked again."""
        found = self.plain[_plain(index)]
        if isinstance(found, np.ndarray) and np.may_share_memory(found, self.plain):
            return self.recording.on(found)
        result = self.recording.keep(found)
        self._note(_copy_of, _plain(result), self.plain.__getitem__, (_plain(index),), {})
        return result

    def __setitem__(self, index: Any, value: Any) -> None:
        """Write, now and each time."""
        self.recording.writes(self.plain)
        self._note(self.plain.__setitem__, _plain(index), _plain(value))
        self.recording.calls[-1]()

    def astype(self, dtype: Any, *_: Any, **_keywords: Any) -> Any:
        """A copy in another type, which is filled again."""
        result = self.recording.keep(self.plain.astype(dtype))
        self._note(result.plain.__setitem__, ..., self.plain)  # takes half as long as np.copyto
        return result

    def copy(self, *_: Any, **_keywords: Any) -> Any:
        """A copy that is filled again."""
        return self.astype(self.dtype)

    def reshape(self, *shape: Any, **keywords: Any) -> Any:
        """A view, or a copy where there is none, which is filled again."""
        found = self.plain.reshape(*shape, **keywords)
        if np.may_share_memory(found, self.plain):
            return self.recording.on(found)
        result = self.recording.keep(found)
        self._note(_copy_of, _plain(result), self.plain.reshape, shape, keywords)
        return result

    def _refuse(self, *_: Any, **_keywords: Any) -> NoReturn:
        raise CaptureError("a number is looked at, or a method is called that is not known here")

    __bool__ = __float__ = __int__ = __index__ = __complex__ = __iter__ = _refuse
    item = tolist = tobytes = argmax = argmin = argsort = sort = nonzero = searchsorted = _refuse
    swapaxes = squeeze = diagonal = _refuse
    cumsum = cumprod = dot = take = choose = compress = repeat = round = trace = fill = put = ravel = flatten = _refuse


def _laid_out(flat: Array, like: Array) -> Array:
    """The numbers (A,) as an array of a shape, with the axis innermost that is innermost in the other one."""
    axes = sorted(range(like.ndim), key=lambda axis: -like.strides[axis])
    return flat.reshape([like.shape[axis] for axis in axes]).transpose(np.argsort(axes))


def _plain(value: Any) -> Any:
    """The same numbers without the class; also within tuples, lists and dictionaries."""
    if isinstance(value, Captured):
        return value.plain
    if type(value) in (tuple, list):
        return type(value)(_plain(each) for each in value)
    return {name: _plain(each) for name, each in value.items()} if isinstance(value, dict) else value


def _is_mask(result: Array, mask: Any, first: Any) -> bool:
    """Whether it says for each number of a result, in the order of memory, if it is that of `first`."""
    given = [each for each in (mask, first) if isinstance(each, np.ndarray)]
    in_order = all(each.shape == result.shape and each.flags.c_contiguous for each in (result, *given))
    return in_order and isinstance(mask, np.ndarray) and mask.dtype.kind == "b"


def _identity(value: Any) -> object:
    """What two arguments have in common that are the same numbers at the same place."""
    if not isinstance(value, np.ndarray):
        return type(value), repr(value)
    return value.__array_interface__["data"][0], value.shape, value.strides, value.dtype


def _as_array(value: Any, dtype: Any) -> Any:
    """A number of Python as an array of the type that it would get: to convert it takes as long as a small call."""
    is_plain = type(value) in (int, float) and np.issubdtype(dtype, np.floating)
    return np.array(value, dtype) if is_plain else value


def _is_view(found: Array, given: tuple[Any, ...]) -> bool:
    return any(isinstance(each, np.ndarray) and np.may_share_memory(found, each) for each in given)


def _copy_of(result: Array, function: Callable[..., Any], given: tuple[Any, ...], others: dict[str, Any]) -> None:
    result[...] = function(*given, **others)
