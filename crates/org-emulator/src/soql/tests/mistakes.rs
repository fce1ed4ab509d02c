//! Refused queries, each with its code and the end of its message.

use super::Org;
use crate::soql::run;

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn mistakes_are_named_as_the_service_names_them() {
    for (query, code, end) in [
        ("", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
        (
            "SELECT Id FORM User",
            "MALFORMED_QUERY",
            "ERROR at Row:1:Column:11\nunexpected token: 'FORM'",
        ),
        ("SELECT Id, FROM User", "MALFORMED_QUERY", "unexpected token: 'FROM'"),
        (
            "SELECT Id\nFROM User\nWHERE Nmae = 'x'",
            "INVALID_FIELD",
            "\nWHERE Nmae = 'x'\n      ^\nERROR at Row:3:Column:7\nNo such column 'Nmae' on entity 'User'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
        ),
        (
            "select count() from XYZZY",
            "INVALID_TYPE",
            "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
        ),
        (
            "SELECT Foo.Name FROM User",
            "INVALID_FIELD",
            "Please reference your WSDL or the describe call for the appropriate names.",
        ),
        (
            "SELECT Id FROM User WHERE Name='a' AND Age=1 OR Age=2",
            "MALFORMED_QUERY",
            "unexpected token: 'OR'",
        ),
        (
            "SELECT Id FROM User WHERE Name='a' AND NOT Age=1",
            "MALFORMED_QUERY",
            "unexpected token: 'NOT'",
        ),
        (
            "SELECT Id FROM User WHERE (Name='a'",
            "MALFORMED_QUERY",
            "expecting a right parentheses, found '<EOF>'",
        ),
        (
            "SELECT Id FROM User WHERE Name = 'a",
            "MALFORMED_QUERY",
            "mismatched character '<EOF>' expecting '''",
        ),
        (
            "SELECT Id FROM User WHERE Name = '\\d'",
            "MALFORMED_QUERY",
            "Illegal character sequence '\\d' in string literal.",
        ),
        (
            "SELECT Id FROM User WHERE Name = :x",
            "MALFORMED_QUERY",
            "Bind variables only allowed in Apex code",
        ),
        ("SELECT Id FROM User WHERE Name = x", "MALFORMED_QUERY", "unexpected token: 'x'"),
        (
            "SELECT Id FROM User WHERE Name = 1",
            "INVALID_FIELD",
            "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM User WHERE IsActive = 'true'",
            "INVALID_FIELD",
            "value of filter criterion for field 'IsActive' must be of type boolean and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM User WHERE CreatedDate > 2020-01-01",
            "INVALID_FIELD",
            "must be of type dateTime and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM User WHERE Id = 'abc'",
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid ID field: abc",
        ),
        (
            "SELECT Id FROM User WHERE Id LIKE '005%'",
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid operator on id field",
        ),
        (
            "SELECT Id FROM User WHERE IsActive > true",
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid operator on boolean field",
        ),
        (
            "SELECT Id FROM User WHERE Status = 'x'",
            "INVALID_FIELD",
            "field 'Status' can not be filtered in a query call",
        ),
        (
            "SELECT Id FROM User ORDER BY Status",
            "INVALID_FIELD",
            "field 'Status' can not be sorted in a query call",
        ),
        ("SELECT Id, id FROM User", "INVALID_FIELD", "duplicate field selected: id"),
        (
            "SELECT Id FROM User OFFSET 2001",
            "NUMBER_OUTSIDE_VALID_RANGE",
            "Maximum SOQL offset allowed is 2000",
        ),
        ("SELECT Id FROM User LIMIT x", "MALFORMED_QUERY", "unexpected token: 'x'"),
        (
            "SELECT Id FROM User WHERE Name = 'a' OR Id IN (SELECT AssigneeId FROM PermissionSetAssignment)",
            "MALFORMED_QUERY",
            "Semi join sub-selects are not allowed with the 'OR' operator",
        ),
        (
            "SELECT Id FROM User WHERE Age = 1 AND (Name = 'a' OR Id IN (SELECT AssigneeId FROM PermissionSetAssignment))",
            "MALFORMED_QUERY",
            "not in nested WHERE expressions.",
        ),
        (
            "SELECT Id FROM User WHERE ProfileId IN (SELECT Id FROM Profile WHERE Id IN (SELECT ProfileId FROM User))",
            "MALFORMED_QUERY",
            "Nesting of semi join sub-selects is not supported",
        ),
        (
            "SELECT Id FROM User WHERE ManagerId IN (SELECT ManagerId FROM User)",
            "MALFORMED_QUERY",
            "The inner and outer selects should not be on the same object type",
        ),
        (
            "SELECT Id FROM User WHERE Name IN (SELECT AssigneeId FROM PermissionSetAssignment)",
            "MALFORMED_QUERY",
            "cannot use: 'Name'",
        ),
        (
            "SELECT Id FROM User WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment)",
            "MALFORMED_QUERY",
            "should point to the same object type",
        ),
        (
            "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = 'a' OR NamespacePrefix = 'b'",
            "MALFORMED_QUERY",
            "Disjunctions not supported",
        ),
        (
            "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix != 'a'",
            "MALFORMED_QUERY",
            "Only equals comparisons permitted",
        ),
        (
            "SELECT COUNT() FROM EntityDefinition",
            "MALFORMED_QUERY",
            "Aggregate functions are not supported on this entity.",
        ),
        (
            "SELECT Id FROM SubscriberPackageVersion",
            "MALFORMED_QUERY",
            "Implementation restriction: You can only perform queries of the form Id = '<id>' on this entity.",
        ),
        (
            "SELECT Id FROM SubscriberPackageVersion WHERE Id IN ('04t000000000001')",
            "MALFORMED_QUERY",
            "on this entity.",
        ),
        (
            "SELECT Id, Metadata FROM Profile",
            "MALFORMED_QUERY",
            "must specify no more than one row for retrieval. Result size: 2",
        ),
        (
            "SELECT COUNT(Id) FROM User",
            "MALFORMED_QUERY",
            "The emulator does not support functions other than COUNT() in queries.",
        ),
        (
            "SELECT Id FROM User GROUP BY Id",
            "MALFORMED_QUERY",
            "The emulator does not support GROUP in queries.",
        ),
        (
            "SELECT Id FROM User FOR UPDATE",
            "MALFORMED_QUERY",
            "The emulator does not support FOR in queries.",
        ),
        (
            "SELECT (SELECT Id FROM Users) FROM Profile",
            "MALFORMED_QUERY",
            "The emulator does not support subqueries in SELECT in queries.",
        ),
    ] {
        let error = run(query, &Org, "").expect_err(query);
        assert_eq!(error.code, code, "{query}: {}", error.message);
        assert!(error.message.ends_with(end), "{query}: {}", error.message);
    }
}
