//! Files that are not what was written: nothing is believed, and nothing overwritten.

use super::*;

/// Writes the file anew with something in it changed.
fn changed(folder: &TempDir, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&fs::read(file(folder)).unwrap()).unwrap();
    change(&mut value);
    fs::write(file(folder), serde_json::to_vec_pretty(&value).unwrap()).unwrap();
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    let folder = filled();
    refuses(&vault(&folder, "open sesamE"), "The passphrase does not open the sealed file");
    refuses(&vault(&folder, ""), "The passphrase of the sealed file is empty.");
    let empty = TempDir::new().unwrap();
    let error = vault(&empty, "").put(&ada(), &SecretString::from("x")).unwrap_err();
    assert!(matches!(error, Error::EmptyPassphrase), "{error:?}");
    assert!(!file(&empty).exists());
}

#[test]
fn a_file_that_is_cut_short_or_not_json_is_damaged() {
    let folder = filled();
    let whole = fs::read(file(&folder)).unwrap();
    for length in [0, 1, whole.len() / 2, whole.len() - 3] {
        fs::write(file(&folder), &whole[..length]).unwrap();
        refuses(&vault(&folder, "open sesame"), "is damaged: ");
    }
    fs::write(file(&folder), b"\xff\xfe").unwrap();
    refuses(&vault(&folder, "open sesame"), "is damaged: ");
}

#[test]
fn a_newer_format_is_refused() {
    let folder = filled();
    fs::write(file(&folder), r#"{"format": 2, "anything": {}}"#).unwrap();
    refuses(&vault(&folder, "open sesame"), "has format 2, and this version of provision knows");
    fs::write(file(&folder), r#"{"format": 0}"#).unwrap();
    refuses(&vault(&folder, "open sesame"), "is damaged: ");
}

#[test]
fn a_file_that_asks_for_too_much_or_too_little_is_refused() {
    for (name, value, said) in [
        ("memory_kib", 4 * 1024 * 1024, "its key takes 4194304 KiB of memory, not 65536 to 262144"),
        ("memory_kib", 8, "its key takes 8 KiB of memory, not"),
        ("passes", 1_000_000, "its key takes 1000000 passes, not 3 to 16"),
        ("passes", 1, "its key takes 1 passes, not 3 to 16"),
        ("lanes", 0, "its key takes 0 lanes, not 1 to 4"),
        ("memory_kib", 70_000, "its digest is that of another content"),
    ] {
        let folder = filled();
        changed(&folder, |file| file["key"][name] = value.into());
        refuses(&vault(&folder, "open sesame"), said);
    }
    let folder = filled();
    changed(&folder, |file| file["key"]["name"] = "md5".into());
    refuses(&vault(&folder, "open sesame"), "it makes its key with `md5`, not with argon2id");
}

#[test]
fn one_damaged_secret_leaves_the_others_whole() {
    let folder = filled();
    vault(&folder, "open sesame").put(&grace(), &SecretString::from("of grace")).unwrap();
    changed(&folder, |file| {
        let text = &mut file["secrets"][ada().org_id][ada().user_id]["text"];
        *text = text.as_str().unwrap().replacen(|_| true, "", 4).into();
    });
    let vault = vault(&folder, "open sesame");
    let error = vault.get(&ada()).unwrap_err();
    assert!(error.to_string().starts_with(
        "The secret of user 005000000000001AAA of org 00D000000000001EAA in the sealed file"
    ));
    assert!(error.hint().is_some());
    assert_eq!(exposed(vault.get(&grace()).unwrap()).as_deref(), Some("of grace"));
    vault.put(&ada(), &SecretString::from("new")).unwrap();
    assert_eq!(exposed(vault.get(&ada()).unwrap()).as_deref(), Some("new"));
}

#[test]
fn a_secret_does_not_open_for_another_owner() {
    let folder = filled();
    let vault = vault(&folder, "open sesame");
    vault.put(&grace(), &SecretString::from("of grace")).unwrap();
    changed(&folder, |file| {
        let users = &mut file["secrets"][ada().org_id];
        users[ada().user_id] = users[grace().user_id].clone();
    });
    assert!(matches!(vault.get(&ada()), Err(Error::DamagedEntry { .. })));
    assert_eq!(exposed(vault.get(&grace()).unwrap()).as_deref(), Some("of grace"));
}

#[test]
fn nobody_adds_or_drops_an_owner_unnoticed() {
    let key = quick("a");
    let mut content = Content::new(&key).unwrap();
    content.put(&key, &ada(), &SecretString::from("x")).unwrap();
    assert!(content.opens_with(&key));
    let with_check_of = |other: &Content| {
        let mut value = serde_json::to_value(&content).unwrap();
        let other = serde_json::to_value(other).unwrap();
        value["check"] = other["check"].clone();
        serde_json::from_value::<Content>(value).unwrap()
    };
    let empty = Content::new(&key).unwrap();
    assert!(!with_check_of(&empty).opens_with(&key));
}

#[test]
fn a_file_that_was_changed_without_the_passphrase_is_not_gone_on_with() {
    let folder = filled();
    let vault = vault(&folder, "open sesame");
    vault.put(&grace(), &SecretString::from("of grace")).unwrap();
    let key = vault.key(None).unwrap();
    let forged = {
        let other = Key::derive(key.derivation(), &SecretString::from("guess")).unwrap();
        let mut content = Content::new(&other).unwrap();
        content.put(&other, &ada(), &SecretString::from("forged")).unwrap();
        content.bytes().unwrap()
    };
    fs::write(file(&folder), forged).unwrap();
    refuses(&vault, "it was changed by somebody without the passphrase");
}
