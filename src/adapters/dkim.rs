//! Signs mails, so that whoever gets one can tell that it is ours and was not changed on its way (DKIM: RFC 6376; RFC 8463 for Ed25519 keys).

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};

/// The headers that are signed, where the mail has them. `from` stands twice: another that is put in later breaks the signature.
const SIGNED: [&str; 10] = [
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// So many letters of the signature are on one line.
const LINE: usize = 72;

/// Why mails cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum DkimError {
    /// There is no such file, or it is not ours to read.
    #[error("DKIM_KEY={}: the file cannot be read: {why}", path.display())]
    Unread {
        /// Which.
        path: PathBuf,
        /// The system's words.
        why: std::io::Error,
    },
    /// It holds something else.
    #[error(
        "DKIM_KEY={}: this is no private key that signs mail ({why}); make one with `openssl genrsa -out dkim.pem 2048`",
        path.display()
    )]
    NotAKey {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The key did not sign.
    #[error("the mail could not be signed")]
    NotSigned,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// Signs the mails of a domain.
pub struct Signer {
    key: Key,
    domain: String,
    selector: String,
}

impl Signer {
    /// Reads the key that signs for a domain, published under a selector.
    ///
    /// # Errors
    /// `Unread` or `NotAKey`.
    pub fn read(path: &Path, domain: &str, selector: &str) -> Result<Self, DkimError> {
        let pem = std::fs::read_to_string(path).map_err(|why| DkimError::Unread {
            path: path.to_owned(),
            why,
        })?;
        let key = key_of(&pem).map_err(|why| DkimError::NotAKey {
            path: path.to_owned(),
            why,
        })?;
        Ok(Self {
            key,
            domain: domain.to_owned(),
            selector: selector.to_owned(),
        })
    }

    /// The mail with its signature in front.
    ///
    /// # Errors
    /// `NotSigned`.
    pub fn sign(&self, mail: &[u8]) -> Result<Vec<u8>, DkimError> {
        let end = find(mail, b"\r\n\r\n").ok_or(DkimError::NotSigned)?;
        let (head, body) = mail.split_at(end + 4);
        let head = String::from_utf8_lossy(head);
        let headers = headers(&head);
        let body_hash = STANDARD.encode(Sha256::digest(relaxed_body(body)));
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let has = |name: &&str| headers.iter().any(|(known, _)| known == *name);
        let names: Vec<&str> = SIGNED.into_iter().filter(has).collect();
        let unsigned = format!(
            " v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n s={};\r\n h={};\r\n bh={body_hash};\r\n b=",
            self.domain,
            self.selector,
            names.join(":")
        );
        let mut text = chosen(&headers, &names);
        text.push_str(relaxed_header("dkim-signature", &unsigned).trim_end());
        let signature = STANDARD.encode(self.signature(text.as_bytes())?);
        let mut signed = format!("DKIM-Signature:{unsigned}").into_bytes();
        for line in signature.as_bytes().chunks(LINE) {
            signed.extend_from_slice(b"\r\n ");
            signed.extend_from_slice(line);
        }
        signed.extend_from_slice(b"\r\n");
        signed.extend_from_slice(mail);
        Ok(signed)
    }

    fn signature(&self, text: &[u8]) -> Result<Vec<u8>, DkimError> {
        match &self.key {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    text,
                    &mut signature,
                )
                .map_err(|_unspecified| DkimError::NotSigned)?;
                Ok(signature)
            }
            Key::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(text)).as_ref().to_vec()),
        }
    }
}

/// A private key in PEM: RSA as `openssl genrsa` and `opendkim-genkey` write it, or Ed25519.
fn key_of(pem: &str) -> Result<Key, String> {
    let mut lines = pem
        .lines()
        .skip_while(|line| !line.starts_with("-----BEGIN "));
    let kind = lines.next().ok_or("there is no PEM in it")?;
    let text: String = lines
        .take_while(|line| !line.starts_with("-----END "))
        .map(str::trim)
        .collect();
    let der = STANDARD
        .decode(text)
        .map_err(|error| format!("the PEM is damaged: {error}"))?;
    let rsa = |pair: RsaKeyPair| Key::Rsa(Box::new(pair));
    match kind.trim_matches('-') {
        "BEGIN RSA PRIVATE KEY" => RsaKeyPair::from_der(&der)
            .map(rsa)
            .map_err(|refused| refused.to_string()),
        "BEGIN PRIVATE KEY" => Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der)
            .map(Key::Ed25519)
            .or_else(|_other_kind| RsaKeyPair::from_pkcs8(&der).map(rsa))
            .map_err(|refused| refused.to_string()),
        other => {
            let kind = other.trim_start_matches("BEGIN ");
            Err(format!("it holds a {}", kind.to_lowercase()))
        }
    }
}

/// Each header of a mail: its name in lower case, and its value as it is written.
fn headers(head: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = all.last_mut() {
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            all.push((name.trim_end().to_ascii_lowercase(), value.to_owned()));
        }
    }
    all
}

