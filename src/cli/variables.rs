//! The environment variables that the program reads itself, with their meanings for the help and
//! docs/reference.md.

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variable {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) meaning: &'static str,
}

pub(super) const ORG: Variable = Variable {
    name: "PROVISION_ORG",
    meaning: "alias of the org, if neither `--org` nor `--instance-url` is given",
};

pub(super) const COLUMNS: Variable = Variable {
    name: "COLUMNS",
    meaning: "width of text written to a pipe or file, 100 by default",
};

pub(super) const ACCESS_TOKEN: Variable = Variable {
    name: "PROVISION_ACCESS_TOKEN",
    meaning: "access token for `--instance-url`, and for logins that store none",
};

pub(super) const REFRESH_TOKEN: Variable = Variable {
    name: "PROVISION_REFRESH_TOKEN",
    meaning: "refresh token of a login that stores none (`login --vault none`)",
};

pub(super) const CLIENT_SECRET: Variable = Variable {
    name: "PROVISION_CLIENT_SECRET",
    meaning: "consumer secret of the app that `login` uses, if it has one",
};

pub(super) const WEBEX_ACCESS_TOKEN: Variable = Variable {
    name: "PROVISION_WEBEX_ACCESS_TOKEN",
    meaning: "access token for the Webex organization in `[webex]`, instead of a login",
};

pub(super) const WEBEX_CLIENT_SECRET: Variable = Variable {
    name: "PROVISION_WEBEX_CLIENT_SECRET",
    meaning: "client secret of the app that `login webex` uses",
};

pub(super) const WEBEX_URL: Variable = Variable {
    name: "PROVISION_WEBEX_URL",
    meaning: "URL of the API for `PROVISION_WEBEX_ACCESS_TOKEN`, if it is not the data centre's",
};

pub(super) const INSTALLATION_KEY: Variable = Variable {
    name: "PROVISION_INSTALLATION_KEY",
    meaning: "the package's installation key, if it needs one",
};

pub(super) const STATE_DIR: Variable = Variable {
    name: "PROVISION_STATE_DIR",
    meaning: "the state directory, if `--state-dir` is not given",
};

pub(super) const VAULT_PASSPHRASE: Variable = Variable {
    name: "PROVISION_VAULT_PASSPHRASE",
    meaning: "passphrase of the sealed file with the logins, if nobody can be asked",
};

pub(super) const CERTIFICATES: Variable = Variable {
    name: "SSL_CERT_FILE",
    meaning: "PEM file with certificate authorities to trust, if `--ca-cert` is not given",
};

/// Where a proxy is looked for, in this order.
pub(super) const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Where hosts are looked for that are called without a proxy.
pub(super) const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// All of them that a person sets for this program or for how it looks.
pub(super) const ALL: [Variable; 19] = [
    ORG,
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    CLIENT_SECRET,
    WEBEX_ACCESS_TOKEN,
    WEBEX_CLIENT_SECRET,
    WEBEX_URL,
    INSTALLATION_KEY,
    STATE_DIR,
    VAULT_PASSPHRASE,
    CERTIFICATES,
    Variable {
        name: PROXIES[0],
        meaning: "proxy for all orgs except those on this machine: `http://proxy.example.com:8080`",
    },
    Variable { name: PROXIES[2], meaning: "the same, if `HTTPS_PROXY` is not set" },
    Variable {
        name: NO_PROXY[0],
        meaning: "hosts to reach without the proxy, separated by commas",
    },
    COLUMNS,
    Variable { name: "NO_COLOR", meaning: "set to anything: no colours" },
    Variable { name: "CLICOLOR", meaning: "`0`: no colours" },
    Variable { name: "CLICOLOR_FORCE", meaning: "`1`: colours in pipes and files too" },
    Variable { name: "TERM", meaning: "`dumb`: no colours and no animation" },
];
