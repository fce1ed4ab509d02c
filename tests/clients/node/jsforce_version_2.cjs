// What jsforce does in an org with Version 2 of the connector, command by command.
const assert = require("node:assert");

const { connection, go } = require("./command.cjs");

const { metadata } = connection;
const NAME = "wxCcCallCenter";
let center;

// The items of a section; one alone is no list.
function items(section) {
  return [section.items].flat();
}

const commands = {
  async "metadata.read, the call center"() {
    center = await metadata.read("CallCenter", NAME);
    const all = center.sections.flatMap((section) => items(section).map((it) => it.name));
    assert.equal(all.filter((it) => it === "objectFieldMapping").length, 2);
  },
  async "metadata.update, as it was read"() {
    const { success, errors } = await metadata.update("CallCenter", center);
    assert.ok(success, JSON.stringify(errors));
    assert.deepEqual(await metadata.read("CallCenter", NAME), center);
  },
  async "query, who has the permission set of the package"() {
    const of = "PermissionSet.NamespacePrefix = 'cisco_wxcc'";
    const { records } = await connection.query(
      `SELECT Assignee.CallCenterId FROM PermissionSetAssignment WHERE ${of}`,
    );
    assert.ok(records.length && records.every((it) => it.Assignee.CallCenterId));
  },
  async "tooling.query, the installed package"() {
    const { records } = await connection.tooling.query(
      "SELECT SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage",
    );
    const names = records.map((it) => it.SubscriberPackage.NamespacePrefix);
    assert.ok(names.includes("cisco_wxcc"), names.join());
  },
};

go(commands);
