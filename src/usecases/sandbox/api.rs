//! The sandbox's calls, one by one, as the API's clients make them; a repeated call gets its first answer again.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::sandbox::AnswerRow;
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{self, Switches, Till, int, text};
use crate::usecases::sandbox::{
    Refusal, SandboxError, checkout, clock, disputes, intents, refunds, refusal, setups,
};

/// How long the first answer to a key is given again, in hours.
const KEY_HOURS: i64 = 24;

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The parts of the path after `/v1/`.
    pub path: Vec<String>,
    /// Its parameters.
    pub params: Params,
    /// The key that makes it one call however often it comes.
    pub idempotency_key: Option<String>,
    /// Where people reach us.
    pub public_url: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Answer {
    fn of(result: Result<Value, SandboxError>) -> Result<Self, StoreError> {
        match result {
            Ok(body) => Ok(Self { status: 200, body }),
            Err(SandboxError::Refused(refusal)) => Ok(Self {
                status: refusal.status,
                body: refusal.body(),
            }),
            Err(SandboxError::Fault(error)) => Err(error),
        }
    }
}

/// Answers a call that changes something.
///
/// A refusal is an answer too, and what led to it stays: a declined card leaves a failed charge.
///
/// # Errors
/// A fault of the database.
pub fn post(tx: &mut Tx<'_>, call: &Call) -> Result<Answer, StoreError> {
    let fingerprint = format!("{}?{}", call.path.join("/"), call.params.fingerprint());
    let at = tx.stamp.at;
    if let Some(key) = &call.idempotency_key {
        let since = at - TimeDelta::hours(KEY_HOURS);
        if let Some(earlier) = store::sandbox::find_answer(tx, key, since)? {
            return again(&earlier, &fingerprint);
        }
    }
    let mut till = Till::open(tx)?;
    let answer = Answer::of(perform(&mut till, call))?;
    till.close()?;
    if let Some(key) = &call.idempotency_key {
        let row = AnswerRow {
            idempotency_key: key.clone(),
            fingerprint,
            status: i32::from(answer.status),
            response: answer.body.to_string(),
            created_at: at,
        };
        store::sandbox::put_answer(tx, &row)?;
    }
    Ok(answer)
}

fn again(earlier: &AnswerRow, fingerprint: &str) -> Result<Answer, StoreError> {
    if earlier.fingerprint != fingerprint {
        let refusal = Refusal {
            kind: "idempotency_error",
            ..refusal(
                400,
                "idempotency_key_in_use",
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            )
        };
        return Ok(Answer {
            status: 400,
            body: refusal.body(),
        });
    }
    let unreadable = |error: String| StoreError::Unreadable(error);
    Ok(Answer {
        status: u16::try_from(earlier.status).map_err(|error| unreadable(error.to_string()))?,
        body: serde_json::from_str(&earlier.response)
            .map_err(|error| unreadable(error.to_string()))?,
    })
}

fn perform(till: &mut Till<'_, '_>, call: &Call) -> Result<Value, SandboxError> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let params = &call.params;
    match path.as_slice() {
        ["checkout", "sessions"] => checkout::create(till, params, &call.public_url),
        ["checkout", "sessions", id, "expire"] => checkout::expire(till, id),
        ["customers"] => setups::create_customer(till, params),
        ["payment_methods"] => intents::create_method(till, params),
        ["payment_methods", id, "detach"] => setups::detach(till, id),
        ["payment_intents"] => intents::create(till, params),
        ["payment_intents", id, "confirm"] => intents::confirm(till, id, params),
        ["payment_intents", id, "cancel"] => intents::cancel(till, id),
        ["refunds"] => refunds::create(till, params),
        ["disputes", id] => disputes::update(till, id, params),
        ["disputes", id, "close"] => disputes::decide(till, id, "lost"),
        ["test_helpers", "test_clocks", _, "advance"] => advance(till, params),
        ["test_helpers", "switches"] => switch(till, params),
        _ => Err(unknown(&path).into()),
    }
}

/// The sandbox has one clock; advancing it to a time to come does at once what was to happen until then.
fn advance(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.need("frozen_time")?;
    let to = params.int("frozen_time")?.unwrap_or_default();
    let ahead = to - till.seconds();
    if ahead < 0 {
        let message = "The clock only goes forward.";
        return Err(refusal(400, "test_clock_advance_invalid", message)
            .param("frozen_time")
            .into());
    }
    till::move_clock(till.tx, ahead)?;
    clock::run_timers(till.tx)?;
    Ok(json!({
        "id": "clock_sandbox", "object": "test_helpers.test_clock", "created": till.seconds(),
        "deletes_after": to + 30 * 86_400, "frozen_time": to, "livemode": false, "name": "sandbox", "status": "ready",
    }))
}

fn switch(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.only(&["duplicates", "reorder", "drop", "bank_seconds"])?;
    let switches = Switches {
        duplicates: params.flag("duplicates").unwrap_or_default(),
        reorder: params.flag("reorder").unwrap_or_default(),
        drop: params.flag("drop").unwrap_or_default(),
    };
    till::set_switches(till.tx, switches)?;
    if let Some(seconds) = params.int("bank_seconds")? {
        till::set_bank_seconds(till.tx, seconds)?;
    }
    Ok(json!(switches))
}

fn unknown(path: &[&str]) -> Refusal {
    let message = format!("Unrecognized request URL (/v1/{}).", path.join("/"));
    refusal(404, "url_unknown", &message)
}

/// Answers a call that only looks.
///
/// # Errors
/// A fault of the database.
pub fn get(conn: &mut Conn, call: &Call) -> Result<Answer, StoreError> {
    Answer::of(look(conn, call))
}

