//! Pages on their way, in the order in which they will be handed out.

use std::collections::VecDeque;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::next::Look;
use super::pointer::Pointer;
use crate::http::Url;

/// One page on its way. Dropping it cancels the request.
struct Flight {
    number: u64,
    url: Url,
    task: JoinHandle<Result<Fetched, WalkError>>,
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What happened among the pages on their way.
pub(super) enum Event {
    /// The foremost page is there, or will never be.
    Landed(u64, Url, Result<Box<Fetched>, WalkError>),
    /// The head of the hindmost page is there.
    Sighted(Url, Look),
}

/// The pages on their way.
#[derive(Default)]
pub(super) struct Flights {
    queue: VecDeque<Flight>,
    /// Tells how the hindmost page looks.
    sight: Option<oneshot::Receiver<Look>>,
}

impl Flights {
    pub(super) fn len(&self) -> usize {
        self.queue.len()
    }

    /// The URL of the foremost page.
    pub(super) fn front(&self) -> Option<&Url> {
        self.queue.front().map(|flight| &flight.url)
    }

    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.sight = None;
    }

    /// Sends for a page. With `watch` its head is reported.
    pub(super) fn launch(
        &mut self,
        fetcher: &Fetcher,
        number: u64,
        url: &Url,
        pointer: Option<Pointer>,
        watch: bool,
    ) {
        let (tell, sight) = oneshot::channel();
        self.sight = watch.then_some(sight);
        let early = watch.then_some(tell);
        let fetch = fetcher.clone().fetch(number, url.clone(), pointer, early);
        self.queue.push_back(Flight {
            number,
            url: url.clone(),
            task: tokio::spawn(fetch),
        });
    }

    /// Waits for what happens next. Can be dropped and called again without loss.
    pub(super) async fn event(&mut self) -> Option<Event> {
        loop {
            let Self { queue, sight } = self;
            let hindmost = queue.back().map(|flight| flight.url.clone())?;
            let front = queue.front_mut()?;
            tokio::select! {
                biased;
                seen = async { match sight { Some(sight) => sight.await, None => std::future::pending().await } } => {
                    *sight = None;
                    if let Ok(look) = seen {
                        return Some(Event::Sighted(hindmost, look));
                    }
                }
                done = &mut front.task => {
                    let page = front.number;
                    let fetched = done.unwrap_or(Err(WalkError::CutOff { page })).map(Box::new);
                    let flight = queue.pop_front()?;
                    return Some(Event::Landed(page, flight.url.clone(), fetched));
                }
            }
        }
    }
}
