"""What simple-salesforce does, command by command."""

import sys

from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceError

from command import ADMINISTRATOR, ORG, command, equal, go

HOST = ORG["instance_url"].removeprefix("https://")
ORG_CLIENT = Salesforce(
    instance=HOST, session_id=ADMINISTRATOR["access_token"], version="66.0"
)
KEPT = {}


def written(results):
    """Raises where a row of a collection or of a job was not written."""
    wrong = [row for row in results if not row["success"]]
    equal(wrong, [])


@command("Salesforce(session_id=…)")
def _():
    equal(ORG_CLIENT.query("SELECT Id FROM Organization")["records"][0]["Id"], ORG["org_id"])


@command("query_all")
def _():
    equal(len(ORG_CLIENT.query_all("SELECT Id, Name FROM User")["records"]), 2500)


@command("query (a wrong field)")
def _():
    ORG_CLIENT.query("SELECT Nonsense FROM User")


@command("toolingexecute")
def _():
    found = ORG_CLIENT.toolingexecute("query/?q=SELECT+Id+FROM+InstalledSubscriberPackage")
    equal(found["totalSize"], 1)


@command("Account.create")
def _():
    made = ORG_CLIENT.Account.create({"Name": "Acme & Söhne", "NumberOfEmployees": 3})
    KEPT["account"] = made["id"]


@command("Account.get")
def _():
    equal(ORG_CLIENT.Account.get(KEPT["account"])["Name"], "Acme & Söhne")


@command("Account.update")
def _():
    equal(ORG_CLIENT.Account.update(KEPT["account"], {"Phone": "1"}), 204)


@command("Contact.upsert")
def _():
    equal(ORG_CLIENT.Contact.upsert("Email/ada@example.com", {"LastName": "Lovelace"}), 201)
    equal(ORG_CLIENT.Contact.upsert("Email/ada@example.com", {"LastName": "King"}), 200)


@command("Contact.get_by_custom_id")
def _():
    equal(ORG_CLIENT.Contact.get_by_custom_id("Email", "ada@example.com")["LastName"], "King")


@command("Account.delete")
def _():
    equal(ORG_CLIENT.Account.delete(KEPT["account"]), 204)


@command("describe")
def _():
    names = [it["name"] for it in ORG_CLIENT.describe()["sobjects"]]
    equal("CallCenter" in names, True)


@command("User.describe")
def _():
    names = [it["name"] for it in ORG_CLIENT.User.describe()["fields"]]
    equal("CallCenterId" in names, True)


@command("limits")
def _():
    equal(ORG_CLIENT.limits()["DailyApiRequests"]["Max"], 100000)


@command("restful")
def _():
    equal(ORG_CLIENT.restful("sobjects/Organization/describe/")["name"], "Organization")


@command("bulk2.Account.insert")
def _():
    results = ORG_CLIENT.bulk2.Account.insert(records=[{"Name": "One"}, {"Name": "Two"}])
    equal(results[0]["numberRecordsFailed"], 0)
    equal(results[0]["numberRecordsTotal"], 2)


@command("bulk2.Account.query")
def _():
    pages = list(ORG_CLIENT.bulk2.Account.query("SELECT Name FROM Account"))
    equal(pages[0].splitlines()[1:], ['"One"', '"Two"'])


@command("bulk.Account.insert")
def _():
    written(ORG_CLIENT.bulk.Account.insert([{"Name": "Three"}]))


@command("an expired session")
def _():
    stranger = Salesforce(instance=HOST, session_id="00D!x", version="66.0")
    try:
        stranger.limits()
    except SalesforceError as error:
        equal(error.status, 401)
        equal(error.content[0]["errorCode"], "INVALID_SESSION_ID")
    else:
        raise AssertionError("it was let in")


if __name__ == "__main__":
    sys.exit(go())
