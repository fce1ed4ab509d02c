//! What a field may hold.

use serde_json::Value;

/// The type of a field, with its limits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Type {
    /// A text of at most so many characters.
    Text(usize),
    /// The same, of letters, digits and these characters; a space stands for any white space.
    Name(usize, &'static str),
    /// The same without spaces at all, and not empty.
    Word(usize),
    /// So many digits at least and at most; or an empty text, where none are needed.
    Digits(usize, usize),
    /// A whole number in these bounds.
    Between(i64, i64),
    /// A text that is not empty.
    Filled,
    /// Digits, `+` at the front, then dots and hyphens: a number to dial.
    Number,
    /// True or false.
    Flag,
    /// A whole number of 32 bits.
    Int,
    /// A time in milliseconds.
    Time,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of words of these.
    SomeOf(&'static [&'static str]),
    /// A list of whole numbers.
    Ints,
    /// A list of objects that have these fields.
    Objects(&'static [&'static str]),
    /// An object that has these fields.
    Object(&'static [&'static str]),
}

/// What is wrong with a value, in words; nothing where it fits.
pub(crate) fn problem(kind: Type, value: &Value) -> Option<String> {
    let text = value.as_str();
    let longer = |most: usize| text.is_some_and(|text| text.chars().count() > most);
    let made_of = |others: &str| {
        text.is_some_and(|text| {
            text.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || others.contains(c)
                    || others.contains(' ') && c.is_ascii_whitespace()
            })
        })
    };
    let each =
        |test: &dyn Fn(&Value) -> bool| value.as_array().is_some_and(|all| all.iter().all(test));
    let has = |value: &Value, fields: &[&str]| {
        value.is_object() && fields.iter().all(|field| !value[*field].is_null())
    };
    let (fits, wanted) = match kind {
        Type::Text(most) if longer(most) => (false, format!("at most {most} characters long")),
        Type::Text(_) => (text.is_some(), "a text".to_owned()),
        Type::Name(most, _) | Type::Word(most) if longer(most) => {
            (false, format!("at most {most} characters long"))
        }
        Type::Name(_, others) => {
            let fits = made_of(others) && text != Some("");
            (fits, format!("of letters, digits and \"{others}\""))
        }
        Type::Word(_) => {
            (made_of("_") && text != Some(""), "of letters, digits and \"_\"".to_owned())
        }
        Type::Digits(least, most) => {
            let fits = text.is_some_and(|it| {
                (least..=most).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit())
            });
            (fits, format!("{least} to {most} digits"))
        }
        Type::Between(least, most) => {
            let fits = value.as_i64().is_some_and(|it| (least..=most).contains(&it));
            (fits, format!("a whole number of {least} to {most}"))
        }
        Type::Filled => (text.is_some_and(|text| !text.is_empty()), "a text".to_owned()),
        Type::Number => (text.is_some_and(is_number), "a number to dial".to_owned()),
        Type::Flag => (value.is_boolean(), "true or false".to_owned()),
        Type::Int => (
            value.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
            "a whole number".to_owned(),
        ),
        Type::Time => (value.is_i64(), "a time in milliseconds".to_owned()),
        Type::OneOf(words) => {
            (text.is_some_and(|it| words.contains(&it)), format!("one of {}", words.join(", ")))
        }
        Type::Texts => (each(&Value::is_string), "a list of texts".to_owned()),
        Type::SomeOf(words) => {
            let fits = each(&|it| it.as_str().is_some_and(|it| words.contains(&it)));
            (fits, format!("a list of {}", words.join(", ")))
        }
        Type::Ints => {
            let is_int = |it: &Value| it.as_i64().is_some_and(|it| i32::try_from(it).is_ok());
            (each(&is_int), "a list of whole numbers".to_owned())
        }
        Type::Objects(fields) => {
            (each(&|it| has(it, fields)), format!("a list of objects with {}", fields.join(", ")))
        }
        Type::Object(fields) => {
            (has(value, fields), format!("an object with {}", fields.join(", ")))
        }
    };
    (!fits).then_some(wanted)
}

/// `+`, digits, then digits, dots and hyphens, 20 characters at most.
fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    text.len() <= 20
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}
