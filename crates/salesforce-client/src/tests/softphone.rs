//! The softphone layout.

use super::org;
use crate::testing::Reply;

fn answer(result: &str) -> Reply {
    answer_of("describeSoftphoneLayout", result)
}

fn answer_of(operation: &str, result: &str) -> Reply {
    Reply::xml(
        200,
        format!(
            r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><{operation}Response>{result}</{operation}Response></soapenv:Body></soapenv:Envelope>"#
        ),
    )
}

fn layout(name: &str, kind: &str) -> Reply {
    answer(&format!(
        "<result><callTypes><infoFields><name>ANI</name></infoFields><infoFields><name>DNIS</name></infoFields>\
         <name>{kind}</name><screenPopOptions><matchType>NoMatch</matchType><screenPopData>Contact</screenPopData>\
         <screenPopType>PopToEntity</screenPopType></screenPopOptions><screenPopsOpenWithin>ExistingWindow\
         </screenPopsOpenWithin><sections><entityApiName>Account</entityApiName><items><itemApiName>Name\
         </itemApiName></items></sections></callTypes><id>04nA</id><name>{name}</name></result>"
    ))
}

#[tokio::test]
async fn both_readings_of_the_names_are_understood() {
    for reply in [layout("Webex", "Inbound"), layout("Inbound", "Webex")] {
        let (server, client) = org(vec![reply]).await;
        let layout = client.softphone_layout().await.unwrap().unwrap();
        assert_eq!((layout.id.as_str(), layout.name.as_str()), ("04nA", "Webex"));
        let inbound = &layout.call_types[0];
        assert_eq!(inbound.kind, "Inbound");
        assert_eq!(inbound.info_fields, ["ANI", "DNIS"]);
        assert_eq!(inbound.pops_open_within.as_deref(), Some("ExistingWindow"));
        assert_eq!(inbound.screen_pops[0].kind, "PopToEntity");
        assert_eq!(inbound.objects[0].fields, ["Name"]);
        assert!(server.heard()[0].starts_with("POST /services/Soap/u/68.0"));
    }
    // A layout may be called like a kind of call without being one.
    let (_server, client) = org(vec![layout("Inbound", "Inbound")]).await;
    assert_eq!(client.softphone_layout().await.unwrap().unwrap().name, "Inbound");
}

#[tokio::test]
async fn no_layout_is_none() {
    let fault = Reply::xml(
        500,
        r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body><soapenv:Fault><faultcode>sf:NO_SOFTPHONE_LAYOUT</faultcode><faultstring>NO_SOFTPHONE_LAYOUT: none</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>"#,
    );
    for reply in [answer(r#"<result xsi:nil="true"/>"#), answer(""), fault] {
        let (_server, client) = org(vec![reply]).await;
        assert_eq!(client.softphone_layout().await.unwrap(), None);
    }
}

#[tokio::test]
async fn whose_session_it_is_comes_with_the_profile() {
    let reply = answer_of(
        "getUserInfo",
        "<result><organizationId>00D000000000001EAA</organizationId><profileId>00e000000000001AAA</profileId>\
         <userId>005000000000001AAA</userId><userName>ada@example.com</userName></result>",
    );
    let (_server, client) = org(vec![reply]).await;
    let user = client.session_user().await.unwrap();
    assert_eq!(
        (user.user_name.as_str(), user.profile_id.as_str()),
        ("ada@example.com", "00e000000000001AAA")
    );
    assert_eq!(user.organization_id, "00D000000000001EAA");
}
