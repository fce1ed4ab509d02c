"""What zeep does with Salesforce's own WSDLs, every answer checked against them."""

import os
import sys

import zeep

from command import ADMINISTRATOR, ORG, command, equal, go

WSDLS = os.environ["WSDLS"]
TOKEN = ADMINISTRATOR["access_token"]


def service(wsdl, binding, letter):
    """A service of a WSDL at the emulator's address, and the session header for it."""
    client = zeep.Client(os.path.join(WSDLS, wsdl), settings=zeep.Settings(strict=True))
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


if __name__ == "__main__":
    sys.exit(go())
