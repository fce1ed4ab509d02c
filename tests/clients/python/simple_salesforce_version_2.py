"""What simple-salesforce does in an org with Version 2 of the connector, command by command."""

from simple_salesforce import Salesforce

from command import ADMINISTRATOR, ORG, command, equal, go

HOST = ORG["instance_url"].removeprefix("https://")
ORG_CLIENT = Salesforce(
    instance=HOST, session_id=ADMINISTRATOR["access_token"], version="66.0"
)
NAME = "wxCcCallCenter"
KEPT = {}


def read():
    """The call center; zeep takes an empty value for none, and sends none back."""
    center = ORG_CLIENT.mdapi.CallCenter.read([NAME])
    for section in center.sections:
        for item in section["items"]:
            item.value = item.value or ""
    return center


@command("mdapi.CallCenter.read, the call center")
def _():
    center = read()
    names = [item.name for section in center.sections for item in section["items"]]
    equal(names.count("objectFieldMapping"), 2)
    KEPT["center"] = center


@command("mdapi.CallCenter.update, as it was read")
def _():
    ORG_CLIENT.mdapi.CallCenter.update([KEPT["center"]])
    equal(read(), KEPT["center"])


@command("query, who has the permission set of the package")
def _():
    answer = ORG_CLIENT.query(
        "SELECT Assignee.CallCenterId FROM PermissionSetAssignment "
        "WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'"
    )
    places = [row["Assignee"]["CallCenterId"] for row in answer["records"]]
    equal(bool(places) and all(places), True)


go()
