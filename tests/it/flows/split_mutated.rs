//! Bodies broken at random, split as `serde_json` reads them. `APICTL_FUZZ_RUNS` says how many.

use crate::support::split_oracle::judge;

const SEEDS: [&str; 8] = [
    r#"{"count":3,"next":"http://h/?page=2","previous":null,"results":[{"id":1,"x":-1.5e3},{"id":2,"t":["a",{"b":[]}]},{"id":3}]}"#,
    r#"{"next":null,"results":[{"a":"\"]}\\"},"x\u00e9\n",null,true,false,0,-0.0e+1,[],[[1]],{}]}"#,
    "[1,\"two\",{\"three\": [3]}]",
    " \n[ ]\t",
    "{\"data\":{\"items\":[{\n  \"a\": 1,\n  \"b\": \"c\"\n}]},\"meta\":{\"total\":1}}",
    r#"{"links":{"next":null},"data":[{"id":"1","attributes":{"n":"\\\\\\"}}],"included":[{"x":[1,2]}]}"#,
    r#"{"rows_of_it":[{"a":1},{"a":2}],"other":[1]}"#,
    "{\"results\":[\"\u{e9}\u{1f600}\",{\"\u{e9}\":\"\\ud83d\\ude00\"}]}",
];

/// What is put in, by preference what means something.
const TOKENS: [&[u8]; 24] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b" ",
    b"\n",
    b"\r",
    b"0",
    b"-",
    b"e",
    b".",
    b"null",
    b"\\u12",
    b"\\ud800",
    b"\xff",
    b"\xc3",
    b"\x00",
    b"results",
    b"[[[[[[[[",
    b"\"\\\\\"",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}

fn mutate(body: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(body.len() + 1);
        let end = (at + dice.below(12)).min(body.len());
        match dice.below(5) {
            0 => drop(body.drain(at..end)),
            1 => {
                let token = TOKENS[dice.below(TOKENS.len())];
                body.splice(at..at, token.iter().copied());
            }
            2 if at < body.len() => body[at] = u8::try_from(dice.below(256)).unwrap(),
            3 => {
                let copied = body[at..end].to_vec();
                let to = dice.below(body.len() + 1);
                body.splice(to..to, copied);
            }
            _ => {
                // Moves what follows to another place within the blocks of 64 bytes.
                let blank = vec![b' '; dice.below(70)];
                body.splice(at..at, blank);
            }
        }
    }
}

#[test]
fn mutated_bodies_are_split_as_serde_json_reads_them() {
    let runs = std::env::var("APICTL_FUZZ_RUNS").ok();
    let runs: u64 = runs.and_then(|text| text.parse().ok()).unwrap_or(20_000);
    let start = std::env::var("APICTL_FUZZ_SEED").ok();
    let start: u64 = start.and_then(|text| text.parse().ok()).unwrap_or(1);
    for run in start..start + runs {
        let mut dice = Dice(run.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.below(2);
        let mut body = SEEDS[dice.below(SEEDS.len())].as_bytes().to_vec();
        mutate(&mut body, &mut dice);
        let size = 1 + dice.below(70);
        let judged = std::panic::catch_unwind(|| judge(&body, size));
        assert!(
            judged.is_ok(),
            "run {run}, parts of {size}: {:?}",
            String::from_utf8_lossy(&body)
        );
    }
}
