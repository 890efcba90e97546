//! Fixed windows: opened by the first request (express-rate-limit, `limits`), or cut on the clock
//! (django-ratelimit, `Rack::Attack`, Envoy's rate limit service).

use super::decision::Decision;
use crate::rate::Rate;

/// So many requests, then none until the window ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FixedWindow {
    rate: Rate,
    aligned: bool,
    opened: Option<f64>,
    count: u64,
}

impl FixedWindow {
    /// A window that the first request opens.
    pub(super) fn from_first_request(rate: Rate) -> Self {
        Self {
            rate,
            aligned: false,
            opened: None,
            count: 0,
        }
    }

    /// Windows at multiples of their length since the epoch of the clock.
    pub(super) fn aligned(rate: Rate) -> Self {
        Self {
            aligned: true,
            ..Self::from_first_request(rate)
        }
    }

    /// Decides on a request at `now`.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let window = self.rate.window_s();
        let opened = match self.opened {
            Some(opened) if now < opened + window => opened,
            _ => {
                self.count = 0;
                if self.aligned {
                    (now / window).floor() * window
                } else {
                    now
                }
            }
        };
        self.opened = Some(opened);
        let left = opened + window - now;
        if self.count >= self.rate.limit {
            return Decision::refuse(self.rate.limit, Some(left), left, window);
        }
        self.count += 1;
        Decision::admit(self.rate.limit, self.rate.limit - self.count, left, window)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TWO_IN_TEN: Rate = Rate::new(2, Duration::from_secs(10));

    fn outcomes(mut limiter: FixedWindow, instants: &[f64]) -> Vec<bool> {
        instants
            .iter()
            .map(|now| limiter.admit(*now).admitted)
            .collect()
    }

    #[test]
    fn the_first_request_opens_the_window() {
        let limiter = FixedWindow::from_first_request(TWO_IN_TEN);
        assert_eq!(
            outcomes(limiter, &[7.0, 16.0, 16.9, 17.0, 17.1, 26.9, 27.0]),
            [true, true, false, true, true, false, true]
        );
    }

    #[test]
    fn the_clock_cuts_aligned_windows() {
        let limiter = FixedWindow::aligned(TWO_IN_TEN);
        assert_eq!(
            outcomes(limiter, &[7.0, 8.0, 9.9, 10.0, 19.0, 19.9, 20.0]),
            [true, true, false, true, true, false, true]
        );
    }

    #[test]
    fn a_refusal_tells_when_the_window_ends() {
        let mut limiter = FixedWindow::aligned(Rate::new(1, Duration::from_secs(10)));
        let first = limiter.admit(12.0);
        assert_eq!((first.remaining, first.reset_s), (0, 8.0));
        assert_eq!(limiter.admit(13.5).retry_after_s, Some(6.5));
    }
}
