//! Connections whose handshake is over.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);

type Accepted = (TlsStream<TcpStream>, SocketAddr);

/// Accepts connections; handshakes run side by side, so that a slow client keeps nobody waiting.
pub(crate) struct TlsListener {
    accepted: mpsc::Receiver<Accepted>,
    address: SocketAddr,
}

impl TlsListener {
    /// Begins to accept; must be called inside a runtime.
    pub(crate) fn new(listener: TcpListener, settings: Arc<ServerConfig>) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let (ready, accepted) = mpsc::channel(64);
        let acceptor = TlsAcceptor::from(settings);
        tokio::spawn(async move {
            loop {
                let Ok((stream, from)) = listener.accept().await else {
                    // Out of file handles, for example: others may be closed meanwhile.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                // Answers are small: waiting to fill a packet would cost 40 ms each.
                drop(stream.set_nodelay(true));
                let (acceptor, ready) = (acceptor.clone(), ready.clone());
                tokio::spawn(async move {
                    // Who does not get through the handshake is not heard.
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await {
                        drop(ready.send((stream, from)).await);
                    }
                });
            }
        });
        Ok(Self { accepted, address })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            // The other end lives as long as the runtime.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(self.address)
    }
}
