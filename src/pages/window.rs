//! How many requests may be in flight. Pure: the time is an argument.

/// How many pages of one list are fetched at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Concurrency {
    /// One page after the other; the next request goes out as soon as the first bytes of a page name it.
    #[default]
    Early,
    /// So many requests in flight; 1 waits for the whole page first.
    Fixed(usize),
    /// Grows while pages per second grow, halves when the server refuses.
    Auto,
}

/// The largest window that `auto` tries.
const MAX_AUTO: usize = 32;

/// The number of requests that may be in flight now.
#[derive(Debug, Clone)]
pub struct Window {
    size: usize,
    auto: bool,
    /// After a refusal the window grows by one instead of doubling.
    careful: bool,
    /// Every measurement so far was faster than the one before: one window of pages is enough to see the next.
    rising: bool,
    /// Pages and start of the measurement that is going on.
    arrived: u32,
    since_s: Option<f64>,
    best: f64,
}

impl Window {
    /// The window at the start of a walk.
    pub fn new(concurrency: Concurrency) -> Self {
        let size = match concurrency {
            Concurrency::Early | Concurrency::Auto => 2,
            Concurrency::Fixed(size) => size.max(1),
        };
        Self {
            size,
            auto: concurrency == Concurrency::Auto,
            careful: false,
            rising: true,
            arrived: 0,
            since_s: None,
            best: 0.0,
        }
    }

    /// How many requests may be in flight.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// A page arrived at `now_s` seconds.
    pub fn arrived(&mut self, now_s: f64) {
        if !self.auto {
            return;
        }
        let Some(since_s) = self.since_s else {
            self.since_s = Some(now_s);
            return;
        };
        self.arrived += 1;
        let enough = if self.rising {
            self.size
        } else {
            2 * self.size
        };
        if (self.arrived as usize) < enough {
            return;
        }
        let rate = f64::from(self.arrived) / (now_s - since_s).max(1e-6);
        if rate > self.best * 1.1 {
            self.best = rate;
            let grown = if self.careful {
                self.size + 1
            } else {
                self.size * 2
            };
            self.size = grown.min(MAX_AUTO);
        } else if std::mem::take(&mut self.rising) {
            // What so few pages say is looked at again with more.
        } else if rate < self.best * 0.8 {
            // More requests only queue at the server.
            self.size = (self.size * 3 / 4).max(1);
            self.best *= 0.95;
            self.careful = true;
        }
        self.arrived = 0;
        self.since_s = Some(now_s);
    }

    /// The server refused a request for coming too often.
    pub fn throttled(&mut self) {
        if self.auto {
            self.size = (self.size / 2).max(1);
            self.careful = true;
            self.rising = false;
            self.best = 0.0;
            self.arrived = 0;
            self.since_s = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages per second when `size` requests are in flight at a server with `workers` workers.
    fn settle(window: &mut Window, workers: usize, pages: usize) {
        let mut now_s = 0.0;
        for _ in 0..pages {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let rate = 10.0 * window.size().min(workers) as f64;
            now_s += 1.0 / rate;
            window.arrived(now_s);
        }
    }

    #[test]
    fn the_window_grows_while_it_pays() {
        let mut window = Window::new(Concurrency::Auto);
        settle(&mut window, 8, 400);
        assert_eq!(window.size(), 16);
        let mut wide = Window::new(Concurrency::Auto);
        settle(&mut wide, 1_000, 2_000);
        assert_eq!(wide.size(), MAX_AUTO);
    }

    #[test]
    fn it_doubles_with_every_window_that_pays() {
        let mut window = Window::new(Concurrency::Auto);
        settle(&mut window, 1_000, 1 + 2 + 4 + 8 + 16);
        assert_eq!(window.size(), MAX_AUTO);
    }

    #[test]
    fn a_refusal_halves_it() {
        let mut window = Window::new(Concurrency::Auto);
        settle(&mut window, 8, 400);
        window.throttled();
        assert_eq!(window.size(), 8);
    }

    #[test]
    fn a_fixed_window_stays() {
        let mut window = Window::new(Concurrency::Fixed(5));
        settle(&mut window, 2, 100);
        window.throttled();
        assert_eq!(window.size(), 5);
        assert_eq!(Window::new(Concurrency::Fixed(0)).size(), 1);
    }
}
