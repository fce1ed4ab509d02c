"""What CumulusCI does in an org with Version 2 of the connector, command by command."""

import sys

from command import command, equal, go
from cumulusci_project import NAMESPACE, PROJECT, prepare, task

CALL_CENTER = "callCenters/wxCcCallCenter.callCenter"
FILES = {
    "src/package.xml": f"""<Package xmlns="{NAMESPACE}">
    <types><members>wxCcCallCenter</members><name>CallCenter</name></types>
    <version>66.0</version>
</Package>
""",
}


@command("task run retrieve_unpackaged (the call center)")
def _():
    (PROJECT / "back").mkdir()
    task("retrieve_unpackaged", path="back", package_xml="src/package.xml")
    text = (PROJECT / "back" / CALL_CENTER).read_text()
    equal(text.count("<name>objectFieldMapping</name>"), 2)
    equal("<value>Subject={subject},SuppliedPhone={ani}</value>" in text, True)


@command("task run deploy (what was retrieved)")
def _():
    equal("[Success]" in task("deploy", path="back"), True)


if __name__ == "__main__":
    prepare(FILES)
    sys.exit(go())
