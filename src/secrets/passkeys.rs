//! Passkeys: keys that a device makes for this house alone and opens with a finger, a face or a PIN, by the standard WebAuthn. What a device
//! is asked goes to the page and comes back answered; what must be remembered in between is a text that never leaves the house.

use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Why a device's answer opens nothing, or nothing could be asked.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The answer is of another page, another key or another question, or the device did not make sure of the person.
    #[error("the device's answer does not fit: {0}")]
    Refused(#[from] WebauthnError),
    /// What the page sent, or what was kept, cannot be read.
    #[error("unreadable: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// What a device is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// For the page, as JSON.
    pub asked: String,
    /// What its answer is checked against.
    pub state: String,
}

/// A passkey that a device has just made.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// By what it is found.
    pub credential_id: String,
    /// What its answers are checked against.
    pub credential: String,
}

/// The passkeys of one public address.
pub struct Passkeys(Webauthn);

impl Passkeys {
    /// None where the house is reached by a number: devices make passkeys for names alone.
    #[must_use]
    pub fn at(public_url: &str, house: &str) -> Option<Self> {
        let url = Url::parse(public_url).ok()?;
        let name = url.domain()?;
        let builder = WebauthnBuilder::new(name, &url).ok()?.rp_name(house);
        builder.build().ok().map(Self)
    }

    /// Asks a device for a new key of somebody, who is known to it by a handle and seen there by an address; none of the known keys is made again.
    ///
    /// # Errors
    /// A fault.
    pub fn ask_new(
        &self,
        handle: Uuid,
        (address, name): (&str, &str),
        known: &[String],
    ) -> Result<Question, PasskeyError> {
        let known = known
            .iter()
            .map(|id| serde_json::from_value(json!(id)))
            .collect::<Result<Vec<_>, _>>()?;
        let (asked, state) =
            self.0
                .start_passkey_registration(handle, address, name, Some(known))?;
        Ok(Question {
            asked: kept_with_name(serde_json::to_value(asked)?).to_string(),
            state: serde_json::to_string(&state)?,
        })
    }

    /// The key that a device made.
    ///
    /// # Errors
    /// `Refused`, or `Unreadable`.
    pub fn check_new(&self, state: &str, answer: &str) -> Result<NewPasskey, PasskeyError> {
        let state: PasskeyRegistration = serde_json::from_str(state)?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer)?;
        let passkey = self.0.finish_passkey_registration(&answer, &state)?;
        Ok(NewPasskey {
            credential_id: text_of(serde_json::to_value(passkey.cred_id())?),
            credential: serde_json::to_string(&passkey)?,
        })
    }

    /// Asks a device to show any key that it holds for this house.
    ///
    /// # Errors
    /// A fault.
    pub fn ask_any(&self) -> Result<Question, PasskeyError> {
        let (asked, state) = self.0.start_discoverable_authentication()?;
        Ok(Question {
            asked: serde_json::to_string(&asked)?,
            state: serde_json::to_string(&state)?,
        })
    }

    /// Which key an answer claims to be of, and whose.
    ///
    /// # Errors
    /// `Refused`, or `Unreadable`.
    pub fn claimed_in(&self, answer: &str) -> Result<(String, String), PasskeyError> {
        let answer: PublicKeyCredential = serde_json::from_str(answer)?;
        let (handle, _) = self.0.identify_discoverable_authentication(&answer)?;
        Ok((
            text_of(serde_json::to_value(&answer.raw_id)?),
            handle.to_string(),
        ))
    }

    /// Whether an answer is of this key; gives the key as it is to be kept from now on, where it counts its uses.
    ///
    /// # Errors
    /// `Refused`, or `Unreadable`.
    pub fn check(
        &self,
        state: &str,
        answer: &str,
        credential: &str,
    ) -> Result<Option<String>, PasskeyError> {
        let state: DiscoverableAuthentication = serde_json::from_str(state)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer)?;
        let mut passkey: Passkey = serde_json::from_str(credential)?;
        let key = DiscoverableKey::from(&passkey);
        let result = self
            .0
            .finish_discoverable_authentication(&answer, state, &[key])?;
        let has_changed = passkey.update_credential(&result) == Some(true);
        Ok(if has_changed {
            Some(serde_json::to_string(&passkey)?)
        } else {
            None
        })
    }
}

/// The device is to keep the person's name with the key, so that a sign-in needs no address typed.
fn kept_with_name(mut asked: Value) -> Value {
    if let Some(choice) = asked.pointer_mut("/publicKey/authenticatorSelection") {
        choice["residentKey"] = json!("required");
        choice["requireResidentKey"] = json!(true);
    }
    asked
}

fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
