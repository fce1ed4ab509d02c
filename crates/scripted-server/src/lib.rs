//! An HTTP server for tests of clients: it plays one scripted reply per connection and keeps what it
//! was sent.
//!
//! It can answer what no honest server does: hang up, stop in the middle of a body, be slow. It only
//! listens on this machine, runs on the test's own tokio runtime, and ends with it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Below the ports that systems hand out by themselves.
const PORTS: std::ops::Range<u16> = 10_000..30_000;

/// An address of this machine at which nobody listens, and which nobody is given by accident: what is asked for
/// port 0 and let go again may be somebody else's connection a moment later.
///
/// # Panics
///
/// Where every port is taken.
pub fn unused_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let many = PORTS.end - PORTS.start;
    // Tests of several processes begin at different places.
    let begin = u16::try_from(std::process::id() % u32::from(many)).unwrap_or_default();
    (0..many)
        .map(|_| PORTS.start + begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % many)
        .map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
        .find(|address| std::net::TcpListener::bind(address).is_ok())
        .expect("a port that is free")
}

/// What the server does with one request.
#[derive(Debug, Clone)]
pub enum Reply {
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
    /// An answer with a JSON body.
    pub fn json(status: u16, body: impl Into<String>) -> Reply {
        let headers = vec![("content-type", "application/json".to_owned())];
        Reply::Say(status, headers, body.into().into_bytes())
    }

    /// An answer with an XML body.
    pub fn xml(status: u16, body: impl Into<String>) -> Reply {
        let headers = vec![("content-type", "text/xml; charset=utf-8".to_owned())];
        Reply::Say(status, headers, body.into().into_bytes())
    }
}

/// A running server and what it heard.
#[derive(Debug)]
pub struct Server {
    /// Its address.
    pub url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that plays the replies in order, then drops connections.
    ///
    /// # Panics
    ///
    /// Where this machine lets nobody listen: there is nothing to test then.
    pub async fn start(script: Vec<Reply>) -> Server {
        Server::start_at(([127, 0, 0, 1], 0).into(), script).await
    }

    /// The same at an address that its replies may name.
    ///
    /// # Panics
    ///
    /// Where nobody may listen at that address.
    pub async fn start_at(address: SocketAddr, script: Vec<Reply>) -> Server {
        let listener = TcpListener::bind(address).await.expect("an address of this machine");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
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
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn converse(mut stream: TcpStream, reply: Reply, log: Arc<Mutex<Vec<String>>>) {
    let request = read_request(&mut stream).await;
    log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    let (status, headers, body) = match reply {
        Reply::Drop => return,
        Reply::Say(status, headers, body) => (status, headers, body),
        Reply::Half => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,";
            stream.write_all(head).await.ok();
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

/// Reads one request, its head and its body, as far as it comes.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
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
