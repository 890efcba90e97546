//! The chunked transfer coding (RFC 9112 §7.1).

use bytes::{Buf, Bytes, BytesMut};
use httparse::Status;

use super::Fault;

/// The longest line that speaks of a chunk, and the longest trailer section, in bytes.
const LONGEST: usize = 16 * 1024;

const NO_SIZE: &str = "a chunk of the reply has no valid size";

/// What is to be read next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chunks {
    /// The line with a chunk's size.
    #[default]
    Size,
    /// So many bytes of a chunk.
    Data(u64),
    /// The line's end behind a chunk.
    Behind,
    /// The fields behind the last chunk, which are not kept.
    Trailers,
    Done,
}

impl Chunks {
    /// How many bytes of data come next.
    pub(super) fn ahead(self) -> u64 {
        match self {
            Self::Data(left) => left,
            _ => 0,
        }
    }

    /// So many bytes of data were taken.
    pub(super) fn pass(&mut self, taken: usize) {
        *self = match self.ahead() - taken as u64 {
            0 => Self::Behind,
            left => Self::Data(left),
        };
    }

    /// Takes data out of the buffer; `None` when there is more to come, or nothing any more.
    pub(super) fn take(&mut self, buffer: &mut BytesMut) -> Result<Option<Bytes>, Fault> {
        loop {
            match *self {
                // The parser takes a line without digits for a size of zero.
                Self::Size if buffer.first().is_some_and(|byte| !byte.is_ascii_hexdigit()) => {
                    return Err(Fault(NO_SIZE));
                }
                Self::Size => match httparse::parse_chunk_size(buffer) {
                    Ok(Status::Complete((line, size))) => {
                        buffer.advance(line);
                        *self = match size {
                            0 => Self::Trailers,
                            size => Self::Data(size),
                        };
                    }
                    Ok(Status::Partial) if buffer.len() < LONGEST => return Ok(None),
                    _ => return Err(Fault(NO_SIZE)),
                },
                Self::Data(left) => {
                    let here =
                        usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
                    if here == 0 {
                        return Ok(None);
                    }
                    self.pass(here);
                    return Ok(Some(buffer.split_to(here).freeze()));
                }
                Self::Behind => match buffer.get(..2) {
                    Some(b"\r\n") => {
                        buffer.advance(2);
                        *self = Self::Size;
                    }
                    Some(_) => return Err(Fault("a chunk of the reply is longer than it says")),
                    None => return Ok(None),
                },
                Self::Trailers => {
                    let mut fields = [httparse::EMPTY_HEADER; 64];
                    match httparse::parse_headers(buffer, &mut fields) {
                        Ok(Status::Complete((length, _))) if has_whole_lines(&buffer[..length]) => {
                            buffer.advance(length);
                            *self = Self::Done;
                        }
                        Ok(Status::Partial) if buffer.len() < LONGEST => return Ok(None),
                        _ => return Err(Fault("the trailer section of the reply is malformed")),
                    }
                }
                Self::Done => return Ok(None),
            }
        }
    }
}

/// Whether every line ends in CRLF. The parser takes a bare LF for an end too, so two readers of one connection could
/// disagree about where the reply ends.
fn has_whole_lines(section: &[u8]) -> bool {
    section
        .split_inclusive(|byte| *byte == b'\n')
        .all(|line| line.ends_with(b"\r\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], part: usize) -> Result<(Vec<u8>, Chunks, usize), Fault> {
        let (mut chunks, mut buffer, mut data) = (Chunks::default(), BytesMut::new(), Vec::new());
        for part in text.chunks(part) {
            buffer.extend_from_slice(part);
            while let Some(more) = chunks.take(&mut buffer)? {
                data.extend_from_slice(&more);
            }
        }
        Ok((data, chunks, buffer.len()))
    }

    #[test]
    fn chunks_are_joined_and_what_follows_them_is_left() {
        let text =
            b"4;name=value\r\nwiki\r\n00005\r\npedia\r\n0\r\nExpires: never\r\nX: y\r\n\r\nHTTP";
        for part in [1, 2, 7, 1000] {
            let (data, end, left) = read(text, part).unwrap();
            assert_eq!(
                (data.as_slice(), end, left),
                (b"wikipedia".as_slice(), Chunks::Done, 4)
            );
        }
    }

    #[test]
    fn what_is_no_chunk_is_refused() {
        for text in [
            b"g\r\n".as_slice(),
            b" \r\n\r\n",
            b"4\r\nwikipedia\r\n",
            b"fffffffffffffffff\r\n",
            b"-1\r\n",
            b"0\r\n\n\n",
            b"0\r\nX: y\n\r\n",
            &vec![b'1'; LONGEST],
            &[b"0\r\n".as_slice(), &vec![b'x'; LONGEST]].concat(),
        ] {
            assert!(
                read(text, 100).is_err(),
                "{:?}",
                &text[..text.len().min(20)]
            );
        }
    }
}
