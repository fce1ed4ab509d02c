//! Describes of objects.

use serde_json::{Value, json};

use super::reads;
use crate::org::Call;
use crate::schema::{self, Api, Field, Kind, SObject};

fn base(call: &Call<'_>, api: Api) -> String {
    let tooling = if api == Api::Tooling { "/tooling" } else { "" };
    format!("/services/data/v{}{tooling}", call.version)
}

/// `GET sobjects`
pub(super) fn global(call: &Call<'_>, api: Api) -> Value {
    let objects: Vec<Value> = schema::all(call.world(), api)
        .iter()
        .filter(|object| reads::shown(call, api, &object.name).is_ok())
        .map(|object| summary(call, api, object))
        .collect();
    json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects})
}

/// `GET sobjects/X`
pub(super) fn basic(call: &Call<'_>, api: Api, object: &SObject) -> Value {
    json!({"objectDescribe": summary(call, api, object), "recentItems": []})
}

/// `GET sobjects/X/describe`
pub(super) fn whole(call: &Call<'_>, api: Api, object: &SObject) -> Value {
    let mut described = summary(call, api, object);
    described["fields"] = object.fields.iter().map(|field| field_of(object, field)).collect();
    let types = call.world().record_types.iter();
    let types = types.filter(|kind| kind.sobject_type == object.name && kind.is_active);
    let mut infos: Vec<Value> = types
        .map(|kind| {
            json!({
                "active": true, "available": true, "defaultRecordTypeMapping": false,
                "developerName": kind.developer_name, "master": false, "name": kind.name,
                "recordTypeId": kind.id, "urls": {},
            })
        })
        .collect();
    if object.layoutable {
        infos.push(json!({
            "active": true, "available": true, "defaultRecordTypeMapping": true,
            "developerName": "Master", "master": true, "name": "Master",
            "recordTypeId": "012000000000000AAA", "urls": {},
        }));
    }
    described["recordTypeInfos"] = infos.into();
    let children = schema::children(call.world(), &object.name).into_iter();
    let children = children.filter(|_| api == Api::Data).map(|child| {
        json!({
            "cascadeDelete": false, "childSObject": child.object, "deprecatedAndHidden": false,
            "field": child.field, "junctionIdListNames": [], "junctionReferenceTo": [],
            "relationshipName": child.name, "restrictedDelete": false,
        })
    });
    described["childRelationships"] = children.collect();
    described["supportedScopes"] =
        json!([{"label": format!("All {}", object.plural), "name": "everything"}]);
    described
}

fn summary(call: &Call<'_>, api: Api, object: &SObject) -> Value {
    let url = format!("{}/sobjects/{}", base(call, api), object.name);
    json!({
        "activateable": false,
        "createable": object.createable,
        "custom": object.custom,
        "customSetting": false,
        "deletable": object.deletable,
        "deprecatedAndHidden": false,
        "feedEnabled": false,
        "hasSubtypes": false,
        "isInterface": false,
        "isSubtype": false,
        "keyPrefix": object.key_prefix,
        "label": object.label,
        "labelPlural": object.plural,
        "layoutable": object.layoutable,
        "mergeable": false,
        "mruEnabled": object.layoutable,
        "name": object.name,
        "queryable": true,
        "replicateable": object.layoutable,
        "retrieveable": true,
        "searchable": object.layoutable,
        "triggerable": object.layoutable,
        "undeletable": object.layoutable,
        "updateable": object.updateable,
        "urls": {
            "rowTemplate": format!("{url}/{{ID}}"),
            "describe": format!("{url}/describe"),
            "sobject": url,
        },
    })
}

fn field_of(object: &SObject, field: &Field) -> Value {
    let is_text = !matches!(
        field.kind,
        Kind::Boolean | Kind::Int | Kind::Double | Kind::Date | Kind::DateTime | Kind::Complex
    );
    let length = if is_text { field.length } else { 0 };
    let values: Vec<Value> = field
        .picklist
        .iter()
        .map(|value| {
            json!({
                "active": true, "defaultValue": false, "label": value, "validFor": null,
                "value": value,
            })
        })
        .collect();
    let is_name = field.name == "Name"
        || (object.name == "Task" && field.name == "Subject")
        || (object.name == "Case" && field.name == "CaseNumber");
    // A contact's or lead's name is made of others.
    let has_parts = object.field("LastName").is_some();
    let is_part = ["FirstName", "LastName", "Salutation"].contains(&field.name.as_str());
    let compound = (has_parts && is_part).then_some("Name");
    json!({
        "aggregatable": field.filterable,
        "autoNumber": false,
        "byteLength": length * 3,
        "calculated": field.calculated,
        "calculatedFormula": null,
        "caseSensitive": false,
        "compoundFieldName": compound,
        "createable": field.createable,
        "custom": field.custom,
        "defaultValue": null,
        "defaultedOnCreate": field.kind == Kind::Boolean || field.name == "OwnerId",
        "dependentPicklist": false,
        "deprecatedAndHidden": false,
        "digits": if field.kind == Kind::Int { 8 } else { 0 },
        "externalId": false,
        "filterable": field.filterable,
        "groupable": field.filterable,
        "htmlFormatted": false,
        "idLookup": field.id_lookup,
        "inlineHelpText": null,
        "label": field.label,
        "length": length,
        "name": field.name,
        "nameField": is_name,
        "nillable": field.nillable,
        "permissionable": field.is_permissionable(),
        "picklistValues": values,
        "polymorphicForeignKey": field.reference_to.len() > 1,
        "precision": if field.kind == Kind::Double { 18 } else { 0 },
        "referenceTo": field.reference_to,
        "relationshipName": field.relationship,
        "restrictedPicklist": false,
        "scale": 0,
        "soapType": field.soap_type(),
        "sortable": field.sortable,
        "type": field.type_name(),
        "unique": false,
        "updateable": field.updateable,
        "writeRequiresMasterRead": false,
    })
}
