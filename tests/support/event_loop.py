"""Coroutines run from tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def finished(coroutine):
    """Its result, from a thread of its own: a browser of other tests keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
