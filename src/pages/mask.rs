//! Looks at 256 bytes at once: where quotes and brackets are, and whether there is a backslash among them. With AVX-512 or
//! AVX2 where there is, with SSE2 on any other x86-64; a plain loop elsewhere, which is also the twin that the tests compare
//! with.

/// What is looked at in one go: four blocks of 64 bytes.
pub(super) const GROUP: usize = 256;

/// Which of 64 bytes are what; the first byte is the lowest bit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) quotes: u64,
    /// For each bit, whether the number of quotes up to it is odd: between an opening quote and its end.
    pub(super) strings: u64,
    /// Opening and closing brackets of both kinds.
    pub(super) brackets: u64,
}

/// Which bytes of a group are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub(super) blocks: [Block; 4],
    /// Backslashes; `None` where there is none.
    pub(super) backslashes: Option<[u64; 4]>,
    /// Whether there is a line feed, a carriage return or anything else below the space.
    pub(super) controls: bool,
}

/// What is to be done with groups. A trait and no closure: it is to be compiled for the registers of its caller.
pub(super) trait Look {
    type Answer;

    /// Looks at a group by its number and its masks; an answer ends the search.
    fn look(&mut self, index: usize, group: &[u8; GROUP], masks: &Masks) -> Option<Self::Answer>;
}

/// Shows groups one after the other until there is an answer.
#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(
    unsafe_code,
    reason = "a splitter of bytes one by one takes several times as long"
)]
pub(super) fn find<L: Look>(groups: &[[u8; GROUP]], eye: &mut L) -> Option<L::Answer> {
    let common = is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("pclmulqdq");
    if common && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") {
        // SAFETY: this machine has what `find_widest` asks for.
        return unsafe { find_widest(groups, eye) };
    }
    if common && is_x86_feature_detected!("avx2") {
        // SAFETY: this machine has what `find_wide` asks for.
        return unsafe { find_wide(groups, eye) };
    }
    let mut groups = groups.iter().enumerate();
    // SAFETY: `sse2` asks for nothing but SSE2, which is part of the x86-64 baseline.
    groups.find_map(|(index, group)| eye.look(index, group, &unsafe { sse2(group) }))
}

/// The same with registers of 64 bytes; what the eye does is compiled for them too.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,popcnt,bmi1,pclmulqdq")]
fn find_widest<L: Look>(groups: &[[u8; GROUP]], eye: &mut L) -> Option<L::Answer> {
    for (index, group) in groups.iter().enumerate() {
        if let Some(answer) = eye.look(index, group, &avx512(group)) {
            return Some(answer);
        }
    }
    None
}

/// The same with registers of 32 bytes.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1,pclmulqdq")]
fn find_wide<L: Look>(groups: &[[u8; GROUP]], eye: &mut L) -> Option<L::Answer> {
    for (index, group) in groups.iter().enumerate() {
        if let Some(answer) = eye.look(index, group, &avx2(group)) {
            return Some(answer);
        }
    }
    None
}

