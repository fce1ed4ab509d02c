//! What reads bytes that others have made, each by a name. Whatever the bytes are, it answers or refuses; what it
//! answers is what was written.

pub(crate) mod answers;
pub(crate) mod emulated;
mod files;
mod kept;
mod vault;

/// A parser, and what must hold of it: a panic is a mistake.
type Parser = fn(&[u8]);

/// All of them.
pub(crate) const ALL: [(&str, Parser); 16] = [
    ("configuration", files::configuration),
    ("definition", files::definition),
    ("desktop_layout", files::desktop_layout),
    ("saved_plan", files::saved_plan),
    ("exported_baseline", files::exported_baseline),
    ("snapshot", files::snapshot),
    ("kept_files", kept::kept_files),
    ("changed_baseline", kept::changed_baseline),
    ("journal", kept::journal),
    ("sealed_vault", vault::sealed_vault),
    ("org_answers", answers::org_answers),
    ("webex_answers", answers::webex_answers),
    ("soql", emulated::soql),
    ("org_requests", emulated::org_requests),
    ("tenant_requests", emulated::tenant_requests),
    ("archives", emulated::archives),
];

/// Hands bytes to the parser of that name.
pub(crate) fn read(name: &str, bytes: &[u8]) {
    let found = ALL.iter().find(|(it, _)| *it == name);
    found.expect("a parser of that name").1(bytes);
}
