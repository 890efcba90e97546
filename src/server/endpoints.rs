//! The handlers of the views.

use std::time::Duration;

use super::app::App;
use super::body;
use super::call::Call;
use super::envelopes;
use super::faults::{self, Fault};
use super::fields::{self, python_int};
use super::long_list::{self, LongList};
use super::notes::{self, Note};
use super::paginate::{self, Limits, Rows};
use super::products;
use super::reply::{Answer, Refusal, Stop};
use super::tokens;
use super::users::User;
use super::view::{Endpoint, Model, Style};

/// Calls the handler of a method that the view has.
pub(super) fn handle(
    endpoint: Endpoint,
    app: &App,
    call: &Call,
    user: Option<User>,
    key: &str,
) -> Result<Answer, Stop> {
    match endpoint {
        Endpoint::TokenObtain => tokens::obtain(app, call),
        Endpoint::TokenRefresh => tokens::refresh(app, call),
        Endpoint::TokenVerify => tokens::verify(app, call),
        Endpoint::TokenBlacklist => tokens::blacklist(app, call),
        Endpoint::SlidingObtain => tokens::obtain_sliding(app, call),
        Endpoint::SlidingRefresh => tokens::refresh_sliding(app, call),
        Endpoint::ApiToken => tokens::api_token(app, call),
        Endpoint::Products(style) => product_list(style, app, call),
        Endpoint::Product => product(app, key),
        Endpoint::Me => Ok(user.map_or_else(|| Answer::ok("{}"), me)),
        Endpoint::SecretData => Ok(Answer::ok("{\"secret_data\":\"the launch code is 0000\"}")),
        Endpoint::Rows(model) => rows(model, app, call, user),
        Endpoint::Row(model) => row(model, app, call, user, key),
        Endpoint::BulkNotes => bulk_notes(app, call, user),
        Endpoint::Ping => Ok(Answer::ok("{\"ok\":true}")),
        Endpoint::Broken => Err(Stop::Crash),
        Endpoint::Hole(hole) => super::holes::answer(hole, app, call),
        Endpoint::Jwks => Ok(Answer::ok(app.config.jwt.key.jwks())),
    }
}

fn me(user: User) -> Answer {
    Answer::ok(format!(
        "{{\"id\":{},\"username\":\"{name}\",\"email\":\"{name}@example.com\",\"is_staff\":{}}}",
        user.id,
        user.is_staff,
        name = user.name
    ))
}

/// All products by id, but for those that came or went while they were walked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Products {
    count: u64,
    /// New ones, which sort first.
    inserted: u64,
    /// How many of the first are gone.
    deleted: u64,
}

impl Products {
    /// What there is at this moment of a walk.
    pub(super) fn now(app: &App) -> Self {
        const STEP: u64 = 10;
        let count = app.config.products;
        if app.has(Fault::InsertWhileWalking) {
            return Self {
                count,
                inserted: app.turn_page() * STEP,
                deleted: 0,
            };
        }
        if app.has(Fault::DeleteWhileWalking) {
            return Self {
                count,
                inserted: 0,
                deleted: (app.turn_page() * STEP).min(count),
            };
        }
        Self {
            count,
            ..Self::default()
        }
    }
}

impl Rows for Products {
    fn count(&self) -> u64 {
        self.count + self.inserted - self.deleted
    }

    fn push(&self, out: &mut String, index: u64) {
        let id = match index.checked_sub(self.inserted) {
            Some(old) => old + self.deleted + 1,
            None => self.count + self.inserted - index,
        };
        products::push(out, id);
    }
}

/// All products in an order that differs from call to call.
struct Shuffled {
    count: u64,
    seed: u64,
}

impl Rows for Shuffled {
    fn count(&self) -> u64 {
        self.count
    }

