//! Tests of connections: how many, through what, how safe, and for how long.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::testing::{Authority, read_request};
use crate::{Certificates, ErrorKind, Proxy, ProxyCause, TlsCause};

/// `{"packed":true}`, as gzip.
const PACKED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 72, 76, 206, 78, 77, 81, 178, 42, 41, 42, 77,
    173, 5, 0, 137, 224, 181, 220, 15, 0, 0, 0,
];

fn read() -> Call {
    Call::get("/x", "read a thing")
}

fn once() -> RetryPolicy {
    RetryPolicy { tries: 1, ..RetryPolicy::default() }
}

/// Answers every request of a connection with 200, packed where the client can unpack.
async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    loop {
        let request = read_request(&mut stream).await.to_ascii_lowercase();
        if request.is_empty() {
            return;
        }
        let unpacks = request.lines().any(|line| {
            line.strip_prefix("accept-encoding:").is_some_and(|kinds| kinds.contains("gzip"))
        });
        let (encoding, body) = if unpacks { ("gzip", PACKED) } else { ("identity", &b"{}"[..]) };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).await.ok();
    }
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    (listener, place)
}

#[tokio::test]
async fn requests_one_after_another_share_a_connection_and_answers_come_packed() {
    let (listener, place) = listen().await;
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(serve(stream));
        }
    });
    let transport = Transport::new(Options::new(format!("http://{place}"), "tests")).unwrap();
    for _ in 0..5 {
        let answer = transport.send(&read()).await.unwrap();
        assert_eq!(answer.text(), r#"{"packed":true}"#);
    }
    assert_eq!(accepted.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_answer_that_comes_byte_by_byte_for_ever_has_an_end() {
    let (listener, place) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        let mut more = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n").await;
        while more.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
            more = stream.write_all(b"x").await;
        }
    });
    let options = Options {
        timeout: Duration::from_millis(400),
        retry: once(),
        ..Options::new(format!("http://{place}"), "tests")
    };
    let error = Transport::new(options).unwrap().send(&read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut, "{error}");
}

#[tokio::test]
async fn a_handshake_that_is_never_answered_has_an_end() {
    let (_listener, place) = listen().await;
    let options = Options {
        connect_timeout: Duration::from_millis(300),
        retry: once(),
        ..Options::new(format!("https://{place}"), "tests")
    };
    let begun = Instant::now();
    let error = Transport::new(options).unwrap().send(&read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
    assert!(error.to_string().contains("timed out"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

/// What a client finds that calls a server with that certificate.
async fn called(server: TlsAcceptor, certificates: Certificates) -> Result<Answer, Error> {
    let (listener, place) = listen().await;
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        if let Ok(stream) = server.accept(stream).await {
            serve(stream).await;
        }
    });
    let options = Options { certificates, ..Options::new(format!("https://{place}"), "tests") };
    Transport::new(options).unwrap().send(&read()).await
}

#[tokio::test]
async fn a_certificate_that_does_not_hold_is_explained() {
    let authority = Authority::new();
    let good = (2020, 2090);
    let fine = called(authority.server("127.0.0.1", good), authority.certificates()).await;
    assert_eq!(fine.unwrap().status, 200);
    let names = vec!["elsewhere.example".to_owned()];
    for (name, years, cause) in [
        ("elsewhere.example", good, TlsCause::WrongName { names }),
        ("127.0.0.1", (2020, 2021), TlsCause::Expired),
        ("127.0.0.1", (2089, 2090), TlsCause::NotYetValid),
    ] {
        let server = authority.server(name, years);
        let error = called(server, authority.certificates()).await.unwrap_err();
        let Error::Tls { cause: found, .. } = &error else { panic!("{error:?}") };
        assert_eq!(*found, cause, "{error}");
    }
    let stranger = Authority::new().certificates();
    for nobody in [Certificates::default(), stranger] {
        let error = called(authority.server("127.0.0.1", good), nobody).await.unwrap_err();
        assert!(matches!(error, Error::Tls { cause: TlsCause::UnknownIssuer, .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_told() {
    let (listener, place) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 512]).await.unwrap() > 0);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let transport = Transport::new(Options::new(format!("https://{place}"), "tests")).unwrap();
    let error = transport.send(&read()).await.unwrap_err();
    assert!(matches!(error, Error::Tls { cause: TlsCause::NoTls, .. }), "{error:?}");
}

/// A proxy that says that line to whoever connects, and goes on as the server itself after a 200.
async fn proxy(says: &'static str, server: Option<TlsAcceptor>) -> (String, Arc<Mutex<String>>) {
    let (listener, place) = listen().await;
    let heard = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            *log.lock().unwrap() = read_request(&mut stream).await;
            stream.write_all(format!("{says}\r\n\r\n").as_bytes()).await.ok();
            if let Some(server) = &server {
                serve(server.accept(stream).await.unwrap()).await;
            }
        }
    });
    (place, heard)
}

fn through(address: &str, bypass: &str, certificates: Certificates) -> Transport {
    let options = Options {
        proxy: Some(Proxy::parse(address, bypass, "HTTPS_PROXY").unwrap()),
        retry: RetryPolicy { tries: 2, base: Duration::from_millis(1), ..RetryPolicy::default() },
        connect_timeout: Duration::from_secs(5),
        certificates,
        ..Options::new("https://acme.my.salesforce.com", "tests")
    };
    Transport::new(options).unwrap()
}

#[tokio::test]
async fn a_proxy_is_asked_for_the_host_and_sees_no_request() {
    let authority = Authority::new();
    let server = authority.server("acme.my.salesforce.com", (2020, 2090));
    let (place, heard) = proxy("HTTP/1.1 200 Connection established", Some(server)).await;
    let address = format!("http://ada:s3cret@{place}");
    let transport = through(&address, "example.com", authority.certificates());
    let answer = transport.send(&read()).await.unwrap();
    assert_eq!(answer.text(), r#"{"packed":true}"#);
    let heard = heard.lock().unwrap().to_ascii_lowercase();
    assert!(heard.starts_with("connect acme.my.salesforce.com:443 http/1.1"), "{heard}");
    assert!(heard.contains("proxy-authorization: basic ywrhonmzy3jlda=="), "{heard}");
    assert!(!heard.contains("/x"), "{heard}");
}

#[tokio::test]
async fn a_proxy_that_does_not_help_is_named() {
    let refusing = || proxy("HTTP/1.1 403 Forbidden", None);
    let asking = || proxy("HTTP/1.1 407 Proxy Authentication Required", None);
    let nothing = || async {
        let (listener, place) = listen().await;
        drop(listener);
        (place, Arc::default())
    };
    for ((place, _), user, words, tries) in [
        (nothing().await, "ada:canary@", "cannot be reached (", "tried twice"),
        (refusing().await, "", "refuses to pass the connection on", "tried twice"),
        (asking().await, "", "wants a user name and a password", "tried once"),
        (asking().await, "ada:canary@", "does not accept the user name", "tried once"),
        (proxy("hello", None).await, "", "refuses", "tried twice"),
    ] {
        let transport = through(&format!("http://{user}{place}"), "", Certificates::default());
        let error = transport.send(&read()).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert_eq!(error.kind(), ErrorKind::Proxy, "{text}");
        for words in [words, tries, &place, "HTTPS_PROXY", "acme.my.salesforce.com"] {
            assert!(text.contains(words), "{words} is missing: {text}");
        }
        assert!(!text.contains("canary"), "{text}");
    }
    let options = Options {
        proxy: Some(Proxy::parse("127.0.0.1:9", "localhost, .invalid", "HTTPS_PROXY").unwrap()),
        certificates: Authority::new().certificates(),
        retry: once(),
        ..Options::new("https://acme.invalid", "tests")
    };
    let direct = Transport::new(options).unwrap().send(&read()).await.unwrap_err();
    assert_eq!(direct.kind(), ErrorKind::Unreachable, "called without the proxy: {direct}");
}

#[tokio::test]
async fn a_proxy_is_checked_and_given_up_like_any_server() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", (2020, 2090));
    let (listener, place) = listen().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(server.accept(stream).await);
        }
    });
    let transport = through(&format!("https://{place}"), "", Authority::new().certificates());
    let error = transport.send(&read()).await.unwrap_err();
    let insecure = ProxyCause::Insecure(TlsCause::UnknownIssuer);
    assert!(matches!(&error, Error::Proxy { cause, .. } if *cause == insecure), "{error:?}");

    let (silent, place) = listen().await;
    let options = Options {
        proxy: Some(Proxy::parse(&place, "", "HTTPS_PROXY").unwrap()),
        certificates: authority.certificates(),
        connect_timeout: Duration::from_millis(300),
        retry: once(),
        ..Options::new("https://acme.my.salesforce.com", "tests")
    };
    let error = Transport::new(options).unwrap().send(&read()).await.unwrap_err();
    drop(silent);
    let named = format!("the proxy http://{place} (from HTTPS_PROXY) is set");
    assert!(error.to_string().contains(&named), "{error}");
}

