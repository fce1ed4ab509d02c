//! Whose a layout is: the connector's, a copy of a team's, or somebody's own.

use crate::checklist::TenantCase;
use crate::checklist::tenant::is_made_by_us;
use crate::definitions::desktop_layout::LayoutDocument;
use crate::model::tenant::field::TEAM_LAYOUT;
use crate::model::{
    BaselineEntry, Before, DesktopLayoutValue, DesktopLayoutWish, LONGEST_LAYOUT_NAME, LayoutRow,
    Ref, Target, TeamRow, TenantRecord, Value,
};

/// Whether a layout is the connector's own: made by us, or of its name and without anything that neither the
/// connector's file nor any that Cisco has published brings. Of one that cannot be read nobody knows otherwise, and nothing of it
/// is written.
pub(super) fn is_connectors(
    case: &TenantCase<'_>,
    wish: &DesktopLayoutWish,
    connector: &LayoutDocument,
    layout: &LayoutRow,
) -> bool {
    // Whatever it is called: the configuration may have named it otherwise when it was made.
    if is_ours(case, layout) && !is_copy(case, wish, layout) {
        return true;
    }
    if layout.name != wish.name {
        return false;
    }
    let Some(content) = case.state.content(&layout.id) else { return true };
    let is_plain = || {
        let document = LayoutDocument::read(content);
        document.is_ok_and(|it| it.is_ciscos() || (it.has_bridge() && !it.adds_to(connector)))
    };
    is_as_we_wrote_it(case, layout, content) || is_plain()
}

/// Whether a run has made a layout, as far as the past is known.
pub(super) fn is_ours(case: &TenantCase<'_>, layout: &LayoutRow) -> bool {
    is_made_by_us(case.baseline, TenantRecord::DesktopLayout, &layout.id)
}

/// Whether a layout is the copy of a team's own. By its name, where another machine has made it; where the
/// connector's layout was called otherwise then, the past says that it is ours, and its name of which
/// layout it is the copy.
pub(super) fn is_copy(case: &TenantCase<'_>, wish: &DesktopLayoutWish, layout: &LayoutRow) -> bool {
    if layout.name == wish.name {
        return false;
    }
    let is_of = |own: &str| layout.name.starts_with(&copy_of(own, ""));
    let is_of_former = |entry: &BaselineEntry| match (&entry.target, &entry.before) {
        (
            Target::Tenant { kind: TenantRecord::Team, .. },
            Before::Known(Some(Value::TenantRecord(own))),
        ) => is_of(&own.name),
        _ => false,
    };
    layout.name.ends_with(&copy_of("", &wish.name))
        || is_ours(case, layout)
            && (case.state.layouts.iter().any(|own| is_of(&own.name))
                || case.baseline.entries.iter().any(is_of_former))
}

/// The connector's layout that a run has made under another name: the configuration called it otherwise then,
/// or the service would not give the name back.
pub(super) fn ours_of_another_name<'a>(
    case: &TenantCase<'a>,
    wish: &DesktopLayoutWish,
) -> Option<&'a LayoutRow> {
    let mut ours = case.state.layouts.iter().filter(|layout| {
        !layout.untouchable && is_ours(case, layout) && !is_copy(case, wish, layout)
    });
    let is_used = |layout: &&LayoutRow| {
        let has_it = |team: &TeamRow| layout_of(case, team).is_some_and(|its| its.id == layout.id);
        case.state.teams.iter().any(has_it)
    };
    ours.clone().find(is_used).or_else(|| ours.next())
}

/// A team's own layout that an earlier run has replaced by the connector's, where the configuration wants it
/// to be kept by now.
pub(super) fn replaced_before<'a>(
    case: &TenantCase<'a>,
    wish: &DesktopLayoutWish,
    team: &TeamRow,
) -> Option<&'a LayoutRow> {
    let target = Target::Tenant {
        kind: TenantRecord::Team,
        record: Ref::seen(&team.name, &team.id),
        field: Some(TEAM_LAYOUT.to_owned()),
    };
    let entry = case.baseline.entry(&target).filter(|_| !wish.replace)?;
    let now = layout_of(case, team).filter(|now| !is_copy(case, wish, now))?;
    let now = Value::TenantRecord(Ref::seen(&now.name, &now.id));
    let Before::Known(Some(Value::TenantRecord(former))) = &entry.before else { return None };
    // Whoever has chosen another since knows what they want.
    let is_ours = target.holds_same(entry.ours.as_ref(), Some(&now)) && !entry.is_given_back();
    let former = case.layout(former).filter(|layout| is_ours && !layout.untouchable)?;
    (former.name != wish.name).then_some(former)
}

/// Whether a layout holds what a run has written last, as far as the past is known.
pub(super) fn is_as_we_wrote_it(case: &TenantCase<'_>, layout: &LayoutRow, content: &str) -> bool {
    let target = Target::Tenant {
        kind: TenantRecord::DesktopLayout,
        record: Ref::seen(&layout.name, &layout.id),
        field: None,
    };
    let now = Value::DesktopLayout(DesktopLayoutValue::of(&layout.name, content.to_owned()));
    let entry = case.baseline.entry(&target);
    entry.is_some_and(|entry| {
        entry.ours.is_some() && target.holds_same(entry.ours.as_ref(), Some(&now))
    })
}

/// The name of a team's own layout with the connector in it.
pub(super) fn copy_of(own: &str, connector: &str) -> String {
    format!("{own} + {connector}")
}

/// What the name of a layout begins with that replaces one which the service does not change; `run` tells it from
/// others.
pub fn new_layout_of(name: &str, run: &str) -> String {
    let mark = format!(" (provision {run}");
    let rest = LONGEST_LAYOUT_NAME.saturating_sub(mark.chars().count() + 1);
    format!("{}{mark}", name.chars().take(rest).collect::<String>())
}

/// A team's own layout, as either side tells it.
pub(super) fn layout_of<'a>(case: &TenantCase<'a>, team: &TeamRow) -> Option<&'a LayoutRow> {
    let mut own = case.state.layouts.iter().filter(|layout| !layout.untouchable);
    let by_team = own.clone().find(|layout| team.layout.as_ref() == Some(&layout.id));
    by_team.or_else(|| own.find(|layout| layout.teams.contains(&team.id)))
}

/// A layout of that name which may be written.
pub(super) fn named<'a>(case: &TenantCase<'a>, name: &str) -> Option<&'a LayoutRow> {
    case.state.layouts.iter().find(|layout| !layout.untouchable && layout.name == name)
}
