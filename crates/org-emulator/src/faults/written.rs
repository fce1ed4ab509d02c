//! Scripts as people write them, JSON or TOML, and what is wrong with them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::edit::Edit;
use super::effect::Effect;
use super::fault::Fault;
use super::pattern::Pattern;
use crate::clock;
use crate::world::jobs::DeployFailure;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScript {
    faults: Vec<WrittenFault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFault {
    #[serde(default, rename = "match")]
    pattern: Pattern,
    #[serde(default)]
    skip: u32,
    #[serde(default = "once")]
    times: Times,
    effect: WrittenEffect,
}

/// How often: a number, or `"always"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Times {
    Number(u32),
    Word(Always),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Always {
    Always,
}

/// An effect: one of these, `status` with what belongs to it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenEffect {
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    retry_after: Option<u32>,
    drop: Option<Moment>,
    truncate: Option<usize>,
    delay: Option<String>,
    html: Option<u16>,
    redirect: Option<String>,
    expire_session: Option<bool>,
    lock: Option<bool>,
    limit: Option<bool>,
    fail_install: Option<String>,
    fail_uninstall: Option<String>,
    fail_deploy: Option<DeployFailure>,
    lag: Option<u32>,
    delay_per_row: Option<String>,
    answer: Option<Answer>,
    set: Option<Map<String, Value>>,
    unset: Option<Vec<String>>,
}

/// What an answer is instead of what it should be.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Null,
    Empty,
}

/// When a connection is closed: before or after the request is carried out.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Moment {
    Before,
    After,
}

fn once() -> Times {
    Times::Number(1)
}

/// Reads a script: JSON where it starts with a brace, else TOML.
pub(crate) fn parse(text: &str) -> Result<Vec<Fault>, String> {
    let written: WrittenScript = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        toml::from_str(text).map_err(|error| error.to_string())?
    };
    let numbered = written.faults.into_iter().enumerate();
    numbered
        .map(|(place, fault)| {
            fault.read().map_err(|problem| format!("fault {}: {problem}", place + 1))
        })
        .collect()
}

impl WrittenFault {
    fn read(self) -> Result<Fault, String> {
        let times = match self.times {
            Times::Number(0) => return Err("times is 0, so it would never happen".to_owned()),
            Times::Number(times) => times,
            Times::Word(Always::Always) => u32::MAX,
        };
        let Self { pattern, skip, effect, .. } = self;
        let effect = effect.read()?;
        let name = effect.name();
        if pattern.is_of_row() && !effect.fits_row() {
            return Err(format!("{name:?} does not happen to single records"));
        }
        if pattern.query.is_some() && !effect.fits_part() {
            return Err(format!("{name:?} does not happen to single queries"));
        }
        Ok(Fault { pattern, skip, times, effect })
    }
}

impl WrittenEffect {
    fn read(self) -> Result<Effect, String> {
        let has_words = self.code.is_some() || self.message.is_some() || self.retry_after.is_some();
        if has_words && self.status.is_none() {
            return Err("code, message and retry_after belong to status".to_owned());
        }
        let set = |flag: Option<bool>, name: &str| match flag {
            Some(false) => Err(format!("{name} can only be true: leave it out instead")),
            flag => Ok(flag.is_some()),
        };
        let mut effects = Vec::new();
        if let Some(status) = self.status {
            let missing = "a status needs the code and the message that go with it";
            effects.push(Effect::Status {
                status: checked(status)?,
                code: self.code.ok_or(missing)?,
                message: self.message.ok_or(missing)?,
                retry_after: self.retry_after,
            });
        }
        effects.extend(self.drop.map(|moment| match moment {
            Moment::Before => Effect::DropBefore,
            Moment::After => Effect::DropAfter,
        }));
        effects.extend(self.truncate.map(Effect::Truncate));
        effects.extend(self.delay.map(|text| delay(&text)).transpose()?.map(Effect::Delay));
        effects.extend(self.html.map(checked).transpose()?.map(Effect::Html));
        effects.extend(self.redirect.map(Effect::Redirect));
        effects
            .extend(set(self.expire_session, "expire_session")?.then_some(Effect::ExpireSession));
        effects.extend(set(self.lock, "lock")?.then_some(Effect::Lock));
        effects.extend(set(self.limit, "limit")?.then_some(Effect::Limit));
        effects.extend(self.fail_install.map(Effect::FailInstall));
        effects.extend(self.fail_uninstall.map(Effect::FailUninstall));
        effects.extend(self.fail_deploy.map(Effect::FailDeploy));
        effects.extend(self.lag.map(Effect::Lag));
        let per_row = self.delay_per_row.map(|text| delay(&text)).transpose()?;
        effects.extend(per_row.map(Effect::DelayPerRow));
        let answer = self.answer.map(|answer| match answer {
            Answer::Null => Edit::Null,
            Answer::Empty => Edit::Empty,
        });
        let edits = [answer, self.set.map(Edit::Set), self.unset.map(Edit::Unset)];
        effects.extend(edits.into_iter().flatten().map(Effect::Edit));
        match (effects.pop(), effects.pop()) {
            (Some(effect), None) => Ok(effect),
            (None, _) => Err("the effect says nothing".to_owned()),
            (Some(one), Some(other)) => Err(format!(
                "an effect is one thing, and this one is {:?} and {:?}",
                other.name(),
                one.name()
            )),
        }
    }
}

/// A status that ends a request.
fn checked(status: u16) -> Result<u16, String> {
    if (200..600).contains(&status) {
        return Ok(status);
    }
    Err(format!("{status} is no status of an answer: 200 to 599 are"))
}

fn delay(text: &str) -> Result<Duration, String> {
    clock::duration(text)
        .ok_or_else(|| format!("{text:?} is no time: write a number and ms or s, such as 2s"))
}
