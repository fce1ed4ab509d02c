//! What is checked of a utility bar before it takes the place of the one that was there.

use std::collections::BTreeSet;

use super::super::schema::Problem;
use crate::guesses::Guesses;
use crate::soap::xml::Element;

const BAR: &str = "UtilityBar";

/// Checks a page; of other pages than utility bars nothing more is known.
pub(super) fn check(guesses: Guesses, root: &Element) -> Result<(), Problem> {
    if root.value("type") != Some(BAR) {
        return Ok(());
    }
    if !guesses.utility_bars_deployable {
        return Err(Problem::whole("You can't edit this utility bar."));
    }
    let template = root.child("template").and_then(|template| template.value("name"));
    if template.is_none_or(str::is_empty) {
        return Err(missing(root, "template"));
    }
    let (mut regions, mut items) = (BTreeSet::new(), BTreeSet::new());
    for region in root.all("flexiPageRegions") {
        let name = region.value("name").ok_or_else(|| missing(region, "name"))?;
        if !regions.insert(name) {
            let text = format!("The region {name} appears more than once.");
            return Err(Problem::at(region.at, text));
        }
        for item in region.all("itemInstances") {
            let instance = item.child("componentInstance");
            let instance = instance.ok_or_else(|| missing(item, "componentInstance"))?;
            let of = |field: &str| instance.value(field).filter(|text| !text.is_empty());
            let component =
                of("componentName").ok_or_else(|| missing(instance, "componentName"))?;
            if !component.contains(':') {
                let text = format!("We couldn't find the component named {component}.");
                return Err(Problem::at(instance.at, text));
            }
            let identifier = of("identifier").ok_or_else(|| missing(instance, "identifier"))?;
            if !items.insert(identifier) {
                let text = format!("The identifier {identifier} is already in use on this page.");
                return Err(Problem::at(instance.at, text));
            }
        }
    }
    Ok(())
}

fn missing(element: &Element, field: &str) -> Problem {
    Problem::at(element.at, format!("Required field is missing: {field}"))
}
