"""What zeep does in an org with Version 2 of the connector, by Salesforce's own WSDL: it refuses every answer
that the WSDL does not allow, and every request that it would not."""

import os

import zeep

from command import ADMINISTRATOR, ORG, command, equal, go

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
CLIENT = zeep.Client(
    os.path.join(os.environ["WSDLS"], "metadata-66.wsdl"), settings=zeep.Settings(strict=True)
)
SERVICE = CLIENT.create_service(
    f"{{{NAMESPACE}}}MetadataBinding", f"{ORG['instance_url']}/services/Soap/m/66.0"
)
SESSION = CLIENT.get_element(f"{{{NAMESPACE}}}SessionHeader")(sessionId=ADMINISTRATOR["access_token"])
NAME = "wxCcCallCenter"
KEPT = {}


def call(operation, *arguments):
    """What an operation of the Metadata API answers."""
    answer = getattr(SERVICE, operation)(*arguments, _soapheaders=[SESSION])
    return answer.body.result if hasattr(answer, "body") else answer


def read():
    """The call center; zeep takes an empty value for none, and the WSDL wants one."""
    (center,) = call("readMetadata", "CallCenter", [NAME])
    for section in center.sections:
        for item in section["items"]:
            item.value = item.value or ""
    return center


@command("listMetadata")
def _():
    found = call("listMetadata", [{"type": "CallCenter"}, {"type": "InstalledPackage"}], 66)
    names = [row.fullName for row in found]
    equal([name in names for name in ["cisco_wxcc", NAME]], [True, True])


@command("readMetadata, the call center")
def _():
    center = read()
    names = [item.name for section in center.sections for item in section["items"]]
    equal(names.count("objectFieldMapping"), 2)
    KEPT["center"] = center


@command("updateMetadata, the call center as it was read")
def _():
    equal([result.success for result in call("updateMetadata", [KEPT["center"]])], [True])
    equal(read(), KEPT["center"])


@command("readMetadata, a utility bar")
def _():
    (bar,) = call("readMetadata", "FlexiPage", ["LightningService_UtilityBar"])
    items = [item for region in bar.flexiPageRegions for item in region.itemInstances]
    equal(items[0].componentInstance.componentName, "opencti:softPhone")
    KEPT["bar"] = bar


@command("updateMetadata, the utility bar as it was read")
def _():
    equal([result.success for result in call("updateMetadata", [KEPT["bar"]])], [True])


@command("readMetadata, the permission set of the package")
def _():
    rows = call("listMetadata", [{"type": "PermissionSet"}], 66)
    (name,) = [row.fullName for row in rows if row.namespacePrefix == "cisco_wxcc"]
    (found,) = call("readMetadata", "PermissionSet", [name])
    equal(found.label, "Webex Contact Center Agent")


go()
