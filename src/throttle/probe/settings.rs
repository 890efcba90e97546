//! How far a probe may go.

/// How much is worth spending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// The count, and the window that the server names: one request above the limit.
    Quick,
    /// The count, whether copies share it, and the window that the server names.
    Counted,
    /// Until algorithm, limit and window are settled.
    #[default]
    Settled,
    /// One more round after that, which has to turn out as predicted.
    Thorough,
}

/// The bounds of a probe.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Most requests.
    pub max_requests: usize,
    /// Longest duration, seconds.
    pub max_time_s: f64,
    /// How much is worth spending within these bounds.
    pub effort: Effort,
    /// Statuses that are refusals; learnt when `None`.
    pub reject_status: Option<Vec<u16>>,
    /// Most requests at once, for limits of requests in flight.
    pub concurrency: usize,
    /// New connections to try after the first refusal: copies that do not share a count show there.
    pub fresh_connections: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_requests: 2_000,
            max_time_s: 120.0,
            effort: Effort::default(),
            reject_status: None,
            concurrency: 32,
            fresh_connections: 8,
        }
    }
}
