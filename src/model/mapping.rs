//! Rows of the mappings that call centers keep as JSON text.
//!
//! Two shapes say the same with other keys and other kinds of flags, and a third completes the
//! first; [`Mapping::columns`] is the one place that knows them.

use serde_json::{Map, Value};

use super::Mapping;

/// A key of a mapping's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The key in the JSON text.
    pub name: &'static str,
    /// Its name in a configuration that writes rows as tables.
    pub short: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether every row has it.
    pub required: bool,
}

/// What a key of a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// `"true"` or `"false"`, as text.
    TextFlag,
    /// `true` or `false`.
    Flag,
}

/// A row as the rules look at it, whatever its shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappingRow {
    /// Name of the call's variable; empty where a constant is written.
    pub variable: String,
    /// The field that is written; empty in conditional rows, which name none.
    pub field: String,
    /// The constant that is written instead of a variable.
    pub constant: Option<String>,
    /// Whether conditional rows decide what is written.
    pub conditional: bool,
}

/// What is wrong with the text of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingMistake {
    /// A whole sentence.
    pub message: String,
}

impl MappingMistake {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

const fn column(name: &'static str, short: &'static str, kind: ColumnKind) -> Column {
    Column { name, short, kind, required: true }
}

const fn optional(name: &'static str, short: &'static str, kind: ColumnKind) -> Column {
    Column { required: false, ..column(name, short, kind) }
}

const RECORD: &[Column] = &[
    column("wxccFieldName", "variable", ColumnKind::Text),
    column("sfdcFieldName", "field", ColumnKind::Text),
    column("isDefaultValueEnabled", "is_constant", ColumnKind::TextFlag),
    column("isConditionalEnabled", "conditional", ColumnKind::TextFlag),
    optional("defaultFieldValue", "constant", ColumnKind::Text),
];

const ACTIVITY: &[Column] = &[
    column("CadFieldName", "variable", ColumnKind::Text),
    column("SalesforceFieldName", "field", ColumnKind::Text),
    column("isDefaultValueEnabled", "is_constant", ColumnKind::Flag),
    column("defaultFieldValue", "constant", ColumnKind::Text),
];

const CONDITIONAL: &[Column] = &[
    column("wxccFieldName", "variable", ColumnKind::Text),
    column("wxccFieldValue", "equals", ColumnKind::Text),
    column("sfdcFieldValue", "value", ColumnKind::Text),
];

impl Mapping {
    /// The keys of a row in the order in which they are written; none for pairs.
    pub fn columns(&self) -> &'static [Column] {
        match self {
            Self::Record { .. } => RECORD,
            Self::Activity => ACTIVITY,
            Self::Conditional { .. } => CONDITIONAL,
            Self::Pairs { .. } => &[],
        }
    }

    /// Reads the text of a mapping, or tells everything that is wrong with it.
    pub fn read(&self, text: &str) -> Result<Vec<MappingRow>, Vec<MappingMistake>> {
        if let Self::Pairs { .. } = self {
            return read_pairs(text);
        }
        let rows = self.json_rows(text)?;
        Ok(rows.iter().map(|row| self.row(row)).collect())
    }

    /// The text with its keys in their order and without needless blanks; `None` where it does not
    /// fit the shape, and is best left as it is.
    pub fn canonical(&self, text: &str) -> Option<String> {
        if let Self::Pairs { .. } = self {
            return None;
        }
        Some(self.write(self.json_rows(text).ok()?))
    }

    /// Writes rows with their keys in the order of the shape.
    pub fn write(&self, rows: Vec<Map<String, Value>>) -> String {
        let rows = rows.into_iter().map(|mut row| {
            let in_order = self.columns().iter().filter_map(|column| {
                row.remove(column.name).map(|value| (column.name.to_owned(), value))
            });
            Value::Object(in_order.collect())
        });
        Value::Array(rows.collect()).to_string()
    }

