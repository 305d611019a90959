"""Which rows of the table are for training, validation and test: one split, or one per fold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.config.config import TrainingConfig
from mlpviz.data import DataError, Table
from mlpviz.data.row_draws import Rows
from mlpviz.data.splits import RowSplit, folds, split
from mlpviz.schema.errors import DocumentError, given
from mlpviz.text.sentences import Sentence, sentence


def split_rows(config: TrainingConfig, table: Table) -> tuple[RowSplit, ...]:
    """The rows of each training run: one split, or one per fold with the same test rows.

    Raises DocumentError naming the field: an empty part, more folds than samples, too few of a class.
    """
    wish = config.split
    if wish.own_test and not table.own_test:
        raise DocumentError.at(("split", "own_test"), _off("the data have no test set of their own"))
    classes = table.target if wish.stratified else None
    if wish.stratified and table.task != "classes":
        raise DocumentError.at(("split", "stratified"), _off("the data have values, not classes"))
    try:
        if wish.own_test:
            learn = table.samples - table.own_test
            test_rows: Rows = np.arange(learn, table.samples)
            rest: Rows = np.arange(learn)
        else:
            first = split(table.samples, test=wish.test, validation=0.0, seed=wish.seed, classes=classes)
            rest, test_rows = first.train, first.test
        kept = None if classes is None else classes[rest]
        if wish.folds is not None:
            if wish.folds > len(rest):
                raise DocumentError.at(
                    ("split", "folds"), f"is {wish.folds}, expected at most {len(rest)}, the samples to learn from"
                )
            pairs = folds(len(rest), wish.folds, wish.seed, kept)
            return tuple(RowSplit(rest[train], rest[validation], test_rows.copy()) for train, validation in pairs)
        second = split(len(rest), test=0.0, validation=wish.validation, seed=wish.seed, classes=kept)
        return (RowSplit(rest[second.train], rest[second.validation], test_rows),)
    except DataError as error:
        raise DocumentError(f"split: {error}") from None


def _off(why: str) -> Sentence:
    return sentence("is {given}, expected {other}: {why}", given=given(True), other=given(False), why=why)


def redrawn(split: RowSplit, rng: np.random.Generator, classes: NDArray[np.int64] | None) -> RowSplit:
    """Another choice of as many validation rows; with `classes` of all rows (N,), as many of each class as before."""
    pool = np.concatenate([split.train, split.validation])
    if classes is None:
        pool = rng.permutation(pool)
        cut = len(split.train)
        return RowSplit(pool[:cut], pool[cut:], split.test.copy())
    train, validation = [], []
    for number in np.unique(classes[pool]):
        members = rng.permutation(pool[classes[pool] == number])
        cut = int((classes[split.train] == number).sum())
        train.append(members[:cut])
        validation.append(members[cut:])
    return RowSplit(np.concatenate(train), np.concatenate(validation), split.test.copy())
