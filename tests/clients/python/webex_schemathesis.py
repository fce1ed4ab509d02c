"""Has schemathesis judge the emulated Webex tenant by Cisco's own description of the API.

Finds the emulator's announcement in EMULATOR, the description in WEBEX_SPEC, the overlay of its exceptions
in WEBEX_OVERLAY. The description is narrowed to what the tenant does, and its parameters get ids of
records that there are, for with ids made up every answer would be 404. Ends with schemathesis's code.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request

TENANT = json.loads(os.environ["EMULATOR"])["webex"]
# What the tenant does not do, and says so: see docs/emulator.md.
LEFT_OUT = re.compile(r"bulk|purge|numbers-only|reportable-count|/acl|work-type|by-|fetch-|reskill")
METHODS = ("get", "post", "put", "patch", "delete")


def merged(target, patch):
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def merge_at(at, keys, patch):
    """The same value with the patch merged in at each place that the keys lead to."""
    if not keys:
        return merged(at, patch)
    if not isinstance(at, dict):
        return at
    return {
        key: merge_at(value, keys[1:], patch) if keys[0] in (key, "*") else value
        for key, value in at.items()
    }


def is_done(path, method):
    """Whether the tenant does it."""
    parts = path.split("/")[3:]
    if LEFT_OUT.search(path):
        return False
    if parts and parts[-1] == "incoming-references":
        return method == "get"
    listed = not parts[-1:] or not parts[-1].startswith("{")
    versioned = parts[:1] and re.fullmatch(r"v\d", parts[0])
    if listed and not versioned and parts and method != "post":
        return False  # the older lists, and deleting a collection
    if "site" in parts and method != "get":
        return "{id}" in path or method == "post"
    return True


def records():
    with urllib.request.urlopen(TENANT["url"] + "/_tenant/records") as answer:
        return json.load(answer)


def narrowed(document):
    all_records = records()
    ids = {kind: [record["id"] for record in rows] for kind, rows in all_records.items()}
    lists = all_records["outdial-ani"]
    entries = [entry["id"] for one in lists for entry in one.get("outdialANIEntries", [])]
    paths = {}
    for path, methods in document["paths"].items():
        kept = {name: body for name, body in methods.items() if name in METHODS and is_done(path, name)}
        kind = next((part for part in path.split("/") if part in ids), None)
        for body in kept.values():
            # A list that is asked for some fields has no others, whatever its schema asks for.
            body["parameters"] = [it for it in body.get("parameters", []) if it["name"] != "attributes"]
            for parameter in body["parameters"]:
                known = {
                    "orgid": [TENANT["organization_id"]],
                    "outDialAniId": ids["outdial-ani"],
                    "id": (entries if "entry/{id}" in path else ids.get(kind, [])) + ["unknown"],
                }.get(parameter["name"])
                if parameter["in"] == "path" and known:
                    parameter["schema"] = {"type": "string", "enum": known}
        if kept:
            paths[path] = kept
    return {**document, "paths": paths}


def main():
    with open(os.environ["WEBEX_SPEC"], encoding="utf-8") as file:
        document = json.load(file)
    with open(os.environ["WEBEX_OVERLAY"], encoding="utf-8") as file:
        for action in json.load(file)["actions"]:
            document = merge_at(document, action["target"], action["merge"])
    document = narrowed(document)
    count = sum(len(methods) for methods in document["paths"].values())
    print(f"{count} operations of {len(document['paths'])} paths", flush=True)
    with open("webex.json", "w", encoding="utf-8") as file:
        json.dump(document, file)
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", "webex.json",
        "--url", TENANT["url"],
        "--header", "Authorization: Bearer " + TENANT["access_token"],
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
        "response_schema_conformance",
        "--phases", "examples,fuzzing",
        "--mode", "positive",
        "--max-examples", "15",
        "--max-time", "60",
        "--generation-deterministic",
        "--no-shrink",
        "--continue-on-failure",
        "--suppress-health-check", "all",
        "--warnings", "off",
        "--no-color",
    ]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
