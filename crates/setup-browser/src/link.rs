//! The debugging connection: commands go out, events come in, for the page and for every frame of
//! another site, which is a target of its own.
//!
//! Commands are typed; of answers only the fields that are needed are read, for a newer browser says
//! more than an older protocol knows. What is sent is written nowhere: among it is a login.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::{EnableParams, HandleJavaScriptDialogParams};
use chromiumoxide::cdp::browser_protocol::target::{SessionId, SetAutoAttachParams};
use chromiumoxide::types::{CallId, EventMessage, Message, Method, MethodId};
use chromiumoxide::{Command, Connection};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::trouble::Trouble;

/// How long the browser may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event, with the session that it belongs to.
#[derive(Debug, Deserialize)]
struct Event {
    method: MethodId,
    #[serde(default, rename = "sessionId")]
    session_id: Option<String>,
    #[serde(default)]
    params: Value,
}

impl Method for Event {
    fn identifier(&self) -> MethodId {
        self.method.clone()
    }
}

impl EventMessage for Event {
    fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }
}

/// A command on its way.
struct Call {
    method: MethodId,
    session: Option<String>,
    params: Value,
    answer: oneshot::Sender<Result<Value, Trouble>>,
}

/// What came in that nobody waited for.
#[derive(Debug, Default)]
struct Noticed {
    /// Sessions of frames, in the order in which they appeared.
    frames: Vec<String>,
    /// What to say to the next dialog.
    accept: bool,
    /// What dialogs said.
    dialogs: Vec<String>,
}

/// The connection to a browser.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    calls: mpsc::UnboundedSender<Call>,
    noticed: Arc<Mutex<Noticed>>,
}

impl Link {
    /// Connects to a browser's address.
    pub(crate) async fn open(address: &str) -> Result<Self, Trouble> {
        let connection = Connection::<Event>::connect(address)
            .await
            .map_err(|error| Trouble::Browser(format!("it cannot be reached: {error}")))?;
        let (calls, wanted) = mpsc::unbounded_channel();
        let noticed = Arc::default();
        tokio::spawn(exchange(connection, wanted, calls.downgrade(), Arc::clone(&noticed)));
        Ok(Self { calls, noticed })
    }

    /// Sends a command, and waits for what comes of it.
    pub(crate) async fn call<C: Command>(
        &self,
        session: Option<&str>,
        command: C,
    ) -> Result<Value, Trouble> {
        let (answer, answered) = oneshot::channel();
        let params = serde_json::to_value(&command).unwrap_or_default();
        let session = session.map(str::to_owned);
        let call = Call { method: command.identifier(), session, params, answer };
        self.calls.send(call).map_err(|_| Trouble::Closed)?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(answer) => answer.map_err(|_| Trouble::Closed)?,
            Err(_) => Err(Trouble::Browser(format!("{} was not answered", command.identifier()))),
        }
    }

    /// Has a session tell of dialogs, and of frames that belong to other sites.
    pub(crate) async fn follow(&self, session: &str) -> Result<(), Trouble> {
        self.call(Some(session), EnableParams::default()).await?;
        self.call(Some(session), attach()).await.map(drop)
    }

    /// The sessions of frames that belong to other sites.
    pub(crate) fn frames(&self) -> Vec<String> {
        self.noticed().frames.clone()
    }

    /// Says yes to dialogs from now on, or no.
    pub(crate) fn accept_dialogs(&self, accept: bool) {
        self.noticed().accept = accept;
    }

    /// What dialogs have said since this was last asked.
    pub(crate) fn dialogs(&self) -> Vec<String> {
        std::mem::take(&mut self.noticed().dialogs)
    }

    fn noticed(&self) -> MutexGuard<'_, Noticed> {
        self.noticed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn attach() -> SetAutoAttachParams {
    let mut attach = SetAutoAttachParams::new(true, false);
    attach.flatten = Some(true);
    attach
}

/// Somebody who waits for an answer, and whose answer that would be.
struct Waiting {
    session: Option<String>,
    answer: oneshot::Sender<Result<Value, Trouble>>,
}

/// A frame that has gone answers nothing any more: whoever waits for it need not wait to the end.
fn end(waiting: &mut HashMap<CallId, Waiting>, session: &str) {
    for (_, gone) in waiting.extract_if(|_, it| it.session.as_deref() == Some(session)) {
        drop(gone.answer.send(Err(Trouble::Browser("the frame has gone".to_owned()))));
    }
}

