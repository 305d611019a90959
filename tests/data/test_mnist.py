import gzip
import urllib.error
from hashlib import sha256
from types import SimpleNamespace

import numpy as np
import pytest

from mlpviz.data import DATASETS, DataError, mnist, mnist_download
from mlpviz.data.mnist import FILES, Mnist, folder, read_idx, read_mnist
from mlpviz.data.mnist_download import TOTAL, fetch_mnist, write_idx
from tests.support.errors import assert_one_line

needs_mnist = pytest.mark.skipif(folder() is None, reason="needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")

IMAGES = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 20)
HEAD = bytes([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5])


@needs_mnist
def test_the_real_files_hold_the_digits():
    found = read_mnist(folder())
    assert found.train_x.shape == (60_000, 784)
    assert found.test_x.shape == (10_000, 784)
    assert np.bincount(found.train_digits)[:3].tolist() == [5923, 6742, 5958]
    assert np.bincount(found.test_digits)[:3].tolist() == [980, 1135, 1032]
    assert found.train_digits[:5].tolist() == [5, 0, 4, 1, 9]


@needs_mnist
def test_a_table_has_images_of_both_parts_and_stays_small():
    made = DATASETS["mnist"].configure(train=100, test=20).make(np.random.default_rng(0))
    assert made.x.shape == (120, 784)
    assert made.x.dtype == np.uint8
    assert (made.own_test, made.image_shape, made.outputs) == (20, (28, 28), 10)
    found = read_mnist(folder())
    for row in (0, 99):
        assert (found.train_x == made.x[row]).all(axis=1).any()
    for row in (100, 119):
        assert (found.test_x == made.x[row]).all(axis=1).any()


def test_without_files_the_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("MLPVIZ_MNIST", str(tmp_path))
    assert folder() is None
    with pytest.raises(DataError, match=r"MNIST is not on this computer: fetch it with .* or put its four") as caught:
        DATASETS["mnist"].make(np.random.default_rng(0))
    assert_one_line(caught.value)


def test_a_named_folder_comes_first_then_the_fetched_one(monkeypatch, tmp_path):
    named, cache = tmp_path / "named", tmp_path / "cache"
    for path in (named, cache / "mlpviz" / "mnist"):
        path.mkdir(parents=True)
        (path / f"{FILES[0]}.gz").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("MLPVIZ_MNIST", str(named))
    assert folder() == named
    monkeypatch.delenv("MLPVIZ_MNIST")
    assert folder() == cache / "mlpviz" / "mnist"


