//! Waking at an instant: tokio's own timers are good to a millisecond, which is too coarse for pacing.

use tokio::time::{Instant, sleep_until};

/// Wakes its owner at an instant, on Linux through a timer of its own (`timerfd_create(2)`), whose wake-ups
/// the kernel does not put off to join them with others.
pub(crate) struct Alarm {
    #[cfg(target_os = "linux")]
    timer: Option<tokio::io::unix::AsyncFd<std::os::fd::OwnedFd>>,
}

#[cfg(target_os = "linux")]
impl Alarm {
    /// An alarm that is not set. Where the system has no timers left, tokio's are used.
    #[expect(
        deprecated,
        reason = "the descriptor is owned and stays open as long as it is registered, which is what the successor asks its callers to promise in unsafe code"
    )]
    pub(crate) fn new() -> Self {
        use rustix::time::{TimerfdClockId, TimerfdFlags, timerfd_create};
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        let timer = timerfd_create(TimerfdClockId::Monotonic, flags).ok();
        Self {
            timer: timer.and_then(|fd| tokio::io::unix::AsyncFd::new(fd).ok()),
        }
    }

    /// Waits; at once when the instant is past.
    pub(crate) async fn until(&self, at: Instant) {
        use rustix::time::{Itimerspec, TimerfdTimerFlags, Timespec, timerfd_settime};
        let left = at.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        let Some(timer) = &self.timer else {
            return sleep_until(at).await;
        };
        let none = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        let once = Itimerspec {
            it_interval: none,
            it_value: Timespec {
                tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
                tv_nsec: left.subsec_nanos().into(),
            },
        };
        if timerfd_settime(timer.get_ref(), TimerfdTimerFlags::empty(), &once).is_err() {
            return sleep_until(at).await;
        }
        while Instant::now() < at {
            let Ok(mut ready) = timer.readable().await else {
                return sleep_until(at).await;
            };
            let mut expirations = [0; 8];
            if rustix::io::read(timer.get_ref(), &mut expirations).is_err() {
                ready.clear_ready();
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl Alarm {
    /// An alarm that is not set.
    pub(crate) fn new() -> Self {
        Self {}
    }

    /// Waits; at once when the instant is past.
    pub(crate) async fn until(&self, at: Instant) {
        sleep_until(at).await;
    }
}
