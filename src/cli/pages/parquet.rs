//! Items as a Parquet file: columns typed by what all items hold, row groups of bounded size, Snappy.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::sync::Arc;

use arrow_json::reader::{Decoder, ReaderBuilder};
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::columns::{Columns, Conflict};
use super::output::each_line;
use crate::cli::failure::{Exit, Failure};

/// Rows decoded at once.
const BATCH: usize = 8_192;

/// Rows of a row group: what is held in memory, encoded, before it is written.
const GROUP: usize = 131_072;

/// Turns a file of NDJSON into Parquet.
pub(super) fn convert(spool: &mut File, out: impl Write + Send) -> Result<(), Failure> {
    let mut columns = Columns::default();
    let mut conflict = None;
    each_line(spool, |line| {
        if conflict.is_none() {
            conflict = columns.see(line).err();
        }
        Ok(())
    })
    .map_err(|error| Failure::local("cannot read the items again").because(&error))?;
    let fields = match conflict {
        Some(conflict) => Err(conflict),
        None => columns.fields(),
    };
    let schema = Arc::new(Schema::new(
        fields.map_err(|conflict| untabular(&conflict))?,
    ));
    write(spool, out, schema)
        .map_err(|error| Failure::local("cannot write the Parquet file").because(error.as_ref()))
}

type Anything = Box<dyn std::error::Error + Send + Sync>;

fn write(spool: &mut File, out: impl Write + Send, schema: Arc<Schema>) -> Result<(), Anything> {
    let mut decoder = ReaderBuilder::new(Arc::clone(&schema))
        .with_batch_size(BATCH)
        .with_strict_mode(true)
        .build_decoder()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    let mut writer = ArrowWriter::try_new(out, schema, Some(properties))?;
    spool.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::with_capacity(1 << 16, spool);
    loop {
        let part = reader.fill_buf()?;
        if part.is_empty() {
            break;
        }
        let (length, taken) = (part.len(), decoder.decode(part)?);
        reader.consume(taken);
        // A decoder that takes less than it was given is full.
        if taken < length {
            pass_on(&mut decoder, &mut writer)?;
        }
    }
    pass_on(&mut decoder, &mut writer)?;
    writer.close()?;
    Ok(())
}

fn pass_on<W: Write + Send>(
    decoder: &mut Decoder,
    writer: &mut ArrowWriter<W>,
) -> Result<(), Anything> {
    if let Some(batch) = decoder.flush()? {
        writer.write(&batch)?;
    }
    Ok(())
}

fn untabular(conflict: &Conflict) -> Failure {
    let what = "the items make no Parquet table".to_owned();
    Failure::new(Exit::Api, "parquet", what)
        .because(conflict)
        .hint("give the member one type with --select (.price |= tostring), leave it out (del(.meta)), or write --format ndjson")
}
