//! What goes wrong in a run, and when.

use provision::journal::Unsynced;

use crate::random::Random;

/// One of the two services that a run talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Salesforce,
    Webex,
}

/// Something that goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trouble {
    /// The program ends at a request to that half, before it is sent on or after it was carried out.
    EndAtRequest { half: Half, number: usize, carried_out: bool, how: End },
    /// The program ends at an operation of its disk.
    EndAtOperation { number: usize, done: Done, how: End },
    /// The line breaks at a request to that half.
    Line { half: Half, number: usize, how: Break },
    /// The disk fails at an operation.
    Disk { number: usize, how: Fails },
}

/// How a program ends that nobody asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End {
    /// Somebody kills it. What it wrote is written.
    Killed,
    /// The power is out. What it did not sync may be lost.
    PowerCut(Unsynced),
}

/// How much of a disk's operation is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Nothing,
    Half,
    All,
}

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fails {
    /// From then on there is no room.
    Full,
    /// From then on nothing can be written.
    ReadOnly,
    /// That operation fails, and the next one works.
    Once,
}

/// How a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// Nobody listens.
    Refuse,
    /// The request is lost on its way.
    LoseRequest,
    /// The request is carried out, and its answer is lost or cut.
    LoseAnswer,
    /// The request takes so many seconds to its server.
    SlowRequest(u64),
    /// The answer takes so many seconds.
    SlowAnswer(u64),
    /// The request is carried out, and its answer is not what it should be.
    Garble,
    /// The request is carried out, and its answer says that it is something else.
    WrongType,
    /// Something on the way answers instead.
    Instead(u16),
    /// The same at this and the next few requests.
    Storm,
    /// Something on the way sends the request elsewhere.
    Redirect,
    /// The service no longer accepts the token, from this request on.
    EndSession,
}

/// So many requests a storm lasts; the transport asks more often than that.
pub(crate) const STORM: usize = 2;

impl Trouble {
    /// A trouble somewhere in a run of so many requests and disk operations, or soon after its end.
    pub(crate) fn any(random: &mut Random, requests: [usize; 2], operations: usize) -> Self {
        let halves = [(Half::Salesforce, requests[0]), (Half::Webex, requests[1])];
        let asked = halves.iter().filter(|(_, count)| *count > 0).copied().collect::<Vec<_>>();
        let (half, count) = random.pick(&asked).copied().unwrap_or(halves[0]);
        let (request, operation) = (random.below(count + 2), random.below(operations + 4));
        match random.below(6) {
            0 => Self::EndAtRequest {
                half,
                number: request,
                carried_out: random.flip(),
                how: End::any(random),
            },
            1 | 2 => Self::EndAtOperation {
                number: operation,
                done: random.one(&[Done::Nothing, Done::Half, Done::All]),
                how: End::any(random),
            },
            3 => Self::Disk {
                number: operation,
                how: random.one(&[Fails::Full, Fails::ReadOnly, Fails::Once]),
            },
            _ => Self::Line { half, number: request, how: Break::any(random) },
        }
    }

    /// The same of a line alone.
    pub(crate) fn of_line(random: &mut Random, requests: [usize; 2]) -> Self {
        let half = if random.below(4) == 0 { Half::Webex } else { Half::Salesforce };
        let number = random.below(requests[half as usize] + 2);
        Self::Line { half, number, how: Break::any(random) }
    }
}

impl End {
    fn any(random: &mut Random) -> Self {
        match random.below(4) {
            0 => Self::PowerCut(Unsynced::Lost),
            1 => Self::PowerCut(Unsynced::Torn(random.below(usize::MAX) as u64)),
            _ => Self::Killed,
        }
    }
}

impl Break {
    fn any(random: &mut Random) -> Self {
        match random.below(14) {
            0 => Self::Refuse,
            1 | 2 => Self::LoseRequest,
            3 | 4 => Self::LoseAnswer,
            5 => Self::SlowRequest(1 + random.below(200) as u64),
            6 => Self::SlowAnswer(1 + random.below(200) as u64),
            7 => Self::Garble,
            8 => Self::WrongType,
            9 => Self::Instead(random.one(&[401, 429, 500, 502, 504])),
            10 => Self::Storm,
            11 => Self::Redirect,
            _ => Self::EndSession,
        }
    }
}
