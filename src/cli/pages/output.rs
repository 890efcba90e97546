//! Where items go: standard output, or a file that appears whole.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::checkpoint::{Checkpoint, beside};
use super::csv;
use super::encode::{Encoder, Format};
use super::parquet;
use crate::cli::failure::Failure;
use crate::pages::Items;

/// Takes the items of a walk.
#[derive(Debug)]
pub(super) struct Output {
    format: Format,
    columns: Vec<String>,
    encoder: Encoder,
    target: Target,
    /// Bytes written.
    offset: u64,
}

#[derive(Debug)]
enum Target {
    Stream(Sink),
    /// Columns that are known at the end only: items wait here as NDJSON.
    Spool(File, Sink),
    File {
        path: PathBuf,
        part: File,
    },
}

/// What takes bytes and keeps its name.
#[derive(Debug)]
enum Sink {
    Stdout,
    /// A device, a pipe.
    Device(PathBuf, File),
}

impl Sink {
    fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::Stdout);
        };
        let device = OpenOptions::new().write(true).open(path);
        device
            .map(|device| Self::Device(path.to_owned(), device))
            .map_err(|error| cannot("write", path, &error))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut out = std::io::stdout().lock();
                out.write_all(bytes)
                    .and_then(|()| out.flush())
                    .map_err(|error| Failure::stdout(&error))
            }
            Self::Device(path, file) => file
                .write_all(bytes)
                .map_err(|error| cannot("write", path, &error)),
        }
    }
}

/// Where a file that is named for the output stands, behind symbolic links; `None` where it is no file, but a device or
/// a pipe.
pub(super) fn file_behind(path: &Path) -> Option<PathBuf> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            Some(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
        }
        Ok(found) if !found.is_dir() => None,
        // A link to what is not there yet.
        _ => Some(fs::read_link(path).map_or_else(
            |_| path.to_owned(),
            |target| path.parent().unwrap_or(path).join(target),
        )),
    }
}

impl Output {
    /// Standard output, a device or pipe at `path`, or a new `file`.
    pub(super) fn create(
        path: Option<&Path>,
        file: Option<&Path>,
        format: Format,
        columns: &[String],
    ) -> Result<Self, Failure> {
        let in_columns = format == Format::Parquet || format == Format::Csv && columns.is_empty();
        let target = if let Some(path) = file {
            let part = beside(path, ".part");
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(true)
                .open(&part)
                .map_err(|error| cannot("write", &part, &error))?;
            // A checkpoint of an earlier walk says nothing about this one.
            remove(&Checkpoint::path(path))?;
            Target::File {
                path: path.to_owned(),
                part: file,
            }
        } else if in_columns {
            Target::Spool(temporary()?, Sink::open(path)?)
        } else {
            Target::Stream(Sink::open(path)?)
        };
        Ok(Self::over(target, format, columns, 0, 0))
    }

    /// A file that an earlier walk left, cut to what its checkpoint vouches for.
    pub(super) fn reopen(
        path: &Path,
        format: Format,
        columns: &[String],
        checkpoint: &Checkpoint,
    ) -> Result<Self, Failure> {
        let part = beside(path, ".part");
        // A walk that ended by itself put its name on what it had.
        if !part.exists() && !format.is_table() {
            fs::rename(path, &part).map_err(|error| cannot("read", path, &error))?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&part)
            .map_err(|error| cannot("write", &part, &error))?;
        let length = file
            .metadata()
            .map_err(|error| cannot("read", &part, &error))?
            .len();
        if length < checkpoint.offset {
            return Err(Failure::local(format!(
                "{} holds {length} bytes, its checkpoint speaks of {}",
                part.display(),
                checkpoint.offset
            ))
            .hint("remove both to begin anew"));
        }
        file.set_len(checkpoint.offset)
            .and_then(|()| file.seek(SeekFrom::End(0)))
            .map_err(|error| cannot("write", &part, &error))?;
        let target = Target::File {
            path: path.to_owned(),
            part: file,
        };
        // All that matters is whether there is one: a filter may have dropped all others.
        let written = u64::from(checkpoint.offset > 0);
        Ok(Self::over(
            target,
            format,
            columns,
            written,
            checkpoint.offset,
        ))
    }

    fn over(target: Target, format: Format, columns: &[String], items: u64, offset: u64) -> Self {
        // Into a file a table goes by way of NDJSON, which can be cut and resumed.
        let direct = matches!(target, Target::Stream(_)) || !format.is_table();
        let first = if direct { format } else { Format::Ndjson };
        Self {
            format,
            columns: columns.to_vec(),
            encoder: Encoder::new(first, columns.to_vec(), items),
            target,
            offset,
        }
    }

    /// Bytes written so far.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Writes a batch.
    pub(super) fn write(&mut self, items: &Items) -> Result<(), Failure> {
        let is_object = |item: &[u8]| item.first() == Some(&b'{');
        if self.format == Format::Csv && !items.iter().all(is_object) {
            let what = "an item is no object, and CSV has a column for each member of one";
            return Err(Failure::api(what).hint(
                "--select '{id, name}' makes objects; --format ndjson takes items of any kind",
            ));
        }
        let bytes = self.encoder.encode(items);
        self.offset += bytes.len() as u64;
        put(&mut self.target, bytes)
    }

