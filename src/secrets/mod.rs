//! Passwords, one-time tokens and time-based codes. Hashing is slow on purpose: it runs on the blocking threads, a few at a time, never
//! inside a transaction. Nothing here is ever logged, and no secret type prints itself.

pub mod passkeys;

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::domain::sessions::TokenHash;

/// 19 MiB, two passes, one lane: the first choice of OWASP's password storage advice for argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// How many hashes run at once; the rest wait, so that sign-ins never take all threads or memory.
const AT_ONCE: usize = 2;

/// The fewest characters of a password.
pub const LEAST_PASSWORD: usize = 10;

/// The most bytes of a password: enough for any sentence, little enough that hashing it is no attack.
pub const MOST_PASSWORD: usize = 256;

/// The letters of codes that are read from paper: none that looks like another.
const CODE_LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Stored instead of a hash where no password opens: an invitation that is not yet accepted.
pub const NO_PASSWORD: &str = "!";

/// A password as typed.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Wraps what was typed, whatever it is; a check against a stored hash may use it.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether it may become somebody's password: long enough, not absurdly long, and not one character over and over.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        let first = self.0.chars().next();
        self.0.chars().count() >= LEAST_PASSWORD
            && self.0.len() <= MOST_PASSWORD
            && self.0.chars().any(|letter| Some(letter) != first)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why no hash was made or checked.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The hashing itself failed: no memory, or no randomness.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
    /// The thread that hashed is gone.
    #[error("hashing was abandoned: {0}")]
    Abandoned(String),
}

/// Makes and checks password hashes on the blocking threads. Cloning is cheap; all clones share one limit.
#[derive(Clone)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    /// What a password is checked against where there is no hash, so that the answer takes as long.
    decoy: Arc<str>,
}

impl Hasher {
    /// A hasher with its own limit.
    ///
    /// # Errors
    /// `Failed` when the system gives no randomness.
    pub fn new() -> Result<Self, HashError> {
        Ok(Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            decoy: hash_now(&Password(random_token()?.reveal().to_owned()))?.into(),
        })
    }

    /// The hash to store for a password.
    ///
    /// # Errors
    /// `Failed` or `Abandoned`.
    pub async fn hash(&self, password: Password) -> Result<String, HashError> {
        self.run(move || hash_now(&password)).await
    }

    /// Whether the password opens the stored hash. Without a hash, or with one that nothing opens, it takes as long and says no.
    ///
    /// # Errors
    /// `Failed` or `Abandoned`.
    pub async fn is_right(
        &self,
        password: Password,
        stored: Option<String>,
    ) -> Result<bool, HashError> {
        let decoy = Arc::clone(&self.decoy);
        self.run(move || {
            let known = stored.filter(|hash| hash != NO_PASSWORD);
            let opens = verify_now(&password, known.as_deref().unwrap_or(&decoy));
            Ok(opens && known.is_some())
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|closed| HashError::Abandoned(closed.to_string()))?;
        let answer = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(permit);
            answer
        });
        answer
            .await
            .map_err(|gone| HashError::Abandoned(gone.to_string()))?
    }
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .map_err(|error| HashError::Failed(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on this thread: for the command line and the demonstration's seed, which have no other work.
///
/// # Errors
/// `Failed`.
pub fn hash_now(password: &Password) -> Result<String, HashError> {
    let hash = argon2()?
        .hash_password(password.0.as_bytes())
        .map_err(|error| HashError::Failed(error.to_string()))?;
    Ok(hash.to_string())
}

fn verify_now(password: &Password, stored: &str) -> bool {
    // The cost is the stored hash's own, so that older hashes still open after the cost is raised.
    password.0.len() <= MOST_PASSWORD
        && PasswordHash::new(stored).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.0.as_bytes(), &hash)
                .is_ok()
        })
}

