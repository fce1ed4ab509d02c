//! Tokens to a query, by recursive descent.

use super::ast::{Order, Path, Query};
use super::error::SoqlError;
use super::lexer::{self, Kind, Token};

/// The longest query that is read.
const LONGEST: usize = 100_000;
/// The largest OFFSET.
const FARTHEST: usize = 2_000;

/// Words that cannot be a field's or an object's name.
const RESERVED: [&str; 17] = [
    "AND", "ASC", "DESC", "EXCLUDES", "FROM", "GROUP", "HAVING", "IN", "INCLUDES", "LIKE", "LIMIT",
    "NOT", "NULL", "OR", "SELECT", "WHERE", "WITH",
];
/// Words that begin a clause after FROM, and so are no alias.
const CLAUSES: [&str; 11] = [
    "ALL", "FOR", "GROUP", "HAVING", "LIMIT", "OFFSET", "ORDER", "UPDATE", "USING", "WHERE", "WITH",
];

/// Reads a whole query.
pub(super) fn parse(text: &str) -> Result<Query, SoqlError> {
    if text.len() > LONGEST {
        return Err(SoqlError::malformed(
            "SOQL statements cannot be longer than 100000 characters.",
        ));
    }
    let mut parser = Parser { text, tokens: lexer::tokens(text)?, next: 0, depth: 0 };
    let query = parser.query()?;
    if parser.peek().kind == Kind::End { Ok(query) } else { Err(parser.unexpected()) }
}

/// The tokens and how far they are read.
pub(super) struct Parser<'q> {
    /// The query, for error messages.
    pub(super) text: &'q str,
    tokens: Vec<Token>,
    next: usize,
    /// How many parentheses are open, so that no query can exhaust the stack.
    pub(super) depth: usize,
}