#[test]
fn a_proxy_that_hangs_up_is_told_from_one_that_refuses() {
    let nothing = std::io::Error::other("x");
    let cause = ProxyCause::of("x: tunnel error: unexpected end of file", &nothing, false);
    assert_eq!(cause, Some(ProxyCause::Broke("unexpected end of file".to_owned())));
    assert_eq!(ProxyCause::of("tcp connect error", &nothing, false), None);
}

/// Answers one request with that head and a body that never ends, and says how many bytes were taken.
async fn endless(head: &'static str) -> (String, tokio::task::JoinHandle<usize>) {
    let (listener, place) = listen().await;
    let sent = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        let (piece, mut sent) = ([b'y'; 16 * 1024], 0);
        while stream.write_all(&piece).await.is_ok() {
            sent += piece.len();
        }
        sent
    });
    (format!("http://{place}"), sent)
}

#[tokio::test]
async fn whatever_passes_its_limit_is_not_read_on() {
    // What is under way when the connection ends: the buffers of both ends.
    const UNDER_WAY: usize = 16 * 1024 * 1024;
    let transport = |url: &str| {
        Transport::new(Options { retry: once(), ..Options::new(url, "tests") }).unwrap()
    };
    let (url, sent) = endless("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
    let error = transport(&url).send(&read().at_most(64 * 1024)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert!(sent.await.unwrap() < UNDER_WAY);

    // What is announced to be too large is not read at all.
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 900000000000\r\n\r\n";
    let (url, sent) = endless(announced).await;
    let error = transport(&url).send(&read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert!(sent.await.unwrap() < UNDER_WAY);

    // A refusal says why at its beginning.
    let (url, sent) = endless("HTTP/1.1 400 No\r\nconnection: close\r\n\r\nThis is why. ").await;
    let answer = transport(&url).send(&read()).await.unwrap();
    assert!(answer.text().starts_with("This is why. yyy"), "{:?}", answer.status);
    assert!(answer.bytes.len() <= size::REFUSAL);
    assert!(sent.await.unwrap() < UNDER_WAY);
}