/// [`parity`] by a multiplication without carries.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "pclmulqdq")]
fn parity_by_product(bits: u64) -> u64 {
    use std::arch::x86_64::{
        _mm_clmulepi64_si128, _mm_cvtsi128_si64, _mm_set_epi64x, _mm_set1_epi8,
    };
    let bits = _mm_set_epi64x(0, bits.cast_signed());
    _mm_cvtsi128_si64(_mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1))).cast_unsigned()
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(unsafe_code, reason = "the safe way to load is several times as slow")]
#[target_feature(enable = "avx512f,avx512bw,pclmulqdq")]
fn avx512(group: &[u8; GROUP]) -> Masks {
    use std::arch::x86_64::{
        __m512i, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_loadu_si512,
        _mm512_min_epu8, _mm512_or_si512, _mm512_set1_epi8, _mm512_sub_epi8,
        _mm512_testn_epi8_mask, _mm512_xor_si512,
    };
    let all = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
    let (parts, _) = group.as_chunks::<64>();
    let block = |at: usize| -> __m512i {
        // SAFETY: a part is as many bytes as are loaded, and any bytes will do.
        unsafe { _mm512_loadu_si512(parts[at].as_ptr().cast()) }
    };
    let mut masks = Masks::default();
    let (mut least, mut nearest) = (all(0xff), all(0xff));
    for at in 0..4 {
        let bytes = block(at);
        least = _mm512_min_epu8(least, bytes);
        nearest = _mm512_min_epu8(nearest, _mm512_xor_si512(bytes, all(b'\\')));
        // '[' and ']' become '{' and '}' with this bit set, and nothing else does; these are two apart.
        let folded = _mm512_sub_epi8(_mm512_or_si512(bytes, all(0x20)), all(b'{'));
        let quotes = _mm512_cmpeq_epi8_mask(bytes, all(b'"'));
        masks.blocks[at] = Block {
            quotes,
            strings: parity_by_product(quotes),
            brackets: _mm512_testn_epi8_mask(folded, all(!2)),
        };
    }
    masks.controls = _mm512_cmplt_epu8_mask(least, all(b' ')) != 0;
    if _mm512_testn_epi8_mask(nearest, nearest) != 0 {
        let backslashes = |at: usize| _mm512_cmpeq_epi8_mask(block(at), all(b'\\'));
        masks.backslashes = Some([0, 1, 2, 3].map(backslashes));
    }
    masks
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(unsafe_code, reason = "the safe way to load is several times as slow")]
#[target_feature(enable = "avx2,pclmulqdq")]
fn avx2(group: &[u8; GROUP]) -> Masks {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8, _mm256_xor_si256,
    };
    let bits = |found: __m256i| u64::from(_mm256_movemask_epi8(found).cast_unsigned());
    let all = |byte: u8| _mm256_set1_epi8(byte.cast_signed());
    let (parts, _) = group.as_chunks::<32>();
    let half = |at: usize| -> __m256i {
        // SAFETY: a part is as many bytes as are loaded, and any bytes will do.
        unsafe { _mm256_loadu_si256(parts[at].as_ptr().cast()) }
    };
    let both = |one: __m256i, other: __m256i| bits(one) | bits(other) << 32;
    let bracket = |bytes: __m256i| {
        // '[' and ']' become '{' and '}' with this bit set, and nothing else does.
        let folded = _mm256_or_si256(bytes, all(0x20));
        _mm256_or_si256(
            _mm256_cmpeq_epi8(folded, all(b'{')),
            _mm256_cmpeq_epi8(folded, all(b'}')),
        )
    };
    let mut masks = Masks::default();
    let (mut least, mut nearest) = (all(0xff), all(0xff));
    for at in 0..4 {
        let (low, high) = (half(2 * at), half(2 * at + 1));
        least = _mm256_min_epu8(least, _mm256_min_epu8(low, high));
        for bytes in [low, high] {
            nearest = _mm256_min_epu8(nearest, _mm256_xor_si256(bytes, all(b'\\')));
        }
        let equal = |byte: u8| {
            let byte = all(byte);
            both(_mm256_cmpeq_epi8(low, byte), _mm256_cmpeq_epi8(high, byte))
        };
        let quotes = equal(b'"');
        masks.blocks[at] = Block {
            quotes,
            strings: parity_by_product(quotes),
            brackets: both(bracket(low), bracket(high)),
        };
    }
    masks.controls = bits(_mm256_cmpeq_epi8(_mm256_min_epu8(least, all(0x1f)), least)) != 0;
    if bits(_mm256_cmpeq_epi8(nearest, all(0))) != 0 {
        let backslashes = |at: usize| {
            let equal = |at: usize| _mm256_cmpeq_epi8(half(at), all(b'\\'));
            both(equal(2 * at), equal(2 * at + 1))
        };
        masks.backslashes = Some([0, 1, 2, 3].map(backslashes));
    }
    masks
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn sse2(group: &[u8; GROUP]) -> Masks {
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8,
    };
    let bits = |found: __m128i| u64::from(_mm_movemask_epi8(found).cast_unsigned());
    let all = |byte: u8| _mm_set1_epi8(byte.cast_signed());
    let mut masks = Masks::default();
    let (mut backslashes, mut controls) = ([0; 4], all(0));
    let (parts, _) = group.as_chunks::<16>();
    for (index, part) in parts.iter().enumerate() {
        let (halves, _) = part.as_chunks::<8>();
        let bytes = _mm_set_epi64x(i64::from_le_bytes(halves[1]), i64::from_le_bytes(halves[0]));
        let equal = |byte: u8| _mm_cmpeq_epi8(bytes, all(byte));
        // '[' and ']' become '{' and '}' with this bit set, and nothing else does.
        let folded = _mm_or_si128(bytes, all(0x20));
        let bracket = _mm_or_si128(
            _mm_cmpeq_epi8(folded, all(b'{')),
            _mm_cmpeq_epi8(folded, all(b'}')),
        );
        let (at, shift) = (index / 4, 16 * (index % 4));
        masks.blocks[at].quotes |= bits(equal(b'"')) << shift;
        masks.blocks[at].brackets |= bits(bracket) << shift;
        backslashes[at] |= bits(equal(b'\\')) << shift;
        controls = _mm_or_si128(
            controls,
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, all(0x1f)), bytes),
        );
    }
    masks.rounded_off(backslashes, bits(controls) != 0)
}