impl Parser<'_> {
    /// SELECT … and every clause that follows.
    pub(super) fn query(&mut self) -> Result<Query, SoqlError> {
        self.expect_word("SELECT")?;
        let count_only = self.count()?;
        let mut fields = Vec::new();
        if !count_only {
            fields.push(self.selected()?);
            while self.take_symbol(",") {
                fields.push(self.selected()?);
            }
        }
        self.expect_word("FROM")?;
        let at = self.peek().at;
        let object = (self.name()?, at);
        let alias = self.alias()?;
        let condition = if self.take_word("WHERE") { Some(self.condition()?) } else { None };
        let order = self.order()?;
        let limit = if self.take_word("LIMIT") { Some(self.number()?) } else { None };
        let offset = self.offset()?;
        Ok(Query { fields, count_only, object, alias, condition, order, limit, offset })
    }

    /// `COUNT()`, the only function that is understood.
    fn count(&mut self) -> Result<bool, SoqlError> {
        let is_count = self.is_word("COUNT") && self.symbol_follows(1, "(");
        if !is_count || !self.symbol_follows(2, ")") {
            return Ok(false);
        }
        self.next += 3;
        if self.is_word("FROM") { Ok(true) } else { Err(self.unexpected()) }
    }

    /// One field of SELECT.
    fn selected(&mut self) -> Result<Path, SoqlError> {
        let missing = if self.is_symbol("(") {
            Some("subqueries in SELECT")
        } else if self.is_word("TYPEOF") {
            Some("TYPEOF")
        } else if matches!(self.peek().kind, Kind::Word(_)) && self.symbol_follows(1, "(") {
            Some("functions other than COUNT()")
        } else {
            None
        };
        match missing {
            Some(what) => Err(self.not_here(what)),
            None => self.path(),
        }
    }

    /// A name after the object of FROM.
    fn alias(&mut self) -> Result<Option<String>, SoqlError> {
        match &self.peek().kind {
            Kind::Word(word) if !CLAUSES.contains(&word.to_ascii_uppercase().as_str()) => {
                self.name().map(Some)
            }
            Kind::Symbol(",") => Err(self.not_here("several objects in FROM")),
            _ => Ok(None),
        }
    }

    /// ORDER BY, if it is there.
    fn order(&mut self) -> Result<Vec<Order>, SoqlError> {
        for clause in ["USING", "WITH", "GROUP", "HAVING"] {
            if self.is_word(clause) {
                return Err(self.not_here(clause));
            }
        }
        if !self.take_word("ORDER") {
            return Ok(Vec::new());
        }
        self.expect_word("BY")?;
        let mut order = vec![self.order_field()?];
        while self.take_symbol(",") {
            order.push(self.order_field()?);
        }
        Ok(order)
    }

    /// One field of ORDER BY.
    fn order_field(&mut self) -> Result<Order, SoqlError> {
        let path = self.path()?;
        let descending = self.take_word("DESC");
        if !descending {
            self.take_word("ASC");
        }
        let mut nulls_last = false;
        if self.take_word("NULLS") {
            nulls_last = self.take_word("LAST");
            if !nulls_last {
                self.expect_word("FIRST")?;
            }
        }
        Ok(Order { path, descending, nulls_last })
    }

    /// OFFSET and what may not follow it.
    fn offset(&mut self) -> Result<Option<usize>, SoqlError> {
        let mut offset = None;
        if self.take_word("OFFSET") {
            let at = self.peek().at;
            let wanted = self.number()?;
            if wanted > FARTHEST {
                let message = format!("Maximum SOQL offset allowed is {FARTHEST}");
                return Err(SoqlError::at("NUMBER_OUTSIDE_VALID_RANGE", self.text, at, message));
            }
            offset = Some(wanted);
        }
        for clause in ["FOR", "ALL", "UPDATE"] {
            if self.is_word(clause) {
                return Err(self.not_here(clause));
            }
        }
        Ok(offset)
    }

    /// Names between dots.
    pub(super) fn path(&mut self) -> Result<Path, SoqlError> {
        let at = self.peek().at;
        let mut parts = vec![self.name()?];
        while self.take_symbol(".") {
            parts.push(self.name()?);
        }
        Ok(Path { parts, at })
    }

    /// A name that is no keyword.
    pub(super) fn name(&mut self) -> Result<String, SoqlError> {
        match &self.peek().kind {
            Kind::Word(word) if !RESERVED.contains(&word.to_ascii_uppercase().as_str()) => {
                let word = word.clone();
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// A whole number.
    fn number(&mut self) -> Result<usize, SoqlError> {
        let Kind::Numeric(digits) = &self.peek().kind else {
            return Err(self.unexpected());
        };
        let number = digits.parse().map_err(|_| self.unexpected())?;
        self.next += 1;
        Ok(number)
    }

    /// The next token; the last one is met again and again.
    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    /// Whether the next token is this keyword.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.peek().kind, Kind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    /// Takes the next token if it is this keyword.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    /// Takes this keyword or fails.
    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), SoqlError> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Whether the next token is this symbol.
    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.symbol_follows(0, symbol)
    }

    /// Takes the next token if it is this symbol.
    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.next += usize::from(found);
        found
    }

    /// Whether a symbol stands so many tokens ahead.
    pub(super) fn symbol_follows(&self, ahead: usize, symbol: &str) -> bool {
        let token = self.tokens.get(self.next + ahead);
        matches!(token, Some(Token { kind: Kind::Symbol(found), .. }) if *found == symbol)
    }

    /// The error for the next token.
    pub(super) fn unexpected(&self) -> SoqlError {
        self.failure(format!("unexpected token: '{}'", self.peek().kind.shown()))
    }

    /// The error for grammar that real orgs know and this one does not.
    pub(super) fn not_here(&self, what: &str) -> SoqlError {
        self.failure(format!("The emulator does not support {what} in queries."))
    }

    /// A `MALFORMED_QUERY` at the next token.
    pub(super) fn failure(&self, message: impl AsRef<str>) -> SoqlError {
        SoqlError::at("MALFORMED_QUERY", self.text, self.peek().at, message)
    }
}
