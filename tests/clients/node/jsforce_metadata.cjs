// What jsforce does with metadata, command by command.
const assert = require("node:assert");
const { buffer } = require("node:stream/consumers");
// It comes with the Salesforce CLI.
const JSZip = require("jszip");
const { Connection } = require("jsforce");

const { administrator, connection, go, settings, url } = require("./command.cjs");

const { metadata } = connection;
metadata.pollInterval = 50;
const NAMESPACE = "http://soap.sforce.com/2006/04/metadata";
const labels = { displayNameLabel: "Display Name", internalNameLabel: "Internal Name" };
const acme = { fullName: "Acme", displayName: "Acme", ...labels };
const judge = { fullName: "Judge", label: "Judge", description: "A & B" };
const flows = { types: [{ name: "Flow", members: ["*"] }], version: "66.0" };
const fixed = (results) => assert.ok(results.every((it) => it.success), JSON.stringify(results));
let deployed;
let validated;
let retrieved;

// A zip file with a flow.
function zip(flow) {
  const file = new JSZip();
  const members = "<types><members>Own</members><name>Flow</name></types>";
  const manifest = `${members}<version>66.0</version>`;
  file.file("package.xml", `<Package xmlns="${NAMESPACE}">${manifest}</Package>`);
  file.file("flows/Own.flow", `<Flow xmlns="${NAMESPACE}">${flow}</Flow>`);
  return file.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

// The flow in a retrieved zip file.
async function flowOf(bytes) {
  const file = await JSZip.loadAsync(bytes);
  assert.deepEqual(Object.keys(file.files).sort(), ["flows/Own.flow", "package.xml"]);
  return file.file("flows/Own.flow").async("string");
}

const commands = {
  async "metadata.describe"() {
    const { metadataObjects } = await metadata.describe();
    const { directoryName, suffix } = metadataObjects.find((it) => it.xmlName === "CallCenter");
    assert.deepEqual([directoryName, suffix], ["callCenters", "callCenter"]);
  },
  async "metadata.create"() {
    const result = await metadata.create("CallCenter", acme);
    assert.deepEqual([result.success, result.fullName], [true, "Acme"]);
  },
  async "metadata.create, it is there already"() {
    const { success, errors } = await metadata.create("CallCenter", acme);
    assert.equal(success, false);
    throw new Error([errors].flat()[0].message);
  },
  async "metadata.create, several"() {
    const other = { fullName: "Other", label: "Other" };
    fixed(await metadata.create("PermissionSet", [judge, other]));
  },
  async "metadata.list"() {
    const found = await metadata.list([{ type: "CallCenter" }, { type: "PermissionSet" }]);
    const names = found.map((it) => `${it.type} ${it.fullName}`);
    for (const name of ["CallCenter Acme", "PermissionSet Judge"]) assert.ok(names.includes(name));
  },
  async "metadata.list, there are none"() {
    assert.deepEqual(await metadata.list({ type: "Flow" }), []);
  },
  async "metadata.read"() {
    const { fullName, label, description } = await metadata.read("PermissionSet", "Judge");
    assert.deepEqual({ fullName, label, description }, judge);
  },
  async "metadata.read, several"() {
    const found = await metadata.read("PermissionSet", ["Other", "Judge"]);
    assert.deepEqual(found.map((it) => it.label), ["Other", "Judge"]);
  },
  async "metadata.read, a profile"() {
    const { layoutAssignments } = await metadata.read("Profile", "Admin");
    const layouts = await metadata.list({ type: "Layout" });
    const names = layouts.map((it) => it.fullName);
    assert.ok(layoutAssignments.length && names.includes(layoutAssignments[0].layout));
  },
  async "metadata.update"() {
    fixed([await metadata.update("CallCenter", { ...acme, displayName: "Acme Ltd" })]);
    assert.equal((await metadata.read("CallCenter", "Acme")).displayName, "Acme Ltd");
  },
  async "metadata.update, it is not there"() {
    const { success, errors } = await metadata.update("CallCenter", { ...acme, fullName: "Gone" });
    assert.equal(success, false);
    throw new Error([errors].flat()[0].message);
  },
  async "metadata.upsert, several"() {
    const third = { fullName: "Third", label: "Third" };
    const results = await metadata.upsert("PermissionSet", [{ ...judge, label: "New" }, third]);
    fixed(results);
    assert.deepEqual(results.map((it) => it.created), [false, true]);
    assert.equal((await metadata.read("PermissionSet", "Judge")).label, "New");
  },
  async "metadata.upsert, a custom object and its field"() {
    const model = { deploymentStatus: "Deployed", sharingModel: "ReadWrite" };
    const nameField = { type: "Text", label: "Name" };
    const object = { label: "Thing", pluralLabel: "Things", nameField, ...model };
    fixed([await metadata.upsert("CustomObject", { fullName: "Thing__c", ...object })]);
    const field = { label: "Size", type: "Number", precision: 9, scale: 0 };
    fixed([await metadata.upsert("CustomField", { fullName: "Thing__c.Size__c", ...field })]);
    const { fields } = await metadata.read("CustomObject", "Thing__c");
    const size = fields.find((it) => it.fullName === "Size__c");
    assert.deepEqual([size.type, size.precision], ["Number", 9]);
  },
  async "metadata.rename"() {
    fixed([await metadata.rename("PermissionSet", "Third", "Fourth")]);
    assert.equal((await metadata.read("PermissionSet", "Fourth")).label, "Third");
  },
  async "metadata.delete"() {
    fixed([await metadata.delete("CallCenter", "Acme")]);
    assert.equal((await metadata.read("CallCenter", "Acme")).fullName, undefined);
  },
  async "metadata.delete, several"() {
    const results = await metadata.delete("PermissionSet", ["Judge", "Gone"]);
    assert.deepEqual(results.map((it) => it.success), [true, false]);
  },
  async "metadata.deploy"() {
    const started = metadata.deploy(await zip("<label>Own</label>"), { singlePackage: true });
    const { id, status, success, numberComponentsDeployed } = await started.complete();
    assert.deepEqual([status, success, numberComponentsDeployed], ["Succeeded", true, 1]);
    deployed = id;
  },
  async "metadata.deploy, a broken file"() {
    const broken = await zip("<apiVersion>66.0</apiVersion>");
    const started = metadata.deploy(broken, { singlePackage: true });
    const { success, details } = await started.complete(true);
    assert.equal(success, false);
    throw new Error(details.componentFailures[0].problem);
  },
  async "metadata.checkDeployStatus"() {
    const { done, details } = await metadata.checkDeployStatus(deployed, true);
    assert.equal(done, true);
    assert.ok(details.componentSuccesses.some((it) => it.fullName === "Own" && it.created));
  },
  async "metadata.checkDeployStatus, REST"() {
    const { id, status } = await metadata.checkDeployStatus(deployed, true, true);
    assert.deepEqual([id, status], [deployed, "Succeeded"]);
  },
  async "metadata.deploy, checkOnly"() {
    const options = { checkOnly: true, singlePackage: true, testLevel: "RunLocalTests" };
    const started = metadata.deploy(await zip("<label>Quick</label>"), options);
    const { id, checkOnly, status } = await started.complete();
    assert.deepEqual([checkOnly, status], [true, "Succeeded"]);
    validated = id;
  },
  async "metadata.deployRecentValidation"() {
    const id = await metadata.deployRecentValidation({ id: validated });
    assert.equal((await metadata.checkDeployStatus(id)).status, "Succeeded");
  },
  async "metadata.deployRest"() {
    const started = metadata.deployRest(await zip("<label>Rest</label>"), { singlePackage: true });
    assert.equal((await started.complete()).status, "Succeeded");
  },
  async "metadata.cancelDeploy, it is done"() {
    await metadata.cancelDeploy(deployed);
  },
  async "metadata.retrieve"() {
    const request = { apiVersion: "66.0", singlePackage: true, unpackaged: flows };
    const { id, status, zipFile } = await metadata.retrieve(request).complete();
    assert.equal(status, "Succeeded");
    assert.ok((await flowOf(Buffer.from(zipFile, "base64"))).includes("<label>Rest</label>"));
    retrieved = id;
  },
  async "metadata.retrieve, stream"() {
    const request = { apiVersion: "66.0", singlePackage: true, unpackaged: flows };
    const bytes = await buffer(metadata.retrieve(request).stream());
    assert.ok((await flowOf(bytes)).includes("<label>Rest</label>"));
  },
  async "metadata.checkStatus"() {
    const { done, state } = await metadata.checkStatus(retrieved);
    assert.deepEqual([done, state], [true, "Completed"]);
  },
  async "metadata.describe, the session is over"() {
    const { refresh_token: refreshToken } = administrator;
    const oauth2 = { loginUrl: url, clientId: "PlatformCLI" };
    const over = new Connection({ ...settings, oauth2, accessToken: "00D!expired", refreshToken });
    assert.ok((await over.metadata.describe()).metadataObjects.length);
    assert.notEqual(over.accessToken, "00D!expired");
  },
};

go(commands);
