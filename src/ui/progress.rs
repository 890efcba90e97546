//! Progress on a terminal's standard error; nothing anywhere else.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

const TICK: Duration = Duration::from_millis(120);

/// A line that shows how far a long job is. Hidden ones swallow everything.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A line that is never drawn.
    pub fn hidden() -> Self {
        Self { bar: None }
    }

    /// A line on standard error, counting `unit` (`items`, `requests`), up to `total` where it is known.
    pub fn new(total: Option<u64>, unit: &str) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
        bar.set_style(style(total.is_some(), unit));
        bar.enable_steady_tick(TICK);
        Self { bar: Some(bar) }
    }

    /// Sets the total once it is known; `unit` as in [`Progress::new`].
    pub fn expect(&self, total: u64, unit: &str) {
        if let Some(bar) = &self.bar
            && bar.length() != Some(total)
        {
            bar.set_length(total);
            bar.set_style(style(true, unit));
        }
    }

    /// Sets how much is done.
    pub fn reach(&self, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// Shows what is going on, at the end of the line.
    pub fn say(&self, message: impl Into<String>) {
        if let Some(bar) = &self.bar {
            bar.set_message(message.into());
        }
    }

    /// Runs `print` with the line out of the way.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Whether nobody sees it.
    pub fn is_hidden(&self) -> bool {
        self.bar.as_ref().is_none_or(ProgressBar::is_hidden)
    }

    /// Takes the line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(bounded: bool, unit: &str) -> ProgressStyle {
    let template = if bounded {
        format!(
            "{{spinner}} {{bar:24}} {{human_pos}}/{{human_len}} {unit}  {{speed}}  ETA {{eta}}  {{msg}}"
        )
    } else {
        format!("{{spinner}} {{human_pos}} {unit}  {{speed}}  {{elapsed}}  {{msg}}")
    };
    // The templates are constants but for the unit; a bad unit falls back to the plain spinner.
    ProgressStyle::with_template(&template)
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
        .with_key("speed", |state: &ProgressState, text: &mut dyn Write| {
            // A progress line has nobody to report a failure to.
            let _ = write!(text, "{:.1}/s", state.per_sec());
        })
}
