//! A device that keeps passkeys: the other side of WebAuthn, written from the standard, with keys of OpenSSL.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::nid::Nid;
use openssl::pkey::Private;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there, and it made sure who.
const VERIFIED: u8 = 0b0000_0101;
/// A new key follows.
const HAS_KEY: u8 = 0b0100_0000;

/// A device with one passkey.
pub struct Device {
    origin: String,
    name: String,
    key: EcKey<Private>,
    id: Vec<u8>,
    handle: String,
    uses: u32,
    /// What it says of who is there.
    pub flags: u8,
}

impl Device {
    /// A device at a house of this name, reached at this origin; its key gets its owner when it is made.
    pub fn at(name: &str, origin: &str) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let key = EcKey::generate(&group).unwrap();
        let id = Sha256::digest(key.private_key().to_vec())[..16].to_vec();
        Self {
            origin: origin.to_owned(),
            name: name.to_owned(),
            key,
            id,
            handle: String::new(),
            uses: 0,
            flags: VERIFIED,
        }
    }

    /// Makes the passkey that a page asks for.
    pub fn makes(&mut self, asked: &str) -> String {
        let asked: Value = serde_json::from_str(asked).unwrap();
        let asked = &asked["publicKey"];
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(
            asked["authenticatorSelection"]["userVerification"],
            "required"
        );
        self.handle = asked["user"]["id"].as_str().unwrap().to_owned();
        let client = self.client("webauthn.create", asked);
        let mut data = self.data(self.flags | HAS_KEY);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(&self.id);
        data.extend(self.cose());
        // A map of three: "fmt" is "none", "attStmt" is empty, "authData" are so many bytes.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key",
            "response": {"clientDataJSON": text(&client), "attestationObject": text(&object)},
        })
        .to_string()
    }

    /// Shows the passkey to a page that asks for any.
    pub fn shows(&mut self, asked: &str) -> String {
        let asked: Value = serde_json::from_str(asked).unwrap();
        self.uses += 1;
        let client = self.client("webauthn.get", &asked["publicKey"]);
        let data = self.data(self.flags);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature = EcdsaSig::sign(&Sha256::digest(&signed), &self.key).unwrap();
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key",
            "response": {
                "clientDataJSON": text(&client), "authenticatorData": text(&data),
                "signature": text(&signature.to_der().unwrap()), "userHandle": self.handle,
            },
        })
        .to_string()
    }

    fn client(&self, what: &str, asked: &Value) -> Vec<u8> {
        json!({"type": what, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.name.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// The public key as COSE writes a point of P-256.
    fn cose(&self) -> Vec<u8> {
        let mut context = BigNumContext::new().unwrap();
        let (mut x, mut y) = (BigNum::new().unwrap(), BigNum::new().unwrap());
        let point = self.key.public_key();
        point
            .affine_coordinates(self.key.group(), &mut x, &mut y, &mut context)
            .unwrap();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(x.to_vec_padded(32).unwrap());
        key.extend([0x22, 0x58, 0x20]);
        key.extend(y.to_vec_padded(32).unwrap());
        key
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
