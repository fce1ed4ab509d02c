//! Components as trees of elements in the service's own order, whoever wrote them.
//!
//! The schema's types name their elements in the order of the alphabet, capitals first, behind the
//! full name; so a tree in that order is a valid answer, and two files that differ in nothing else
//! are equal.

use crate::soap::METADATA;
use crate::soap::writer::XmlWriter;
use crate::soap::xml::Element;

/// The prefix and namespace of `nil`.
const XSI: (&str, &str) = ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");

/// The element in the service's order, without blanks around its texts, which no deploy keeps.
pub(crate) fn normal(element: &Element) -> Element {
    let mut children: Vec<Element> = element.children.iter().map(normal).collect();
    children.sort_by(|one, other| place(&one.name).cmp(&place(&other.name)));
    let text = if children.is_empty() { element.text.trim() } else { "" };
    Element { text: text.to_owned(), children, ..element.clone() }
}

/// What an element is sorted by.
fn place(name: &str) -> (bool, &str) {
    (name != "fullName", name)
}

/// Writes what is in an element.
pub(crate) fn content(xml: &mut XmlWriter, element: &Element) {
    if !element.text.is_empty() {
        xml.text(&element.text);
    }
    for child in &element.children {
        self::element(xml, child);
    }
}

/// Writes an element.
pub(crate) fn element(xml: &mut XmlWriter, element: &Element) {
    if element.nil {
        xml.nil(&element.name);
    } else if element.text.is_empty() && element.children.is_empty() {
        xml.empty(&element.name);
    } else {
        xml.open(&element.name, |xml| content(xml, element));
    }
}

/// A file whose root is of that name, as a retrieve brings it.
pub(crate) fn file(root: &str, content: impl FnOnce(&mut XmlWriter)) -> String {
    let mut xml = XmlWriter::indented();
    xml.element(root, &[("xmlns", METADATA)], content);
    let text = xml.finish();
    let text = if text.contains("xsi:") {
        let (name, namespace) = XSI;
        text.replacen('>', &format!(" {name}=\"{namespace}\">"), 1)
    } else {
        text
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::xml::parse;

    #[test]
    fn a_file_is_put_into_the_services_order() {
        let text = "<A xmlns='urn:x'><label> L </label><b><z/><a/></b><b>2</b><fullName>N</fullName>\
                    <Value xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/></A>";
        let root = normal(&parse(text).unwrap());
        insta::assert_snapshot!(file("A", |xml| content(xml, &root)), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <A xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <fullName>N</fullName>
            <Value xsi:nil="true"/>
            <b>
                <a/>
                <z/>
            </b>
            <b>2</b>
            <label>L</label>
        </A>
        "#);
        assert_eq!(
            normal(&parse(&file("A", |xml| content(xml, &root))).unwrap()).children.len(),
            5
        );
    }
}
