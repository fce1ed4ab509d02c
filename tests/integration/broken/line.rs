//! A line on loopback between the program and a service, which breaks at one request.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::mutations::answers::changed;

/// The line; it ends with the test's process.
pub(crate) struct Line {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    /// `127.0.0.1:4711`
    upstream: String,
    /// The same of the line itself.
    own: String,
    /// Whether answers tell the latter in the place of the former.
    renames: bool,
    /// How many connections are served.
    open: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The requests so far: `POST /services/…`
    requests: Vec<String>,
    /// Their lines and bodies.
    heard: Vec<(Vec<String>, Vec<u8>)>,
    /// The status and the body of each answer of the service.
    answered: Vec<(u16, Vec<u8>)>,
    plan: Option<Plan>,
    /// Whether nobody is to listen for a moment.
    is_away: bool,
    /// How many requests the service is carrying out.
    asking: usize,
}

#[derive(Clone)]
struct Plan {
    at: usize,
    how: Break,
    /// Told once when the request is there.
    tell: Option<Sender<()>>,
}

/// How a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The request goes nowhere, and nobody hears anything.
    HoldRequest,
    /// The request is carried out, and nobody hears anything.
    HoldAnswer,
    /// The connection ends before the request has arrived.
    LoseRequest,
    /// The request is carried out, and the connection ends.
    LoseAnswer,
    /// The connection ends in the middle of the answer.
    CutAnswer,
    /// The request comes late, and so does its answer.
    Slow,
    /// The request is carried out, and its answer is not what it should be.
    Garble,
    /// The request is carried out, and its answer says that it is something else.
    WrongType,
    /// Something on the way answers instead.
    Instead(u16),
    /// The request is carried out, and its answer is changed in the way of that number.
    Change(u64),
    /// The same at this and the next few requests.
    Storm,
    /// Something on the way sends the request elsewhere.
    Redirect,
    /// Nobody listens, for a moment.
    Refuse,
    /// The service no longer accepts the token, from this request on.
    EndSession,
}

/// Every way in which a run is not killed.
pub(crate) const BREAKS: [Break; 13] = [
    Break::LoseRequest,
    Break::LoseAnswer,
    Break::CutAnswer,
    Break::Slow,
    Break::Garble,
    Break::WrongType,
    Break::Instead(502),
    Break::Instead(401),
    Break::Instead(429),
    Break::Storm,
    Break::Redirect,
    Break::Refuse,
    Break::EndSession,
];

/// After so long the connections of a program that has ended are closed, whatever keeps them.
const CLOSES: Duration = Duration::from_secs(5);

/// What takes longer than others.
const LATE: Duration = Duration::from_millis(120);

/// How many requests a storm lasts; the transport asks more often than that.
const STORM: usize = 2;

impl Line {
    /// A line to that service.
    pub(crate) fn to(url: &str) -> Self {
        Self::new(url, false)
    }

    /// A line to that service, which tells its own address wherever the service tells one: what follows a
    /// link goes over it, too.
    pub(crate) fn in_place_of(url: &str) -> Self {
        Self::new(url, true)
    }

    fn new(url: &str, renames: bool) -> Self {
        let upstream = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        // Its port has to be free whenever the line comes back.
        let address = scripted_server::unused_address();
        let mut listener = TcpListener::bind(address).expect("a port");
        let url = format!("http://{address}");
        let own = address.to_string();
        let (open, state) = (AtomicUsize::new(0), Mutex::default());
        let shared = Arc::new(Shared { upstream, own, renames, open, state });
        let serves = shared.clone();
        thread::spawn(move || {
            loop {
                let (stream, _) = listener.accept().expect("a connection");
                if serves.state().is_away {
                    // The system refuses connections while nobody listens.
                    drop((stream, listener));
                    thread::sleep(LATE);
                    listener = TcpListener::bind(address).expect("the same port");
                    serves.state().is_away = false;
                    continue;
                }
                let open = Open::of(&serves);
                // Whoever is killed leaves its connections in any state.
                thread::spawn(move || open.0.serve(&stream).ok());
            }
        });
        Self { url, shared }
    }

    /// Breaks at the request of that number from now on, the first of which is 0.
    pub(crate) fn break_at(&self, at: usize, how: Break, tell: Option<Sender<()>>) {
        let mut state = self.shared.state();
        let asking = state.asking;
        *state = State { plan: Some(Plan { at, how, tell }), asking, ..State::default() };
    }

