//! `apictl pages walk`: every item of a paginated list.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use super::checkpoint::{Checkpoint, Task, beside};
use super::encode::Format;
use super::fleet;
use super::manifest::Manifest;
use super::output::{Output, file_behind};
use super::pauses::Pauses;
use super::summary::{Ending, Summary};
pub(crate) use super::walk_args::Args;
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::http::Url;
use crate::pages::{Batch, Select, SelectError, Shard, Unique, Walk, WalkError, recheck};
use crate::ui::Progress;

/// How often the checkpoint is renewed, and the wait shown.
const CHECKPOINT_EVERY: Duration = Duration::from_millis(200);
const TICK: Duration = Duration::from_secs(1);

/// A walk and where its items go.
struct Job<'a> {
    args: &'a Args,
    ctx: &'a Context,
    url: Url,
    /// The file that is written, which a checkpoint may stand beside.
    file: Option<PathBuf>,
    format: Format,
    shard: Option<Shard>,
    walk: Walk,
    output: Output,
    select: Option<Select>,
    progress: Progress,
    /// Bytes of the output that belong to whole pages.
    settled: u64,
    resumed: bool,
    started: Instant,
    saved: Instant,
    pauses: Pauses,
}

enum End {
    Done,
    Interrupted,
    Failed(WalkError),
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let format = Format::named(&ctx.settings.format)?;
    if !args.columns.is_empty() && format != Format::Csv {
        return Err(Failure::usage("--columns needs --format csv"));
    }
    let rereads = args.select.is_none() && !format.is_table();
    if args.resume && args.unique_by.is_some() && !rereads {
        return Err(Failure::usage(
            "--resume with --unique-by reads the file again: it needs --format ndjson or json, and no --select",
        ));
    }
    if format == Format::Parquet && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "--format parquet is not for a terminal: give -o FILE",
        ));
    }
    let fleet = fleet::of(|name| ctx.environment.variable(name).map(str::to_owned));
    let shard = args.part(fleet, format == Format::Ndjson, |words| ctx.say(&words))?;
    ctx.run_async(async {
        let Some(mut job) = Job::begin(args, ctx, format, shard)? else {
            ctx.say("the file is there and nothing is left to resume");
            return Ok(Exit::Yes);
        };
        if let (true, Some(path)) = (job.resumed && job.walk.is_over(), &job.file) {
            ctx.say(&format!(
                "the walk was over before, and not complete: remove {} to walk anew",
                Checkpoint::path(path).display()
            ));
        }
        let end = job.carry_out().await;
        let end = job.look_again(end?).await;
        job.progress.finish();
        job.end(end)
    })
}

fn select_of(args: &Args) -> Result<Option<Select>, SelectError> {
    args.select.as_deref().map(Select::compile).transpose()
}

impl<'a> Job<'a> {
    /// Opens the output, and the walk at its start or where it was left; None when there is nothing to do.
    fn begin(
        args: &'a Args,
        ctx: &'a Context,
        format: Format,
        shard: Option<Shard>,
    ) -> Result<Option<Self>, Failure> {
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        let mut options = args.options(shard)?;
        // A row made of an item that cannot be read would be blank.
        options.strict |= format.is_table();
        let unique_by = args.unique_by.as_deref();
        let file = args.output.as_deref().and_then(file_behind);
        let checkpoint = match &file {
            Some(path) if args.resume => match Checkpoint::read(path)? {
                // A part beside the file is of a walk that was ended before its first checkpoint.
                None if path.exists() && !beside(path, ".part").exists() => return Ok(None),
                checkpoint => checkpoint,
            },
            _ => None,
        };
        let resumed = checkpoint.is_some();
        let (walk, output) = match (checkpoint, &file) {
            (Some(checkpoint), Some(path)) => {
                checkpoint.fits(&Self::task(args, &url, format, shard))?;
                let mut output = Output::reopen(path, format, &args.columns, &checkpoint)?;
                let mut walk = Walk::resume(client, checkpoint.position, options);
                if let Some(field) = unique_by {
                    let mut unique = Unique::by(field);
                    output.reread(|item| {
                        unique.is_new(item);
                    })?;
                    walk = walk.having_seen(unique);
                }
                (walk, output)
            }
            _ => (
                Walk::new(client, url.clone(), options),
                Output::create(
                    args.output.as_deref(),
                    file.as_deref(),
                    format,
                    &args.columns,
                )?,
            ),
        };
        let now = Instant::now();
        let settled = output.offset();
        Ok(Some(Self {
            settled,
            args,
            ctx,
            url,
            file,
            format,
            shard,
            walk,
            output,
            select: select_of(args)?,
            progress: ctx.progress(None, "items"),
            resumed,
            started: now,
            saved: now,
            pauses: Pauses::default(),
        }))
    }

    /// What a checkpoint must be of, to be gone on from.
    fn task(args: &Args, url: &Url, format: Format, shard: Option<Shard>) -> Task {
        Task {
            url: url.to_string(),
            format: format.name().to_owned(),
            unique_by: args.unique_by.clone(),
            select: args.select.clone(),
            shard: shard.map(|shard| shard.to_string()),
        }
    }