/// Shows groups one after the other until there is an answer.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn find<L: Look>(groups: &[[u8; GROUP]], eye: &mut L) -> Option<L::Answer> {
    let mut groups = groups.iter().enumerate();
    groups.find_map(|(index, group)| eye.look(index, group, &plain(group)))
}

/// The same, byte by byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn plain(group: &[u8; GROUP]) -> Masks {
    let mut masks = Masks::default();
    let (mut backslashes, mut controls) = ([0; 4], false);
    for (index, byte) in group.iter().enumerate() {
        let (at, bit) = (index / 64, 1 << (index % 64));
        match byte {
            b'"' => masks.blocks[at].quotes |= bit,
            b'\\' => backslashes[at] |= bit,
            b'{' | b'}' | b'[' | b']' => masks.blocks[at].brackets |= bit,
            0..=0x1f => controls = true,
            _ => {}
        }
    }
    masks.rounded_off(backslashes, controls)
}

impl Masks {
    /// With what follows from the masks, and these.
    fn rounded_off(mut self, backslashes: [u64; 4], controls: bool) -> Self {
        for block in &mut self.blocks {
            block.strings = parity(block.quotes);
        }
        self.backslashes = (backslashes != [0; 4]).then_some(backslashes);
        self.controls = controls;
        self
    }
}

/// For each bit, whether the number of bits set up to it is odd.
#[inline]
pub(super) const fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Answers with the masks of the first group.
    struct First;

    impl Look for First {
        type Answer = Masks;

        fn look(&mut self, _: usize, _: &[u8; GROUP], masks: &Masks) -> Option<Masks> {
            Some(*masks)
        }
    }

    /// What each way to look at a group sees that this machine has.
    fn looks(group: &[u8; GROUP]) -> Vec<Masks> {
        let mut all = vec![plain(group)];
        all.extend(find(&[*group], &mut First));
        #[cfg(target_arch = "x86_64")]
        all.extend(narrower(group));
        all
    }

    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "they are not chosen where there is a wider one")]
    fn narrower(group: &[u8; GROUP]) -> Vec<Masks> {
        // SAFETY: every x86-64 has SSE2.
        let mut all = vec![unsafe { sse2(group) }];
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("pclmulqdq") {
            // SAFETY: this machine has both.
            all.push(unsafe { avx2(group) });
        }
        all
    }

    fn agree(group: &[u8; GROUP]) -> bool {
        let looks = looks(group);
        looks.len() > 1 && looks.iter().all(|masks| *masks == looks[0])
    }

    #[test]
    fn every_byte_is_what_it_is_at_every_place() {
        for byte in 0..=255 {
            for place in 0..GROUP {
                let mut group = [b'x'; GROUP];
                group[place] = byte;
                assert!(agree(&group), "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn all_ways_see_the_same(bytes in prop::collection::vec(prop::sample::select(&br#""\{}[]a,:|^"#[..]), GROUP)) {
            let group: [u8; GROUP] = bytes.try_into().unwrap();
            prop_assert!(agree(&group));
        }
    }
}
