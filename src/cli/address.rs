//! An org's address as people paste it.

use salesforce_client::wire::Url;

use crate::failure::Failure;

/// Hosts of the same org that its APIs are not at, and what stands in their place.
const PAGES: [(&str, &str); 3] = [
    (".lightning.force.com", ".my.salesforce.com"),
    (".my.salesforce-setup.com", ".my.salesforce.com"),
    (".lightning.crmforce.mil", ".my.salesforce.mil"),
];

/// An address, ready to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme, host and port.
    pub(super) url: String,
    /// What was made of it, where it is not what was given.
    pub(super) note: Option<String>,
}

/// Reads an address: the path of a page is cut off, the host of Lightning pages is replaced by the
/// org's own, and `https://` is added where there is no scheme.
pub(super) fn read(text: &str) -> Result<Address, Failure> {
    let given = text.trim();
    if given.is_empty() {
        return Err(Failure::usage("The org's URL is empty.")
            .hint("Is a variable not set? A URL looks like this: https://acme.my.salesforce.com"));
    }
    let whole = if given.contains("://") { given.to_owned() } else { format!("https://{given}") };
    let Ok(mut url) = Url::parse(&whole) else {
        // Whoever calls it says what is wrong with it.
        return Ok(Address { url: given.to_owned(), note: None });
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    if let Some((pages, apis)) = PAGES.iter().find(|(pages, _)| host.ends_with(pages)) {
        let own = format!("{}{apis}", host.trim_end_matches(pages));
        // A host made of two good ones is a good one.
        url.set_host(Some(&own)).ok();
    }
    if url.username().is_empty() && url.password().is_none() {
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
    }
    let url = url.as_str().trim_end_matches('/').to_owned();
    let same = url.eq_ignore_ascii_case(given.trim_end_matches('/'));
    let note = (!same).then(|| format!("The address is taken as {url}."));
    Ok(Address { url, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_becomes_the_orgs_own_address() {
        for (given, url) in [
            ("https://acme.my.salesforce.com", "https://acme.my.salesforce.com"),
            ("https://acme.my.salesforce.com/", "https://acme.my.salesforce.com"),
            ("acme.my.salesforce.com", "https://acme.my.salesforce.com"),
            (
                "https://acme.my.salesforce.com/lightning/setup/X/home?a=1#b",
                "https://acme.my.salesforce.com",
            ),
            (
                "https://acme.lightning.force.com/lightning/page/home",
                "https://acme.my.salesforce.com",
            ),
            (
                "https://acme--uat.sandbox.lightning.force.com",
                "https://acme--uat.sandbox.my.salesforce.com",
            ),
            ("https://acme.my.salesforce-setup.com/lightning", "https://acme.my.salesforce.com"),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
        ] {
            let read = read(given).unwrap();
            assert_eq!(read.url, url, "{given}");
            assert_eq!(read.note.is_none(), given.trim_end_matches('/') == url, "{given}");
        }
        assert!(read("  ").is_err());
        // What must be refused is still there to be refused.
        assert!(read("https://user:pw@acme.my.salesforce.com").unwrap().url.contains("user:pw@"));
    }
}
