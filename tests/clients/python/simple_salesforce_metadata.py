"""What simple-salesforce does with metadata, command by command."""

import contextlib
import io
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from simple_salesforce import Salesforce
from zeep.exceptions import Fault

from command import ADMINISTRATOR, ORG, command, equal, go

HOST = ORG["instance_url"].removeprefix("https://")
ORG_CLIENT = Salesforce(
    instance=HOST, session_id=ADMINISTRATOR["access_token"], version="66.0"
)
METADATA = ORG_CLIENT.mdapi
NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
KEPT = {}


def center(display, name="Acme"):
    """A call center."""
    return METADATA.CallCenter(
        fullName=name,
        displayName=display,
        displayNameLabel="Display Name",
        internalNameLabel="Internal Name",
    )


def permission_set(name, label):
    """A permission set."""
    return METADATA.PermissionSet(fullName=name, label=label)


def package(flow):
    """A zip file with a flow."""
    manifest = "<types><members>Own</members><name>Flow</name></types><version>66.0</version>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("package.xml", f'<Package xmlns="{NAMESPACE}">{manifest}</Package>')
        archive.writestr("flows/Own.flow", f'<Flow xmlns="{NAMESPACE}">{flow}</Flow>')
    return file


def finished(check):
    """What a check answers, once that is no longer a job under way."""
    for _ in range(100):
        answer = check()
        if answer[0] not in ("Pending", "InProgress"):
            return answer
        time.sleep(0.05)
    raise AssertionError("it never ended")


def outcome(started):
    """How a deploy ended, and what went wrong with it."""

    def check():
        status = ORG_CLIENT.checkDeployStatus(started["asyncId"])
        return status["state"], status["deployment_detail"]

    return finished(check)


@command("mdapi.describe_metadata")
def _():
    kinds = {kind.xmlName: kind for kind in METADATA.describe_metadata().metadataObjects}
    equal(kinds["CallCenter"].directoryName, "callCenters")


@command("mdapi.CallCenter.create")
def _():
    METADATA.CallCenter.create([center("One")])


@command("mdapi.CallCenter.create (it is there already)")
def _():
    METADATA.CallCenter.create([center("One")])


@command("mdapi.CallCenter.read")
def _():
    equal(METADATA.CallCenter.read(["Acme"]).displayName, "One")


@command("mdapi.CallCenter.update")
def _():
    METADATA.CallCenter.update([center("Two & Söhne")])
    equal(METADATA.CallCenter.read(["Acme"]).displayName, "Two & Söhne")


@command("mdapi.CallCenter.update (it is not there)")
def _():
    METADATA.CallCenter.update([center("Two", "Gone")])


@command("mdapi.PermissionSet.upsert")
def _():
    METADATA.PermissionSet.upsert([permission_set("A", "One"), permission_set("B", "Two")])
    METADATA.PermissionSet.upsert([permission_set("A", "Three")])
    found = METADATA.PermissionSet.read(["A", "B"])
    equal([it.label for it in found], ["Three", "Two"])


@command("mdapi.PermissionSet.rename")
def _():
    METADATA.PermissionSet.rename("B", "C")
    before, after = METADATA.PermissionSet.read(["B", "C"])
    equal((before.fullName, after.label), (None, "Two"))


@command("mdapi.CustomObject.create")
def _():
    name = METADATA.CustomField(label="Name", type=METADATA.FieldType("Text"))
    thing = METADATA.CustomObject(
        fullName="Thing__c",
        label="Thing",
        pluralLabel="Things",
        nameField=name,
        deploymentStatus=METADATA.DeploymentStatus("Deployed"),
        sharingModel=METADATA.SharingModel("ReadWrite"),
    )
    METADATA.CustomObject.create([thing])
    equal(METADATA.CustomObject.read(["Thing__c"]).pluralLabel, "Things")


@command("mdapi.CustomField.create")
def _():
    kind = METADATA.FieldType("Number")
    size = METADATA.CustomField(
        fullName="Thing__c.Size__c", label="Size", type=kind, precision=9, scale=0
    )
    METADATA.CustomField.create([size])
    equal(METADATA.CustomField.read(["Thing__c.Size__c"]).precision, 9)


@command("mdapi.list_metadata")
def _():
    queries = [METADATA.ListMetadataQuery(type=it) for it in ("CallCenter", "PermissionSet")]
    names = {(it.type, it.fullName) for it in METADATA.list_metadata(queries)}
    equal({("CallCenter", "Acme"), ("PermissionSet", "A")} - names, set())


@command("mdapi.CallCenter.describe")
def _():
    names = [it.name for it in METADATA.CallCenter.describe().valueTypeFields]
    equal("displayName" in names, True)


@command("mdapi.CallCenter.delete")
def _():
    METADATA.CallCenter.delete(["Acme"])
    equal(METADATA.CallCenter.read(["Acme"]).fullName, None)


@command("mdapi.CallCenter.delete (it is not there)")
def _():
    METADATA.CallCenter.delete(["Acme"])


@command("deploy")
def _():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(package("<label>Own</label>").getvalue())
        KEPT["deploy"] = ORG_CLIENT.deploy(str(path), sandbox=True)
    equal(KEPT["deploy"]["state"], "Queued")


@command("checkDeployStatus")
def _():
    state, detail = outcome(KEPT["deploy"])
    equal((state, detail["deployed_count"], detail["errors"]), ("Succeeded", "1", []))


@command("deploy (a test is not there)")
def _():
    options = {"checkOnly": True, "testLevel": "RunSpecifiedTests", "tests": ["NoSuchTest"]}
    state, detail = outcome(ORG_CLIENT.deploy(package("<label>New</label>"), False, **options))
    equal((state, detail["failed_count"]), ("Failed", "0"))


@command("deploy (a broken file)")
def _():
    broken = package("<apiVersion>66.0</apiVersion>")
    _, detail = outcome(ORG_CLIENT.deploy(broken, sandbox=False))
    raise AssertionError(detail["errors"][0]["message"])


@command("mdapi.download_unit_test_logs")
def _():
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        METADATA.download_unit_test_logs(KEPT["deploy"]["asyncId"])
    equal("<ns0:status>Succeeded</ns0:status>" in printed.getvalue(), True)


@command("mdapi.retrieve")
def _():
    KEPT["retrieve"], state = METADATA.retrieve("any", unpackaged={"Flow": ["*"]})
    equal(state, "Queued")


@command("mdapi.check_retrieve_status")
def _():
    found = finished(lambda: METADATA.check_retrieve_status(KEPT["retrieve"]))
    equal(found, ("Succeeded", None, []))


@command("mdapi.retrieve_zip")
def _():
    content = METADATA.retrieve_zip(KEPT["retrieve"])[3]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        equal(archive.namelist(), ["flows/Own.flow", "package.xml"])
        equal(b"<label>Own</label>" in archive.read("flows/Own.flow"), True)


@command("an expired session")
def _():
    stranger = Salesforce(instance=HOST, session_id="00D!x", version="66.0")
    try:
        stranger.mdapi.describe_metadata()
    except Fault as fault:
        equal(fault.code, "sf:INVALID_SESSION_ID")
    else:
        raise AssertionError("it was let in")


if __name__ == "__main__":
    sys.exit(go())
