"""Waiting without guessing: ask until it is so, or fail at a deadline."""

import time

PAUSE = 0.02  # between two questions


def until(condition, seconds, what):
    """The first true value of condition(); AssertionError if there is none within the seconds.

    `what` says what was waited for: a text, or a function that makes one when it is needed.
    """
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(PAUSE)
