//! The only reader of the environment. What is missing has a safe default; what is wrong is refused with a sentence that says how to mend it.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use chrono_tz::Tz;

/// How the program was asked to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: a SQLite file, or `postgres://…`.
    pub database_url: String,
    /// `BIND`: where the server listens.
    pub bind: SocketAddr,
    /// `PUBLIC_URL`: how people reach it; the default is the bind address over http.
    pub public_url: String,
    /// `APP_ENV=production`.
    pub is_production: bool,
    /// `TIME_ZONE`: the utility's zone.
    pub zone: Tz,
    /// `STRIPE_SECRET_KEY`; without one the built-in sandbox serves.
    pub stripe_key: Option<String>,
    /// `STRIPE_WEBHOOK_SECRETS`, separated by commas: two while one is being replaced.
    pub stripe_webhook_secrets: Vec<String>,
    /// `STRIPE_API_BASE`: another address of the Stripe interface.
    pub stripe_api_base: Option<String>,
    /// `SMTP_URL` (`smtps://user:password@host`); without one, mail waits in the outbox.
    pub smtp_url: Option<String>,
    /// `MAIL_FROM`.
    pub mail_from: String,
    /// How mails are signed; without it they are not.
    pub dkim: Option<Dkim>,
    /// `OUTBOX_DIR`: the folder in which mails are laid while no mail server is set.
    pub outbox_dir: Option<PathBuf>,
    /// `MAIL_WEBHOOK_SECRET`: signs what the mail server tells of mails that came back; without one nobody is believed.
    pub mail_webhook_secret: Option<String>,
    /// The carrier of texts; without one, texts wait in the outbox.
    pub texts: Option<TextCarrier>,
    /// `UTILITY_NAME`.
    pub name: Option<String>,
    /// `UTILITY_SHORT_NAME`: the name as people say it.
    pub short_name: Option<String>,
    /// `UTILITY_PHONE`: the number that pages and letters tell people to call.
    pub phone: String,
    /// `UTILITY_ADDRESS`: where checks are sent, its lines separated by `;`.
    pub remit_to: Vec<String>,
    /// `TRUSTED_PROXIES`: addresses whose `X-Forwarded-For` header is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// A carrier of texts that speaks as Twilio does.
#[derive(Debug, Clone)]
pub struct TextCarrier {
    /// `TWILIO_ACCOUNT_SID`.
    pub account: String,
    /// `TWILIO_AUTH_TOKEN`.
    pub token: String,
    /// `TWILIO_FROM`: our number, `+15550100142`.
    pub from: String,
    /// `TWILIO_API_BASE`: another address of the interface.
    pub api_base: String,
}

impl TextCarrier {
    fn read(get: &dyn Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let Some(account) = get("TWILIO_ACCOUNT_SID") else {
            return Ok(None);
        };
        let needed = |name: &'static str| {
            get(name).ok_or_else(|| wrong(name, "", "needed beside TWILIO_ACCOUNT_SID"))
        };
        Ok(Some(Self {
            account,
            token: needed("TWILIO_AUTH_TOKEN")?,
            from: needed("TWILIO_FROM")?,
            api_base: get("TWILIO_API_BASE")
                .unwrap_or_else(|| "https://api.twilio.com".to_owned())
                .trim_end_matches('/')
                .to_owned(),
        }))
    }
}

/// How mails are signed (DKIM).
#[derive(Debug, Clone)]
pub struct Dkim {
    /// `DKIM_KEY`: the file with the private key. It is read by whoever signs.
    pub key: PathBuf,
    /// `DKIM_SELECTOR`: the name under which the public key is published.
    pub selector: String,
    /// `DKIM_DOMAIN`: the domain that signs; that of `MAIL_FROM` unless it says one above it.
    pub domain: String,
}

