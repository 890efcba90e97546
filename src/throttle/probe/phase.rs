//! What a probe is at, and what it asks for.

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Send one request on this connection; a new number is a new connection.
    Send {
        /// The connection.
        connection: u32,
    },
    /// Open so many new connections together, before there are requests for them.
    Open {
        /// The first one's number; the others follow.
        first: u32,
        /// How many.
        count: u32,
    },
    /// Have so many connections open that nothing is sent on: open more, or close the newest.
    Hold {
        /// How many.
        idle: u32,
    },
    /// Do nothing before this instant, unless a reply comes first.
    Wait {
        /// Seconds on the trace's clock; infinite when only a reply helps.
        until_s: f64,
    },
    /// The answer is as good as it gets within the bounds.
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phase {
    /// One request, well before the others: what it takes up comes back first.
    Canary,
    /// Silence.
    Rest {
        until: f64,
        then: Then,
    },
    /// One after another, until one is refused.
    Burst,
    /// How many processes there are: a request while so many are held.
    Count {
        at: f64,
        asked: bool,
    },
    /// After the first refusal: one request each on new connections, while known ones are kept busy.
    Fresh {
        left: u32,
        /// Known connections to send on before the new one; none once all of these are sent.
        ahead: Option<u32>,
    },
    /// Copies share no count: on, so many more of several at once, until all are shut.
    Sweep {
        left: u32,
        refused: u32,
    },
    /// The same, one request to each process in turn.
    Round {
        opened: bool,
        asked: u32,
        /// How many were let in, in all rounds and since the latest refusal.
        let_in: u64,
        row: u64,
        /// How many were refused since the latest that was let in.
        refused: u32,
    },
    /// So many more of a group of requests, each group well apart from the others.
    Apart {
        left: u32,
    },
    /// Knocking, until one is let in.
    Watch,
    /// A part of the quota, then silence.
    Part {
        left: u64,
    },
    /// The whole quota again and again, to meet a wider limit behind it.
    Ride {
        left: u64,
    },
    /// Knocking long before a settled window ends, so many times of so many.
    Peek {
        done: usize,
        of: usize,
    },
    /// Many at once.
    Volley {
        round: u32,
        left: usize,
    },
    Done,
}

impl Phase {
    /// The first of the rounds.
    pub(super) const ROUND: Self = Self::Round {
        opened: false,
        asked: 0,
        let_in: 0,
        row: 0,
        refused: 0,
    };

    /// Whether more is sent while replies are out.
    pub(super) fn sends_many(self) -> bool {
        match self {
            Self::Volley { left, .. } => left > 0,
            Self::Sweep { left, .. } | Self::Apart { left } => left > 0,
            Self::Fresh { ahead, .. } => ahead.is_some(),
            _ => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Then {
    Count,
    Burst,
    Apart,
    Ride { count: u64 },
    Peek { done: usize, of: usize },
    Volley { round: u32 },
}

impl Then {
    /// The phase that it is; none where there is more to do first.
    pub(super) fn phase(self, at_once: usize) -> Option<Phase> {
        match self {
            Self::Count | Self::Apart => None,
            Self::Burst => Some(Phase::Burst),
            Self::Ride { count } => Some(Phase::Ride { left: count }),
            Self::Peek { done, of } => Some(Phase::Peek { done, of }),
            Self::Volley { round } => Some(Phase::Volley {
                round,
                left: at_once,
            }),
        }
    }
}
