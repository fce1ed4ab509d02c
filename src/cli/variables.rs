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
    meaning: "the org's alias, where neither `--org` nor `--instance-url` is given",
};

pub(super) const COLUMNS: Variable = Variable {
    name: "COLUMNS",
    meaning: "how wide a text is that goes into a pipe or a file: 100 columns without it",
};

pub(super) const ACCESS_TOKEN: Variable = Variable {
    name: "PROVISION_ACCESS_TOKEN",
    meaning: "the access token for `--instance-url`, and for logins by one that keep none",
};

pub(super) const REFRESH_TOKEN: Variable = Variable {
    name: "PROVISION_REFRESH_TOKEN",
    meaning: "the refresh token of a login that keeps none (`login --vault none`)",
};

pub(super) const CLIENT_SECRET: Variable = Variable {
    name: "PROVISION_CLIENT_SECRET",
    meaning: "the consumer secret of the app that `login` goes through, where it has one",
};

pub(super) const WEBEX_ACCESS_TOKEN: Variable = Variable {
    name: "PROVISION_WEBEX_ACCESS_TOKEN",
    meaning: "an access token for the Webex organization of `[webex]`, in the place of a login",
};

pub(super) const WEBEX_CLIENT_SECRET: Variable = Variable {
    name: "PROVISION_WEBEX_CLIENT_SECRET",
    meaning: "the client secret of the app that `login webex` goes through",
};

pub(super) const WEBEX_URL: Variable = Variable {
    name: "PROVISION_WEBEX_URL",
    meaning: "the address of the API that `PROVISION_WEBEX_ACCESS_TOKEN` goes to, where it is not the \
              data centre's",
};

pub(super) const INSTALLATION_KEY: Variable = Variable {
    name: "PROVISION_INSTALLATION_KEY",
    meaning: "the package's installation key, where it needs one",
};

pub(super) const STATE_DIR: Variable = Variable {
    name: "PROVISION_STATE_DIR",
    meaning: "the state directory, where `--state-dir` is not given",
};

pub(super) const VAULT_PASSPHRASE: Variable = Variable {
    name: "PROVISION_VAULT_PASSPHRASE",
    meaning: "the passphrase of the sealed file that keeps logins, where nobody can be asked",
};

pub(super) const CERTIFICATES: Variable = Variable {
    name: "SSL_CERT_FILE",
    meaning: "certificates (PEM) of authorities to trust, where `--ca-cert` is not given",
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
        meaning: "the proxy for every org but those on this machine: `http://proxy.example.com:8080`",
    },
    Variable { name: PROXIES[2], meaning: "the same, where `HTTPS_PROXY` is not set" },
    Variable {
        name: NO_PROXY[0],
        meaning: "hosts that are called without the proxy, with commas between them",
    },
    COLUMNS,
    Variable { name: "NO_COLOR", meaning: "set to anything: no colours" },
    Variable { name: "CLICOLOR", meaning: "`0`: no colours" },
    Variable { name: "CLICOLOR_FORCE", meaning: "`1`: colours in pipes and files too" },
    Variable { name: "TERM", meaning: "`dumb`: no colours, and no lines that move" },
];
