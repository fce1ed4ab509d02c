//! The orgs that the program carries along: their aliases, and what each is to become.

use crate::config;

/// An org emulator inside this program with a configuration of its own.
#[derive(Debug)]
pub(super) struct Demo {
    /// The value of `--org` that stands for it.
    pub(super) alias: &'static str,
    /// The org's id, the same on every machine, so that what the documentation shows can be typed.
    pub(super) id: &'static str,
    /// Its configuration.
    pub(super) configuration: fn() -> &'static str,
}

/// The org for Version 1 of the connector, and that for Version 2.
pub(super) static DEMOS: [Demo; 2] = [
    Demo { alias: "demo", id: "00DNxJ7C0000001MFA", configuration: config::built_in_demo },
    Demo {
        alias: "demo-v2",
        id: "00DNxJ7C0000002MFA",
        configuration: config::built_in_demo_of_version_2,
    },
];

impl Demo {
    /// The demo of that alias.
    pub(super) fn of(alias: &str) -> Option<&'static Self> {
        DEMOS.iter().find(|demo| demo.alias == alias)
    }
}

#[cfg(test)]
mod tests {
    use org_emulator::Emulator;

    use super::*;

    #[test]
    fn a_demo_shares_its_org_with_no_other_demo_and_no_emulator() {
        let [first, second] = &DEMOS;
        assert_ne!(first.id, second.id);
        let emulator = Emulator::builder().start().unwrap();
        for demo in &DEMOS {
            assert_ne!(demo.id, emulator.org().id());
        }
    }
}
