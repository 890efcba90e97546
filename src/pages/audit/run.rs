//! The course of an audit: the walk, then one look after the other.

use serde_json::json;

use super::catalogue::{KINDS, kind};
use super::finding::Finding;
use super::ledger::{Check, Ledger};
use super::scout::{Scout, Sight, Stop};
use super::sightings::Sightings;
use crate::http::{Client, Error, Policy, Url};
use crate::pages::error::WalkError;
use crate::pages::options::Options;
use crate::pages::plan::{Plan, Shape, shape};
use crate::pages::style::Style;
use crate::pages::walk::Walk;
use crate::pages::window::Concurrency;

/// How far an audit goes.
#[derive(Clone)]
pub struct Scope {
    /// Walk no further than this; `None` walks the whole list.
    pub max_pages: Option<u64>,
    /// The most requests, those of the walk included.
    pub max_requests: u64,
    /// The kinds to look for.
    pub wanted: Vec<&'static str>,
    /// Somebody else, to see whether a cache tells users apart.
    pub other: Option<Client>,
    /// The same client without decompression, to see what comes over the wire.
    pub raw: Option<Client>,
    /// How the list is walked.
    pub options: Options,
}

/// What an audit does at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It walked so many pages.
    Walked(u64),
    /// It looked at something.
    Looked(&'static str),
}

/// Why an audit ended before its last look.
#[derive(Debug)]
pub enum Stopped {
    /// The requests that were allowed are used up.
    Budget,
    /// The server refuses for coming too often.
    Throttled(String),
    /// Nothing answered any more.
    NoAnswer(Error),
    /// The walk ended in a way that is no finding.
    Walk(WalkError),
}

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// The style, and where it can be seen.
    pub style: Option<(Style, String)>,
    /// Pages walked.
    pub pages: u64,
    /// Items walked.
    pub items: u64,
    /// The server's count, where it gives one.
    pub count: Option<u64>,
    /// Requests sent.
    pub requests: u64,
    /// Whether the walk reached the last page.
    pub whole: bool,
    /// Pages looked at beyond the walk, where it did not reach the end.
    pub sampled: Vec<u64>,
    /// What was found, heaviest first.
    pub findings: Vec<Finding>,
    /// Every kind that was asked for, and how looking for it ended.
    pub checks: Vec<Check>,
    /// Why it ended early.
    pub stopped: Option<Stopped>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Walk,
    Sample,
    Order,
    WayBack,
    Sizes,
    Edges,
    Parameters,
    Fields,
    Sharing,
    Rows,
    Depth,
    Done,
}

/// An audit that is under way.
pub struct Audit {
    pub(super) scout: Scout,
    pub(super) scope: Scope,
    pub(super) ledger: Ledger,
    pub(super) walk: Walk,
    pub(super) sightings: Sightings,
    /// The first pages of the walk, up to three.
    pub(super) early: Vec<Sight>,
    /// The page walked last, and its number.
    pub(super) last: Option<(u64, Sight)>,
    pub(super) sampled: Vec<u64>,
    /// The parameter that sets the size of pages, once one was seen to, and the most that it grants.
    pub(super) resizes: Option<(String, u64)>,
    /// Whether it is known that no size brings a very large page.
    pub(super) bounded: bool,
    pub(super) stopped: Option<Stopped>,
    stage: Stage,
}

/// How many pages a walk takes when only looks are asked for: two, and one to look back from.
const FEW_PAGES: u64 = 3;

impl Audit {
    /// An audit of the list at `url`. Sends nothing yet.
    pub fn new(client: Client, url: Url, scope: Scope) -> Self {
        let mut scope = scope;
        let walked = |id: &&str| kind(id).is_some_and(|kind| kind.looks == 0);
        let few = !scope.wanted.iter().any(walked);
        if few {
            scope.max_pages = Some(FEW_PAGES);
        }
        // A budget below the walk's ends the walk.
        let most = scope.max_pages.map(|pages| pages.min(scope.max_requests));
        let options = Options {
            concurrency: Concurrency::Fixed(1),
            max_pages: most,
            strict: true,
            policy: Policy {
                retries: 2,
                ..scope.options.policy
            },
            ..scope.options.clone()
        };
        let walk = Walk::new(client.clone(), url, options);
        Self {
            scout: Scout {
                client,
                items: scope.options.items.clone(),
                hints: scope.options.hints.clone(),
                pace: walk.pace(),
                allowance: scope.max_requests,
            },
            ledger: Ledger::new(scope.wanted.clone()),
            walk,
            sightings: Sightings::default(),
            early: Vec::new(),
            last: None,
            sampled: Vec::new(),
            resizes: None,
            bounded: false,
            stopped: None,
            stage: Stage::Walk,
            scope,
        }
    }

    /// The most requests that will be sent; `None` where the whole list is walked.
    pub fn planned(&self) -> Option<u64> {
        let looks: u64 = KINDS
            .iter()
            .filter(|kind| self.ledger.wants(&[kind.id]))
            .map(|kind| kind.looks)
            .sum();
        let pages = self.scope.max_pages?;
        Some(self.scope.max_requests.min(pages + looks + CONFIRMATIONS))
    }

