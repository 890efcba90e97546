//! Notes and drafts: small rows that belong to somebody and can be changed.

use std::collections::BTreeMap;

use super::fields::{Field, Kind, Value};
use super::json::push_string;
use super::paginate::Rows;
use super::users::{self, User};

/// How many rows a collection keeps; beyond, the oldest go.
const MOST: usize = 10_000;

/// What clients may write.
pub(super) const FIELDS: [Field; 4] = [
    Field {
        name: "title",
        kind: Kind::Text {
            max_length: Some(100),
            allow_blank: false,
            trim: true,
        },
        required: true,
    },
    Field {
        name: "text",
        kind: Kind::Text {
            max_length: None,
            allow_blank: true,
            trim: true,
        },
        required: false,
    },
    Field {
        name: "pinned",
        kind: Kind::Boolean,
        required: false,
    },
    Field {
        name: "priority",
        kind: Kind::Integer(0, 5),
        required: false,
    },
];

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) id: u64,
    pub(super) owner: User,
    title: String,
    text: String,
    pinned: bool,
    priority: i64,
}

impl Note {
    /// Takes over validated values.
    pub(super) fn write(&mut self, values: Vec<(&'static str, Value)>) {
        for (name, value) in values {
            match (name, value) {
                ("title", Value::Text(text)) => self.title = text,
                ("text", Value::Text(text)) => self.text = text,
                ("pinned", Value::Boolean(flag)) => self.pinned = flag,
                ("priority", Value::Integer(number)) => self.priority = number,
                _ => {}
            }
        }
    }

    /// Appends the JSON object.
    pub(super) fn push(&self, out: &mut String) {
        out.push_str(&format!(
            "{{\"id\":{},\"owner\":\"{}\",\"title\":",
            self.id, self.owner.name
        ));
        push_string(out, &self.title);
        out.push_str(",\"text\":");
        push_string(out, &self.text);
        out.push_str(&format!(
            ",\"pinned\":{},\"priority\":{}}}",
            self.pinned, self.priority
        ));
    }

    /// The JSON object.
    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        self.push(&mut out);
        out
    }
}

/// The rows of one model, by id.
#[derive(Debug)]
pub(super) struct Notes {
    rows: BTreeMap<u64, Note>,
    last_id: u64,
}

impl Notes {
    /// The six rows that a fresh database holds.
    pub(super) fn seeded(kind: &str) -> Self {
        let owners = [1, 1, 1, 2, 2, 3].into_iter().filter_map(users::by_id);
        let rows = (1..).zip(owners).map(|(id, owner)| {
            let note = Note {
                id,
                owner,
                title: format!("{kind} {id} of {}", owner.name),
                text: String::new(),
                pinned: id == 1,
                priority: (id % 3).cast_signed(),
            };
            (id, note)
        });
        Self {
            rows: rows.collect(),
            last_id: 6,
        }
    }

    /// Adds a row with the defaults of the model and these values.
    pub(super) fn create(&mut self, owner: User, values: Vec<(&'static str, Value)>) -> Note {
        self.last_id += 1;
        let mut note = Note {
            id: self.last_id,
            owner,
            title: String::new(),
            text: String::new(),
            pinned: false,
            priority: 0,
        };
        note.write(values);
        if self.rows.len() >= MOST {
            self.rows.pop_first();
        }
        self.rows.insert(note.id, note.clone());
        note
    }

    /// The row with this id.
    pub(super) fn find(&self, id: u64) -> Option<&Note> {
        self.rows.get(&id)
    }

    /// The row with this id, to change it.
    pub(super) fn find_mut(&mut self, id: u64) -> Option<&mut Note> {
        self.rows.get_mut(&id)
    }

    /// Removes the row with this id.
    pub(super) fn remove(&mut self, id: u64) {
        self.rows.remove(&id);
    }

    /// The rows of one owner, or of all.
    pub(super) fn of(&self, owner: Option<User>) -> Listed<'_> {
        Listed(
            self.rows
                .values()
                .filter(|note| owner.is_none_or(|owner| note.owner == owner))
                .collect(),
        )
    }
}

/// The rows that a list shows.
pub(super) struct Listed<'a>(Vec<&'a Note>);

impl Rows for Listed<'_> {
    fn count(&self) -> u64 {
        self.0.len() as u64
    }

    fn push(&self, out: &mut String, index: u64) {
        if let Some(note) = usize::try_from(index)
            .ok()
            .and_then(|index| self.0.get(index))
        {
            note.push(out);
        }
    }
}
