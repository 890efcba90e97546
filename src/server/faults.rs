//! What goes wrong on demand.

use std::str::FromStr;
use std::time::Duration;

use super::app::App;
use super::call::Call;
use super::throttle::Passage;

/// A fault. Shares are from 0 to 1: the part of the replies that it strikes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// Every reply waits.
    Latency(Duration),
    /// Replies are Django's 500 page.
    Errors(f64),
    /// Replies are 503 with an empty page.
    Unavailable(f64),
    /// The connection breaks in the middle of the body.
    Truncate(f64),
    /// The body stops in the middle and the connection stays open.
    Stall(f64),
    /// The body comes in ten pieces, a tenth of a second apart.
    Drip(f64),
    /// `Content-Length` promises more than comes.
    WrongLength(f64),
    /// `next` names another host.
    NextElsewhere,
    /// `next` says `http:` whatever the scheme, and an inner port.
    NextHttp,
    /// `next` names the page itself.
    NextCircular,
    /// After each page of products, ten new ones sort first.
    InsertWhileWalking,
    /// After each page of products, the ten first are gone.
    DeleteWhileWalking,
    /// Each page of products is cut from another shuffle.
    Unordered,
}

/// The forms that [`Fault`] parses from.
pub const FAULTS: &str = "latency=DURATION, errors[=SHARE], unavailable[=SHARE], truncate[=SHARE], stall[=SHARE], \
drip[=SHARE], wrong-length[=SHARE], next-elsewhere, next-http, next-circular, insert-while-walking, \
delete-while-walking, unordered";

impl FromStr for Fault {
    type Err = ();

    /// Reads `NAME` or `NAME=VALUE`; a share is `0.1` or `10%`, and 1 where it is not given.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, value) = text
            .split_once('=')
            .map_or((text, None), |(name, value)| (name, Some(value)));
        let plain = |fault| if value.is_none() { Ok(fault) } else { Err(()) };
        match name {
            "latency" => crate::rate::parse_duration(value.ok_or(())?)
                .map(Self::Latency)
                .ok_or(()),
            "errors" => share(value).map(Self::Errors),
            "unavailable" => share(value).map(Self::Unavailable),
            "truncate" => share(value).map(Self::Truncate),
            "stall" => share(value).map(Self::Stall),
            "drip" => share(value).map(Self::Drip),
            "wrong-length" => share(value).map(Self::WrongLength),
            "next-elsewhere" => plain(Self::NextElsewhere),
            "next-http" => plain(Self::NextHttp),
            "next-circular" => plain(Self::NextCircular),
            "insert-while-walking" => plain(Self::InsertWhileWalking),
            "delete-while-walking" => plain(Self::DeleteWhileWalking),
            "unordered" => plain(Self::Unordered),
            _ => Err(()),
        }
    }
}

/// What a fault with a share strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The reply, instead of an answer.
    Whole,
    Body,
}

impl Fault {
    /// What it strikes and the part of the replies, where it does not strike all.
    fn share(self) -> Option<(Part, f64)> {
        match self {
            Self::Errors(share) | Self::Unavailable(share) => Some((Part::Whole, share)),
            Self::Truncate(share)
            | Self::Stall(share)
            | Self::Drip(share)
            | Self::WrongLength(share) => Some((Part::Body, share)),
            _ => None,
        }
    }

    /// Whether the shares of faults that exclude each other come to more than all replies.
    pub fn too_many(faults: &[Self]) -> bool {
        [Part::Whole, Part::Body].iter().any(|part| {
            let shares = faults.iter().filter_map(|fault| fault.share());
            let sum: f64 = shares
                .filter(|(struck, _)| struck == part)
                .map(|(_, share)| share)
                .sum();
            // Ten times a tenth is a little more than one.
            sum > 1.0 + 1e-9
        })
    }
}

fn share(value: Option<&str>) -> Result<f64, ()> {
    let Some(text) = value else { return Ok(1.0) };
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().map_err(|_| ())? / 100.0,
        None => text.parse().map_err(|_| ())?,
    };
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(())
    }
}

/// A number from 0 to 1 for the `turn`-th request: irregular, and the same in every run.
pub(super) fn chance(turn: u64) -> f64 {
    let mut mixed = turn.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default())
        / f64::from(u32::MAX)
}

/// Which of the workers accepts the `turn`-th connection.
pub(super) fn pick(turn: u64, workers: usize) -> usize {
    (0..workers)
        .rev()
        .find(|worker| chance(turn) >= share_of(*worker, workers))
        .unwrap_or(0)
}

