// What jsforce does, command by command.
const assert = require("node:assert");
const { Connection } = require("jsforce");

const { administrator, connection, go, org, settings, url } = require("./command.cjs");

const fixed = (records) => assert.ok(records.every((it) => it.success), JSON.stringify(records));
let account;
let several;

const commands = {
  async identity() {
    const identity = await connection.identity();
    assert.equal(identity.organization_id, org.org_id);
  },
  async "oauth2.refreshToken"() {
    const oauth2 = { loginUrl: url, clientId: "PlatformCLI" };
    const renewed = new Connection({
      ...settings,
      oauth2,
      accessToken: "00D!expired",
      refreshToken: administrator.refresh_token,
    });
    const { totalSize } = await renewed.query("SELECT Id FROM Organization");
    assert.equal(totalSize, 1);
  },
  async login() {
    await new Connection(settings).login(administrator.username, "secret");
  },
  async query() {
    const { records } = await connection.query("SELECT Id, Name FROM Organization");
    assert.equal(records[0].Name, org.name);
  },
  async "query, autoFetch"() {
    const soql = "SELECT Id FROM User";
    const { done, records } = await connection.query(soql, { autoFetch: true, maxFetch: 5000 });
    assert.deepEqual([done, records.length], [true, 2500]);
  },
  async queryMore() {
    const first = await connection.query("SELECT Id FROM User");
    assert.ok(!first.done && first.nextRecordsUrl);
    const second = await connection.queryMore(first.nextRecordsUrl);
    assert.equal(first.records.length + second.records.length, 2500);
  },
  async "tooling.query"() {
    const { totalSize } = await connection.tooling.query("SELECT Id FROM InstalledSubscriberPackage");
    assert.equal(totalSize, 1);
  },
  async "sobject.find"() {
    const found = await connection.sobject("User").find({ Username: administrator.username }, ["Id"]);
    assert.equal(found[0].Id, administrator.id);
  },
  async "sobject.create"() {
    const made = await connection.sobject("Account").create({ Name: "Acme", NumberOfEmployees: 3 });
    assert.ok(made.success);
    account = made.id;
  },
  async "sobject.retrieve"() {
    const { Name } = await connection.sobject("Account").retrieve(account);
    assert.equal(Name, "Acme");
  },
  async "sobject.update"() {
    fixed([await connection.sobject("Account").update({ Id: account, Name: "Acme Ltd" })]);
  },
  async "sobject.create, several"() {
    const made = await connection.sobject("Account").create([{ Name: "A" }, { Name: "B" }]);
    fixed(made);
    several = made.map((it) => it.id);
  },
  async "sobject.retrieve, several"() {
    const found = await connection.sobject("Account").retrieve(several);
    assert.deepEqual(found.map((it) => it.Name), ["A", "B"]);
  },
  async "sobject.update, several"() {
    fixed(await connection.sobject("Account").update(several.map((Id) => ({ Id, Phone: "1" }))));
  },
  async "sobject.upsert"() {
    const contacts = connection.sobject("Contact");
    const sent = { Email: "ada@example.com", LastName: "Lovelace" };
    const first = await contacts.upsert(sent, "Email");
    const second = await contacts.upsert({ ...sent, LastName: "King" }, "Email");
    assert.deepEqual([first.created, second.created, second.id], [true, false, first.id]);
  },
  async "sobject.upsert, several"() {
    const rows = ["ada", "grace"].map((it) => ({ Email: `${it}@example.com`, LastName: it }));
    const results = await connection.sobject("Contact").upsert(rows, "Email");
    assert.deepEqual(results.map((it) => it.created ?? false), [false, true]);
  },
  async "sobject.destroy"() {
    fixed([await connection.sobject("Account").destroy(account)]);
  },
  async "sobject.destroy, several"() {
    fixed(await connection.sobject("Account").destroy(several));
  },
  async "sobject.create, a required field is missing"() {
    await connection.sobject("Contact").create({ FirstName: "Ada" });
  },
  async describe() {
    const { fields } = await connection.describe("User");
    assert.ok(fields.some((it) => it.name === "CallCenterId"));
  },
  async describeGlobal() {
    const { sobjects } = await connection.describeGlobal();
    assert.ok(sobjects.some((it) => it.name === "CallCenter"));
  },
  async limits() {
    const { DailyApiRequests } = await connection.limits();
    assert.equal(DailyApiRequests.Max, 100000);
  },
  async "request, composite"() {
    const body = {
      compositeRequest: [
        { method: "GET", url: "/services/data/v66.0/query?q=SELECT+Id+FROM+Organization", referenceId: "org" },
      ],
    };
    const { compositeResponse } = await connection.requestPost("/composite", body);
    assert.equal(compositeResponse[0].body.records[0].Id, org.org_id);
  },
  async "bulk2.loadAndWaitForResults"() {
    const result = await connection.bulk2.loadAndWaitForResults({
      object: "Account",
      operation: "insert",
      input: [{ Name: "C" }, { Name: "D" }],
      pollTimeout: 5000,
    });
    assert.deepEqual([result.successfulResults.length, result.failedResults.length], [2, 0]);
  },
  async "tooling.executeAnonymous"() {
    const result = await connection.tooling.executeAnonymous("System.debug(1);");
    if (!result.success) throw new Error(result.compileProblem);
  },
};

go(commands);
