"""What zeep does with Salesforce's own WSDLs, every answer checked against them."""

import io
import os
import sys
import zipfile

import zeep

from command import ADMINISTRATOR, ORG, command, equal, go

WSDLS = os.environ["WSDLS"]
TOKEN = ADMINISTRATOR["access_token"]
CLIENTS = {}


def service(wsdl, binding, letter):
    """A service of a WSDL at the emulator's address, and the session header for it."""
    client = zeep.Client(os.path.join(WSDLS, wsdl), settings=zeep.Settings(strict=True))
    CLIENTS[letter] = client
    namespace = binding[1 : binding.index("}")]
    at = f"{ORG['instance_url']}/services/Soap/{letter}/66.0"
    header = client.get_element(f"{{{namespace}}}SessionHeader")(sessionId=TOKEN)
    return client.create_service(binding, at), [header]


PARTNER, PARTNER_SESSION = service(
    "partner-66.wsdl", "{urn:partner.soap.sforce.com}SoapBinding", "u"
)


@command("getUserInfo")
def _():
    info = PARTNER.getUserInfo(_soapheaders=PARTNER_SESSION).body.result
    equal(info.userName, ADMINISTRATOR["username"])
    equal(info.organizationId, ORG["org_id"])


NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
METADATA, METADATA_SESSION = service("metadata-66.wsdl", f"{{{NAMESPACE}}}MetadataBinding", "m")


def call(operation, *arguments):
    """What an operation of the Metadata API answers."""
    answer = getattr(METADATA, operation)(*arguments, _soapheaders=METADATA_SESSION)
    return answer.body.result if hasattr(answer, "body") else answer


def component(kind, **fields):
    """A component of a type."""
    return CLIENTS["m"].get_type(f"{{{NAMESPACE}}}{kind}")(**fields)


def center(name):
    """A call center."""
    labels = {"displayNameLabel": "Display Name", "internalNameLabel": "Internal Name"}
    return component("CallCenter", fullName="Acme", displayName=name, **labels)


def package(flow):
    """A zip file with a flow."""
    manifest = "<types><members>Own</members><name>Flow</name></types><version>66.0</version>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("package.xml", f'<Package xmlns="{NAMESPACE}">{manifest}</Package>')
        archive.writestr("flows/Own.flow", f'<Flow xmlns="{NAMESPACE}">{flow}</Flow>')
    return file.getvalue()


def deployed(flow, **options):
    """The result of deploying a flow."""
    switches = ["allowMissingFiles", "autoUpdatePackage", "checkOnly", "ignoreWarnings"]
    switches += ["performRetrieve", "purgeOnDelete"]
    wanted = dict.fromkeys(switches, False) | {"rollbackOnError": True, "singlePackage": True}
    started = call("deploy", package(flow), wanted | {"testLevel": "NoTestRun"} | options)
    return call("checkDeployStatus", started.id, True)


@command("describeMetadata")
def _():
    kinds = {kind.xmlName: kind for kind in call("describeMetadata", 66).metadataObjects}
    equal(kinds["CallCenter"].directoryName, "callCenters")
    equal((kinds["Report"].inFolder, kinds["ApexClass"].metaFile), (True, True))


@command("createMetadata")
def _():
    results = call("createMetadata", [center("One")])
    equal([result.success for result in results], [True])
    again = call("createMetadata", [center("Two")])
    equal(again[0].errors[0].statusCode, "DUPLICATE_DEVELOPER_NAME")


@command("updateMetadata")
def _():
    equal(call("updateMetadata", [center("Two")])[0].success, True)


@command("upsertMetadata")
def _():
    field = component("CustomField", fullName="Task.Own__c", label="Own", type="Text", length=9)
    equal([call("upsertMetadata", [field])[0].created for _ in range(2)], [True, False])


@command("readMetadata")
def _():
    found, missing = call("readMetadata", "CallCenter", ["Acme", "Gone"])
    equal((found.displayName, missing.fullName), ("Two", None))
    equal(call("readMetadata", "CustomField", ["Task.Own__c"])[0].length, 9)
    profile = call("readMetadata", "Profile", ["Admin"])[0]
    equal(profile.layoutAssignments[0].layout.split("-")[0], "Task")
    layout = call("listMetadata", [{"type": "Layout"}], 66)[-1].fullName
    equal(len(call("readMetadata", "Layout", [layout])[0].layoutSections), 1)
    fields = call("readMetadata", "CustomObject", ["Task"])[0].fields
    equal("Own__c" in [field.fullName for field in fields], True)


@command("listMetadata")
def _():
    found = call("listMetadata", [{"type": "CallCenter"}, {"type": "CustomField"}], 66)
    equal({"Acme", "Task.Own__c"} <= {entry.fullName for entry in found}, True)
    equal(call("listMetadata", [{"type": "Flow"}], 66), [])


@command("renameMetadata")
def _():
    page = component("StaticResource", fullName="A", content=b"x", cacheControl="Public",
                     contentType="text/plain")
    equal(call("createMetadata", [page])[0].success, True)
    equal(call("renameMetadata", "StaticResource", "A", "B").success, True)
    equal(call("readMetadata", "StaticResource", ["B"])[0].content, b"x")


@command("deleteMetadata")
def _():
    acme, gone = call("deleteMetadata", "CallCenter", ["Acme", "Gone"])
    equal((acme.success, gone.errors[0].statusCode), (True, "INVALID_CROSS_REFERENCE_KEY"))


@command("deploy")
def _():
    result = deployed("<label>Own</label>")
    equal((result.status, result.details.componentSuccesses[0].success), ("Succeeded", True))
    failure = deployed("<apiVersion>66.0</apiVersion>").details.componentFailures[0]
    equal((failure.problem, failure.lineNumber), ("Required field is missing: label", 1))


@command("deployRecentValidation")
def _():
    validated = deployed("<label>New</label>", checkOnly=True, testLevel="RunLocalTests")
    quick = call("deployRecentValidation", validated.id)
    equal(call("checkDeployStatus", quick, True).status, "Succeeded")


@command("cancelDeploy")
def _():
    done = deployed("<label>Own</label>")
    try:
        call("cancelDeploy", done.id)
    except zeep.exceptions.Fault as fault:
        equal(fault.code, "sf:INVALID_ID_FIELD")
    else:
        raise AssertionError("what is done was cancelled")


@command("retrieve")
def _():
    members = [{"members": ["*"], "name": "Flow"}]
    request = {"apiVersion": 66, "singlePackage": True}
    started = call("retrieve", request | {"unpackaged": {"types": members, "version": "66.0"}})
    result = call("checkRetrieveStatus", started.id, True)
    with zipfile.ZipFile(io.BytesIO(result.zipFile)) as archive:
        equal(archive.namelist(), ["flows/Own.flow", "package.xml"])
        equal(b"<label>Own</label>" in archive.read("flows/Own.flow"), True)
    equal(call("checkStatus", [started.id])[0].state, "Completed")


@command("a wrong session")
def _():
    METADATA_SESSION[0].sessionId = "nobody's"
    try:
        call("describeMetadata", 66)
    except zeep.exceptions.Fault as fault:
        equal(fault.code, "sf:INVALID_SESSION_ID")
    else:
        raise AssertionError("a wrong session was let in")


if __name__ == "__main__":
    sys.exit(go())
