//! Calls of the SOAP APIs: the envelope, and what comes back in one.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::xml::{self, Xml};
use super::{ApiError, Client, Error};
use crate::wire::{Call, Class, Method, size};

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// A SOAP API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    /// The Metadata API.
    Metadata,
    /// The partner API.
    Partner,
}

impl Api {
    fn namespace(self) -> &'static str {
        match self {
            Api::Metadata => "http://soap.sforce.com/2006/04/metadata",
            Api::Partner => "urn:partner.soap.sforce.com",
        }
    }

    fn letter(self) -> char {
        match self {
            Api::Metadata => 'm',
            Api::Partner => 'u',
        }
    }
}

/// Writes a request: the session's header, then the call with its arguments.
pub(super) fn envelope(
    api: Api,
    token: &SecretString,
    name: &str,
    arguments: impl FnOnce(&mut Xml),
) -> Result<Vec<u8>, xml::Forbidden> {
    let namespace = [("xmlns", api.namespace())];
    let mut xml = Xml::compact();
    xml.element("soap:Envelope", &[("xmlns:soap", ENVELOPE)], |xml| {
        xml.group("soap:Header", |xml| {
            xml.element("SessionHeader", &namespace, |xml| {
                xml.text("sessionId", token.expose_secret());
            });
        });
        xml.group("soap:Body", |xml| xml.element(name, &namespace, arguments));
    });
    xml.finish()
}

impl Client {
    /// Calls a read-only operation and returns its `…Response` element as JSON.
    pub(super) async fn soap(
        &self,
        api: Api,
        operation: &'static str,
        name: &str,
        arguments: impl Fn(&mut Xml),
    ) -> Result<Value, Error> {
        let path = format!("/services/Soap/{}/{}", api.letter(), self.version());
        let answer = self.with_token(operation, |token| {
            let body = envelope(api, token, name, &arguments)
                .map_err(|forbidden| Error::protocol(operation, forbidden.to_string()))?;
            Ok(Call::new(Method::POST, path.clone(), operation, Class::Read)
                .with_body("text/xml; charset=UTF-8", body)
                .with_header("SOAPAction", "\"\"")
                .at_most(size::XML))
        });
        let answer = Box::pin(answer).await?;
        if !answer.status.is_success() || crate::error::is_web_page(&answer.text()) {
            return Err(Error::Api { operation, error: ApiError::from_answer(&answer) });
        }
        response(operation, answer.status.as_u16(), &answer.text(), name)
            .map_err(|error| self.without_token(error))
    }
}

/// The content of a call's response.
pub(super) fn response(
    operation: &'static str,
    status: u16,
    text: &str,
    name: &str,
) -> Result<Value, Error> {
    if let Some(error) = fault(status, text) {
        return Err(Error::Api { operation, error });
    }
    let document = xml::parse(text).map_err(|error| {
        Error::protocol(operation, format!("the org did not answer in XML: {error}"))
    })?;
    let wanted = format!("{name}Response");
    xml::find(document.root(), &wanted)
        .map(xml::to_json)
        .ok_or_else(|| Error::protocol(operation, format!("the org's answer holds no {wanted}")))
}

/// The fault in a SOAP answer, when there is one.
pub(super) fn fault(status: u16, text: &str) -> Option<ApiError> {
    let document = xml::parse(text).ok()?;
    let fault = xml::find(document.root(), "Fault")?;
    let part = |name: &str| xml::find(fault, name).and_then(|node| node.text()).map(str::trim);
    // The detail's code stands without a prefix; faultcode has one, if it is declared.
    let code = part("exceptionCode").or_else(|| part("faultcode")).unwrap_or_default();
    let code = code.rsplit(':').next().unwrap_or_default();
    let message = part("faultstring").or_else(|| part("exceptionMessage")).unwrap_or_default();
    // The text begins with the code once more.
    let message =
        message.strip_prefix(code).and_then(|rest| rest.strip_prefix(':')).unwrap_or(message);
    Some(ApiError::new(status, code, message))
}
