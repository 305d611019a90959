"""A session of the training page as the browser has it: what it sends, what it gets, and files in pieces."""

import base64
import json

from mlpviz.train_page.page import TRAIN


def send(session, *events):
    """The answer to these events, all in one dictionary."""
    return flat(TRAIN.handle(session, {"sequence": session.acknowledged + 1, "events": list(events)}))


def look(session):
    """The answer to a message that asks for nothing."""
    return flat(TRAIN.handle(session, {}))


def flat(answer):
    """What an answer says, in one dictionary, as JSON has it."""
    found = json.loads(json.dumps(answer, allow_nan=False))
    link = {"link": found["address"]["t"]} if "t" in found["address"] else {}
    return {**found["state"], **found["said"], **link, "file": found["file"]}


def upload(session, text, name="own.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return send_file(session, "csv", content, name)


def send_file(session, purpose, content, name, piece=700):
    """A file as the browser sends it: the next piece when the last has arrived."""
    event = {"type": "upload_piece", "purpose": purpose, "name": name, "size": len(content)}
    for at in range(0, max(1, len(content)), piece):
        data = send(session, {**event, "at": at, "bytes": base64.b64encode(content[at : at + piece]).decode()})
        if data["error"] is None and at + piece < len(content):
            assert data["arrived"] == at + piece
    return data


def saved_file(session, data):
    """The file that the session offers, fetched as the browser does."""
    content, number, size = b"", data["file"]["number"], data["file"]["size"]
    while len(content) < size:
        assert data["file"]["at"] == len(content)
        content += base64.b64decode(data["file"]["bytes"])
        data = send(session, {"type": "download_piece", "number": number, "at": len(content)})
    assert session.files.download is None
    return content
