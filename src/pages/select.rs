//! Filters and reshapes items with a jq program. Pure.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read};
use thiserror::Error;

use super::items::Items;

/// A compiled program, run on each item by itself.
pub struct Select {
    filter: jaq_core::compile::Filter<jaq_core::Native<data::JustLut<Val>>>,
}

/// Why a program gives no items.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SelectError {
    /// It is no jq program.
    #[error("'{program}' is no jq program: {why}")]
    Program {
        /// The program.
        program: String,
        /// Where it goes wrong.
        why: String,
    },
    /// It fails on an item.
    #[error("the jq program fails on an item: {0}")]
    Item(String),
}

impl Select {
    /// Compiles a program.
    pub fn compile(program: &str) -> Result<Self, SelectError> {
        let fail = |why: String| SelectError::Program {
            program: program.to_owned(),
            why,
        };
        let file = File {
            code: program,
            path: (),
        };
        let definitions = jaq_core::defs()
            .chain(jaq_std::defs())
            .chain(jaq_json::defs());
        let functions = jaq_core::funs()
            .chain(jaq_std::funs())
            .chain(jaq_json::funs());
        let arena = Arena::default();
        let modules = Loader::new(definitions)
            .load(&arena, file)
            .map_err(|_| fail("it cannot be parsed".to_owned()))?;
        let filter = Compiler::default()
            .with_funs(functions)
            .compile(modules)
            .map_err(|errors| {
                let names: Vec<String> = errors
                    .iter()
                    .flat_map(|(_, undefined)| undefined)
                    .map(|(name, _)| format!("'{name}' is not defined"))
                    .collect();
                fail(names.join(", "))
            })?;
        Ok(Self { filter })
    }

    /// The program's outputs for each item. An item that passes unchanged keeps its bytes.
    pub fn apply(&self, items: &Items) -> Result<Items, SelectError> {
        let mut chosen = Items::default();
        for item in items.iter() {
            let input =
                read::parse_single(item).map_err(|error| SelectError::Item(error.to_string()))?;
            let context = Ctx::<data::JustLut<Val>>::new(&self.filter.lut, Vars::new([]));
            for output in self
                .filter
                .id
                .run((context, input.clone()))
                .map(unwrap_valr)
            {
                let output = output.map_err(|error| SelectError::Item(error.to_string()))?;
                if output == input {
                    chosen.push(item);
                } else {
                    chosen.push(output.to_string().as_bytes());
                }
            }
        }
        Ok(chosen)
    }
}

impl std::fmt::Debug for Select {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Select")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(program: &str, items: &[&str]) -> Result<String, SelectError> {
        let items: Items = items.iter().map(|item| item.as_bytes()).collect();
        let chosen = Select::compile(program)?.apply(&items)?;
        Ok(String::from_utf8(chosen.lines().to_vec()).unwrap())
    }

    #[test]
    fn items_that_pass_keep_their_bytes() {
        let items = [r#"{"b": 1.10,"a":9007199254740993}"#, r#"{"b":0}"#];
        assert_eq!(
            selected("select(.b > 1)", &items).unwrap(),
            "{\"b\": 1.10,\"a\":9007199254740993}\n"
        );
    }

    #[test]
    fn items_may_become_others_or_several() {
        assert_eq!(
            selected("{id: .a}", &[r#"{"a":1,"b":2}"#]).unwrap(),
            "{\"id\":1}\n"
        );
        assert_eq!(selected(".[]", &["[1,\"x\"]"]).unwrap(), "1\n\"x\"\n");
        assert_eq!(
            selected(".id", &[r#"{"id":9007199254740993}"#]).unwrap(),
            "9007199254740993\n"
        );
    }

    #[test]
    fn faulty_programs_are_named() {
        for program in ["select(", "nonsense(.)", "$x"] {
            assert!(
                matches!(selected(program, &[]), Err(SelectError::Program { .. })),
                "{program}"
            );
        }
        assert!(matches!(
            selected(".a.b", &["{\"a\":1}"]),
            Err(SelectError::Item(_))
        ));
    }
}