    /// Breaks no longer; what was asked since the last plan.
    pub(crate) fn mend(&self) -> Vec<String> {
        let mut state = self.shared.state();
        let asking = state.asking;
        std::mem::replace(&mut *state, State { asking, ..State::default() }).requests
    }

    /// Waits until the service has carried out all that was sent: whoever was killed waits for nothing. What it had
    /// sent may not have been read yet, but a connection ends once it was.
    pub(crate) fn settle(&self) {
        let begun = Instant::now();
        let is_open = || self.shared.open.load(Ordering::SeqCst) > 0 && begun.elapsed() < CLOSES;
        while is_open() || self.shared.state().asking > 0 {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Line {
    /// Every request since the last plan as it came: its lines and its body.
    pub(crate) fn heard(&self) -> Vec<(Vec<String>, Vec<u8>)> {
        self.shared.state().heard.clone()
    }

    /// What the service has answered since the last plan: statuses and bodies.
    pub(crate) fn answered(&self) -> Vec<(u16, Vec<u8>)> {
        self.shared.state().answered.clone()
    }
}

/// A request or an answer: its lines, and what follows them.
struct Message {
    lines: Vec<String>,
    body: Vec<u8>,
}

impl Message {
    /// The next one; nothing where nobody sends any more.
    fn read(from: &mut BufReader<&TcpStream>) -> io::Result<Option<Self>> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if from.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let line = line.trim_end().to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let mut message = Self { lines, body: Vec::new() };
        assert!(message.header("transfer-encoding").is_none(), "{:?}", message.lines);
        let length = message.header("content-length").map_or(0, |it| it.parse().expect("a length"));
        message.body = vec![0; length];
        from.read_exact(&mut message.body)?;
        Ok(Some(message))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.lines.iter().filter_map(|line| line.split_once(':'));
        headers.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The status of an answer.
    fn status(&self) -> u16 {
        let line = self.lines.first().expect("a status line");
        line.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status")
    }

    fn replace(&mut self, name: &str, value: &str) {
        let is_it = |line: &String| {
            line.split_once(':').is_some_and(|(it, _)| it.eq_ignore_ascii_case(name))
        };
        self.lines.retain(|line| !is_it(line));
        self.lines.push(format!("{name}: {value}"));
    }

    /// Has one address stand where another stood.
    fn rename(&mut self, from: &str, to: &str) {
        let escaped = |address: &str| address.replace(':', "%3A");
        let rename = |text: &str| text.replace(from, to).replace(&escaped(from), &escaped(to));
        self.lines.iter_mut().for_each(|line| *line = rename(line));
        if let Ok(text) = std::str::from_utf8(&self.body)
            && (text.contains(from) || text.contains(&escaped(from)))
        {
            self.body = rename(text).into_bytes();
            self.replace("content-length", &self.body.len().to_string());
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.lines.join("\r\n").into_bytes();
        bytes.extend(b"\r\n\r\n");
        bytes.extend(&self.body);
        bytes
    }

    fn instead(status: u16, headers: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        format!("HTTP/1.1 {status} Instead\r\n{headers}content-length: {length}\r\n\r\n{body}")
            .into_bytes()
    }
}

/// A connection that is being served.
struct Open(Arc<Shared>);

impl Open {
    fn of(shared: &Arc<Shared>) -> Self {
        shared.open.fetch_add(1, Ordering::SeqCst);
        Self(shared.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A request that is on its way to the service.
struct Asking<'a>(&'a Shared);

impl<'a> Asking<'a> {
    fn of(shared: &'a Shared) -> Self {
        shared.state().asking += 1;
        Self(shared)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.state().asking -= 1;
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request, and says what happens to it.
    fn next(&self, request: &Message) -> Option<Break> {
        let mut state = self.state();
        let number = state.requests.len();
        let mut words = request.lines.first().expect("a request line").split(' ');
        let line = [words.next(), words.next()].map(Option::unwrap_or_default).join(" ");
        state.requests.push(line);
        state.heard.push((request.lines.clone(), request.body.clone()));
        let plan = state.plan.clone()?;
        let lasts = match plan.how {
            Break::Storm => STORM,
            Break::EndSession => usize::MAX - plan.at,
            _ => 1,
        };
        (plan.at..plan.at.saturating_add(lasts)).contains(&number).then_some(plan.how)
    }

    fn tell(&self) {
        let plan = self.state().plan.clone();
        if let Some(tell) = plan.and_then(|plan| plan.tell) {
            tell.send(()).expect("somebody waits");
        }
    }

    /// Serves one connection until it ends.
    fn serve(&self, client: &TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        let mut from_client = BufReader::new(client);
        let server = TcpStream::connect(&self.upstream)?;
        server.set_nodelay(true)?;
        let mut from_server = BufReader::new(&server);
        while let Some(mut request) = Message::read(&mut from_client)? {
            // From here on, until the service has answered or nobody is to ask it.
            let asking = Asking::of(self);
            let how = self.next(&request);
            request.replace("host", &self.upstream);
            let mut ask = || -> io::Result<Message> {
                (&server).write_all(&request.bytes())?;
                let answer = Message::read(&mut from_server)?;
                let mut answer = answer.ok_or(io::ErrorKind::UnexpectedEof)?;
                self.state().answered.push((answer.status(), answer.body.clone()));
                if self.renames {
                    answer.rename(&self.upstream, &self.own);
                }
                Ok(answer)
            };
            let mut client_out = client;
            match how {
                None => client_out.write_all(&ask()?.bytes())?,
                Some(Break::HoldRequest | Break::HoldAnswer) => {
                    if how == Some(Break::HoldAnswer) {
                        ask()?;
                    }
                    drop(asking);
                    self.tell();
                    // Until the other end is gone.
                    return Message::read(&mut from_client).map(drop);
                }
                Some(Break::LoseRequest) => return Ok(()),
                Some(Break::LoseAnswer) => return ask().map(drop),
                Some(Break::CutAnswer) => {
                    let bytes = ask()?.bytes();
                    return client_out.write_all(&bytes[..bytes.len() - bytes.len() / 3]);
                }
                Some(Break::Slow) => {
                    thread::sleep(LATE);
                    client_out.write_all(&ask()?.bytes())?;
                }
                Some(Break::Garble) => {
                    let mut answer = ask()?;
                    answer.body.iter_mut().step_by(7).for_each(|byte| *byte ^= 0x55);
                    client_out.write_all(&answer.bytes())?;
                }
                Some(Break::Change(number)) => {
                    let mut answer = ask()?;
                    answer.body = changed(&answer.body, number);
                    answer.replace("content-length", &answer.body.len().to_string());
                    client_out.write_all(&answer.bytes())?;
                }
                Some(Break::WrongType) => {
                    let mut answer = ask()?;
                    answer.replace("content-type", "text/html");
                    client_out.write_all(&answer.bytes())?;
                }
                Some(Break::Instead(status)) => {
                    let page = "<html><body>A gateway speaks.</body></html>";
                    let page = Message::instead(status, "content-type: text/html\r\n", page);
                    client_out.write_all(&page)?;
                }
                Some(Break::Storm) => {
                    client_out.write_all(&Message::instead(503, "retry-after: 0\r\n", ""))?;
                }
                Some(Break::Refuse) => {
                    self.state().is_away = true;
                    // Wakes the one who listens, for it to stop.
                    drop(TcpStream::connect(&self.own));
                    return Ok(());
                }
                Some(Break::EndSession) => {
                    client_out.write_all(&ended(&request))?;
                }
                Some(Break::Redirect) => {
                    let to = "location: http://127.0.0.1:9/elsewhere\r\n";
                    client_out.write_all(&Message::instead(302, to, ""))?;
                }
            }
        }
        Ok(())
    }
}

/// What a service says to whose token has ended: the Metadata API in XML, others in JSON.
fn ended(request: &Message) -> Vec<u8> {
    let words = "Session expired or invalid";
    let is_soap = request.header("soapaction").is_some();
    let (status, kind, body) = if is_soap {
        let fault = format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:sf=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Body><soapenv:Fault>\
             <faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: {words}\
             </faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>"
        );
        (500, "text/xml", fault)
    } else {
        let body = format!(r#"[{{"errorCode":"INVALID_SESSION_ID","message":"{words}"}}]"#);
        (401, "application/json", body)
    };
    Message::instead(status, &format!("content-type: {kind}\r\n"), &body)
}
