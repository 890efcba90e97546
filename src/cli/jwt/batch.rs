//! One token a line in, one line of JSON out: in order, on all cores, in constant memory.

use std::io::{BufRead, BufReader, Read, Write};

use crate::cli::failure::{Exit, Failure};

/// About so many bytes are read before they are shared out among the cores.
const BLOCK: usize = 4 << 20;

/// Longer lines are cut: no token is that long, and memory stays bounded.
const LONGEST_LINE: u64 = 16 << 20;

type Source = BufReader<Box<dyn Read>>;

/// Fewer lines are not worth another thread.
const FEW: usize = 64;

/// Judges each line of the input. `worker` makes one function for each core, which returns the
/// line to write and whether the answer was yes, anew for each block of lines. Empty lines are passed over.
pub(super) fn run<W, F>(words: &[String], worker: W) -> Result<Exit, Failure>
where
    W: Fn() -> F + Sync,
    F: FnMut(&str) -> (String, bool),
{
    let mut source = open(words)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut out = std::io::stdout().lock();
    let mut all_yes = true;
    loop {
        let lines = block(&mut source)?;
        if lines.is_empty() {
            return Ok(Exit::answer(all_yes));
        }
        let share = lines.len().div_ceil(cores);
        let parts: Option<Vec<(String, bool)>> = std::thread::scope(|scope| {
            let threads: Vec<_> = lines
                .chunks(share.max(FEW))
                .map(|chunk| scope.spawn(|| judge(chunk, worker())))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().ok())
                .collect()
        });
        // Lines left out would be worse than an end.
        let parts =
            parts.ok_or_else(|| Failure::local("a thread that judged tokens broke down"))?;
        for (text, yes) in parts {
            all_yes &= yes;
            out.write_all(text.as_bytes())
                .map_err(|error| Failure::stdout(&error))?;
        }
        out.flush().map_err(|error| Failure::stdout(&error))?;
    }
}

fn judge(lines: &[String], mut judge: impl FnMut(&str) -> (String, bool)) -> (String, bool) {
    let mut text = String::new();
    let mut all_yes = true;
    for line in lines {
        let (answer, yes) = judge(line);
        text += &answer;
        text.push('\n');
        all_yes &= yes;
    }
    (text, all_yes)
}

fn open(words: &[String]) -> Result<Source, Failure> {
    let path = match words {
        [] => "-",
        [one] if one == "-" => "-",
        [one] => one.strip_prefix('@').ok_or_else(|| {
            Failure::usage("--batch reads a file or standard input")
                .hint("write `@FILE`, or pipe the tokens in")
        })?,
        _ => return Err(Failure::usage("--batch reads one file or standard input")),
    };
    if path == "-" {
        return Ok(BufReader::with_capacity(BLOCK, Box::new(std::io::stdin())));
    }
    let file = std::fs::File::open(path)
        .map_err(|error| Failure::local(format!("cannot read '{path}'")).because(&error))?;
    Ok(BufReader::with_capacity(BLOCK, Box::new(file)))
}

/// The next lines with something in them; none at the end. A reader that comes slowly is answered
/// as soon as its buffer is drained.
fn block(source: &mut Source) -> Result<Vec<String>, Failure> {
    let fault = |error: std::io::Error| Failure::local("cannot read the tokens").because(&error);
    let mut lines = Vec::new();
    let mut bytes = 0;
    while bytes < BLOCK {
        let mut line = Vec::new();
        let read = source
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(fault)?;
        if read == 0 {
            break;
        }
        bytes += read;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if !line.is_empty() {
            lines.push(line.to_owned());
        }
        if source.buffer().is_empty() && !lines.is_empty() {
            break;
        }
    }
    Ok(lines)
}
