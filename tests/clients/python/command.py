"""Goes through a client's commands; tests/clients/library.rs reads what it prints."""

import json
import os
import sys
import traceback

EMULATOR = json.loads(os.environ["EMULATOR"])
ORG = EMULATOR["orgs"][0]
ADMINISTRATOR = ORG["users"][0]

_commands = []


def command(name):
    """A function that must not raise: what the command named so does."""

    def register(run):
        _commands.append((name, run))
        return run

    return register


def go():
    """Runs every command in the order of the file, and says what came of each."""
    for name, run in _commands:
        problem = None
        try:
            run()
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            problem = str(error) or type(error).__name__
        print(json.dumps({"command": name, "problem": problem}), flush=True)


def equal(found, wanted):
    """Raises where they differ."""
    if found != wanted:
        raise AssertionError(f"{found!r} instead of {wanted!r}")
