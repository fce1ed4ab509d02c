//! WHERE: conditions, their operators and values.
//!
//! As in real orgs, AND and OR may not stand side by side without parentheses, and NOT needs them
//! anywhere but at the beginning of a condition.

use super::ast::{Condition, Literal, Operator};
use super::dates;
use super::error::SoqlError;
use super::lexer::Kind;
use super::literal;
use super::parser::Parser;

/// How deep parentheses may be nested.
const DEEPEST: usize = 60;

impl Parser<'_> {
    /// A condition, up to the end of WHERE or of its parentheses.
    pub(super) fn condition(&mut self) -> Result<Condition, SoqlError> {
        let first = if self.take_word("NOT") {
            Condition::Not(Box::new(self.simple()?))
        } else {
            self.simple()?
        };
        let (word, other) = if self.is_word("AND") { ("AND", "OR") } else { ("OR", "AND") };
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(self.simple()?);
        }
        if self.is_word(other) {
            return Err(self.unexpected());
        }
        Ok(match (parts.len(), word) {
            (1, _) => parts.remove(0),
            (_, "AND") => Condition::All(parts),
            _ => Condition::Any(parts),
        })
    }

    /// A comparison, or a condition in parentheses.
    fn simple(&mut self) -> Result<Condition, SoqlError> {
        if !self.is_symbol("(") {
            return self.comparison();
        }
        if self.depth == DEEPEST {
            return Err(self.failure("Condition is nested too deeply."));
        }
        self.take();
        self.depth += 1;
        let inner = self.condition()?;
        self.depth -= 1;
        self.close()?;
        // Parentheses around a single comparison mean nothing; around several they make a group.
        Ok(inner)
    }

    /// `path operator value`.
    fn comparison(&mut self) -> Result<Condition, SoqlError> {
        let path = self.path()?;
        if self.is_symbol("(") {
            return Err(self.not_here("functions in WHERE"));
        }
        let negated = self.is_word("NOT");
        if negated {
            self.take();
        }
        if self.take_word("IN") {
            return self.within(path, negated);
        }
        if negated {
            return Err(self.unexpected());
        }
        for operator in ["INCLUDES", "EXCLUDES"] {
            if self.is_word(operator) {
                return Err(self.not_here(operator));
            }
        }
        let operator = self.operator()?;
        let value = self.value()?;
        Ok(Condition::Compare { path, operator, value })
    }

    /// The right side of IN.
    fn within(&mut self, path: super::ast::Path, negated: bool) -> Result<Condition, SoqlError> {
        if self.is_symbol(":") {
            return Err(self.failure("Bind variables only allowed in Apex code"));
        }
        if !self.take_symbol("(") {
            return Err(self.unexpected());
        }
        if self.is_word("SELECT") {
            if self.depth == DEEPEST {
                return Err(self.failure("Condition is nested too deeply."));
            }
            self.depth += 1;
            let query = Box::new(self.query()?);
            self.depth -= 1;
            self.close()?;
            return Ok(Condition::Join { path, negated, query });
        }
        let mut values = vec![self.value()?];
        while self.take_symbol(",") {
            values.push(self.value()?);
        }
        self.close()?;
        Ok(Condition::Within { path, negated, values })
    }

    /// A right parenthesis.
    fn close(&mut self) -> Result<(), SoqlError> {
        if self.take_symbol(")") {
            return Ok(());
        }
        let found = self.peek().kind.shown();
        Err(self.failure(format!("expecting a right parentheses, found '{found}'")))
    }

    /// A comparison's operator.
    fn operator(&mut self) -> Result<Operator, SoqlError> {
        let operator = match &self.peek().kind {
            Kind::Symbol("=") => Operator::Equal,
            Kind::Symbol("!=" | "<>") => Operator::NotEqual,
            Kind::Symbol("<") => Operator::Less,
            Kind::Symbol("<=") => Operator::LessOrEqual,
            Kind::Symbol(">") => Operator::Greater,
            Kind::Symbol(">=") => Operator::GreaterOrEqual,
            Kind::Word(word) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            _ => return Err(self.unexpected()),
        };
        self.take();
        Ok(operator)
    }

    /// A value and its place.
    fn value(&mut self) -> Result<(Literal, usize), SoqlError> {
        let at = self.peek().at;
        let value = match &self.peek().kind {
            Kind::Text(raw) => Literal::Text(raw.clone()),
            Kind::Numeric(text) => literal::numeric(text).ok_or_else(|| self.unexpected())?,
            Kind::Word(word) => match word.to_ascii_uppercase().as_str() {
                "NULL" => Literal::Null,
                "TRUE" => Literal::Boolean(true),
                "FALSE" => Literal::Boolean(false),
                upper => return self.date_literal(upper.to_owned()).map(|value| (value, at)),
            },
            Kind::Symbol(":") => {
                return Err(self.failure("Bind variables only allowed in Apex code"));
            }
            _ => return Err(self.unexpected()),
        };
        self.take();
        Ok((value, at))
    }

    /// `TODAY` or `LAST_N_DAYS:n`.
    fn date_literal(&mut self, word: String) -> Result<Literal, SoqlError> {
        let Some(numbered) = dates::takes_number(&word) else {
            return Err(self.unexpected());
        };
        self.take();
        if !numbered {
            return Ok(Literal::Relative(word, None));
        }
        if !self.take_symbol(":") {
            return Err(self.unexpected());
        }
        let Kind::Numeric(digits) = &self.peek().kind else {
            return Err(self.unexpected());
        };
        let days = digits.parse().map_err(|_| self.unexpected())?;
        self.take();
        Ok(Literal::Relative(word, Some(days)))
    }
}