fn share_of(worker: usize, workers: usize) -> f64 {
    let whole = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    whole(worker) / whole(workers)
}

/// How long every reply waits.
pub(super) fn latency(app: &App) -> Duration {
    let latencies = app.config.faults.iter().map(|fault| match fault {
        Fault::Latency(latency) => *latency,
        _ => Duration::ZERO,
    });
    latencies.sum()
}

/// Waits as long in a handler; the passage stays open meanwhile.
pub(super) async fn wait(app: &App, _passage: &Passage) {
    let latency = latency(app);
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
}

/// `next` as the faults that were asked for spoil it.
pub(super) fn misled(next: Option<String>, app: &App, call: &Call) -> Option<String> {
    let next = next?;
    Some(if app.has(Fault::NextCircular) {
        call.absolute_uri()
    } else if app.has(Fault::NextElsewhere) {
        elsewhere(&next)
    } else if app.has(Fault::NextHttp) {
        format!("http://{}:8001/{}", call.hostname(), path_of(&next))
    } else {
        next
    })
}

/// A link with another scheme, host and port.
pub(super) fn elsewhere(link: &str) -> String {
    format!("https://inner.example.test:8443/{}", path_of(link))
}

/// Path and query of an absolute link, without the first slash.
fn path_of(link: &str) -> &str {
    link.splitn(4, '/').nth(3).unwrap_or_default()
}

/// What strikes the `turn`-th reply as a whole, instead of an answer.
pub(super) fn outage(app: &App, turn: u64) -> Option<Fault> {
    struck(&app.config.faults, Part::Whole, chance(turn))
}

/// How the body of the `turn`-th reply is spoilt.
pub(super) fn spoiling(app: &App, turn: u64) -> Option<Fault> {
    // Another number than that of outages: the two are independent.
    struck(&app.config.faults, Part::Body, chance(turn ^ 0x5555_5555))
}

/// The fault of one part that a number from 0 to 1 falls to: the shares lie side by side, so each fault strikes as
/// often as it says, whichever others there are.
fn struck(faults: &[Fault], part: Part, chance: f64) -> Option<Fault> {
    let mut end = 0.0;
    faults.iter().copied().find(|fault| {
        fault.share().is_some_and(|(struck, share)| {
            let begin = end;
            if struck == part {
                end += share;
            }
            struck == part && (begin..end).contains(&chance)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_with_and_without_a_value() {
        assert_eq!("errors=10%".parse(), Ok(Fault::Errors(0.1)));
        assert_eq!("errors".parse(), Ok(Fault::Errors(1.0)));
        assert_eq!(
            "latency=200ms".parse(),
            Ok(Fault::Latency(Duration::from_millis(200)))
        );
        for wrong in [
            "latency",
            "errors=2",
            "errors=x",
            "next-http=1",
            "flood",
            "",
        ] {
            assert_eq!(wrong.parse::<Fault>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn every_fault_strikes_its_own_share() {
        let faults = [
            Fault::Errors(0.05),
            Fault::Drip(0.2),
            Fault::Unavailable(0.05),
            Fault::Stall(0.1),
        ];
        let times = |part, fault| {
            let struck = (0..10_000).filter_map(|turn| struck(&faults, part, chance(turn)));
            struck.filter(|struck| *struck == fault).count()
        };
        for (part, fault, wanted) in [
            (Part::Whole, faults[0], 450..550),
            (Part::Body, faults[1], 1900..2100),
            (Part::Whole, faults[2], 450..550),
            (Part::Body, faults[3], 900..1100),
        ] {
            let times = times(part, fault);
            assert!(wanted.contains(&times), "{fault:?}: {times}");
        }
    }

    #[test]
    fn shares_that_exclude_each_other_come_to_all_replies_at_most() {
        let tenths = [Fault::Truncate(0.1); 10];
        assert!(!Fault::too_many(&tenths));
        assert!(!Fault::too_many(&[Fault::Errors(1.0), Fault::Drip(1.0)]));
        assert!(Fault::too_many(&[
            Fault::Errors(0.6),
            Fault::Unavailable(0.5)
        ]));
    }

    #[test]
    fn about_a_tenth_is_a_tenth() {
        let struck = (0..10_000).filter(|turn| chance(*turn) < 0.1).count();
        assert!((900..1100).contains(&struck), "{struck}");
    }
}
