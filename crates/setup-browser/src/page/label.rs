//! What a person takes for the label of a control.

use super::{Area, Control, Frame, Kind, Text};

/// How far from its control a label may stand, in pixels.
const REACH: f64 = 260.0;

impl Frame {
    /// What the page says itself; else the text that stands nearest, on the side where people look.
    pub(crate) fn label_of(&self, control: &Control) -> String {
        if !control.name.is_empty() {
            return control.name.clone();
        }
        let near = |side: fn(Area, Area) -> Option<f64>| {
            let texts = self.texts.iter().filter(|text| !text.pressed);
            let near = texts.filter_map(|text| {
                let distance = side(control.area, text.area)?;
                (distance <= REACH).then_some((distance, text))
            });
            near.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, text): (f64, &Text)| text)
        };
        let found = match control.kind {
            Kind::Box | Kind::Radio => near(on_the_right).or_else(|| near(on_the_left)),
            Kind::List => near(above).or_else(|| near(on_the_left)),
            Kind::Press => near(above_or_below),
            Kind::Text | Kind::Password | Kind::Select => near(on_the_left).or_else(|| near(above)),
        };
        found.map(|text| text.words.clone()).unwrap_or_default()
    }
}

fn on_the_right(control: Area, text: Area) -> Option<f64> {
    let distance = text.0 - control.right();
    (control.beside(text) && distance > -3.0).then_some(distance)
}

fn on_the_left(control: Area, text: Area) -> Option<f64> {
    let distance = control.0 - text.right();
    (control.beside(text) && distance > -3.0).then_some(distance)
}

fn above(control: Area, text: Area) -> Option<f64> {
    let distance = control.1 - text.bottom();
    (control.in_column(text) && distance > -3.0).then_some(distance)
}

fn above_or_below(control: Area, text: Area) -> Option<f64> {
    let below = text.1 - control.bottom();
    above(control, text).or((control.in_column(text) && below > -3.0).then_some(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, area: (f64, f64, f64, f64)) -> Text {
        let area = Area(area.0, area.1, area.2, area.3);
        Text { words: text.to_owned(), area, pressed: false }
    }

    fn control(kind: Kind, name: &str, area: (f64, f64, f64, f64)) -> Control {
        Control {
            id: 0,
            kind,
            name: name.to_owned(),
            value: String::new(),
            checked: false,
            disabled: false,
            options: Vec::new(),
            area: Area(area.0, area.1, area.2, area.3),
        }
    }

    #[test]
    fn labels_are_where_people_look() {
        let frame = Frame {
            texts: vec![
                text("Name", (10.0, 10.0, 40.0, 12.0)),
                text("Is Default Layout", (230.0, 10.0, 90.0, 12.0)),
                text("Available", (10.0, 60.0, 60.0, 12.0)),
                text("Add", (120.0, 80.0, 20.0, 12.0)),
                text("Remove", (115.0, 140.0, 40.0, 12.0)),
            ],
            ..Frame::default()
        };
        let label = |kind, area| frame.label_of(&control(kind, "", area));
        assert_eq!(label(Kind::Text, (60.0, 8.0, 120.0, 18.0)), "Name");
        assert_eq!(label(Kind::Box, (210.0, 9.0, 13.0, 13.0)), "Is Default Layout");
        assert_eq!(label(Kind::List, (10.0, 75.0, 80.0, 100.0)), "Available");
        assert_eq!(label(Kind::Press, (118.0, 94.0, 22.0, 20.0)), "Add");
        assert_eq!(label(Kind::Press, (118.0, 118.0, 22.0, 20.0)), "Remove");
        assert_eq!(label(Kind::Text, (900.0, 900.0, 10.0, 10.0)), "");
        let named = control(Kind::Text, "Alias", (60.0, 8.0, 120.0, 18.0));
        assert_eq!(frame.label_of(&named), "Alias");
    }
}
