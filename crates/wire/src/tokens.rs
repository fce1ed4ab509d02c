//! A bearer token that is renewed where it ends, once for all who wait.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use secrecy::SecretString;

/// A renewal that is under way.
pub type Renewing<'a, E> = Pin<Box<dyn Future<Output = Result<SecretString, E>> + Send + 'a>>;

/// The token of a session, and whose turn it is to renew it.
#[derive(Debug)]
pub struct Tokens<E> {
    held: Mutex<Held>,
    /// One renewal at a time, whoever waits for it.
    /// It holds why the last one failed: whoever waited is not to try the same again.
    gate: tokio::sync::Mutex<Option<E>>,
}

/// The token of the moment.
#[derive(Debug, Clone)]
struct Held {
    token: Option<SecretString>,
    /// How many tokens there were before it: tells whether somebody else has renewed it meanwhile.
    generation: u64,
}

impl<E: Clone> Tokens<E> {
    /// A token that is there already, or none, so that the first request gets one.
    pub fn new(token: Option<SecretString>) -> Tokens<E> {
        let held = Mutex::new(Held { token, generation: 0 });
        Tokens { held, gate: tokio::sync::Mutex::new(None) }
    }

    /// The token to send now, if there is one, and its number.
    pub fn now(&self) -> (Option<SecretString>, u64) {
        let held = self.held();
        (held.token, held.generation)
    }

    /// The token after the one with that number, which the service refused.
    ///
    /// Whoever comes while another one renews the token waits and gets the same, or the same failure.
    pub async fn renewed<'a>(
        &self,
        refused: u64,
        renew: impl FnOnce() -> Renewing<'a, E>,
    ) -> Result<(SecretString, u64), E> {
        let mut failed = self.gate.lock().await;
        let now = self.held();
        if let (Some(token), true) = (now.token, now.generation > refused) {
            return Ok((token, now.generation));
        }
        if let Some(error) = &*failed {
            return Err(error.clone());
        }
        let token = match renew().await {
            Ok(token) => token,
            Err(error) => {
                *failed = Some(error.clone());
                return Err(error);
            }
        };
        let generation = now.generation + 1;
        let next = Held { token: Some(token.clone()), generation };
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = next;
        Ok((token, generation))
    }

    fn held(&self) -> Held {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
