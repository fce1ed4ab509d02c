//! The page in the browser: looks at it, and does in it what a person does.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotParams, CreateIsolatedWorldParams, GetFrameTreeParams, NavigateParams,
};
use chromiumoxide::cdp::browser_protocol::target::{AttachToTargetParams, GetTargetsParams};
use chromiumoxide::cdp::js_protocol::runtime::{EvaluateParams, ExecutionContextId};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::launch::Running;
use crate::link::Link;
use crate::page::{Control, Frame, Place, View};
use crate::trouble::Trouble;

const READER: &str = include_str!("reader.js");
/// Between two looks.
const PACE: Duration = Duration::from_millis(40);
/// A page that stays as it is for so long has been loaded.
const STILL: Duration = Duration::from_millis(120);

/// What a person does with a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act<'a> {
    Press,
    Tick(bool),
    Type(&'a str),
    Choose(&'a [String]),
}

/// The page in the browser.
#[derive(Debug)]
pub(crate) struct Tab {
    running: Running,
    target: String,
    session: String,
}

impl Tab {
    /// The browser's first page.
    pub(crate) async fn open(running: Running) -> Result<Self, Trouble> {
        let link = &running.link;
        let begun = Instant::now();
        let target = loop {
            let targets = link.call(None, GetTargetsParams::default()).await?;
            let found = targets["targetInfos"].as_array().into_iter().flatten();
            let page = found.into_iter().find(|target| target["type"] == "page");
            match page.and_then(|page| page["targetId"].as_str()) {
                Some(id) => break id.to_owned(),
                None if begun.elapsed() > Duration::from_secs(10) => {
                    return Err(Trouble::Browser("it has no page".to_owned()));
                }
                None => tokio::time::sleep(PACE).await,
            }
        };
        let mut attach = AttachToTargetParams::new(target.clone());
        attach.flatten = Some(true);
        let attached = link.call(None, attach).await?;
        let session = attached["sessionId"].as_str().unwrap_or_default().to_owned();
        link.follow(&session).await?;
        Ok(Self { running, target, session })
    }

    /// Closes the browser.
    pub(crate) async fn close(self) {
        self.running.end().await;
    }

    pub(crate) fn link(&self) -> &Link {
        &self.running.link
    }

    /// Goes to an address, which is told to nobody else.
    pub(crate) async fn go(&self, address: &str) -> Result<(), Trouble> {
        let gone = self.link().call(Some(&self.session), NavigateParams::new(address)).await?;
        match gone["errorText"].as_str().filter(|words| !words.is_empty()) {
            Some(words) => Err(Trouble::Browser(format!("it cannot open Setup: {words}"))),
            None => Ok(()),
        }
    }

    /// Everything that is shown now.
    pub(crate) async fn look(&mut self) -> Result<View, Trouble> {
        if !self.running.is_running() {
            return Err(Trouble::Closed);
        }
        let mut frames = Vec::new();
        let others = self.link().frames();
        for session in std::iter::once(self.session.clone()).chain(others) {
            // A frame may go at any moment: what is gone is not seen.
            let Ok(tree) = self.link().call(Some(&session), GetFrameTreeParams::default()).await
            else {
                if session == self.session && !self.is_open().await? {
                    return Err(Trouble::Closed);
                }
                continue;
            };
            let mut ids = Vec::new();
            collect(&tree["frameTree"], &mut ids);
            for frame in ids {
                let place = Place { session: session.clone(), frame };
                if let Ok(seen) = self.ask(&place, "setupPage.look()").await
                    && let Ok(seen) = serde_json::from_value::<Frame>(seen)
                {
                    frames.push(Frame { place, ..seen });
                }
            }
        }
        Ok(View { frames })
    }

    /// Whether the browser still has the page: a person may close its tab or its window, and the browser goes on
    /// without it.
    async fn is_open(&self) -> Result<bool, Trouble> {
        let targets = self.link().call(None, GetTargetsParams::default()).await?;
        let mut found = targets["targetInfos"].as_array().into_iter().flatten();
        Ok(found.any(|target| target["targetId"] == self.target.as_str()))
    }

    /// Looks until the page stays as it is, but not for ever.
    pub(crate) async fn settle(&mut self, at_most: Duration) -> Result<View, Trouble> {
        let begun = Instant::now();
        let mut last = self.look().await?;
        let mut since = Instant::now();
        loop {
            tokio::time::sleep(PACE).await;
            let now = self.look().await?;
            if now != last {
                (last, since) = (now, Instant::now());
            }
            let still = last.is_ready() && since.elapsed() >= STILL;
            if still || begun.elapsed() >= at_most {
                return Ok(last);
            }
        }
    }

    /// Does something with a control that was seen; says why it cannot be done.
    pub(crate) async fn act(
        &self,
        place: &Place,
        control: &Control,
        act: Act<'_>,
    ) -> Result<Result<(), String>, Trouble> {
        let (what, value) = match act {
            Act::Press => ("press", Value::Null),
            Act::Tick(on) => ("tick", json!(on)),
            Act::Type(text) => ("type", json!(text)),
            Act::Choose(texts) => ("choose", json!(texts)),
        };
        let script = format!("setupPage.act({}, {}, {value})", control.id, json!(what));
        let said = match self.ask(place, &script).await {
            Ok(said) => said.as_str().unwrap_or_default().to_owned(),
            // Pressing may lead to another page before there is an answer.
            Err(Trouble::Browser(words)) if act == Act::Press && tells_another_page(&words) => {
                "done".to_owned()
            }
            Err(trouble) => return Err(trouble),
        };
        Ok(match said.as_str() {
            "done" => Ok(()),
            "gone" => Err("it is no longer there".to_owned()),
            "covered" => Err("something else covers it".to_owned()),
            "disabled" => Err("it is greyed out".to_owned()),
            "missing" => Err("it has no such entry".to_owned()),
            "twice" => Err("it has several entries of that name".to_owned()),
            "kept" => Err("it keeps its old value".to_owned()),
            other => Err(other.to_owned()),
        })
    }

    /// Empties what people type into; says whether that is so.
    pub(crate) async fn blank(&self, place: &Place) -> bool {
        self.ask(place, "setupPage.blank()").await.is_ok_and(|said| said == "done")
    }

    /// The structure of a document, without scripts, hidden fields and values.
    pub(crate) async fn outline(&self, place: &Place) -> Option<String> {
        let outline = self.ask(place, "setupPage.outline()").await.ok()?;
        outline.as_str().map(str::to_owned)
    }

    /// A picture of the page, as base64 of a PNG.
    pub(crate) async fn picture(&self) -> Option<String> {
        let shot = self.link().call(Some(&self.session), CaptureScreenshotParams::default()).await;
        shot.ok()?["data"].as_str().map(str::to_owned)
    }

    /// Evaluates in a world beside the page's own.
    async fn ask(&self, place: &Place, script: &str) -> Result<Value, Trouble> {
        let session = Some(place.session.as_str());
        let mut world = CreateIsolatedWorldParams::new(place.frame.clone());
        world.world_name = Some("setup-browser".to_owned());
        let world = self.link().call(session, world).await?;
        let context = world["executionContextId"].as_i64().unwrap_or_default();
        let mut evaluate = EvaluateParams::new(format!("{READER}\n;{script}"));
        evaluate.context_id = Some(ExecutionContextId::new(context));
        evaluate.return_by_value = Some(true);
        let mut answer = self.link().call(session, evaluate).await?;
        if let Some(problem) = answer.pointer("/exceptionDetails/exception/description") {
            return Err(Trouble::Browser(problem.to_string()));
        }
        Ok(answer.pointer_mut("/result/value").map(Value::take).unwrap_or_default())
    }
}

/// Whether the browser gave up a script because its page went, after the script had begun. Whatever else keeps
/// an answer back (the frame was gone before, no answer came, the script failed) has pressed nothing for sure.
fn tells_another_page(words: &str) -> bool {
    ["Inspected target navigated or closed", "Execution context was destroyed"]
        .iter()
        .any(|known| words.contains(known))
}

/// The ids of a frame and of those in it.
fn collect(tree: &Value, ids: &mut Vec<String>) {
    ids.extend(tree.pointer("/frame/id").and_then(Value::as_str).map(str::to_owned));
    for child in tree["childFrames"].as_array().into_iter().flatten() {
        collect(child, ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_goes_tells_that_something_was_pressed() {
        assert!(tells_another_page("Inspected target navigated or closed"));
        assert!(tells_another_page("Execution context was destroyed."));
        for words in [
            "Runtime.evaluate was not answered",
            "\"TypeError: Cannot read properties of null\"",
            "No frame for given id found",
            "Cannot find context with specified id",
        ] {
            assert!(!tells_another_page(words), "{words}");
        }
    }
}
