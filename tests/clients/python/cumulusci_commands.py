"""What CumulusCI does, command by command: its `cci` in a project of its own."""

import sys

from command import ADMINISTRATOR, ORG, command, equal, go
from cumulusci_project import NAMESPACE, PROJECT, cci, prepare, task

FILES = {
    "src/callCenters/Acme.callCenter": f"""<CallCenter xmlns="{NAMESPACE}">
    <displayName>Acme</displayName>
    <displayNameLabel>Display Name</displayNameLabel>
    <internalNameLabel>Internal Name</internalNameLabel>
</CallCenter>
""",
    "src/flows/Own.flow": f"""<Flow xmlns="{NAMESPACE}">
    <label>Own</label>
    <status>Draft</status>
</Flow>
""",
    "broken/callCenters/Acme.callCenter": f"""<CallCenter xmlns="{NAMESPACE}">
    <sortOrder>1</sortOrder>
</CallCenter>
""",
    "broken/package.xml": f"""<Package xmlns="{NAMESPACE}">
    <types><members>Acme</members><name>CallCenter</name></types>
    <version>66.0</version>
</Package>
""",
    "src/package.xml": f"""<Package xmlns="{NAMESPACE}">
    <types><members>Acme</members><name>CallCenter</name></types>
    <types><members>Own</members><name>Flow</name></types>
    <version>66.0</version>
</Package>
""",
}


@command("org info")
def _():
    equal(ADMINISTRATOR["username"] in cci("org", "info", "judge"), True)


@command("task run deploy")
def _():
    equal("[Success]" in task("deploy", path="src"), True)


@command("task run deploy (a broken file)")
def _():
    task("deploy", path="broken")


@command("task run retrieve_unpackaged")
def _():
    (PROJECT / "back").mkdir()
    task("retrieve_unpackaged", path="back", package_xml="src/package.xml")
    for name in ["callCenters/Acme.callCenter", "flows/Own.flow"]:
        lines = (PROJECT / "back" / name).read_text().splitlines()[1:]
        equal(lines, FILES[f"src/{name}"].splitlines())


@command("task run describe_metadatatypes")
def _():
    task("describe_metadatatypes")


@command("task run install_managed (by number)")
def _():
    task("install_managed", namespace="ciscocjs", version="4.1", activateRSS="true")


@command("task run install_managed (by id)")
def _():
    task("install_managed", version=ORG["package_version_id"])


@command("task run uninstall_managed")
def _():
    task("uninstall_managed", namespace="ciscocjs")


if __name__ == "__main__":
    prepare(FILES)
    sys.exit(go())