impl Dkim {
    fn read(
        get: &dyn Fn(&str) -> Option<String>,
        mail_from: &str,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(key) = get("DKIM_KEY") else {
            return Ok(None);
        };
        let selector = get("DKIM_SELECTOR").ok_or_else(|| {
            wrong(
                "DKIM_SELECTOR",
                "",
                "needed beside DKIM_KEY: the name under which the public key is published",
            )
        })?;
        let sender = mail_from
            .rsplit_once('@')
            .map(|(_, domain)| domain.trim_end_matches('>').trim().to_ascii_lowercase())
            .ok_or_else(|| wrong("MAIL_FROM", mail_from, "an address with its domain"))?;
        let domain = get("DKIM_DOMAIN").map_or_else(|| sender.clone(), |name| name.to_lowercase());
        let is_theirs = sender == domain || sender.ends_with(&format!(".{domain}"));
        if !is_theirs {
            let hint = format!("{sender}, from which mails come, or a domain above it");
            return Err(wrong("DKIM_DOMAIN", &domain, &hint));
        }
        Ok(Some(Self {
            key: PathBuf::from(key),
            selector,
            domain,
        }))
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{name}={value}: {hint}")]
pub struct ConfigError {
    name: &'static str,
    value: String,
    hint: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// The first setting that cannot be used, and how to mend it.
    pub fn from_environment() -> Result<Self, ConfigError> {
        Self::read(&environment)
    }

    /// Reads the environment; where no database is named, a demonstration has a file of its own.
    ///
    /// # Errors
    /// The first setting that cannot be used, and how to mend it.
    pub fn for_demonstration() -> Result<Self, ConfigError> {
        Self::read(&|name| {
            environment(name)
                .or_else(|| (name == "DATABASE_URL").then(|| "mainstay-demo.db".to_owned()))
        })
    }

    /// Reads settings from anywhere, by name.
    ///
    /// # Errors
    /// The first setting that cannot be used, and how to mend it.
    pub fn read(get: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let bind = parse(
            get,
            "BIND",
            "127.0.0.1:8080",
            "an address and port, such as 127.0.0.1:8080",
        )?;
        let zone = parse(
            get,
            "TIME_ZONE",
            "America/Chicago",
            "a zone of the IANA list, such as America/Chicago",
        )?;
        let list = |name: &str| get(name).map(|text| parts(&text, ','));
        let proxies: Vec<String> = list("TRUSTED_PROXIES").unwrap_or_default();
        let trusted_proxies = proxies
            .iter()
            .map(|text| {
                text.parse().map_err(|_unparsed| {
                    wrong("TRUSTED_PROXIES", text, "addresses separated by commas")
                })
            })
            .collect::<Result<_, _>>()?;
        let mail_from = get("MAIL_FROM").unwrap_or_else(|| {
            "Larkspur Bend Municipal Utilities <billing@larkspurbend.example>".to_owned()
        });
        let config = Self {
            database_url: get("DATABASE_URL").unwrap_or_else(|| "mainstay.db".to_owned()),
            bind,
            public_url: get("PUBLIC_URL")
                .unwrap_or_else(|| format!("http://{bind}"))
                .trim_end_matches('/')
                .to_owned(),
            is_production: get("APP_ENV").is_some_and(|env| env == "production"),
            zone,
            stripe_key: get("STRIPE_SECRET_KEY"),
            stripe_webhook_secrets: list("STRIPE_WEBHOOK_SECRETS").unwrap_or_default(),
            stripe_api_base: get("STRIPE_API_BASE"),
            smtp_url: get("SMTP_URL"),
            dkim: Dkim::read(get, &mail_from)?,
            outbox_dir: get("OUTBOX_DIR").map(PathBuf::from),
            mail_from,
            mail_webhook_secret: get("MAIL_WEBHOOK_SECRET"),
            texts: TextCarrier::read(get)?,
            name: get("UTILITY_NAME"),
            short_name: get("UTILITY_SHORT_NAME"),
            phone: get("UTILITY_PHONE").unwrap_or_else(|| "(555) 010-0142".to_owned()),
            remit_to: parts(
                get("UTILITY_ADDRESS")
                    .as_deref()
                    .unwrap_or("PO Box 1180; Larkspur Bend, IA 52799"),
                ';',
            ),
            trusted_proxies,
        };
        config.check_address()?;
        config.check_name()?;
        if config.is_production {
            check_own(get)?;
        }
        Ok(config)
    }

    /// Whether people reach the server over https: then cookies are `Secure` and the browser is told to stay there.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether the sandbox may stand in for the payment processor: never in production, never with a key, never where anybody but this
    /// machine's own people reaches the server. Behind a proxy the server listens on loopback, but its address is not of loopback.
    #[must_use]
    pub fn may_use_sandbox(&self) -> bool {
        !self.is_production
            && self.stripe_key.is_none()
            && self.bind.ip().is_loopback()
            && self.public_host().is_some_and(is_this_machine)
    }

    /// The host of the public address, without its port.
    fn public_host(&self) -> Option<&str> {
        let (_, rest) = self.public_url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next(),
            None => authority.split(':').next(),
        }
    }

    /// A short name beside another utility's whole one would be nobody's.
    fn check_name(&self) -> Result<(), ConfigError> {
        match (&self.name, &self.short_name) {
            (None, Some(short)) => Err(wrong(
                "UTILITY_SHORT_NAME",
                short,
                "set UTILITY_NAME too: this is how people say that name",
            )),
            _ => Ok(()),
        }
    }

    /// Plain http is for loopback alone: anywhere else passwords would travel in the open.
    fn check_address(&self) -> Result<(), ConfigError> {
        let is_local = self.public_host().is_some_and(is_this_machine);
        match self.public_url.strip_prefix("http://") {
            Some(_) if is_local && !self.bind.ip().is_loopback() => Err(wrong(
                "BIND",
                &self.bind.to_string(),
                "an address of this machine, such as 127.0.0.1:8080, or set PUBLIC_URL to the https:// address by which people reach it",
            )),
            Some(_) if !is_local => Err(wrong(
                "PUBLIC_URL",
                &self.public_url,
                "use https:// for anything but this machine",
            )),
            None if !self.is_https() => Err(wrong(
                "PUBLIC_URL",
                &self.public_url,
                "an address that starts with https://",
            )),
            _ => Ok(()),
        }
    }
}

/// Bills that are real bear the utility's own name, number and address.
fn check_own(get: &dyn Fn(&str) -> Option<String>) -> Result<(), ConfigError> {
    let needed = ["UTILITY_NAME", "UTILITY_PHONE", "UTILITY_ADDRESS"];
    match needed.into_iter().find(|name| get(name).is_none()) {
        Some(name) => Err(wrong(
            name,
            "",
            "needed in production: it stands on every bill",
        )),
        None => Ok(()),
    }
}

/// Whether a host is this machine, seen from itself.
fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The parts of a list, without the spaces around them.
fn parts(text: &str, separator: char) -> Vec<String> {
    text.split(separator)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn parse<T: std::str::FromStr>(
    get: &dyn Fn(&str) -> Option<String>,
    name: &'static str,
    default: &str,
    hint: &str,
) -> Result<T, ConfigError> {
    let text = get(name).unwrap_or_else(|| default.to_owned());
    text.parse().map_err(|_unparsed| wrong(name, &text, hint))
}

fn wrong(name: &'static str, value: &str, hint: &str) -> ConfigError {
    ConfigError {
        name,
        value: value.to_owned(),
        hint: hint.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_beyond_this_machine_is_refused() {
        let get =
            |name: &str| (name == "PUBLIC_URL").then(|| "http://bills.example.gov".to_owned());
        assert!(Config::read(&get).is_err());
        let get =
            |name: &str| (name == "PUBLIC_URL").then(|| "https://bills.example.gov/".to_owned());
        assert!(Config::read(&get).unwrap().is_https());
    }

    #[test]
    fn plain_http_on_every_network_of_the_machine_is_refused() {
        let read = |bind: &'static str, url: &'static str| {
            Config::read(&|name: &str| match name {
                "BIND" => Some(bind.to_owned()),
                "PUBLIC_URL" => Some(url.to_owned()).filter(|url| !url.is_empty()),
                _ => None,
            })
        };
        assert!(read("0.0.0.0:8080", "http://localhost:8080").is_err());
        assert!(read("0.0.0.0:8080", "").is_err());
        assert!(read("0.0.0.0:8080", "https://bills.example.gov").is_ok());
        assert!(read("[::1]:8080", "http://localhost:8080").is_ok());
    }

    #[test]
    fn bills_in_production_bear_the_name_of_a_utility() {
        let read = |without: &'static str| {
            Config::read(&|name: &str| match name {
                name if name == without => None,
                "APP_ENV" => Some("production".to_owned()),
                "UTILITY_NAME" => Some("Elm Grove Water".to_owned()),
                "UTILITY_PHONE" => Some("555-010-0199".to_owned()),
                "UTILITY_ADDRESS" => Some("1 Elm Street; Elm Grove, IL 60000".to_owned()),
                _ => None,
            })
        };
        let name = read("").unwrap().name;
        assert_eq!(name.as_deref(), Some("Elm Grove Water"));
        for without in ["UTILITY_NAME", "UTILITY_PHONE", "UTILITY_ADDRESS"] {
            assert!(read(without).is_err(), "{without}");
        }
    }

    #[test]
    fn a_short_name_is_that_of_a_name() {
        let read = |name: Option<&str>| {
            Config::read(&|asked: &str| match asked {
                "UTILITY_NAME" => name.map(str::to_owned),
                "UTILITY_SHORT_NAME" => Some("Elm Grove".to_owned()),
                _ => None,
            })
        };
        assert!(read(Some("Elm Grove Water")).is_ok());
        let refused = read(None).unwrap_err();
        assert_eq!(refused.name, "UTILITY_SHORT_NAME");
    }

    #[test]
    fn mails_are_signed_for_the_domain_that_they_come_from() {
        let read = |domain: Option<&str>, selector: Option<&str>| {
            let get = |name: &str| match name {
                "MAIL_FROM" => Some("Bend <billing@mail.bend.example>".to_owned()),
                "DKIM_KEY" => Some("dkim.pem".to_owned()),
                "DKIM_DOMAIN" => domain.map(str::to_owned),
                "DKIM_SELECTOR" => selector.map(str::to_owned),
                _ => None,
            };
            Config::read(&get)
        };
        let domain = |of| read(of, Some("m1")).unwrap().dkim.unwrap().domain;
        assert_eq!(domain(None), "mail.bend.example");
        assert_eq!(domain(Some("bend.example")), "bend.example");
        for (of, selector) in [(Some("end.example"), Some("m1")), (None, None)] {
            assert!(read(of, selector).is_err(), "{of:?} {selector:?}");
        }
    }

    #[test]
    fn the_sandbox_is_for_this_machine_alone() {
        let at = |url: &str| {
            let get = |name: &str| (name == "PUBLIC_URL").then(|| url.to_owned());
            Config::read(&get).unwrap().may_use_sandbox()
        };
        assert!(at("http://127.0.0.1:8080"));
        assert!(at("http://localhost:8080"));
        assert!(at("http://[::1]:8080"));
        assert!(at("https://localhost"));
        assert!(!at("https://portal.example.gov"));
        assert!(!at("https://localhost.example.gov"));
    }
}
