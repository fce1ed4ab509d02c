// What jsforce does, command by command; tests/clients/library.rs reads what it prints.
const assert = require("node:assert");
const { Connection } = require("jsforce");

const { url, orgs } = JSON.parse(process.env.EMULATOR);
const [org] = orgs;
const [administrator] = org.users;
const connection = new Connection({
  instanceUrl: org.instance_url,
  loginUrl: url,
  accessToken: administrator.access_token,
  version: "66.0",
});

const commands = {
  async identity() {
    const identity = await connection.identity();
    assert.equal(identity.organization_id, org.org_id);
  },
  async query() {
    const { records } = await connection.query("SELECT Id, Name FROM Organization");
    assert.equal(records[0].Name, org.name);
  },
};

(async () => {
  for (const [command, run] of Object.entries(commands)) {
    let problem = null;
    try {
      await run();
    } catch (error) {
      console.error(command, error);
      problem = error.message;
    }
    console.log(JSON.stringify({ command, problem }));
  }
})();
