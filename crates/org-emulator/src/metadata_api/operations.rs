//! The operations of the SOAP Metadata API.

use serde_json::{Map, Value, json};

use super::crud::Mode;
use super::{crud, queue, quick, retrieve, retrieve_status};
use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::metadata::{describe, list, read, result};
use crate::org::Call;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, METADATA};
use crate::world::access::Act;
use crate::world::refusal::Refusal;

/// Options that `deploy` takes; `runAllTests` is of old WSDLs, which clients still use.
const OPTIONS: [&str; 11] = [
    "allowMissingFiles",
    "autoUpdatePackage",
    "checkOnly",
    "ignoreWarnings",
    "performRetrieve",
    "purgeOnDelete",
    "rollbackOnError",
    "runAllTests",
    "runTests",
    "singlePackage",
    "testLevel",
];

/// Operations that real orgs have, or had, and this one does not.
const MISSING: [&str; 4] = ["create", "delete", "describeValueType", "update"];

/// Answers a SOAP call to `/services/Soap/m/{version}`.
///
/// The session has been checked already; `operation` is the local name of the body's element
/// and `body` the whole envelope.
pub(crate) fn soap(call: &mut Call<'_>, operation: &str, body: &[u8]) -> HttpAnswer {
    let request = soap::read_whole(body);
    let answer =
        request.and_then(|(header, request)| answer(call, operation, header.as_ref(), &request));
    match answer {
        Ok(body) => HttpAnswer::xml(200, body),
        Err(fault) => fault.metadata(),
    }
}

/// Answers one operation.
fn answer(
    call: &mut Call<'_>,
    operation: &str,
    header: Option<&Element>,
    request: &Element,
) -> Result<String, Fault> {
    let all = crud::all_or_none(header);
    if request.namespace != METADATA {
        return Err(soap::no_operation(request));
    }
    if !call.may(Act::UseMetadata) {
        return Err(Fault::new(
            "INSUFFICIENT_ACCESS",
            "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata \
             permissions",
        ));
    }
    match operation {
        "listMetadata" => list::answer(call.world(), request),
        "readMetadata" => read::answer(call.world(), call.org.settings().guesses, request),
        "describeMetadata" => Ok(soap::answer(METADATA, operation, |xml| {
            describe::result(xml, call.world());
        })),
        "deploy" => deploy(call, request),
        "checkDeployStatus" => status(call, request),
        "cancelDeploy" => cancel(call, request),
        "retrieve" => retrieve::answer(call, request),
        "checkRetrieveStatus" => retrieve_status::check_retrieve_status(call, request),
        "createMetadata" => crud::write(call, operation, Mode::Create, request, all),
        "updateMetadata" => crud::write(call, operation, Mode::Update, request, all),
        "upsertMetadata" => crud::write(call, operation, Mode::Upsert, request, all),
        "deleteMetadata" => crud::delete(call, request, all),
        "renameMetadata" => crud::rename(call, request),
        "deployRecentValidation" => quick(call, request),
        "checkStatus" => retrieve_status::check_status(call, request),
        other if MISSING.contains(&other) => Err(Fault::new(
            "UNKNOWN_EXCEPTION",
            format!("The emulator does not support the operation {other}"),
        )),
        _ => Err(soap::no_operation(request)),
    }
}

/// Queues a deploy.
fn deploy(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let archive = request.value("ZipFile").unwrap_or_default().to_owned();
    let options = options(request.child("DeployOptions"))?;
    let locked = |refusal: Refusal| Fault::new(refusal.code, refusal.message);
    call.org.script.trouble.check_setup().map_err(locked)?;
    let id = queue::queue_deploy(call, archive, options);
    Ok(soap::answer(METADATA, "deploy", |xml| {
        let result = json!({"done": false, "id": id.as_str(), "state": "Queued"});
        xml.json("result", &result);
    }))
}

/// Reads the options of a deploy, in any order and with any of them left out.
fn options(element: Option<&Element>) -> Result<Value, Fault> {
    let mut options = Map::new();
    for option in element.map(|element| element.children.as_slice()).unwrap_or_default() {
        let name = option.name.as_str();
        let text = option.text.trim();
        if !OPTIONS.contains(&name) {
            let message = format!("Element {} invalid at this location", option.qualified());
            return Err(Fault::new("Client", message));
        }
        match name {
            "testLevel" if text.is_empty() => {}
            "testLevel" => {
                options.insert(name.to_owned(), text.into());
            }
            "runTests" => {
                let tests = options.entry(name).or_insert_with(|| json!([]));
                if let Value::Array(tests) = tests {
                    tests.push(text.into());
                }
            }
            _ => {
                options.insert(name.to_owned(), soap::boolean(text).into());
            }
        }
    }
    Ok(Value::Object(options))
}

/// Deploys what was validated, without running its tests again.
fn quick(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let id = request.value("validationId").unwrap_or_default();
    let fault = |refusal: Refusal| Fault::new(refusal.code, refusal.message);
    let id = quick::deploy(call, id).map_err(fault)?;
    Ok(soap::answer(METADATA, "deployRecentValidation", |xml| xml.leaf("result", id.as_str())))
}

/// How far a deploy is.
fn status(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let id = id(request, &["asyncProcessId"])?;
    let details = request.value("includeDetails").is_some_and(soap::boolean);
    let job = queue::poll_deploy(call, &id).cloned().ok_or_else(unknown_id)?;
    let result = result::of(call.world(), &job, details);
    Ok(soap::answer(METADATA, "checkDeployStatus", |xml| {
        xml.json("result", &result);
    }))
}

/// Asks a deploy to stop. The WSDL calls the argument `String`, the sf CLI `id`.
fn cancel(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let id = id(request, &["String", "id"])?;
    let finished = |job: &crate::world::jobs::DeployJob| job.id == id && job.status.is_final();
    if call.world().jobs.deploys.iter().any(finished) {
        return Err(Fault::new("INVALID_ID_FIELD", "Deployment already completed"));
    }
    let job = queue::cancel_deploy(call, &id).ok_or_else(unknown_id)?;
    let result = json!({"done": job.status.is_final(), "id": job.id.as_str()});
    Ok(soap::answer(METADATA, "cancelDeploy", |xml| {
        xml.json("result", &result);
    }))
}

/// The id of a job in the first of these elements that is there.
fn id(request: &Element, names: &[&str]) -> Result<Id, Fault> {
    let text = names.iter().find_map(|name| request.value(name)).unwrap_or_default();
    Id::parse(text).ok_or_else(unknown_id)
}

/// The fault of an id that leads nowhere.
fn unknown_id() -> Fault {
    Fault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
}
