"""Damage to what comes from outside: messages, documents, links and files, drawn from one seeded generator."""

import copy
import io
import json
import zipfile
import zlib

JUNK = (
    None, True, False, 0, -1, 1, 3, 2**31, 2**53, 2**64, 10**400, -(10**400), 0.5, -0.0, 1e308, 5e-324, 1e400,
    float("nan"), "", "x", "\n", "\ud800", "é" * 90, "relu", "1e999", "9" * 400, [], {}, [[]], [{}], {"key": []},
    {"key": {}}, {"key": "sgd", "momentum": 10**400}, [1, [2, [3]]], {"": None},
)  # fmt: skip
"""Values that stand where others belong."""


def damaged(random, good):
    """A copy of this JSON value with one to three entries dropped, doubled, exchanged or replaced by junk."""
    found = copy.deepcopy(good)
    for _ in range(int(random.integers(1, 4))):
        holder, key = _somewhere(random, found)
        if holder is None:
            return _junk(random)
        how = int(random.integers(6))
        if how == 0:
            del holder[key]
        elif how == 1 and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        elif how == 2 and isinstance(holder, dict):
            holder[f"{key}x" if random.integers(2) else "extra"] = holder.pop(key)
        elif how == 3:
            other, place = _somewhere(random, found)
            holder[key] = copy.deepcopy(other[place]) if other is not None else _junk(random)
        else:
            holder[key] = _junk(random)
    return found


def damaged_text(random, good):
    """A text with one to four letters changed, cut off, moved or doubled."""
    text = good
    for _ in range(int(random.integers(1, 5))):
        at, to = sorted(int(each) for each in random.integers(0, len(text) + 1, 2))
        how = int(random.integers(5))
        letter = chr(int(random.choice([random.integers(32, 127), random.integers(0x20000)])))
        if how == 0:
            text = text[:at]
        elif how == 1:
            text = text[:at] + letter + text[at + 1 :]
        elif how == 2:
            text = text[:at] + letter + text[at:]
        elif how == 3:
            text = text[:at] + text[to:]
        else:
            text = text[:to] + text[at:to][:200] + text[to:]
    return text


def damaged_bytes(random, good):
    """The bytes of a file with some of them changed, cut off or doubled."""
    found = bytearray(good)
    for _ in range(int(random.integers(1, 5))):
        if not found:
            break
        # the head of a file says most
        at = int(random.integers(len(found) if random.integers(2) else min(len(found), 400)))
        how = int(random.integers(6))
        if how == 0:
            del found[at:]
        elif how == 1:
            found[at] = int(random.integers(256))
        elif how == 2:
            found[at:at] = bytes(found[at : at + 20])
        elif how == 3:
            del found[at : at + int(random.integers(1, 30))]
        elif how == 4:
            other, length = int(random.integers(len(found))), int(random.integers(1, 30))
            found[at : at + length], found[other : other + length] = (
                found[other : other + length],
                found[at : at + length],
            )
        else:  # a length or an offset that lies
            size = int(random.choice([2, 4, 8]))
            value = int(random.choice([0, 1, 0x7F, 0xFFFF, 2**31 - 1, 2**32 - 1, 2**40, 2**63 - 1])) % 256**size
            found[at : at + size] = value.to_bytes(size, "little" if random.integers(2) else "big")
    return bytes(found)


def damaged_file(random, good):
    """The bytes of a file, damaged as what they are: entries of JSON, parts of an archive, letters, or bytes."""
    if good[:4] == b"PK\x03\x04" and random.integers(3):
        return _damaged_archive(random, good)
    if good[8:9] == b"{" and random.integers(2):
        return _damaged_head(random, good)
    if good[:8] == _PNG and random.integers(3):
        return _damaged_chunk(random, good)
    if random.integers(12) == 0:
        return _stretched(random, good)
    how = int(random.integers(3))
    try:
        if how == 0 and good[:1] == b"{":
            return json.dumps(damaged(random, json.loads(good))).encode("utf-8", "replace")
        if how == 1:
            return damaged_text(random, good.decode()).encode("utf-8", "surrogatepass")
    except ValueError:  # no JSON, no text
        pass
    return damaged_bytes(random, good)


def _stretched(random, good):
    """The bytes of a file with a few of them again and again: a long line, many entries, deep nesting."""
    at, length = int(random.integers(len(good) + 1)), int(random.integers(1, 60))
    return good[:at] + good[at : at + length] * int(random.integers(2, 100_000 // length)) + good[at:]


_PNG = b"\x89PNG\r\n\x1a\n"


def _damaged_head(random, good):
    """A safetensors file whose head is damaged as JSON; its length fits."""
    length = int.from_bytes(good[:8], "little")
    head = json.dumps(damaged(random, json.loads(good[8 : 8 + length]))).encode("utf-8", "replace")
    return len(head).to_bytes(8, "little") + head + good[8 + length :]


def _damaged_chunk(random, good):
    """A PNG with one chunk damaged, doubled or left out; lengths and checksums fit."""
    chunks, at = [], len(_PNG)
    while at < len(good):
        length = int.from_bytes(good[at : at + 4], "big")
        chunks.append((good[at + 4 : at + 8], good[at + 8 : at + 8 + length]))
        at += 12 + length
    place = int(random.integers(len(chunks)))
    kind, content = chunks[place]
    how = int(random.integers(5))
    chunks[place : place + 1] = [] if how == 0 else [chunks[place]] * 2 if how == 1 else [
        (kind, damaged_bytes(random, content))
    ]  # fmt: skip
    return _PNG + b"".join(
        len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        for kind, content in chunks
    )


def _damaged_archive(random, good):
    """An archive that is whole itself, with one part damaged, left out, exchanged with another, doubled or renamed."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at, other = (int(each) for each in random.integers(len(parts), size=2))
    name, content = parts[at]
    how = int(random.integers(8))
    if how == 0:
        del parts[at]
    elif how == 1:
        parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
    elif how == 2:
        parts.append((f"{name}x", content))
    elif how == 3:
        parts[at] = (f"folder/{name}", content)
    else:
        parts[at] = (name, damaged_file(random, content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def _junk(random):
    return copy.deepcopy(JUNK[int(random.integers(len(JUNK)))])


def _somewhere(random, root):
    """An entry anywhere inside: its holder and its key; none if the value holds nothing."""
    places, waiting = [], [root]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        places += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return places[int(random.integers(len(places)))] if places else (None, None)
