//! Looks at 64 bytes at once: where quotes, backslashes and brackets are. With AVX2 where there is, with SSE2 on any other
//! x86-64; a plain loop elsewhere, which is also the twin that the tests compare with.

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

/// What is to be done with blocks. A trait and no closure: it is to be compiled for the registers of its caller.
pub(super) trait Look {
    type Answer;

    /// Looks at a block by its number and its masks; an answer ends the search.
    fn look(&mut self, index: usize, block: &[u8; 64], masks: Masks) -> Option<Self::Answer>;
}

/// Shows blocks one after the other until there is an answer.
#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(
    unsafe_code,
    reason = "a splitter of bytes one by one takes several times as long"
)]
pub(super) fn find<L: Look>(blocks: &[[u8; 64]], eye: &mut L) -> Option<L::Answer> {
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("bmi1")
    {
        // SAFETY: this machine has what `find_wide` asks for.
        return unsafe { find_wide(blocks, eye) };
    }
    let mut blocks = blocks.iter().enumerate();
    // SAFETY: `sse2` asks for nothing but SSE2, which is part of the x86-64 baseline.
    blocks.find_map(|(index, block)| eye.look(index, block, unsafe { sse2(block) }))
}

/// The same with registers of 32 bytes; what the eye does is compiled for them too.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1")]
fn find_wide<L: Look>(blocks: &[[u8; 64]], eye: &mut L) -> Option<L::Answer> {
    for (index, block) in blocks.iter().enumerate() {
        if let Some(answer) = eye.look(index, block, avx2(block)) {
            return Some(answer);
        }
    }
    None
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn avx2(block: &[u8; 64]) -> Masks {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set_epi64x, _mm256_set1_epi8,
    };
    let bits = |found: __m256i| u64::from(_mm256_movemask_epi8(found).cast_unsigned());
    let all = |byte: u8| _mm256_set1_epi8(byte.cast_signed());
    let part = |at: usize| {
        let (words, _) = block.as_chunks::<8>();
        let word = |index: usize| i64::from_le_bytes(words[at + index]);
        _mm256_set_epi64x(word(3), word(2), word(1), word(0))
    };
    let (low, high) = (part(0), part(4));
    let both = |one: __m256i, other: __m256i| bits(one) | bits(other) << 32;
    let equal = |byte: u8| {
        let byte = all(byte);
        both(_mm256_cmpeq_epi8(low, byte), _mm256_cmpeq_epi8(high, byte))
    };
    let bracket = |bytes: __m256i| {
        // '[' and ']' become '{' and '}' with this bit set, and nothing else does.
        let folded = _mm256_or_si256(bytes, all(0x20));
        _mm256_or_si256(
            _mm256_cmpeq_epi8(folded, all(b'{')),
            _mm256_cmpeq_epi8(folded, all(b'}')),
        )
    };
    let control = |bytes: __m256i| _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, all(0x1f)), bytes);
    Masks {
        quotes: equal(b'"'),
        backslashes: equal(b'\\'),
        brackets: both(bracket(low), bracket(high)),
        controls: bits(_mm256_or_si256(control(low), control(high))),
    }
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

/// Shows blocks one after the other until there is an answer.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn find<L: Look>(blocks: &[[u8; 64]], eye: &mut L) -> Option<L::Answer> {
    let mut blocks = blocks.iter().enumerate();
    blocks.find_map(|(index, block)| eye.look(index, block, plain(block)))
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
            0..=0x1f => masks.controls |= bit,
            _ => {}
        }
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Answers with the masks of the first block.
    struct First;

    impl Look for First {
        type Answer = Masks;

        fn look(&mut self, _: usize, _: &[u8; 64], masks: Masks) -> Option<Masks> {
            Some(masks)
        }
    }

    /// What each way to look at a block sees, without where controls stand.
    fn looks(block: &[u8; 64]) -> Vec<Masks> {
        let mut all = vec![plain(block)];
        all.extend(find(&[*block], &mut First));
        #[cfg(target_arch = "x86_64")]
        all.push(narrow(block));
        for masks in &mut all {
            masks.controls = u64::from(masks.controls != 0);
        }
        all
    }

    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "it is not chosen where there is a wider one")]
    fn narrow(block: &[u8; 64]) -> Masks {
        // SAFETY: every x86-64 has SSE2.
        unsafe { sse2(block) }
    }

    fn agree(block: &[u8; 64]) -> bool {
        let looks = looks(block);
        looks.len() > 1 && looks.iter().all(|masks| *masks == looks[0])
    }

    #[test]
    fn every_byte_is_what_it_is_at_every_place() {
        for byte in 0..=255 {
            for place in 0..64 {
                let mut block = [b'x'; 64];
                block[place] = byte;
                assert!(agree(&block), "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn all_ways_see_the_same(bytes in prop::collection::vec(prop::sample::select(&br#""\{}[]a,:|^"#[..]), 64)) {
            let block: [u8; 64] = bytes.try_into().unwrap();
            prop_assert!(agree(&block));
        }
    }
}