@pytest.mark.parametrize("name", ["images-idx3-ubyte", "images.idx3-ubyte"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_may_be_gzipped_or_plain(tmp_path, name, packed):
    content = HEAD + IMAGES.tobytes()
    (tmp_path / f"{name}{'.gz' * packed}").write_bytes(gzip.compress(content, mtime=0) if packed else content)
    assert np.array_equal(read_idx(tmp_path, "images-idx3-ubyte", (3, 4, 5)), IMAGES)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "images is missing in"),
        (b"", "begins with , expected 00000803"),
        (HEAD.replace(b"\x08\x03", b"\x08\x01"), "begins with 00000801, expected 00000803"),
        (HEAD.replace(b"\x04", b"\x06") + bytes(90), "says it holds 3 × 6 × 5, expected 3 × 4 × 5"),
        (HEAD + bytes(59), "holds 59 bytes after its head, expected 60"),
        (HEAD + bytes(61), "holds more bytes after its head, expected 60"),
        (gzip.compress(HEAD + bytes(60), mtime=0)[:-9], "images.gz cannot be read: it is damaged"),
        (b"\x1f\x8b nonsense", "images.gz cannot be read: it is damaged"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(tmp_path, content, sentence):
    packed = content is not None and content.startswith(b"\x1f\x8b")
    if content is not None:
        (tmp_path / ("images.gz" if packed else "images")).write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_idx(tmp_path, "images", (3, 4, 5))
    assert_one_line(caught.value)
    assert sentence in str(caught.value)


@pytest.fixture
def tiny(monkeypatch):
    """Files of 6 and 4 images instead of 70,000."""
    monkeypatch.setattr(mnist, "_SHAPES", ((6, 28, 28), (6,), (4, 28, 28), (4,)))
    rng = np.random.default_rng(0)
    return Mnist(
        *(
            rng.integers(0, high, shape, dtype=np.uint8)
            for high, shape in ((256, (6, 784)), (10, 6), (256, (4, 784)), (10, 4))
        )
    )


def test_written_files_are_read_back(tmp_path, tiny):
    write_idx(tiny, tmp_path / "written")
    for found, expected in zip(read_mnist(tmp_path / "written"), tiny, strict=True):
        assert np.array_equal(found, expected)


def test_offline_says_so_and_leaves_the_folder_alone(monkeypatch, tmp_path):
    def offline(*_, **__):
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr("sklearn.datasets.fetch_openml", offline)
    into = tmp_path / "mlpviz" / "mnist"
    with pytest.raises(DataError, match=r"MNIST could not be fetched \(URLError\)\. MNIST is not on this") as caught:
        list(fetch_mnist(into, every=0.01))
    assert_one_line(caught.value)
    assert list(into.parent.iterdir()) == []


def test_what_is_fetched_is_written_and_checked(monkeypatch, tmp_path):
    pixels = np.zeros((70_000, 784), np.uint8)
    pixels[:, 300] = np.arange(70_000) % 256
    found = SimpleNamespace(data=pixels, target=np.array(list("0123456789") * 7_000, dtype=object))
    labels = found.target.astype(np.uint8)
    monkeypatch.setattr("sklearn.datasets.fetch_openml", lambda *_, **__: found)
    into = tmp_path / "mnist"
    with pytest.raises(DataError, match="the numbers for train-images-idx3-ubyte are others than those published"):
        list(fetch_mnist(into, every=0.01))
    assert not into.exists()
    parts = pixels[:60_000], labels[:60_000], pixels[60_000:], labels[60_000:]
    monkeypatch.setattr(mnist_download, "DIGESTS", tuple(sha256(part.tobytes()).hexdigest() for part in parts))
    *_, last = fetch_mnist(into, every=0.01)
    assert (last.done, last.share, last.bytes) == (True, 1.0, TOTAL)
    read = read_mnist(into)
    assert np.array_equal(read.test_x, pixels[60_000:])
    assert read.train_digits[:12].tolist() == [*range(10), 0, 1]
    found.data = pixels[:100]
    with pytest.raises(DataError, match=r"what was fetched has 100 rows, expected 70000"):
        list(fetch_mnist(tmp_path / "other", every=0.01))
    assert not (tmp_path / "other").exists()


@needs_mnist
def test_the_files_here_have_the_digests_of_what_is_fetched():
    found = tuple(sha256(part.tobytes()).hexdigest() for part in read_mnist(folder()))
    assert found == mnist_download.DIGESTS


def test_all_images_are_held_once(tmp_path, monkeypatch):
    import mlpviz.data.mnist as module

    shapes = ((6, 28, 28), (6,), (4, 28, 28), (4,))
    monkeypatch.setattr(module, "_SHAPES", shapes)
    rng = np.random.default_rng(0)
    for name, shape in zip(FILES, shapes, strict=True):
        head = bytes([0, 0, 8, len(shape)]) + b"".join(length.to_bytes(4, "big") for length in shape)
        (tmp_path / name).write_bytes(head + rng.integers(0, 9, shape, np.uint8).tobytes())
    monkeypatch.setenv("MLPVIZ_MNIST", str(tmp_path))
    whole, some = (module._make(rng, train=train, test=4) for train in (6, 3))
    kept = read_mnist(tmp_path)
    assert np.shares_memory(whole.x, kept.train_x)
    assert np.array_equal(whole.x, np.concatenate([kept.train_x, kept.test_x]))
    assert not np.shares_memory(some.x, kept.train_x)
    assert not whole.x.flags.writeable