/// The headers of these names as they are signed: of several with one name the last first, and nothing where there are no more.
fn chosen(headers: &[(String, String)], names: &[&str]) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        let before = names.iter().take(place).filter(|other| *other == name);
        let mut of_name = headers.iter().rev().filter(|(known, _)| known == name);
        if let Some((name, value)) = of_name.nth(before.count()) {
            text.push_str(&relaxed_header(name, value));
        }
    }
    text
}

/// A header without what mail servers change on the way (RFC 6376, 3.4.2).
fn relaxed_header(name: &str, value: &str) -> String {
    let value = value.replace("\r\n", "");
    let words: Vec<&str> = value
        .split([' ', '\t'])
        .filter(|word| !word.is_empty())
        .collect();
    format!("{name}:{}\r\n", words.join(" "))
}

/// The body without what mail servers change on the way (RFC 6376, 3.4.4).
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut kept = Vec::with_capacity(line.len());
        for byte in line {
            let byte = if *byte == b'\t' { b' ' } else { *byte };
            if byte != b' ' || kept.last() != Some(&b' ') {
                kept.push(byte);
            }
        }
        if kept.last() == Some(&b' ') {
            kept.pop();
        }
        if kept.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            relaxed.extend_from_slice(b"\r\n");
        }
        relaxed.extend_from_slice(&kept);
        relaxed.extend_from_slice(b"\r\n");
    }
    relaxed
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use openssl::pkey::PKey;
    use openssl::rsa::Rsa;
    use ring::signature::{ED25519, KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

    const MAIL: &str = "From: Bend <billing@bend.example>\r\nTo: rosa@home.example\r\nSubject: Your\r\n bill\r\n\r\nHello\r\n";

    /// The examples of RFC 6376, 3.4.5.
    #[test]
    fn what_is_signed_is_what_the_standard_says() {
        let all = headers("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n");
        let text: String = all
            .iter()
            .map(|(name, value)| relaxed_header(name, value))
            .collect();
        assert_eq!(text, "a:X\r\nb:Y Z\r\n");
        let body = relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n");
        assert_eq!(body, b" C\r\nD E\r\n");
        assert!(relaxed_body(b"\r\n\r\n").is_empty());
    }

    fn written(pem: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), pem).unwrap();
        file
    }

    fn signed(pem: &[u8]) -> (Signer, String) {
        let file = written(pem);
        let signer = Signer::read(file.path(), "bend.example", "mail").unwrap();
        let mail = String::from_utf8(signer.sign(MAIL.as_bytes()).unwrap()).unwrap();
        assert!(mail.ends_with(MAIL), "{mail}");
        (signer, mail)
    }

    /// The signed text and the signature, as whoever gets the mail works them out.
    fn judged(mail: &str) -> (String, Vec<u8>) {
        let (head, _) = mail.split_once("\r\nFrom:").unwrap();
        let (unsigned, signature) = head.rsplit_once("b=").unwrap();
        let (_, value) = unsigned.split_once(':').unwrap();
        let own = relaxed_header("dkim-signature", &format!("{value}b="));
        let named =
            "from:Bend <billing@bend.example>\r\nto:rosa@home.example\r\nsubject:Your bill\r\n";
        let signature = signature.replace("\r\n ", "");
        let text = format!("{named}{}", own.trim_end());
        (text, STANDARD.decode(signature.trim()).unwrap())
    }

    #[test]
    fn a_mail_is_signed_by_each_kind_of_key() {
        let rsa = Rsa::generate(2048).unwrap();
        let both = [
            rsa.private_key_to_pem().unwrap(),
            PKey::from_rsa(rsa.clone())
                .unwrap()
                .private_key_to_pem_pkcs8()
                .unwrap(),
        ];
        for pem in both {
            let (signer, mail) = signed(&pem);
            assert!(mail.contains("a=rsa-sha256;") && mail.contains("h=from:from:to:subject;"));
            let (text, signature) = judged(&mail);
            let Key::Rsa(pair) = &signer.key else {
                panic!("an RSA key")
            };
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref())
                .verify(text.as_bytes(), &signature)
                .unwrap();
        }
        let pem = PKey::generate_ed25519().unwrap();
        let (signer, mail) = signed(&pem.private_key_to_pem_pkcs8().unwrap());
        assert!(mail.contains("a=ed25519-sha256;"), "{mail}");
        let (text, signature) = judged(&mail);
        let Key::Ed25519(pair) = &signer.key else {
            panic!("an Ed25519 key")
        };
        UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref())
            .verify(&Sha256::digest(text), &signature)
            .unwrap();
    }

    #[test]
    fn what_is_no_key_is_refused_in_words() {
        let short = Rsa::generate(1024).unwrap().private_key_to_pem().unwrap();
        let public = Rsa::generate(2048).unwrap().public_key_to_pem().unwrap();
        for pem in [b"hello".to_vec(), short, public] {
            let file = written(&pem);
            let refused = Signer::read(file.path(), "bend.example", "mail").err();
            let said = refused.expect("no key").to_string();
            assert!(
                said.starts_with("DKIM_KEY=") && said.contains("openssl genrsa"),
                "{said}"
            );
        }
        let missing = Signer::read(Path::new("no-such-file.pem"), "bend.example", "mail");
        let said = missing.err().unwrap().to_string();
        assert!(said.contains("cannot be read"), "{said}");
    }
}
