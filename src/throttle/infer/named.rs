//! Copies told apart by the waits that they name: a log, or a window that a request begins, names the instant at which
//! its own oldest request leaves, and each copy has another oldest request.

use super::event::Event;

/// Copies are used up without a pause; what is let in so long after all were refused came back, seconds.
const QUIET_S: f64 = 1.5;
/// Requests so far apart are told apart by waits in whole seconds.
const APART_S: f64 = 1.0;
/// So many requests apart more than copies that were seen say that there are no others.
const MORE: usize = 2;

/// Copies that named different instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Named {
    /// There are so many at least.
    pub(super) least: u64,
    /// More would probably have been seen.
    pub(super) all: bool,
}

/// The most copies that no fewer instants explain, of any stretch in which nothing comes back; and the last stretch, if
/// it began with requests apart, before which everything had come back.
pub(super) fn copies(events: &[Event]) -> (Named, Option<&[Event]>) {
    let starts = stretches(events);
    let ends = starts.iter().skip(1).copied().chain([events.len()]);
    let named = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| of_stretch(&events[*start..end]));
    let best = named.max_by_key(|named| (named.least, named.all));
    let last = &events[*starts.last().unwrap_or(&0)..];
    let began_anew = starts.len() > 1 && apart(last) > MORE;
    (best.unwrap_or_default(), began_anew.then_some(last))
}

/// Where stretches begin in which nothing comes back.
pub(super) fn stretches(events: &[Event]) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut latest, mut soonest) = (f64::INFINITY, f64::INFINITY);
    for (index, event) in events.iter().enumerate() {
        if !event.admitted {
            // no number where no wait is named
            soonest = soonest.min(event.low + event.wait_s - 1.0);
            continue;
        }
        let refused = index > 0 && !events[index - 1].admitted;
        let due = soonest.is_infinite() || event.high > soonest;
        if refused && due && event.low - latest > QUIET_S {
            starts.push(index);
            soonest = f64::INFINITY;
        }
        latest = event.high;
    }
    starts
}

fn of_stretch(events: &[Event]) -> Named {
    let mut instants: Vec<(f64, f64)> = Vec::new();
    let mut soonest = f64::INFINITY;
    for event in events.iter().filter(|event| event.wait_s.is_finite()) {
        // what was named first may have come by then, and another request be the oldest
        if event.high > soonest {
            break;
        }
        // rounded up or down, all of them in the same way
        let instant = (event.low + event.wait_s - 1.0, event.high + event.wait_s);
        soonest = soonest.min(instant.0);
        instants.push(instant);
    }
    instants.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (mut least, mut latest) = (0, f64::NEG_INFINITY);
    for (low, high) in instants {
        if low >= latest {
            least += 1;
            latest = high;
        }
    }
    Named {
        least,
        all: apart(events) as u64 >= least + MORE as u64,
    }
}

/// How many requests were let in apart from all others, before any is refused.
fn apart(events: &[Event]) -> usize {
    let before = events.iter().take_while(|event| event.admitted).count();
    let pairs = events[..before].windows(2);
    let apart = pairs.filter(|pair| pair[1].low - pair[0].high >= APART_S);
    usize::from(before > 0) + apart.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: f64, admitted: bool, wait_s: f64) -> Event {
        Event {
            low: at,
            high: at + 0.004,
            admitted,
            connection: 0,
            wait_s,
            held: None,
        }
    }

    /// Requests 1.2 s apart to copies in turn, and then refusals by all of them.
    fn trace(copies: u32) -> Vec<Event> {
        let began = |copy: u32| f64::from(copy) * 1.2;
        let apart = (0..8).map(|index| event(began(index), true, f64::NAN));
        let refused = (0..40).map(|index| {
            let at = 9.0 + f64::from(index) * 0.02;
            let opens = began(index % copies) + 20.0;
            event(at, false, (opens - at).ceil())
        });
        apart.chain(refused).collect()
    }

    #[test]
    fn copies_that_name_other_instants_are_counted() {
        for count in 1..=4 {
            let (named, _) = copies(&trace(count));
            assert_eq!((named.least, named.all), (u64::from(count), true));
        }
    }

    #[test]
    fn what_may_have_come_back_meanwhile_is_no_other_copy() {
        let mut events = trace(1);
        events.push(event(20.5, false, 20.0));
        assert_eq!(copies(&events).0.least, 1);
    }

    #[test]
    fn without_requests_apart_others_may_have_gone_unseen() {
        let events = trace(2).split_off(7);
        assert!(!copies(&events).0.all);
    }
}