    /// The items that were written, a line each, for looking at them again.
    pub(super) fn reread(&mut self, mut see: impl FnMut(&[u8])) -> Result<(), Failure> {
        let Target::File { path, part } = &mut self.target else {
            return Ok(());
        };
        each_line(part, |line| {
            // In an array items stand between "[", "," and "]", each on its line.
            let item = line.strip_suffix(b",").unwrap_or(line);
            if !matches!(item, b"[" | b"]" | b"") {
                see(item);
            }
            Ok(())
        })
        .and_then(|()| part.seek(SeekFrom::End(0)).map(drop))
        .map_err(|error| cannot("read", path, &error))
    }

    /// Ends the document and gives the file its name; without `any`, when no page came, only where none has it yet. `done`
    /// removes what a resumed walk would need.
    pub(super) fn finish(mut self, any: bool, done: bool) -> Result<(), Failure> {
        if let Target::File { path, .. } = &self.target
            && !any
            && path.exists()
        {
            return Ok(());
        }
        if let Target::File { path, part } = &mut self.target
            && self.format.is_table()
        {
            let new = beside(path, ".new");
            let file = File::create(&new).map_err(|error| cannot("write", &new, &error))?;
            tabulate(self.format, part, &self.columns, &file).map_err(|failure| {
                // All that came is still there, for another format.
                let _ = remove(&new);
                failure.noting(&format!(
                    "the items stand in {} as NDJSON",
                    beside(path, ".part").display()
                ))
            })?;
            file.sync_all()
                .and_then(|()| fs::rename(&new, &*path))
                .map_err(|error| cannot("write", path, &error))?;
            if done {
                remove(&beside(path, ".part"))?;
                remove(&Checkpoint::path(path))?;
            }
            return Ok(());
        }
        if let Target::Spool(spool, sink) = &mut self.target {
            return pour(self.format, spool, &self.columns, sink);
        }
        put(&mut self.target, self.encoder.finish())?;
        if let Target::File { path, part } = &mut self.target {
            part.sync_all()
                .and_then(|()| fs::rename(beside(path, ".part"), &*path))
                .map_err(|error| cannot("write", path, &error))?;
            if done {
                remove(&Checkpoint::path(path))?;
            }
        }
        Ok(())
    }
}

fn put(target: &mut Target, bytes: &[u8]) -> Result<(), Failure> {
    match target {
        Target::Stream(sink) => sink.put(bytes),
        Target::Spool(spool, _) => spool
            .write_all(bytes)
            .map_err(|error| Failure::local("cannot write a temporary file").because(&error)),
        Target::File { path, part } => part
            .write_all(bytes)
            .map_err(|error| cannot("write", path, &error)),
    }
}

/// Turns NDJSON into a table that goes into `sink`, made whole before its first byte goes out: a conflict leaves no half of it.
fn pour(
    format: Format,
    spool: &mut File,
    columns: &[String],
    sink: &mut Sink,
) -> Result<(), Failure> {
    let unread = |error| Failure::local("cannot read a temporary file").because(&error);
    let mut whole = temporary()?;
    tabulate(format, spool, columns, &whole)?;
    whole.seek(SeekFrom::Start(0)).map_err(unread)?;
    let mut reader = BufReader::with_capacity(64 * 1024, whole);
    loop {
        let part = reader.fill_buf().map_err(unread)?;
        if part.is_empty() {
            return Ok(());
        }
        sink.put(part)?;
        let used = part.len();
        reader.consume(used);
    }
}

fn temporary() -> Result<File, Failure> {
    tempfile::tempfile()
        .map_err(|error| Failure::local("cannot make a temporary file").because(&error))
}

/// Turns NDJSON into a table.
fn tabulate(
    format: Format,
    spool: &mut File,
    columns: &[String],
    mut out: &File,
) -> Result<(), Failure> {
    if format == Format::Parquet {
        return parquet::convert(spool, out);
    }
    convert(spool, columns, &mut out)
        .map_err(|error| Failure::local("cannot write the table").because(&error))
}

/// Turns NDJSON into CSV, with all columns that occur when none are given.
fn convert(spool: &mut File, columns: &[String], out: &mut impl Write) -> std::io::Result<()> {
    let columns = if columns.is_empty() {
        let mut union = csv::Union::default();
        each_line(spool, |line| {
            union.see(line);
            Ok(())
        })?;
        union.into_names()
    } else {
        columns.to_vec()
    };
    let mut buffer = Vec::new();
    csv::heading(&columns, &mut buffer);
    each_line(spool, |line| {
        csv::row(line, &columns, &mut buffer);
        if buffer.len() > 64 * 1024 {
            out.write_all(&buffer)?;
            buffer.clear();
        }
        Ok(())
    })?;
    out.write_all(&buffer)
}

pub(super) fn each_line(
    file: &mut File,
    mut see: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        see(line.strip_suffix(b"\n").unwrap_or(&line))?;
        line.clear();
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(cannot("remove", path, &error))
        }
        _ => Ok(()),
    }
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::local(format!("cannot {what} {}", path.display())).because(error)
}
