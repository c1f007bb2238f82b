//! One piece of the sandbox's work: its objects as they change, and the messages that follow from it, all in one transaction.

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::sandbox::ObjectRow;
use crate::usecases::sandbox::{SandboxError, missing};

const KEY_SETTING: &str = "sandbox.secret_key";
const SECRET_SETTING: &str = "sandbox.webhook_secret";
const OFFSET_SETTING: &str = "sandbox.offset_seconds";
const SWITCHES_SETTING: &str = "sandbox.switches";
const BANK_SECONDS_SETTING: &str = "sandbox.bank_seconds";

/// How long a test bank takes to settle where nothing else is set, in seconds: long enough to be seen pending.
const BANK_SECONDS: i64 = 20;

/// The version of the API's words that the sandbox speaks.
pub const API_VERSION: &str = "2026-09-30.endive";

/// The sandbox's own key and the secret it signs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The key that callers show.
    pub secret_key: String,
    /// The secret that messages are signed with.
    pub webhook_secret: String,
}

/// The sandbox's key and secret; made the first time they are asked for.
///
/// # Errors
/// A fault of the database.
pub fn keys(tx: &mut Tx<'_>) -> Result<Keys, StoreError> {
    let mut made = |name: &str, prefix: &str| {
        if let Some(found) = store::settings::find(tx.conn(), name)? {
            return Ok::<_, StoreError>(found);
        }
        let fresh = format!("{prefix}{}", uuid::Uuid::new_v4().simple());
        store::settings::put(tx, name, &fresh)?;
        Ok(fresh)
    };
    Ok(Keys {
        secret_key: made(KEY_SETTING, "sk_test_")?,
        webhook_secret: made(SECRET_SETTING, "whsec_")?,
    })
}

/// How deliveries are made worse on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    /// Each message comes twice, and once more under another name.
    pub duplicates: bool,
    /// Later messages come first.
    pub reorder: bool,
    /// No message comes.
    pub drop: bool,
}

/// The switches as they are set.
///
/// # Errors
/// A fault of the database.
pub fn switches(conn: &mut Conn) -> Result<Switches, StoreError> {
    let text = store::settings::find(conn, SWITCHES_SETTING)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// Sets the switches.
///
/// # Errors
/// A fault of the database.
pub fn set_switches(tx: &mut Tx<'_>, switches: Switches) -> Result<(), StoreError> {
    let text = serde_json::json!(switches).to_string();
    store::settings::put(tx, SWITCHES_SETTING, &text)
}

/// Sets how long a test bank takes to settle, in seconds.
///
/// # Errors
/// A fault of the database.
pub fn set_bank_seconds(tx: &mut Tx<'_>, seconds: i64) -> Result<(), StoreError> {
    store::settings::put(tx, BANK_SECONDS_SETTING, &seconds.to_string())
}

/// How long a test bank takes to settle, in seconds.
///
/// # Errors
/// A fault of the database.
pub fn bank_seconds(conn: &mut Conn) -> Result<i64, StoreError> {
    number(conn, BANK_SECONDS_SETTING, BANK_SECONDS)
}

/// Moves the sandbox's clock ahead, and never back.
///
/// # Errors
/// A fault of the database.
pub fn move_clock(tx: &mut Tx<'_>, seconds: i64) -> Result<(), StoreError> {
    let offset = number(tx.conn(), OFFSET_SETTING, 0)? + seconds.max(0);
    store::settings::put(tx, OFFSET_SETTING, &offset.to_string())
}

/// The sandbox's time at an instant of ours.
///
/// # Errors
/// A fault of the database.
pub fn time(conn: &mut Conn, at: NaiveDateTime) -> Result<NaiveDateTime, StoreError> {
    let offset = number(conn, OFFSET_SETTING, 0)?;
    Ok(at + TimeDelta::seconds(offset))
}

fn number(conn: &mut Conn, name: &str, default: i64) -> Result<i64, StoreError> {
    let text = store::settings::find(conn, name)?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(default))
}

/// The sandbox at work inside one transaction.
pub struct Till<'a, 't> {
    /// The transaction.
    pub tx: &'a mut Tx<'t>,
    /// The sandbox's time.
    pub now: NaiveDateTime,
    made: i64,
    events: Vec<String>,
}