    /// Goes one step; `None` at the end. An error is one of the very first page: nothing was audited.
    pub async fn next(&mut self) -> Result<Option<Step>, WalkError> {
        let stage = self.stage;
        if stage == Stage::Walk {
            return self.walk_on().await.map(Some);
        }
        let done = match stage {
            Stage::Sample => self.sample().await.map(|()| (Stage::Order, "late pages")),
            Stage::Order => self.order().await.map(|()| (Stage::WayBack, "order")),
            Stage::WayBack => self.way_back().await.map(|()| (Stage::Sizes, "previous")),
            Stage::Sizes => self.sizes().await.map(|()| (Stage::Edges, "page sizes")),
            Stage::Edges => self
                .past_the_end()
                .await
                .map(|()| (Stage::Parameters, "end")),
            Stage::Parameters => self
                .parameters()
                .await
                .map(|()| (Stage::Fields, "parameters")),
            Stage::Fields => self
                .header_fields()
                .await
                .map(|()| (Stage::Sharing, "header fields")),
            Stage::Sharing => self.sharing().await.map(|()| (Stage::Rows, "caches")),
            Stage::Rows => self
                .cost_of_rows()
                .await
                .map(|()| (Stage::Depth, "cost of rows")),
            Stage::Depth => self
                .cost_of_depth()
                .await
                .map(|()| (Stage::Done, "cost of depth")),
            Stage::Walk | Stage::Done => return Ok(None),
        };
        match done {
            Ok((next, what)) => {
                self.stage = next;
                Ok(Some(Step::Looked(what)))
            }
            Err(stop) => {
                self.stop(stop);
                Ok(None)
            }
        }
    }

    async fn walk_on(&mut self) -> Result<Step, WalkError> {
        let step = match self.walk.next().await {
            Ok(Some(batch)) => {
                self.take(batch);
                return Ok(Step::Walked(self.walk.tally().pages));
            }
            Ok(None) => Step::Looked("the walk"),
            Err(error) if self.walk.tally().pages == 0 => return Err(error),
            Err(error) => {
                self.broke_off(error);
                Step::Looked("the walk")
            }
        };
        self.judge_walk();
        if self.scope.max_pages.is_none() {
            self.scout.allowance = self.scout.sent() + self.scope.max_requests;
        }
        self.stage = if self.stopped.is_some() {
            Stage::Done
        } else {
            Stage::Sample
        };
        Ok(step)
    }

    fn stop(&mut self, stop: Stop) {
        self.stage = Stage::Done;
        self.stopped = Some(match stop {
            Stop::Budget => Stopped::Budget,
            Stop::Throttled(words) => Stopped::Throttled(words),
            Stop::NoAnswer(error) => Stopped::NoAnswer(error),
        });
    }

    /// The first page.
    pub(super) fn first(&self) -> Option<Sight> {
        self.early.first().cloned()
    }

    /// The style.
    pub(super) fn style(&self) -> Style {
        self.walk.style().map_or(Style::Single, |(style, _)| style)
    }

    /// Whether the walk reached the last page.
    pub(super) fn whole(&self) -> bool {
        self.walk.tally().ended
    }

    /// How the second page follows from the first.
    pub(super) fn shape(&self) -> Shape {
        match self.early.as_slice() {
            [first, second, ..] => shape(&first.url, &second.url, Some(first.rows())),
            _ => Shape::Opaque,
        }
    }

    /// All pages by number, where they can be named.
    pub(super) fn plan(&self) -> Option<Plan> {
        match self.early.as_slice() {
            [first, second, ..] => Plan::new(&first.url, &second.url, first.rows(), first.count),
            _ => None,
        }
    }

    /// The verdict.
    pub fn finish(self) -> Audited {
        let tally = self.walk.tally();
        let why = match &self.stopped {
            None => "there was nothing to look at".to_owned(),
            Some(Stopped::Budget) => format!(
                "the {} requests that are allowed were used up (--max-requests)",
                self.scope.max_requests
            ),
            Some(Stopped::Throttled(words)) => words.clone(),
            Some(Stopped::NoAnswer(error)) => format!("no answer any more: {error}"),
            Some(Stopped::Walk(error)) => error.to_string(),
        };
        let requests = self.scout.sent();
        let (checks, findings) = self.ledger.close(&why);
        Audited {
            style: self
                .walk
                .style()
                .map(|(style, why)| (style, why.to_owned())),
            pages: tally.pages,
            items: tally.items,
            count: tally.count,
            requests,
            whole: tally.ended,
            sampled: self.sampled,
            findings,
            checks,
            stopped: self.stopped,
        }
    }

    /// A parameter that is answered 5xx.
    pub(super) fn five_hundred(&mut self, name: &str, value: &str, status: u16) {
        self.ledger.find(Finding::new(
            "parameter-error",
            format!("{name}={value} is answered {status}"),
            json!({"parameter": name, "value": value, "status": status}),
        ));
    }
}

/// Requests that confirm a suspicion, above those of a healthy list.
const CONFIRMATIONS: u64 = 36;
