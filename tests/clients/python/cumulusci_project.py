"""A project of CumulusCI's, in which its `cci` works with the emulated org."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from command import ADMINISTRATOR, EMULATOR, ORG

HOME = Path(os.environ["HOME"])
PROJECT = HOME / "project"
NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
URL = ORG["instance_url"]
SETTINGS = "project:\n    name: Judge\n    package:\n        api_version: '66.0'\n"


def prepare(files):
    """Writes the project, and where the org and its app are known from."""
    for name, text in ({"cumulusci.yml": SETTINGS} | files).items():
        path = PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    for arguments in (["init", "--quiet"], ["commit", "--quiet", "--allow-empty", "-m", "x"]):
        subprocess.run(git + arguments, cwd=PROJECT, check=True)
    # Without this it asks the package index for a newer version.
    (HOME / ".cumulusci").mkdir()
    (HOME / ".cumulusci" / "cumulus_timestamp").write_text(str(time.time()))
    org = {
        "access_token": ADMINISTRATOR["access_token"],
        "connected_app": "env-judge",
        "expires": "Persistent",
        "id": f"{URL}/id/{ORG['org_id']}/{ADMINISTRATOR['id']}",
        "instance_url": URL,
        "refresh_token": ADMINISTRATOR["refresh_token"],
        "username": ADMINISTRATOR["username"],
    }
    app = {
        "callback_url": "http://localhost:1717/OauthRedirect",
        "client_id": "PlatformCLI",
        "client_secret": "none",
        "login_url": EMULATOR["url"],
    }
    os.environ["CUMULUSCI_ORG_judge"] = json.dumps(org)
    os.environ["CUMULUSCI_SERVICE_connected_app__judge"] = json.dumps(app)
    os.environ["CUMULUSCI_KEY"] = "0123456789abcdef"
    os.environ["COLUMNS"] = "200"


def cci(*arguments):
    """What a command prints; its own error where it fails."""
    program = Path(sys.executable).with_name("cci")
    result = subprocess.run(
        [program, *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    text = re.sub("\x1b\\[[0-9;]*m", "", result.stdout + result.stderr)
    if result.returncode:
        told = text.split("Error: ")[-1].split("Run this command")[0]
        raise AssertionError(" ".join(told.split()))
    return text


def task(task_name, **options):
    """What a task prints."""
    pairs = [(f"--{option}", value) for option, value in options.items()]
    return cci("task", "run", task_name, "--org", "judge", *[word for pair in pairs for word in pair])