impl<'a, 't> Till<'a, 't> {
    /// Opens the till.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn open(tx: &'a mut Tx<'t>) -> Result<Self, StoreError> {
        let at = tx.stamp.at;
        let now = time(tx.conn(), at)?;
        Ok(Self {
            tx,
            now,
            made: 0,
            events: Vec::new(),
        })
    }

    /// The sandbox's time in seconds, as its objects name it.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.now.and_utc().timestamp()
    }

    /// An object as it stands, kept from others until the end.
    ///
    /// # Errors
    /// `resource_missing`, or a fault.
    pub fn get(&mut self, kind: &str, id: &str) -> Result<Value, SandboxError> {
        store::sandbox::lock(self.tx, id)?;
        get(self.tx.conn(), kind, id)
    }

    /// Keeps an object; what it belongs to is named at its first keeping.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn put(
        &mut self,
        kind: &str,
        parent: Option<&str>,
        object: &Value,
    ) -> Result<(), StoreError> {
        self.made += 1;
        // A microsecond apart, so that the newest can be told among objects of one instant.
        let created_at = self.now + TimeDelta::microseconds(self.made);
        let row = ObjectRow {
            id: text(object, "id").to_owned(),
            kind: kind.to_owned(),
            parent_id: parent.map(str::to_owned),
            payload: object.to_string(),
            created_at,
        };
        store::sandbox::put(self.tx, &row)
    }

    /// Says that something happened to an object, as it is now.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn tell(&mut self, kind: &str, object: &Value) -> Result<(), StoreError> {
        let event = json!({
            "id": fresh("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.seconds(),
            "data": {"object": object},
            "livemode": false,
            "pending_webhooks": 1,
            "request": {"id": null, "idempotency_key": null},
            "type": kind,
        });
        self.put("event", Some(text(object, "id")), &event)?;
        self.events.push(text(&event, "id").to_owned());
        Ok(())
    }

    /// Closes the till: what happened is put up for delivery, in its order or as the switches say.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn close(mut self) -> Result<(), StoreError> {
        let switches = switches(self.tx.conn())?;
        if switches.duplicates {
            self.make_twins()?;
        }
        let state = if switches.drop { "dropped" } else { "waiting" };
        let mut events = std::mem::take(&mut self.events);
        if switches.reorder {
            events.reverse();
        }
        let times = if switches.duplicates { 2 } else { 1 };
        for time in 0..times {
            for (place, event) in (0_i64..).zip(&events) {
                let apart = if switches.reorder || time > 0 { 30 } else { 0 };
                let due_at = self.tx.stamp.at + TimeDelta::milliseconds((place + time) * apart);
                store::sandbox::insert_delivery(self.tx, event, due_at, state)?;
            }
        }
        Ok(())
    }

    /// The same happening under another name, as the processor may send it.
    fn make_twins(&mut self) -> Result<(), StoreError> {
        for id in self.events.clone() {
            let Some(row) = store::sandbox::find(self.tx.conn(), &id)? else {
                continue;
            };
            let mut twin: Value = serde_json::from_str(&row.payload)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            set(&mut twin, "id", json!(fresh("evt")));
            self.put("event", row.parent_id.as_deref(), &twin)?;
            self.events.push(text(&twin, "id").to_owned());
        }
        Ok(())
    }
}

/// An object as it stands.
///
/// # Errors
/// `resource_missing`, or a fault.
pub fn get(conn: &mut Conn, kind: &str, id: &str) -> Result<Value, SandboxError> {
    match store::sandbox::find(conn, id)? {
        Some(row) if row.kind == kind => Ok(value(&row)?),
        Some(_) | None => Err(missing(kind, id).into()),
    }
}

/// Objects of one kind, newest first.
///
/// # Errors
/// A fault of the database.
pub fn list(conn: &mut Conn, kind: &str, parent: Option<&str>) -> Result<Vec<Value>, StoreError> {
    store::sandbox::list(conn, kind, parent)?
        .iter()
        .map(value)
        .collect()
}

fn value(row: &ObjectRow) -> Result<Value, StoreError> {
    serde_json::from_str(&row.payload).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// A name nobody has had.
#[must_use]
pub fn fresh(prefix: &str) -> String {
    format!("{prefix}_{}", uuid::Uuid::new_v4().simple())
}

/// The text of a field, or nothing.
#[must_use]
pub fn text<'v>(object: &'v Value, field: &str) -> &'v str {
    object
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The whole number of a field, or nothing.
#[must_use]
pub fn int(object: &Value, field: &str) -> i64 {
    object
        .get(field)
        .and_then(Value::as_i64)
        .unwrap_or_default()
}

/// Sets a field.
pub fn set(object: &mut Value, field: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}