    fn push(&self, out: &mut String, index: u64) {
        // A step that shares no divisor with the count visits every row once.
        let start = self.seed % self.count;
        let step = (start..=self.count)
            .find(|step| gcd(*step, self.count) == 1)
            .unwrap_or(1);
        let place = u128::from(index) * u128::from(step) + u128::from(self.seed);
        let row = u64::try_from(place % u128::from(self.count)).unwrap_or_default();
        products::push(out, row + 1);
    }
}

fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 {
        left
    } else {
        gcd(right, left % right)
    }
}

fn product_list(style: Style, app: &App, call: &Call) -> Result<Answer, Stop> {
    let config = &app.config;
    let rows = Products::now(app);
    let style = if app.has(Fault::Unordered) && style == Style::PageNumber {
        Style::Shuffled
    } else {
        style
    };
    let limits = |parameter| Limits {
        default: config.page_size,
        parameter,
        most: config.max_page_size,
        blank_is_first: config.drf.names_missing_models(),
    };
    let paged = limits(Some("page_size"));
    // Where every row costs a query.
    let mut each = 0;
    let mut envelope = match style {
        Style::PageNumber => paginate::page_number(&rows, &paged, call)?,
        Style::OneQueryEach => {
            let (mut page, indices) = paginate::outlined(rows.count(), &paged, call)?;
            each = indices.end - indices.start;
            page.results = paginate::rendered(&rows, indices);
            page
        }
        Style::LinkHeader => return Ok(envelopes::link_header(&rows, &paged, app, call)?),
        Style::JsonApi => return Ok(envelopes::json_api(&rows, &paged, app, call)?),
        Style::StockPageNumber => paginate::page_number(&rows, &limits(None), call)?,
        Style::LimitOffset => paginate::limit_offset(&rows, &limits(Some("limit")), call),
        Style::Cursor(order) => {
            // A position does not move when rows come or go before it.
            let all = Products {
                count: config.products,
                ..Products::default()
            };
            paginate::cursor(&all, order, &paged, call)?
        }
        Style::Bare => return Ok(bare(rows).after(1)),
        Style::Elsewhere => {
            let mut page = paginate::page_number(&rows, &paged, call)?;
            page.next = page.next.map(|next| faults::elsewhere(&next));
            page
        }
        Style::Circular => {
            let mut page = paginate::page_number(&rows, &paged, call)?;
            page.next = page.next.map(|_| call.absolute_uri());
            page
        }
        Style::Miscounted => {
            let mut page = paginate::page_number(&rows, &paged, call)?;
            page.count = page.count.map(|count| count + 1);
            page
        }
        Style::Shuffled => {
            let rows = Shuffled {
                count: config.products.max(1),
                seed: random(),
            };
            paginate::page_number(&rows, &paged, call)?
        }
    };
    envelope.next = faults::misled(envelope.next, app, call);
    let mut answer = Answer::ok(envelope.into_json());
    answer.takes = QUERY * u32::try_from(each).unwrap_or_default();
    // Cursors need no count.
    let listing = if matches!(style, Style::Cursor(_)) {
        1
    } else {
        2
    };
    answer.cost.queries = listing + each;
    Ok(answer)
}

/// What a query takes where every row costs one.
const QUERY: Duration = Duration::from_micros(500);

fn random() -> u64 {
    let mut bytes = [0_u8; 4];
    let _ = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes);
    u64::from(u32::from_le_bytes(bytes))
}

/// Every product in one array.
fn bare(rows: Products) -> Answer {
    let all = 0..rows.count();
    if long_list::is_long(&all) {
        return Answer::long(LongList::new("[".to_owned(), rows, all, "]"));
    }
    Answer::ok(format!("[{}]", paginate::rendered(&rows, all)))
}

/// `get_object_or_404`'s key: no number is `Not found.`, an unknown one names the model.
fn parsed_key(app: &App, key: &str, model: &str) -> Result<u64, Stop> {
    let number = python_int(key).ok_or_else(Refusal::not_found)?;
    if i64::try_from(number).is_err() && !app.config.drf.bears_huge_keys() {
        return Err(Stop::Crash);
    }
    u64::try_from(number).map_err(|_| no_match(app, model).into())
}

