//! Ordinary objects: the ones that calls are about.

use super::field::{
    Field, Kind, date, datetime, double, flag, int, kind, long_text, picklist, polymorphic,
    reference, text,
};
use super::object::SObject;

/// Every ordinary object.
pub(super) fn objects() -> Vec<SObject> {
    [task(), case(), contact(), account(), lead(), opportunity()]
        .into_iter()
        .map(|mut object| {
            object.setup = false;
            object.layoutable = true;
            object.fields.insert(1, flag("IsDeleted"));
            object.creates().updates().deletes()
        })
        .collect()
}

fn owner() -> Field {
    reference("OwnerId", "Owner", "User").write()
}

fn phone(name: &str) -> Field {
    kind(name, Kind::Phone, 40).write()
}

fn record_type() -> Field {
    reference("RecordTypeId", "RecordType", "RecordType").write()
}

fn task() -> SObject {
    SObject::new(
        "Task",
        "00T",
        vec![
            record_type(),
            polymorphic("WhoId", "Who", &["Contact", "Lead"]).label("Name ID").write(),
            polymorphic("WhatId", "What", &["Account", "Case", "Opportunity"])
                .label("Related To ID")
                .write(),
            text("Subject", 255).write(),
            date("ActivityDate").label("Due Date Only").write(),
            picklist(
                "Status",
                &["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"],
            )
            .write(),
            picklist("Priority", &["High", "Normal", "Low"]).write(),
            owner().label("Assigned To ID"),
            long_text("Description", 32_000).write(),
            picklist("Type", &["Call", "Meeting", "Other"]).write(),
            flag("IsClosed"),
            flag("IsArchived"),
            flag("IsHighPriority"),
            picklist("TaskSubtype", &["Task", "Email", "Call"]).create(),
            int("CallDurationInSeconds").write(),
            picklist("CallType", &["Internal", "Inbound", "Outbound"]).write(),
            text("CallDisposition", 255).label("Call Result").write(),
            text("CallObject", 255).label("Call Object Identifier").write(),
            datetime("ReminderDateTime").write(),
            flag("IsReminderSet").write(),
        ],
    )
}

fn case() -> SObject {
    SObject::new(
        "Case",
        "500",
        vec![
            record_type(),
            text("CaseNumber", 30),
            reference("ContactId", "Contact", "Contact").write(),
            reference("AccountId", "Account", "Account").write(),
            text("SuppliedName", 80).label("Web Name").write(),
            kind("SuppliedEmail", Kind::Email, 80).label("Web Email").write(),
            phone("SuppliedPhone").label("Web Phone"),
            picklist("Type", &["Mechanical", "Electrical", "Electronic", "Structural", "Other"])
                .label("Case Type")
                .write(),
            picklist("Status", &["New", "Working", "Escalated", "Closed"]).write(),
            picklist("Reason", &["Installation", "Equipment Complexity", "Performance", "Other"])
                .label("Case Reason")
                .write(),
            picklist("Origin", &["Phone", "Email", "Web"]).label("Case Origin").write(),
            text("Subject", 255).write(),
            picklist("Priority", &["High", "Medium", "Low"]).write(),
            long_text("Description", 32_000).write(),
            flag("IsClosed"),
            flag("IsEscalated").write(),
            owner(),
        ],
    )
}

fn contact() -> SObject {
    SObject::new(
        "Contact",
        "003",
        vec![
            record_type(),
            reference("AccountId", "Account", "Account").write(),
            text("FirstName", 40).write(),
            text("LastName", 80).write().required(),
            text("Name", 121).label("Full Name"),
            picklist("Salutation", &["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."]).write(),
            phone("Phone").label("Business Phone"),
            phone("MobilePhone"),
            phone("HomePhone"),
            phone("OtherPhone"),
            phone("AssistantPhone"),
            phone("Fax"),
            kind("Email", Kind::Email, 80).write().lookup(),
            text("Title", 128).write(),
            text("Department", 80).write(),
            date("Birthdate").write(),
            picklist("LeadSource", &["Web", "Phone Inquiry", "Partner Referral", "Other"]).write(),
            text("MailingStreet", 255).write(),
            text("MailingCity", 40).write(),
            text("MailingPostalCode", 20).write(),
            text("MailingCountry", 80).write(),
            long_text("Description", 32_000).write(),
            owner(),
        ],
    )
}

fn account() -> SObject {
    SObject::new(
        "Account",
        "001",
        vec![
            record_type(),
            text("Name", 255).label("Account Name").write().required(),
            picklist("Type", &["Prospect", "Customer - Direct", "Other"]).write(),
            reference("ParentId", "Parent", "Account").write(),
            phone("Phone").label("Account Phone"),
            phone("Fax").label("Account Fax"),
            text("AccountNumber", 40).write(),
            kind("Website", Kind::Url, 255).write(),
            picklist("Industry", &["Banking", "Energy", "Healthcare", "Technology"]).write(),
            double("AnnualRevenue").write(),
            int("NumberOfEmployees").label("Employees").write(),
            picklist("Rating", &["Hot", "Warm", "Cold"]).label("Account Rating").write(),
            text("BillingStreet", 255).write(),
            text("BillingCity", 40).write(),
            text("BillingPostalCode", 20).write(),
            text("BillingCountry", 80).write(),
            long_text("Description", 32_000).write(),
            owner(),
        ],
    )
}

fn lead() -> SObject {
    SObject::new(
        "Lead",
        "00Q",
        vec![
            record_type(),
            text("FirstName", 40).write(),
            text("LastName", 80).write().required(),
            text("Name", 121).label("Full Name"),
            text("Company", 255).write().required(),
            text("Title", 128).write(),
            phone("Phone"),
            phone("MobilePhone"),
            kind("Email", Kind::Email, 80).write().lookup(),
            picklist("Status", &["Open - Not Contacted", "Working - Contacted"]).write(),
            picklist("LeadSource", &["Web", "Phone Inquiry", "Partner Referral", "Other"]).write(),
            long_text("Description", 32_000).write(),
            owner(),
        ],
    )
}

fn opportunity() -> SObject {
    SObject::new(
        "Opportunity",
        "006",
        vec![
            record_type(),
            reference("AccountId", "Account", "Account").write(),
            text("Name", 120).write().required(),
            picklist("StageName", &["Prospecting", "Qualification", "Closed Won", "Closed Lost"])
                .label("Stage")
                .write()
                .required(),
            date("CloseDate").write().required(),
            double("Amount").write(),
            picklist("Type", &["New Business", "Existing Business"]).write(),
            long_text("Description", 32_000).write(),
            owner(),
        ],
    )
    .plural("Opportunities")
}