/// The session that an event tells the end of.
fn detached(event: &Event) -> Option<&str> {
    let is_end = event.method == "Target.detachedFromTarget";
    event.params.get("sessionId").filter(|_| is_end)?.as_str()
}

/// Carries messages both ways until either end is gone.
async fn exchange(
    mut connection: Connection<Event>,
    mut wanted: mpsc::UnboundedReceiver<Call>,
    calls: mpsc::WeakUnboundedSender<Call>,
    noticed: Arc<Mutex<Noticed>>,
) {
    let mut waiting: HashMap<CallId, Waiting> = HashMap::new();
    loop {
        tokio::select! {
            call = wanted.recv() => {
                let Some(call) = call else { return };
                let session = call.session.clone().map(SessionId::from);
                match connection.submit_command(call.method, session, call.params) {
                    Ok(id) => drop(waiting.insert(id, Waiting { session: call.session, answer: call.answer })),
                    Err(error) => drop(call.answer.send(Err(Trouble::Browser(error.to_string())))),
                }
            }
            message = connection.next() => match message {
                Some(Ok(Message::Response(response))) => {
                    if let Some(Waiting { answer, .. }) = waiting.remove(&response.id) {
                        let result = match response.error {
                            Some(error) => Err(Trouble::Browser(error.message)),
                            None => Ok(response.result.unwrap_or_default()),
                        };
                        drop(answer.send(result));
                    }
                }
                Some(Ok(Message::Event(event))) => {
                    if let Some(session) = detached(&event) {
                        end(&mut waiting, session);
                    }
                    notice(&event, &calls, &noticed);
                }
                // A message that cannot be read is one that nobody waits for.
                Some(Err(chromiumoxide::error::CdpError::InvalidMessage(..))) => {}
                Some(Err(_)) | None => return,
            },
        }
    }
}

/// Remembers what matters of an event.
fn notice(event: &Event, calls: &mpsc::WeakUnboundedSender<Call>, noticed: &Mutex<Noticed>) {
    let text = |name: &str| event.params.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut noticed = noticed.lock().unwrap_or_else(PoisonError::into_inner);
    let send = |method: MethodId, session: Option<String>, params: Value| {
        if let Some(calls) = calls.upgrade() {
            let (answer, _) = oneshot::channel();
            drop(calls.send(Call { method, session, params, answer }));
        }
    };
    match event.method.as_ref() {
        "Target.attachedToTarget" => {
            let kind = event.params.pointer("/targetInfo/type").and_then(Value::as_str);
            if let (Some(session), Some("iframe")) = (text("sessionId"), kind) {
                let enable = EnableParams::default();
                send(
                    enable.identifier(),
                    Some(session.clone()),
                    Value::Object(serde_json::Map::new()),
                );
                let attach = attach();
                let params = serde_json::to_value(&attach).unwrap_or_default();
                send(attach.identifier(), Some(session.clone()), params);
                noticed.frames.push(session);
            }
        }
        "Target.detachedFromTarget" => {
            if let Some(session) = text("sessionId") {
                noticed.frames.retain(|known| *known != session);
            }
        }
        "Page.javascriptDialogOpening" => {
            noticed.dialogs.push(text("message").unwrap_or_default());
            let reply = HandleJavaScriptDialogParams::new(noticed.accept);
            let params = serde_json::to_value(&reply).unwrap_or_default();
            send(reply.identifier(), event.session_id.clone(), params);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whoever_waits_for_a_frame_that_goes_is_told() {
        let mut waiting = HashMap::new();
        let mut call = |number: usize, session: Option<&str>| {
            let (answer, answered) = oneshot::channel();
            let session = session.map(str::to_owned);
            waiting.insert(CallId::new(number), Waiting { session, answer });
            answered
        };
        let (mut gone, mut stays, mut page) =
            (call(1, Some("frame")), call(2, Some("other")), call(3, None));
        let event = |method: &str| -> Event {
            let params = json!({"sessionId": "frame"});
            serde_json::from_value(json!({"method": method, "params": params})).unwrap()
        };
        assert_eq!(detached(&event("Target.attachedToTarget")), None);
        let session = detached(&event("Target.detachedFromTarget")).map(str::to_owned);
        end(&mut waiting, &session.unwrap());
        assert!(matches!(gone.try_recv(), Ok(Err(Trouble::Browser(_)))));
        assert!(stays.try_recv().is_err() && page.try_recv().is_err(), "nobody has answered them");
    }
}