    /// Writes pages until there are no more. Failures are those of the output.
    async fn carry_out(&mut self) -> Result<End, Failure> {
        // In a task of its own it costs nothing until it comes.
        let mut stop = tokio::spawn(self.ctx.interrupted());
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let pace = self.walk.pace();
        loop {
            let batch = {
                let mut next = pin!(self.walk.next());
                // No tick ends it: it may be looking at several pages again.
                loop {
                    tokio::select! {
                        biased;
                        _ = &mut stop => return Ok(End::Interrupted),
                        batch = &mut next => break batch,
                        _ = tick.tick() => self.pauses.show(&pace, self.ctx, &self.progress),
                    }
                }
            };
            match batch {
                Ok(Some(batch)) => self.take(batch)?,
                Ok(None) => return Ok(End::Done),
                Err(error) => return Ok(End::Failed(error)),
            }
        }
    }

    /// Walks a second time where that is wanted.
    async fn look_again(&mut self, end: End) -> End {
        if !self.args.recheck || !matches!(end, End::Done) {
            return end;
        }
        self.progress.say("walking again");
        let prepared = self.args.options(None).and_then(|options| {
            Ok((
                self.ctx.client_for(&self.args.url, Fallback::Current)?.0,
                options,
            ))
        });
        let Ok((client, options)) = prepared else {
            // The same arguments made the first walk.
            return end;
        };
        let url = self.url.clone();
        tokio::select! {
            () = self.ctx.interrupted() => End::Interrupted,
            checked = recheck(&mut self.walk, client, url, &options) => match checked {
                Ok(_) => end,
                Err(error) => End::Failed(error),
            },
        }
    }

    fn take(&mut self, batch: Batch) -> Result<(), Failure> {
        match &self.select {
            Some(select) => self.output.write(&select.apply(&batch.items)?)?,
            None => self.output.write(&batch.items)?,
        }
        if !self.progress.is_hidden() {
            self.show_progress(batch.page);
        }
        self.walk.give_back(batch.items);
        if batch.whole {
            self.settled = self.output.offset();
            if self.saved.elapsed() >= CHECKPOINT_EVERY {
                self.save()?;
            }
        }
        Ok(())
    }

    fn show_progress(&self, page: u64) {
        let tally = self.walk.tally();
        if let Some(expected) = tally.expected() {
            self.progress.expect(expected, "items");
        }
        self.progress.reach(tally.items);
        #[expect(clippy::cast_precision_loss, reason = "megabytes with one decimal")]
        let megabytes = tally.bytes as f64 / 1e6;
        self.progress.say(format!("page {page}, {megabytes:.1} MB"));
    }

    fn save(&mut self) -> Result<(), Failure> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        self.saved = Instant::now();
        let task = Self::task(self.args, &self.url, self.format, self.shard);
        Checkpoint::new(task, self.settled, self.walk.position()).write(path)
    }

    /// Closes the output, tells how it went.
    fn end(mut self, end: End) -> Result<Exit, Failure> {
        let whole = matches!(end, End::Done) && self.walk.stopped().is_none();
        let interrupted = matches!(end, End::Interrupted);
        if !whole {
            self.save()?;
        }
        let failure = match end {
            End::Failed(error) => Some(Failure::from(error)),
            End::Interrupted | End::Done => None,
        };
        let words = failure.as_ref().map(Failure::words);
        let mut summary = Summary::of(
            &self.walk,
            &self.url,
            &Ending {
                error: words.as_deref(),
                interrupted,
                resumed: self.resumed,
                elapsed_s: self.started.elapsed().as_secs_f64(),
            },
        );
        let unmet = self.unmet(&mut summary);
        let complete = whole && summary.complete && !unmet;
        if whole && !complete {
            // Whoever resumes it is told again: a job that is started anew must not succeed for that.
            self.save()?;
        }
        let bytes = self.output.offset();
        let any = whole || self.walk.tally().pages > 0;
        self.output.finish(any, complete)?;
        if let (Some(shard), Some(path), Some(_)) = (self.shard, &self.args.output, &self.file) {
            Manifest::new(
                self.url.as_str(),
                shard,
                self.walk.tally(),
                bytes,
                summary.complete,
            )
            .write(path)?;
        }
        if let Some(path) = &self.args.summary {
            summary.write(path)?;
        }
        summary.say(self.ctx);
        match failure {
            Some(failure) => Err(failure),
            None if interrupted => Err(Failure::interrupted()),
            None => Ok(Exit::answer(
                !unmet && (summary.complete || summary.stopped.is_some()),
            )),
        }
    }

    /// Holds the walk to `--expect-count`.
    fn unmet(&self, summary: &mut Summary) -> bool {
        let Some(expected) = self.args.expect_count else {
            return false;
        };
        let server = self.walk.tally().expected();
        let reason = match expected.or(server) {
            None => "--expect-count: the server gives no count".to_owned(),
            Some(expected) if expected != summary.items => {
                format!(
                    "--expect-count: {expected} items expected, {} came",
                    summary.items
                )
            }
            Some(_) => return false,
        };
        summary.complete = false;
        summary.reasons.push(reason);
        true
    }
}
