//! Rows of the mappings that call centers keep as text.
//!
//! Version 1 keeps JSON: two shapes say the same with other keys and other kinds of flags, and a third
//! completes the first. Version 2 keeps pairs, `Field={variable},Field2={variable2}`. What a row of each
//! has, only [`Mapping::columns`] knows.

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

const PAIRS: &[Column] =
    &[column("field", "field", ColumnKind::Text), column("variable", "variable", ColumnKind::Text)];

impl Mapping {
    /// The keys of a row in the order in which they are written.
    pub fn columns(&self) -> &'static [Column] {
        match self {
            Self::Record { .. } => RECORD,
            Self::Activity => ACTIVITY,
            Self::Conditional { .. } => CONDITIONAL,
            Self::Pairs { .. } => PAIRS,
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
        Some(self.write(self.table_rows(text).ok()?))
    }

    /// The rows of a text with the keys of the shape, or everything that is wrong with the text.
    pub fn table_rows(&self, text: &str) -> Result<Vec<Map<String, Value>>, Vec<MappingMistake>> {
        if !matches!(self, Self::Pairs { .. }) {
            return self.json_rows(text);
        }
        let row = |row: MappingRow| {
            Map::from_iter([
                ("field".to_owned(), row.field.into()),
                ("variable".to_owned(), row.variable.into()),
            ])
        };
        Ok(read_pairs(text)?.into_iter().map(row).collect())
    }

    /// Writes rows with their keys in the order of the shape.
    pub fn write(&self, rows: Vec<Map<String, Value>>) -> String {
        if let Self::Pairs { .. } = self {
            let cell = |row: &Map<String, Value>, key: &str| {
                row.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
            };
            let pair = |row: &Map<String, Value>| {
                format!("{}={{{}}}", cell(row, "field"), cell(row, "variable"))
            };
            return rows.iter().map(pair).collect::<Vec<_>>().join(",");
        }
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

/// The pairs of a text; a comma ends one, so that neither half can have one.
fn read_pairs(text: &str) -> Result<Vec<MappingRow>, Vec<MappingMistake>> {
    if text.trim_start().starts_with('[') {
        return Err(vec![MappingMistake::new(
            "This is JSON, which is how Version 1 writes mappings; Version 2 writes \
             `Field={variable}`.",
        )]);
    }
    let mut rows = Vec::new();
    let mut mistakes = Vec::new();
    let text = text.trim();
    for pair in text.split(',').map(str::trim).filter(|_| !text.is_empty()) {
        match read_pair(pair) {
            Some(row) => rows.push(row),
            None if pair.is_empty() => {
                mistakes.push(MappingMistake::new("A comma has no `Field={variable}` beside it."));
            }
            None => mistakes.push(MappingMistake::new(format!(
                "`{pair}` is not of the form `Field={{variable}}`."
            ))),
        }
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

fn read_pair(pair: &str) -> Option<MappingRow> {
    let (field, variable) = pair.split_once('=')?;
    let variable = variable.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let field = field.trim();
    let is_field = !field.is_empty()
        && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    let is_variable = !variable.is_empty() && !variable.contains(['{', '}', '=']);
    (is_field && is_variable).then(|| MappingRow {
        variable: variable.to_owned(),
        field: field.to_owned(),
        ..MappingRow::default()
    })
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
        assert_eq!(
            mapping.canonical(" Subject = {subject},Phone={ ani } ").unwrap(),
            "Subject={subject},Phone={ani}"
        );
        assert!(mapping.read("").unwrap().is_empty());
        for wrong in
            ["Subject", "={a}", "A={}", "A={b", "A=b", "A={b},", ",", "A={b}C={d}", "A b={c}", "[]"]
        {
            assert!(mapping.read(wrong).is_err(), "{wrong}");
            assert_eq!(mapping.canonical(wrong), None, "{wrong}");
        }
        let told = mapping.read(r#"[{"wxccFieldName":"ani"}]"#).unwrap_err();
        assert!(told[0].message.contains("Version 1"), "{told:?}");
    }
}
