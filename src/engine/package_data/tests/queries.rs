//! The queries of a table.

use salesforce_client::Scope;

use super::super::query::{count, page_size, records, scope};
use super::super::table::{of_object, unreadable, with_fields_of};
use super::{described, field, tasks};

#[test]
fn activities_are_counted_and_read_among_all_but_the_deleted() {
    let table = tasks(0);
    assert_eq!(scope(&table), Scope::All);
    insta::assert_snapshot!(count(&table).unwrap(), @"SELECT COUNT() FROM Task WHERE IsDeleted = false AND (ns__ANI__c != null OR ns__Done__c = true)");
    insta::assert_snapshot!(records(&table, None).unwrap(), @"SELECT Id, Subject, IsArchived, ns__ANI__c, ns__Done__c FROM Task WHERE IsDeleted = false AND (ns__ANI__c != null OR ns__Done__c = true) ORDER BY Id");
    insta::assert_snapshot!(records(&table, Some("00T000000000001AAA")).unwrap(), @"SELECT Id, Subject, IsArchived, ns__ANI__c, ns__Done__c FROM Task WHERE IsDeleted = false AND Id > '00T000000000001AAA' AND (ns__ANI__c != null OR ns__Done__c = true) ORDER BY Id");
}

#[test]
fn own_objects_are_read_whole() {
    let table = of_object(&described("ns__Call__c", &[field("Id", "id")]));
    assert_eq!(scope(&table), Scope::Live);
    insta::assert_snapshot!(count(&table).unwrap(), @"SELECT COUNT() FROM ns__Call__c");
    insta::assert_snapshot!(records(&table, Some("a01")).unwrap(), @"SELECT Id FROM ns__Call__c WHERE Id > 'a01' ORDER BY Id");
}

#[test]
fn what_cannot_be_searched_is_read_without_a_condition() {
    let fields = [field("ns__Notes__c", "textarea"), field("ns__ANI__c", "phone")];
    let table = with_fields_of("ns", &described("Task", &fields)).unwrap();
    insta::assert_snapshot!(records(&table, None).unwrap(), @"SELECT ns__Notes__c, ns__ANI__c FROM Task ORDER BY Id");
}

#[test]
fn pages_are_as_large_as_long_texts_let_them_be() {
    let mut table = tasks(0);
    for (long_text, rows) in
        [(0, 2_000), (300, 2_000), (32_000, 524), (131_072, 200), (u64::MAX, 200)]
    {
        table.long_text = long_text;
        assert_eq!(page_size(&table), rows, "{long_text}");
    }
}

#[test]
fn what_is_no_name_enters_no_query() {
    let failure = count(&unreadable("Task; DROP", "", "")).unwrap_err();
    assert!(failure.message().contains("Task; DROP"), "{failure}");
}
