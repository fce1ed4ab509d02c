//! What holds for any secret, any owner and any file.

use proptest::prelude::*;

use super::*;

fn owners() -> impl Strategy<Value = Owner> {
    ("00D[0-9A-Za-z]{15}", "005[0-9A-Za-z]{15}")
        .prop_map(|(org_id, user_id)| Owner { org_id, user_id })
}

proptest! {
    #[test]
    fn any_secret_comes_back_for_any_owner(
        owner in owners(), other in owners(), secret in "\\PC{0,4000}"
    ) {
        let key = quick("a");
        let mut content = Content::new(&key).unwrap();
        content.put(&key, &owner, &SecretString::from(secret.clone())).unwrap();
        content.put(&key, &other, &SecretString::from("other")).unwrap();
        content.put(&key, &owner, &SecretString::from(secret.clone())).unwrap();
        let read: Content = serde_json::from_slice(&content.bytes().unwrap()).unwrap();
        prop_assert!(read.opens_with(&key));
        let sealed = read.sealed(&owner).unwrap();
        prop_assert_eq!(exposed(content::open(&key, sealed, &owner)), Some(secret));
        if owner != other {
            prop_assert!(content::open(&key, sealed, &other).is_none());
            content.remove(&key, &owner).unwrap();
            prop_assert!(content.sealed(&owner).is_none() && content.sealed(&other).is_some());
        }
    }

    #[test]
    fn another_passphrase_never_opens(one in ".{1,20}", two in ".{1,20}") {
        prop_assume!(one != two);
        let right = quick(&one);
        let wrong = Key::derive(right.derivation(), &SecretString::from(two)).unwrap();
        let mut content = Content::new(&right).unwrap();
        content.put(&right, &ada(), &SecretString::from(SECRET)).unwrap();
        prop_assert!(!content.opens_with(&wrong));
        prop_assert!(content::open(&wrong, content.sealed(&ada()).unwrap(), &ada()).is_none());
    }

    #[test]
    fn what_is_no_vault_is_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Content::parse(&bytes).is_err());
    }
}

/// Every byte of a real file, each of its bits: an error, or the secrets are whole.
#[test]
fn no_flipped_bit_is_believed() {
    let folder = filled();
    let vault = vault(&folder, "open sesame");
    vault.put(&grace(), &SecretString::from("of grace")).unwrap();
    let key = vault.key(None).unwrap();
    let whole = fs::read(file(&folder)).unwrap();
    let reads = |bytes: &[u8], owner: &Owner| -> Result<Option<String>, Option<ContentError>> {
        let content = Content::parse(bytes).map_err(Some)?;
        if !content.opens_with(&key) {
            return Err(None);
        }
        let Some(sealed) = content.sealed(owner) else { return Ok(None) };
        content::open(&key, sealed, owner).map(|secret| exposed(Some(secret))).ok_or(None)
    };
    let (mut refused, mut read) = (0, 0);
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[place] ^= 1 << bit;
            for (owner, secret) in [(ada(), SECRET), (grace(), "of grace")] {
                match reads(&bytes, &owner) {
                    Err(_) => refused += 1,
                    Ok(found) => {
                        assert_eq!(found.as_deref(), Some(secret), "byte {place}, bit {bit}");
                        read += 1;
                    }
                }
            }
        }
    }
    assert!(refused > read && read > 0, "{refused} refused, {read} read");
}