fn look(conn: &mut Conn, call: &Call) -> Result<Value, SandboxError> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let (params, collection) = (&call.params, call.path.join("/"));
    let one = |conn: &mut Conn, kind: &str, id: &str| {
        let mut object = till::get(conn, kind, id)?;
        expand(conn, &mut object, &params.list("expand"))?;
        Ok(object)
    };
    match path.as_slice() {
        ["checkout", "sessions", id] => one(conn, "checkout.session", id),
        ["payment_intents", id] => one(conn, "payment_intent", id),
        ["payment_methods", id] => one(conn, "payment_method", id),
        ["customers", id] => one(conn, "customer", id),
        ["setup_intents", id] => one(conn, "setup_intent", id),
        ["charges", id] => one(conn, "charge", id),
        ["refunds", id] => one(conn, "refund", id),
        ["disputes", id] => one(conn, "dispute", id),
        ["events", id] => one(conn, "event", id),
        ["balance_transactions", id] => one(conn, "balance_transaction", id),
        ["payouts", id] => one(conn, "payout", id),
        ["checkout", "sessions"] => page(conn, "checkout.session", &collection, params),
        ["payment_intents"] => page(conn, "payment_intent", &collection, params),
        ["charges"] => page(conn, "charge", &collection, params),
        ["refunds"] => page(conn, "refund", &collection, params),
        ["disputes"] => page(conn, "dispute", &collection, params),
        ["events"] => page(conn, "event", &collection, params),
        ["balance_transactions"] => page(conn, "balance_transaction", &collection, params),
        ["payouts"] => page(conn, "payout", &collection, params),
        ["balance"] => balance(conn),
        _ => Err(unknown(&path).into()),
    }
}

/// One page of a collection, filtered as the call says, newest first.
fn page(
    conn: &mut Conn,
    kind: &str,
    collection: &str,
    params: &Params,
) -> Result<Value, SandboxError> {
    let parent = params.get("payment_intent").or(params.get("payout"));
    let mut objects = till::list(conn, kind, parent)?;
    if let Some(charge) = params.get("charge") {
        objects.retain(|object| text(object, "charge") == charge);
    }
    if let Some(source) = params.get("source") {
        objects.retain(|object| text(object, "source") == source);
    }
    let mut types = params.list("types");
    types.extend(params.get("type").map(str::to_owned));
    if !types.is_empty() {
        objects.retain(|object| types.iter().any(|kind| kind == text(object, "type")));
    }
    if let Some(was_delivered) = params.flag("delivery_success") {
        let undelivered = store::sandbox::list_undelivered(conn)?;
        objects.retain(|object| {
            undelivered.iter().any(|id| id == text(object, "id")) != was_delivered
        });
    }
    for (bound, keeps) in BOUNDS {
        if let Some(limit) = params.int(&format!("created[{bound}]"))? {
            objects.retain(|object| keeps(int(object, "created"), limit));
        }
    }
    if let Some(after) = params.get("starting_after") {
        let place = objects
            .iter()
            .position(|object| text(object, "id") == after);
        objects = objects.split_off(place.map_or(0, |place| place + 1));
    }
    if let Some(before) = params.get("ending_before") {
        let place = objects
            .iter()
            .position(|object| text(object, "id") == before);
        objects.truncate(place.unwrap_or(objects.len()));
    }
    let limit = params.int("limit")?.unwrap_or(10).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(10);
    let has_more = objects.len() > limit;
    objects.truncate(limit);
    for object in &mut objects {
        let paths: Vec<String> = params
            .list("expand")
            .iter()
            .filter_map(|path| path.strip_prefix("data."))
            .map(str::to_owned)
            .collect();
        expand(conn, object, &paths)?;
    }
    Ok(
        json!({"object": "list", "data": objects, "has_more": has_more, "url": format!("/v1/{collection}")}),
    )
}

/// A bound on when an object was made: whether one of this time is inside.
type Bound = (&'static str, fn(i64, i64) -> bool);

const BOUNDS: [Bound; 4] = [
    ("gt", |made, bound| made > bound),
    ("gte", |made, bound| made >= bound),
    ("lt", |made, bound| made < bound),
    ("lte", |made, bound| made <= bound),
];

/// Puts whole objects where only their names stand: `payment_intent.latest_charge.balance_transaction`.
fn expand(conn: &mut Conn, object: &mut Value, paths: &[String]) -> Result<(), SandboxError> {
    for path in paths {
        let (field, rest) = path.split_once('.').unwrap_or((path, ""));
        let Some(id) = object.get(field).and_then(Value::as_str) else {
            continue;
        };
        let mut whole = till::get(conn, kind_of(field, id), id)?;
        if !rest.is_empty() {
            expand(conn, &mut whole, &[rest.to_owned()])?;
        }
        till::set(object, field, whole);
    }
    Ok(())
}

/// What kind of object a field names; a line's source may be of several, which its name tells.
fn kind_of<'a>(field: &'a str, id: &str) -> &'a str {
    match (field, id.split('_').next().unwrap_or_default()) {
        ("latest_charge", _) | ("source", "ch" | "py") => "charge",
        ("failure_balance_transaction", _) => "balance_transaction",
        ("source", "re") => "refund",
        ("source", "du") => "dispute",
        ("source", "po") => "payout",
        (other, _) => other,
    }
}

fn balance(conn: &mut Conn) -> Result<Value, SandboxError> {
    let lines = till::list(conn, "balance_transaction", None)?;
    let net: i64 = lines.iter().map(|line| int(line, "net")).sum();
    let amount = json!([{"amount": net, "currency": "usd", "source_types": {"card": net}}]);
    Ok(json!({
        "object": "balance", "available": amount, "livemode": false,
        "pending": [{"amount": 0, "currency": "usd", "source_types": {"card": 0}}],
    }))
}
