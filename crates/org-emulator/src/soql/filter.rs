//! WHERE: fields and literals of conditions against the catalog.

use super::ast::{Condition, Literal, Operator, Path};
use super::catalog::{FieldKind, FieldSchema, Restriction};
use super::compare::{Key, short_id};
use super::error::SoqlError;
use super::like::Pattern;
use super::literal;
use super::resolve::{Resolver, Scope};
use super::resolved::{ResolvedPath, Test};
use super::restrict;

impl Resolver<'_> {
    /// A condition.
    pub(super) fn test(&self, condition: &Condition, scope: &Scope<'_>) -> Result<Test, SoqlError> {
        let all = |parts: &[Condition]| -> Result<Vec<Test>, SoqlError> {
            parts.iter().map(|part| self.test(part, scope)).collect()
        };
        Ok(match condition {
            Condition::All(parts) => Test::All(all(parts)?),
            Condition::Any(parts) => Test::Any(all(parts)?),
            Condition::Not(part) => Test::Not(Box::new(self.test(part, scope)?)),
            Condition::Compare { path, operator, value } => {
                self.comparison(path, *operator, &value.0, scope)?
            }
            Condition::Within { path, negated, values } => {
                let left = self.filtered(path, scope)?;
                let keys = values.iter().map(|(value, _)| self.key(path, &left.field, value));
                Test::Within(left.clone(), *negated, keys.collect::<Result<_, _>>()?)
            }
            Condition::Join { path, negated, query } => {
                let left = self.filtered(path, scope)?;
                let inner = self.query(query)?;
                let outer = left.steps.last().map_or(scope.object, |step| &step.object);
                restrict::check_join(self.text, path.at, (outer, &left), scope.object, &inner)?;
                Test::Join(left, *negated, Box::new(inner))
            }
        })
    }

    /// A comparison of a field with a literal.
    fn comparison(
        &self,
        path: &Path,
        operator: Operator,
        value: &Literal,
        scope: &Scope<'_>,
    ) -> Result<Test, SoqlError> {
        let left = self.filtered(path, scope)?;
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        let invalid = match left.field.kind {
            // Ids have an order, by which large tables are read in pieces.
            FieldKind::Id => (operator == Operator::Like).then_some("id"),
            FieldKind::Boolean => ordered.then_some("boolean"),
            FieldKind::Number => (operator == Operator::Like).then_some("double"),
            FieldKind::DateTime => (operator == Operator::Like).then_some("dateTime"),
            FieldKind::Text | FieldKind::Complex => None,
        };
        if let Some(kind) = invalid {
            let message = format!("invalid operator on {kind} field");
            let code = "INVALID_QUERY_FILTER_OPERATOR";
            return Err(SoqlError::at(code, self.text, path.at, message));
        }
        if scope.object.restriction == Some(Restriction::OneId)
            && left.field.name == "InstallationKey"
            && let Literal::Text(raw) = value
        {
            return Ok(Test::InstallationKey(literal::unescape(raw)?));
        }
        if let (Operator::Like, Literal::Text(raw)) = (operator, value) {
            return Ok(Test::Like(left, Pattern::new(raw)?));
        }
        if let (FieldKind::DateTime, Literal::Relative(word, days)) = (left.field.kind, value) {
            return Ok(Test::Period(left, operator, word.clone(), *days));
        }
        let key = self.key(path, &left.field, value)?;
        Ok(Test::Compare(left, operator, key))
    }

    /// A field that may stand in WHERE.
    fn filtered(&self, path: &Path, scope: &Scope<'_>) -> Result<ResolvedPath, SoqlError> {
        let found = self.path(path, scope)?;
        if found.field.filterable && found.field.kind != FieldKind::Complex {
            return Ok(found);
        }
        let message = format!("field '{}' can not be filtered in a query call", found.field.name);
        Err(SoqlError::at("INVALID_FIELD", self.text, path.at, message))
    }

    /// A literal as a field's kind compares it.
    fn key(&self, path: &Path, field: &FieldSchema, value: &Literal) -> Result<Key, SoqlError> {
        let expected = match (field.kind, value) {
            (_, Literal::Null) => return Ok(Key::Null),
            (FieldKind::Id, Literal::Text(raw)) => return self.id(path, &literal::unescape(raw)?),
            (FieldKind::Text, Literal::Text(raw)) => {
                return Ok(Key::text(&literal::unescape(raw)?));
            }
            (FieldKind::Boolean, Literal::Boolean(flag)) => return Ok(Key::Boolean(*flag)),
            (FieldKind::Number, Literal::Number(number)) => return Ok(Key::Number(*number)),
            (FieldKind::DateTime, Literal::DateTime(time)) => return Ok(Key::Time(*time)),
            (FieldKind::Boolean, _) => "boolean and should not be enclosed in quotes",
            (FieldKind::Number, _) => "double and should not be enclosed in quotes",
            (FieldKind::DateTime, _) => "dateTime and should not be enclosed in quotes",
            (FieldKind::Id | FieldKind::Text | FieldKind::Complex, _) => {
                "string and should be enclosed in quotes"
            }
        };
        let message = format!(
            "value of filter criterion for field '{}' must be of type {expected}",
            field.name
        );
        Err(SoqlError::at("INVALID_FIELD", self.text, path.at, message))
    }

    /// An id as it is compared.
    fn id(&self, path: &Path, id: &str) -> Result<Key, SoqlError> {
        let letters = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if letters && matches!(id.len(), 15 | 18) {
            return Ok(Key::Text(short_id(id).to_owned()));
        }
        let message = format!("invalid ID field: {id}");
        Err(SoqlError::at("INVALID_QUERY_FILTER_OPERATOR", self.text, path.at, message))
    }
}
