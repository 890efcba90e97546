//! Pages on their way, in the order in which they will be handed out.

use std::collections::VecDeque;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::error::WalkError;
use super::fetch::{self, Fetched, Fetcher, Outlets, Spares};
use super::items::Items;
use super::next::Look;
use super::pointer::Pointer;
use crate::http::Url;

/// One page on its way. Dropping it cancels the request.
struct Flight {
    number: u64,
    url: Url,
    parts: Parts,
    task: JoinHandle<Result<Box<Fetched>, WalkError>>,
}

/// Where the items of a long page come from.
enum Parts {
    None,
    /// The page may be a long one.
    Maybe(oneshot::Receiver<mpsc::Receiver<Items>>),
    Some(mpsc::Receiver<Items>),
}

impl Parts {
    /// The next part; `None` where there are no more. Can be dropped and called again.
    async fn next(&mut self) -> Option<Items> {
        if let Self::Maybe(announced) = self {
            *self = announced.await.map_or(Self::None, Self::Some);
        }
        match self {
            Self::Some(parts) => parts.recv().await,
            Self::None | Self::Maybe(_) => None,
        }
    }
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
    /// Items of the foremost page are there, before it is whole.
    Part(u64, Url, Items),
    /// The head of the hindmost page is there.
    Sighted(Url, Look),
}

/// The pages on their way.
#[derive(Default)]
pub(super) struct Flights {
    queue: VecDeque<Flight>,
    /// Tells how the hindmost page looks.
    sight: Option<oneshot::Receiver<Look>>,
    /// Whether long pages are handed out in parts.
    pub(super) parts: bool,
    spares: Spares,
}

impl Flights {
    /// Takes items back whose memory can be used again.
    pub(super) fn give_back(&self, items: Items) {
        self.spares.give_back(items);
    }

    pub(super) fn len(&self) -> usize {
        self.queue.len()
    }

    /// How many have not come in yet.
    pub(super) fn pending(&self) -> usize {
        self.queue
            .iter()
            .filter(|flight| !flight.task.is_finished())
            .count()
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
        let flight = self.flight(fetcher, number, url, pointer, early);
        self.queue.push_back(flight);
    }

    /// Sends for a page that is handed out before those behind `place`.
    pub(super) fn insert(
        &mut self,
        place: usize,
        fetcher: &Fetcher,
        number: u64,
        url: &Url,
        pointer: Option<Pointer>,
    ) {
        let flight = self.flight(fetcher, number, url, pointer, None);
        self.queue.insert(place, flight);
    }

    fn flight(
        &self,
        fetcher: &Fetcher,
        number: u64,
        url: &Url,
        pointer: Option<Pointer>,
        early: Option<oneshot::Sender<Look>>,
    ) -> Flight {
        let (announce, announced) = oneshot::channel();
        let outlets = Outlets {
            early,
            parts: self.parts.then_some(fetch::Parts::Shut(announce)),
            spares: self.spares.clone(),
            ..Outlets::default()
        };
        let fetch = fetcher
            .clone()
            .fetch_into(number, url.clone(), pointer, outlets);
        Flight {
            number,
            url: url.clone(),
            parts: if self.parts {
                Parts::Maybe(announced)
            } else {
                Parts::None
            },
            task: tokio::spawn(fetch),
        }
    }

    /// Waits for what happens next. Can be dropped and called again without loss.
    pub(super) async fn event(&mut self) -> Option<Event> {
        loop {
            let Self { queue, sight, .. } = self;
            let last = queue.len().checked_sub(1)?;
            let front = queue.front_mut()?;
            tokio::select! {
                biased;
                seen = async { match sight { Some(sight) => sight.await, None => std::future::pending().await } } => {
                    *sight = None;
                    if let Ok(look) = seen {
                        return Some(Event::Sighted(queue.get(last)?.url.clone(), look));
                    }
                }
                part = async { match &mut front.parts { Parts::None => std::future::pending().await, parts => parts.next().await } } => {
                    match part {
                        Some(items) => return Some(Event::Part(front.number, front.url.clone(), items)),
                        None => front.parts = Parts::None,
                    }
                }
                done = &mut front.task => {
                    let page = front.number;
                    let fetched = done.unwrap_or(Err(WalkError::CutOff { page }));
                    let url = queue.pop_front()?.url.clone();
                    return Some(Event::Landed(page, url, fetched));
                }
            }
        }
    }
}
