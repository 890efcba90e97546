//! Colour and width of a text that goes to a person.

use anstyle::{AnsiColor, Style};

/// What a coloured word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Right, allowed, valid.
    Good,
    /// Wrong, refused, invalid.
    Bad,
    /// Worth a look.
    Warning,
    /// A name or a heading.
    Strong,
    /// Of less interest.
    Faint,
}

/// How a text may look: set by the terminal and the user, never by the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether colours may be used.
    pub color: bool,
    /// The width to wrap tables to, in columns; `None` does not wrap.
    pub width: Option<u16>,
}

impl Look {
    /// No colour, no wrapping: what a pipe or a file gets.
    pub const PLAIN: Self = Self {
        color: false,
        width: None,
    };

    /// The text in the colour of its tone, where colours may be used.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Warning => AnsiColor::Yellow.on_default(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}

/// Rows and columns of the terminal, where there is one.
pub fn terminal_size() -> Option<(u16, u16)> {
    console::Term::stdout().size_checked()
}