fn no_match(app: &App, model: &str) -> Refusal {
    if !app.config.drf.names_missing_models() {
        return Refusal::not_found();
    }
    Refusal::detail(404, &format!("No {model} matches the given query."))
}

fn product(app: &App, key: &str) -> Result<Answer, Stop> {
    let id = parsed_key(app, key, "Product")?;
    if !(1..=app.config.products).contains(&id) {
        return Err(no_match(app, "Product").into());
    }
    let mut out = String::new();
    products::push(&mut out, id);
    Ok(Answer::ok(out).after(1))
}

fn rows(model: Model, app: &App, call: &Call, user: Option<User>) -> Result<Answer, Stop> {
    if call.method == "POST" {
        let values = fields::validate(&notes::FIELDS, &body::parse(app, call)?, false)?;
        let Some(owner) = user else {
            return Err(Stop::Crash);
        };
        let note = app.rows(model).create(owner, values);
        return Ok(Answer::new(201, note.json()).after(1));
    }
    let stored = app.rows(model);
    let visible = stored.of(if model == Model::Drafts { user } else { None });
    let limits = Limits {
        default: app.config.page_size,
        parameter: Some("page_size"),
        most: app.config.max_page_size,
        blank_is_first: app.config.drf.names_missing_models(),
    };
    let mut page = paginate::page_number(&visible, &limits, call)?;
    page.next = faults::misled(page.next, app, call);
    // Nothing is selected where nothing was counted.
    let queries = if visible.count() == 0 { 1 } else { 2 };
    Ok(Answer::ok(page.into_json()).after(queries))
}

/// Creates as many notes as the list has items, or none.
fn bulk_notes(app: &App, call: &Call, user: Option<User>) -> Result<Answer, Stop> {
    let drafted = fields::validate_list(&notes::FIELDS, &body::parse(app, call)?, app.config.drf)?;
    let Some(owner) = user else {
        return Err(Stop::Crash);
    };
    let mut stored = app.rows(Model::Notes);
    let created: Vec<String> = drafted
        .into_iter()
        .map(|values| stored.create(owner, values).json())
        .collect();
    Ok(Answer::new(201, format!("[{}]", created.join(","))))
}

/// `get_object()`: the row, if the caller may see it and do this to it.
pub(super) fn find(
    model: Model,
    app: &App,
    reads: bool,
    user: Option<User>,
    key: &str,
) -> Result<Note, Stop> {
    let name = if model == Model::Notes {
        "Note"
    } else {
        "Draft"
    };
    let id = parsed_key(app, key, name)?;
    let note = app
        .rows(model)
        .find(id)
        .cloned()
        .ok_or_else(|| no_match(app, name))?;
    let owns = user == Some(note.owner);
    match model {
        Model::Drafts if !owns => Err(no_match(app, name).into()),
        Model::LeakyDrafts if !owns => Err(forbidden().into()),
        Model::Notes if !owns && !reads => Err(forbidden().into()),
        _ => Ok(note),
    }
}

fn forbidden() -> Refusal {
    Refusal::detail(403, "You do not have permission to perform this action.")
}

fn row(
    model: Model,
    app: &App,
    call: &Call,
    user: Option<User>,
    key: &str,
) -> Result<Answer, Stop> {
    let note = find(model, app, call.is_safe(), user, key)?;
    match call.method.as_str() {
        "DELETE" => {
            app.rows(model).remove(note.id);
            Ok(Answer::no_content())
        }
        "PUT" | "PATCH" => {
            let partial = call.method == "PATCH";
            let values = fields::validate(&notes::FIELDS, &body::parse(app, call)?, partial)?;
            let mut stored = app.rows(model);
            let stored = stored.find_mut(note.id).ok_or_else(Refusal::not_found)?;
            stored.write(values);
            Ok(Answer::ok(stored.json()).after(2))
        }
        _ => Ok(Answer::ok(note.json()).after(1)),
    }
}
