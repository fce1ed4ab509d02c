//! SOAP envelopes: reading requests, writing answers and faults.
//!
//! Requests are read as real clients send them, not as the WSDL would have them: prefixes and
//! default namespaces anywhere, elements without a namespace, booleans such as `True`.

pub(crate) mod envelope;
pub(crate) mod writer;
pub(crate) mod xml;

use self::writer::XmlWriter;
use self::xml::Element;
use crate::answer::HttpAnswer;

/// Namespace of the Metadata API.
pub(crate) const METADATA: &str = "http://soap.sforce.com/2006/04/metadata";
/// Namespace of the partner API.
pub(crate) const PARTNER: &str = "urn:partner.soap.sforce.com";
/// Namespace of the Apex API.
pub(crate) const APEX: &str = "http://soap.sforce.com/2006/08/apex";
/// Namespace of the partner API's faults.
const PARTNER_FAULT: &str = "urn:fault.partner.soap.sforce.com";
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespace of the types that `xsi:type` names.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// Why a request is not answered: sent with HTTP status 500.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// E.g. `INVALID_SESSION_ID`; `Client` where the request is no SOAP at all.
    pub(crate) code: String,
    /// The text behind the code.
    pub(crate) message: String,
}

impl Fault {
    /// A fault with a code of the API.
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// The request cannot be read.
    fn unreadable(message: impl Into<String>) -> Self {
        Self::new("Client", message)
    }

    /// The answer as the Metadata API sends it.
    pub(crate) fn metadata(&self) -> HttpAnswer {
        HttpAnswer::xml(500, self.envelope(METADATA, false))
    }

    /// The answer as the partner API sends it, with its typed detail.
    pub(crate) fn partner(&self) -> HttpAnswer {
        HttpAnswer::xml(500, self.envelope(PARTNER_FAULT, true))
    }

    /// The answer as the Apex API sends it.
    pub(crate) fn apex(&self) -> HttpAnswer {
        HttpAnswer::xml(500, self.envelope(APEX, false))
    }

    fn envelope(&self, namespace: &str, detailed: bool) -> String {
        let known = self.code != "Client";
        let attributes = [("xmlns:soapenv", ENVELOPE), ("xmlns:sf", namespace), ("xmlns:xsi", XSI)];
        document(&attributes, |xml| {
            xml.open("soapenv:Fault", |xml| {
                let prefix = if known { "sf" } else { "soapenv" };
                xml.leaf("faultcode", &format!("{prefix}:{}", self.code));
                let text = format!("{}: {}", self.code, self.message);
                xml.leaf("faultstring", if known { &text } else { &self.message });
                if detailed && known {
                    xml.open("detail", |xml| self.detail(xml));
                }
            });
        })
    }

    fn detail(&self, xml: &mut XmlWriter) {
        let name = "sf:UnexpectedErrorFault";
        xml.element(name, &[("xsi:type", name)], |xml| {
            xml.leaf("sf:exceptionCode", &self.code);
            xml.leaf("sf:exceptionMessage", &self.message);
        });
    }
}

/// Reads an envelope: the operation with its arguments. Who asks is the server's business.
pub(crate) fn read(body: &[u8]) -> Result<Element, Fault> {
    read_whole(body).map(|(_, operation)| operation)
}

/// Reads an envelope: its header, and the operation with its arguments.
pub(crate) fn read_whole(body: &[u8]) -> Result<(Option<Element>, Element), Fault> {
    let text = std::str::from_utf8(body).map_err(|error| Fault::unreadable(error.to_string()))?;
    let root = xml::parse(text).map_err(|error| Fault::unreadable(error.message))?;
    if root.name != "Envelope" || root.namespace != ENVELOPE {
        return Err(Fault::unreadable(format!(
            "The root element {} is not a SOAP 1.1 envelope",
            root.qualified()
        )));
    }
    let header = root.child("Header").cloned();
    let body = root.children.into_iter().find(|child| child.name == "Body");
    let operation = body.and_then(|body| body.children.into_iter().next());
    let operation = operation.ok_or_else(|| Fault::unreadable("The envelope has no body"))?;
    Ok((header, operation))
}

/// The fault of an operation that the API does not have.
pub(crate) fn no_operation(operation: &Element) -> Fault {
    Fault::unreadable(format!(
        "No operation available for request {}, please check the WSDL for the service.",
        operation.qualified()
    ))
}

/// The answer `{operation}Response` in a namespace.
pub(crate) fn answer(
    namespace: &str,
    operation: &str,
    content: impl FnOnce(&mut XmlWriter),
) -> String {
    let attributes = [("xmlns:soapenv", ENVELOPE), ("xmlns", namespace), ("xmlns:xsi", XSI)];
    document(&attributes, |xml| {
        xml.open(&format!("{operation}Response"), content);
    })
}

/// An envelope around a body.
fn document(attributes: &[(&str, &str)], body: impl FnOnce(&mut XmlWriter)) -> String {
    let mut xml = XmlWriter::new();
    xml.element("soapenv:Envelope", attributes, |xml| {
        xml.open("soapenv:Body", body);
    });
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{}", xml.finish())
}

/// A boolean as clients write it: `true`, `True`, `1`; anything else is false.
pub(crate) fn boolean(text: &str) -> bool {
    let text = text.trim();
    text == "1" || text.eq_ignore_ascii_case("true")
}
