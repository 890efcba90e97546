//! Looks at 64 bytes at once: where quotes, backslashes and brackets are. With SSE2, which every x86-64 has; a plain
//! loop elsewhere, which is also the twin that the tests compare with.

/// Which of 64 bytes are what; the first byte is the lowest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Masks {
    pub(super) quotes: u64,
    pub(super) backslashes: u64,
    /// Opening and closing brackets of both kinds.
    pub(super) brackets: u64,
    /// Line feeds, carriage returns and all else below the space, but not where each stands: any bit says that there is one.
    pub(super) controls: u64,
}

/// The masks of a block.
#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(
    unsafe_code,
    reason = "a splitter of bytes one by one takes several times as long"
)]
pub(super) fn masks(block: &[u8; 64]) -> Masks {
    // SAFETY: `sse2` asks for nothing but SSE2, which is part of the x86-64 baseline.
    unsafe { sse2(block) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn sse2(block: &[u8; 64]) -> Masks {
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8,
    };
    let bits = |found: __m128i| u64::from(_mm_movemask_epi8(found).cast_unsigned());
    let all = |byte: u8| _mm_set1_epi8(byte.cast_signed());
    let (quote, backslash, case) = (all(b'"'), all(b'\\'), all(0x20));
    let (open, close, control) = (all(b'{'), all(b'}'), all(0x1f));
    let mut controls = all(0);
    let mut masks = Masks {
        quotes: 0,
        backslashes: 0,
        brackets: 0,
        controls: 0,
    };
    let (parts, _) = block.as_chunks::<16>();
    for (index, part) in parts.iter().enumerate() {
        let (halves, _) = part.as_chunks::<8>();
        let bytes = _mm_set_epi64x(i64::from_le_bytes(halves[1]), i64::from_le_bytes(halves[0]));
        // '[' and ']' become '{' and '}' with this bit set, and nothing else does.
        let folded = _mm_or_si128(bytes, case);
        let bracket = _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close));
        let shift = 16 * index;
        masks.quotes |= bits(_mm_cmpeq_epi8(bytes, quote)) << shift;
        masks.backslashes |= bits(_mm_cmpeq_epi8(bytes, backslash)) << shift;
        masks.brackets |= bits(bracket) << shift;
        controls = _mm_or_si128(
            controls,
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes),
        );
    }
    masks.controls = bits(controls);
    masks
}

/// The masks of a block.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn masks(block: &[u8; 64]) -> Masks {
    plain(block)
}

/// The same, byte by byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn plain(block: &[u8; 64]) -> Masks {
    let mut masks = Masks {
        quotes: 0,
        backslashes: 0,
        brackets: 0,
        controls: 0,
    };
    for (index, byte) in block.iter().enumerate() {
        let bit = 1 << index;
        match byte {
            b'"' => masks.quotes |= bit,
            b'\\' => masks.backslashes |= bit,
            b'{' | b'}' | b'[' | b']' => masks.brackets |= bit,
            0..=0x1f => masks.controls |= 1 << (index % 16),
            _ => {}
        }
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_what_it_is_at_every_place() {
        for byte in 0..=255 {
            for place in 0..64 {
                let mut block = [b'x'; 64];
                block[place] = byte;
                assert_eq!(masks(&block), plain(&block), "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn both_ways_see_the_same(bytes in prop::collection::vec(prop::sample::select(&br#""\{}[]a,:|^"#[..]), 64)) {
            let block: [u8; 64] = bytes.try_into().unwrap();
            prop_assert_eq!(masks(&block), plain(&block));
        }
    }
}