/// A secret that is shown once and stored only as its hash: a session's key, the token of a link, a mailed code.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Wraps what somebody presents.
    #[must_use]
    pub fn presented(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text itself, for the cookie, link or letter that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored. Tokens are random, so one pass of SHA-256 is enough.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::of_hex(hex::encode(Sha256::digest(self.0.as_bytes())))
    }

    /// What is stored of a short code: bound to what it opens, so that one code opens one thing.
    #[must_use]
    pub fn hash_for(&self, subject: &str) -> TokenHash {
        let code: String = self
            .0
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        TokenHash::of_hex(hex::encode(Sha256::digest(format!("{subject}:{code}"))))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A token of 256 random bits, as it travels in an address or a cookie.
///
/// # Errors
/// `Failed` when the system gives no randomness.
pub fn random_token() -> Result<Token, HashError> {
    Ok(Token(URL_SAFE_NO_PAD.encode(random_bytes::<32>()?)))
}

/// A code of 50 random bits for a letter, such as `K7QM2-9XWPB`.
///
/// # Errors
/// `Failed` when the system gives no randomness.
pub fn random_code() -> Result<Token, HashError> {
    Ok(Token(in_groups(&random_letters::<10>()?, 5, "-")))
}

/// A code of 80 random bits that somebody keeps for long, such as `K7QM-2XWP-B4HD-9RTA`: nobody finds it from its hash.
///
/// # Errors
/// `Failed` when the system gives no randomness.
pub fn recovery_code() -> Result<Token, HashError> {
    Ok(Token(in_groups(&random_letters::<16>()?, 4, "-")))
}

fn random_letters<const N: usize>() -> Result<String, HashError> {
    Ok(random_bytes::<N>()?
        .iter()
        .filter_map(|byte| CODE_LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect())
}

/// A code for paper that is always the same for a text under a key of ours, such as `K7QM2-9XWPB`: 50 bits.
#[must_use]
pub fn signed_code(key: &str, text: &str) -> String {
    let signature = hex::decode(sign(key, text)).unwrap_or_default();
    let letters: String = signature
        .iter()
        .take(10)
        .filter_map(|byte| CODE_LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    in_groups(&letters, 5, "-")
}

/// So many letters at a time, as people copy them.
#[must_use]
pub fn in_groups(letters: &str, of: usize, between: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let groups: Vec<String> = letters
        .chunks(of)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(between)
}

fn random_bytes<const N: usize>() -> Result<[u8; N], HashError> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| HashError::Failed(error.to_string()))?;
    Ok(bytes)
}

/// A code of six digits for a text.
///
/// # Errors
/// `Failed` when the system gives no randomness.
pub fn random_digits() -> Result<Token, HashError> {
    let number = u64::from_be_bytes(random_bytes::<8>()?) % 1_000_000;
    Ok(Token(format!("{number:06}")))
}

/// The signature of a text under a key of ours, in hex.
#[must_use]
pub fn sign(key: &str, text: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key may have any length");
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Compares two secrets without telling by the time taken where they differ.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// The time-based codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, one step of drift).
pub struct Authenticator(totp_rs::Totp);

impl Authenticator {
    /// A new secret for somebody, under the name the app shows.
    ///
    /// # Errors
    /// `Failed` when the name cannot be used.
    pub fn generate(issuer: &str, name: &str) -> Result<Self, HashError> {
        Self::build(
            totp_rs::Secret::new(random_bytes::<20>()?.to_vec().into()),
            issuer,
            name,
        )
    }

    /// A stored secret.
    ///
    /// # Errors
    /// `Failed` when it is not one.
    pub fn stored(secret: &str, issuer: &str, name: &str) -> Result<Self, HashError> {
        let secret = totp_rs::Secret::try_from_base32(secret)
            .map_err(|error| HashError::Failed(error.to_string()))?;
        Self::build(secret, issuer, name)
    }

    fn build(secret: totp_rs::Secret, issuer: &str, name: &str) -> Result<Self, HashError> {
        // A colon separates issuer and name in the app's address.
        let plain = |text: &str| text.replace(':', " ");
        totp_rs::Builder::new()
            .with_secret(secret)
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(name))
            .build()
            .map(Self)
            .map_err(|error| HashError::Failed(error.to_string()))
    }

    /// The secret as it is stored and typed into an app.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The address that an app opens.
    ///
    /// # Errors
    /// `Failed` when the name cannot be written as an address.
    pub fn address(&self) -> Result<String, HashError> {
        self.0
            .to_url()
            .map_err(|error| HashError::Failed(error.to_string()))
    }

    /// The step whose code this is, if it is one of now and newer than the last step used: a code opens once.
    #[must_use]
    pub fn step_of(&self, code: &str, unix_seconds: i64, last_step: Option<i64>) -> Option<i64> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = self.0.check(&digits, u64::try_from(unix_seconds).ok()?)?;
        let step = i64::try_from(step).ok()?;
        (last_step.is_none_or(|last| step > last)).then_some(step)
    }

    /// The code of an instant, as the app shows it.
    #[cfg(test)]
    pub fn code_at(&self, unix_seconds: i64) -> String {
        let seconds = u64::try_from(unix_seconds).unwrap_or_default();
        self.0.generate(seconds).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hasher = Hasher::new().unwrap();
        let right = Password::typed("correct horse battery");
        let hash = hasher.hash(right.clone()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let is_right = |password, stored| hasher.is_right(password, stored);
        assert!(is_right(right.clone(), Some(hash.clone())).await.unwrap());
        assert!(
            !is_right(Password::typed("wrong horse battery"), Some(hash))
                .await
                .unwrap()
        );
        assert!(!is_right(right.clone(), None).await.unwrap());
        assert!(!is_right(right, Some(NO_PASSWORD.to_owned())).await.unwrap());
    }

    #[test]
    fn secrets_do_not_print_themselves() {
        let token = random_token().unwrap();
        let password = Password::typed("correct horse battery");
        let printed = format!("{token:?} {password:?}");
        assert!(!printed.contains(token.reveal()) && !printed.contains("horse"));
        assert!(!Password::typed("aaaaaaaaaaaa").is_acceptable());
        assert!(!Password::typed("short").is_acceptable() && password.is_acceptable());
    }

    #[test]
    fn a_mailed_code_is_read_as_people_write_it_and_opens_one_account() {
        let code = random_code().unwrap();
        let typed = Token::presented(&format!(
            " {} ",
            code.reveal().to_lowercase().replace('-', " ")
        ));
        assert_eq!(typed.hash_for("a"), code.hash_for("a"));
        assert_ne!(typed.hash_for("a"), code.hash_for("b"));
        assert_eq!(code.reveal().len(), 11);
        let kept = recovery_code().unwrap();
        assert_eq!(kept.reveal().len(), 19);
        assert_ne!(kept, recovery_code().unwrap());
    }

    #[test]
    fn a_time_based_code_opens_once() {
        let app = Authenticator::generate("Larkspur: Bend", "clerk@larkspurbend.example").unwrap();
        let again = Authenticator::stored(&app.secret(), "x", "y").unwrap();
        let code = app.code_at(1_790_000_000);
        let step = again.step_of(&code, 1_790_000_000, None).unwrap();
        assert_eq!(again.step_of(&code, 1_790_000_000, Some(step)), None);
        assert_eq!(again.step_of(&code, 1_790_000_100, None), None);
        assert!(app.address().unwrap().starts_with("otpauth://totp/"));
    }
}