    fn json_rows(&self, text: &str) -> Result<Vec<Map<String, Value>>, Vec<MappingMistake>> {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let mut message = format!("This is not JSON: {error}.");
            if text.contains(['“', '”', '„', '‘', '’']) {
                message.push_str(" It has typographic quotation marks where JSON needs \".");
            } else if text.contains("={") {
                message.push_str(" `Field={variable}` is how Version 2 writes mappings.");
            }
            vec![MappingMistake::new(message)]
        })?;
        let Value::Array(rows) = value else {
            return Err(vec![MappingMistake::new(
                "A mapping is a JSON array of rows: `[{…},{…}]`.",
            )]);
        };
        let mut mistakes = Vec::new();
        let mut objects = Vec::with_capacity(rows.len());
        for (index, row) in rows.into_iter().enumerate() {
            let number = index + 1;
            if let Value::Object(row) = row {
                self.check_row(number, &row, &mut mistakes);
                objects.push(row);
            } else {
                mistakes
                    .push(MappingMistake::new(format!("Row {number} is not an object with keys.")));
            }
        }
        if mistakes.is_empty() { Ok(objects) } else { Err(mistakes) }
    }

    fn check_row(
        &self,
        number: usize,
        row: &Map<String, Value>,
        mistakes: &mut Vec<MappingMistake>,
    ) {
        for key in row.keys() {
            if !self.columns().iter().any(|column| column.name == key) {
                mistakes.push(MappingMistake::new(format!(
                    "Row {number} has the key `{key}`, which mappings of this section do not know; \
                     they know {}.",
                    self.column_names()
                )));
            }
        }
        for column in self.columns() {
            let Some(value) = row.get(column.name) else {
                if column.required {
                    mistakes.push(MappingMistake::new(format!(
                        "Row {number} lacks the key `{}`.",
                        column.name
                    )));
                }
                continue;
            };
            let (fits, wanted) = match column.kind {
                ColumnKind::Text => (value.is_string(), "text in quotation marks"),
                ColumnKind::TextFlag => (
                    matches!(value.as_str(), Some("true" | "false")),
                    "\"true\" or \"false\", with quotation marks in this section",
                ),
                ColumnKind::Flag => {
                    (value.is_boolean(), "true or false, without quotation marks in this section")
                }
            };
            if !fits {
                mistakes.push(MappingMistake::new(format!(
                    "`{}` of row {number} is {value}, but must be {wanted}.",
                    column.name
                )));
            }
        }
    }

    /// The keys of a row, for people: `a`, `b` and `c`.
    pub fn column_names(&self) -> String {
        let names: Vec<_> =
            self.columns().iter().map(|column| format!("`{}`", column.name)).collect();
        names.join(", ")
    }

    fn row(&self, row: &Map<String, Value>) -> MappingRow {
        let text = |short: &str| -> String {
            self.columns()
                .iter()
                .find(|column| column.short == short)
                .and_then(|column| row.get(column.name))
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                .unwrap_or_default()
        };
        MappingRow {
            variable: text("variable"),
            field: text("field"),
            constant: (text("is_constant") == "true").then(|| text("constant")),
            conditional: text("conditional") == "true",
        }
    }
}

fn read_pairs(text: &str) -> Result<Vec<MappingRow>, Vec<MappingMistake>> {
    let mut rows = Vec::new();
    let mut mistakes = Vec::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let row = pair.split_once('=').and_then(|(field, variable)| {
            let variable = variable.trim().strip_prefix('{')?.strip_suffix('}')?;
            Some(MappingRow {
                variable: variable.to_owned(),
                field: field.trim().to_owned(),
                ..MappingRow::default()
            })
        });
        match row {
            Some(row) => rows.push(row),
            None => mistakes.push(MappingMistake::new(format!(
                "`{pair}` is not of the form `Field={{variable}}`."
            ))),
        }
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests {
    use super::super::MappedObject;
    use super::*;

    fn record() -> Mapping {
        Mapping::Record { object: MappedObject::Fixed("Case".to_owned()) }
    }

    #[test]
    fn keys_are_written_in_the_order_of_the_shape() {
        let text = r#"[ {"isConditionalEnabled":"false", "sfdcFieldName":"Phone",
            "wxccFieldName":"ani", "isDefaultValueEnabled":"false"} ]"#;
        assert_eq!(
            record().canonical(text).unwrap(),
            r#"[{"wxccFieldName":"ani","sfdcFieldName":"Phone","isDefaultValueEnabled":"false","isConditionalEnabled":"false"}]"#
        );
    }

    #[test]
    fn keys_and_flags_of_the_other_shape_are_told() {
        let text = r#"[{"CadFieldName":"ani","SalesforceFieldName":"Phone","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#;
        assert!(Mapping::Activity.read(text).is_ok());
        let mistakes = record().read(text).unwrap_err();
        assert!(mistakes.iter().any(|m| m.message.contains("`CadFieldName`")));
        assert!(mistakes.iter().any(|m| m.message.contains("with quotation marks")));
        assert_eq!(record().canonical(text), None);
    }

    #[test]
    fn pairs_are_read() {
        let mapping = Mapping::Pairs { object: None };
        let rows = mapping.read("Subject={subject}, Phone={ani}").unwrap();
        assert_eq!(rows[1].field, "Phone");
        assert_eq!(rows[1].variable, "ani");
        assert!(mapping.read("Subject").is_err());
        assert!(mapping.read("").unwrap().is_empty());
    }
}
