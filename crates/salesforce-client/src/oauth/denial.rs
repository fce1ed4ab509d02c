//! What Salesforce says when it gives no token.

use std::fmt;

use super::Error;
use crate::Obstacle;
use crate::wire::Answer;
use crate::wire::words;

/// A refusal in the endpoint's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The code, such as `invalid_grant`.
    pub error: String,
    /// The words, such as "user hasn't approved this consumer".
    pub description: String,
    /// What keeps every caller out, where it is such a refusal.
    pub obstacle: Option<Obstacle>,
}

impl Denial {
    /// A refusal from its parts, without secrets.
    pub fn new(error: &str, description: &str) -> Denial {
        Denial {
            error: words::code(error),
            description: words::message(description),
            obstacle: None,
        }
    }

    /// What an answer of an OAuth endpoint means that is no success, whatever its shape.
    pub(super) fn error(answer: &Answer) -> Error {
        let denial = Denial::from_answer(answer);
        let busy = matches!(answer.status.as_u16(), 420 | 429 | 500 | 502..=504);
        if busy || denial.error == "rate_limit_exceeded" {
            let words =
                if denial.description.is_empty() { denial.error } else { denial.description };
            return Error::Busy(words.trim_end_matches('.').to_owned());
        }
        Error::Denied(denial)
    }

    fn from_answer(answer: &Answer) -> Denial {
        let error = crate::ApiError::from_answer(answer);
        let obstacle = error.obstacle();
        let code = match error.code.as_str() {
            "" => format!("HTTP {}", answer.status.as_u16()),
            code => code.to_owned(),
        };
        Denial { obstacle, ..Denial::new(&code, &error.message) }
    }

    /// Whether the audience of an assertion was wrong, so that the other login host may be meant.
    pub fn is_about_audience(&self) -> bool {
        self.error == "invalid_grant" && self.description.to_ascii_lowercase().contains("audience")
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Denial { error, description, .. } = self;
        if description.is_empty() || description == error {
            write!(f, "Salesforce gives no access token: {error}.")
        } else {
            let description = description.trim_end_matches('.');
            write!(f, "Salesforce gives no access token: {error}, \"{description}\".")
        }
    }
}
