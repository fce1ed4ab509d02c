//! A server of a few lines for tests: one scripted reply per connection.

mod authority;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) use self::authority::Authority;
use super::{Options, RetryPolicy, Transport};

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Closes the connection without a word.
    Drop,
    /// Answers with a status, headers and a body.
    Say(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Announces a body and closes before its end.
    Half,
    /// Waits, then answers 200.
    Slow(Duration),
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Reply {
        let headers = vec![("content-type", "application/json".to_owned())];
        Reply::Say(status, headers, body.into().into_bytes())
    }

    pub(crate) fn xml(status: u16, body: impl Into<String>) -> Reply {
        let headers = vec![("content-type", "text/xml; charset=utf-8".to_owned())];
        Reply::Say(status, headers, body.into().into_bytes())
    }
}

/// A running server and what it heard.
pub(crate) struct Server {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that plays the replies in order, then drops connections.
    pub(crate) async fn start(script: Vec<Reply>) -> Server {
        Server::start_at(([127, 0, 0, 1], 0).into(), script).await
    }

    /// The same at an address that its replies may name.
    pub(crate) async fn start_at(address: std::net::SocketAddr, script: Vec<Reply>) -> Server {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        tokio::spawn(async move {
            let mut script = script.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                let reply = script.next().unwrap_or(Reply::Drop);
                tokio::spawn(converse(stream, reply, Arc::clone(&log)));
            }
        });
        Server { url, heard }
    }

    /// The requests so far, heads and bodies.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// A transport to this server that hardly waits between tries.
    pub(crate) fn transport(&self) -> Transport {
        Transport::new(self.options()).unwrap()
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            timeout: Duration::from_secs(10),
            retry: RetryPolicy {
                tries: 3,
                base: Duration::from_millis(2),
                ..RetryPolicy::default()
            },
            ..Options::new(&self.url)
        }
    }
}

async fn converse(mut stream: TcpStream, reply: Reply, log: Arc<Mutex<Vec<String>>>) {
    let request = read_request(&mut stream).await;
    log.lock().unwrap().push(request);
    let (status, headers, body) = match reply {
        Reply::Drop => return,
        Reply::Say(status, headers, body) => (status, headers, body),
        Reply::Half => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,";
            stream.write_all(head).await.unwrap();
            return;
        }
        Reply::Slow(wait) => {
            tokio::time::sleep(wait).await;
            (200, Vec::new(), b"{}".to_vec())
        }
    };
    let mut head =
        format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([name, ": ", &value, "\r\n"]);
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await.ok();
    stream.write_all(&body).await.ok();
    stream.shutdown().await.ok();
}

/// One request, its head and its body, as far as it comes.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().ok())?
            });
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return text.into_owned();
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&bytes).into_owned(),
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
    }
}
