// Goes through a client's commands; tests/clients/library.rs reads what it prints.
const { Connection } = require("jsforce");

const { url, orgs } = JSON.parse(process.env.EMULATOR);
const [org] = orgs;
const [administrator] = org.users;
const settings = { instanceUrl: org.instance_url, loginUrl: url, version: "66.0" };
const connection = new Connection({ ...settings, accessToken: administrator.access_token });

// Runs every command in the order of the object, and says what came of each.
async function go(commands) {
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
}

module.exports = { administrator, connection, go, org, settings, url };
