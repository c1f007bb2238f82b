//! What one clerk does, over and over: finds an account, looks at it, notes something, takes a call, opens a bill, looks at what is owed in town and
//! at what an arrangement would be, changes where mail goes, places a hold; and thinks in between.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::cli::bench::http::{Answer, Client, FRAGMENT, encoded};
use crate::cli::seed::homes::mixed;
use crate::store::labels::AccountLabel;

/// A hold is placed in one round of so many: it is not what clerks do most.
const HOLD_EVERY: u64 = 4;

/// What came of it.
#[derive(Default)]
pub struct Worked {
    /// How long each deed took.
    pub times: BTreeMap<&'static str, Vec<Duration>>,
    /// What was answered as done, by the account's number and the verb of its audit row.
    pub done: BTreeMap<(String, &'static str), u64>,
    /// Forms that were refused because somebody else had changed the same.
    pub conflicts: u64,
}

impl Worked {
    /// Takes in what another clerk did.
    pub fn add(&mut self, other: Self) {
        for (deed, times) in other.times {
            self.times.entry(deed).or_default().extend(times);
        }
        for (deed, count) in other.done {
            *self.done.entry(deed).or_default() += count;
        }
        self.conflicts += other.conflicts;
    }
}

/// A clerk who is signed in.
pub struct Clerk {
    client: Client,
    cookie: String,
    csrf: String,
    number: u64,
    think: Duration,
    turn: u64,
    /// What came of it so far.
    pub worked: Worked,
}

impl Clerk {
    /// Somebody at a desk, with the first page open.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn signed_in(
        at: SocketAddr,
        (number, cookie): (usize, &str),
        think: Duration,
    ) -> anyhow::Result<Self> {
        let mut client = Client::connect(at)?;
        client.get("/office", cookie, "")?;
        let csrf = value_of(&client.text(), "csrf").context("a page of the office has a token")?;
        let mut clerk = Self {
            client,
            cookie: cookie.to_owned(),
            csrf,
            number: u64::try_from(number)?,
            think,
            turn: 0,
            worked: Worked::default(),
        };
        // Nobody begins at the same moment.
        clerk.thinks();
        Ok(clerk)
    }

    /// One round over one of these accounts.
    ///
    /// # Errors
    /// When an answer is neither done nor a refusal in words.
    pub fn round(&mut self, accounts: &[&AccountLabel]) -> anyhow::Result<()> {
        let drawn = usize::try_from(self.draw() % 1_000_000)?;
        let account = accounts
            .get(drawn.checked_rem(accounts.len()).unwrap_or_default())
            .context("an account")?;
        let number = account.number.as_str();
        let screen = format!("/office/accounts/{number}");
        let name = account.name.split(' ').next_back().unwrap_or_default();
        let typed = format!("/office/search?q={}", encoded(&name.to_lowercase()));
        self.page("search", &typed, FRAGMENT)?;
        self.page("account", &screen, "")?;
        let bill = linked(&self.client.text(), "/office/bills/");
        let note = format!("Bench note {} of clerk {}.", self.turn, self.number);
        let fields = [("kind", "note"), ("text", note.as_str())];
        self.form("note", &format!("{screen}/notes"), &fields)?;
        self.did(number, "note.written");
        self.call(number, &screen)?;
        if let Some(bill) = bill {
            self.page("bill", &bill, "")?;
        }
        self.page("aging", "/office/receivables", "")?;
        self.page("arrangement", &format!("{screen}/arrangements/new"), "")?;
        self.address(number, &screen)?;
        if self.draw().is_multiple_of(HOLD_EVERY) {
            self.hold(number, &screen)?;
        }
        Ok(())
    }

    /// A call from its beginning to its wrap-up.
    fn call(&mut self, number: &str, screen: &str) -> anyhow::Result<()> {
        self.form("call begun", &format!("{screen}/calls"), &[])?;
        self.did(number, "call.begun");
        self.page("account", screen, "")?;
        let end = linked(&self.client.text(), "/office/calls/").context("the call is open")?;
        let end = end.replace("/withdrawal", "/end");
        let fields = [
            ("call_topic", "high_bill"),
            ("call_text", "Asked what the bill is made of."),
            ("call_solved", "yes"),
        ];
        self.form("call wrapped up", &end, &fields)?;
        self.did(number, "call.wrapped_up");
        // What a call ends with is a note of the account.
        self.did(number, "note.written");
        Ok(())
    }

    /// Where a customer's mail goes is changed, unless somebody else changed it meanwhile.
    fn address(&mut self, number: &str, screen: &str) -> anyhow::Result<()> {
        let list = format!("{screen}/people");
        self.page("people", &list, "")?;
        let people = format!("{list}/");
        let text = self.client.text();
        let person = text
            .split('"')
            .find(|part| {
                part.strip_prefix(people.as_str()).is_some_and(|id| {
                    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
                })
            })
            .context("somebody to edit")?
            .to_owned();
        drop(text);
        self.page("person", &person, "")?;
        let text = self.client.text().into_owned();
        let field = |name: &str| value_of(&text, name).unwrap_or_default();
        let was_mailing = field("was-mailing_address");
        let (name, given) = (field("name"), field("given_name"));
        let (was_name, was_given, was_language) = (
            field("was-name"),
            field("was-given_name"),
            field("was-language"),
        );
        let mail = format!("Box {}-{}", self.number, self.turn);
        let fields = [
            ("name", name.as_str()),
            ("given_name", given.as_str()),
            ("name_kind", "correction"),
            ("name_from", ""),
            ("name_document", ""),
            ("language", was_language.as_str()),
            ("mailing_address", mail.as_str()),
            ("was-name", was_name.as_str()),
            ("was-given_name", was_given.as_str()),
            ("was-language", was_language.as_str()),
            ("was-mailing_address", was_mailing.as_str()),
        ];
        let answer = self.send("address changed", &person, &fields)?;
        match answer.status {
            303 => self.did(number, "customer.changed"),
            409 => self.worked.conflicts += 1,
            other => bail!("{person}: {other}"),
        }
        Ok(())
    }

    /// A hold of the staff's own, where the account has none yet.
    fn hold(&mut self, number: &str, screen: &str) -> anyhow::Result<()> {
        let form = format!("{screen}/holds/new");
        self.page("hold's form", &form, "")?;
        let text = self.client.text().into_owned();
        let (key, from) = (value_of(&text, "key"), value_of(&text, "from"));
        let (key, from) = (key.context("a key")?, from.unwrap_or_default());
        self.thinks();
        let csrf = self.csrf.clone();
        let fields = [
            ("csrf", csrf.as_str()),
            ("key", key.as_str()),
            ("kind", "staff"),
            ("from", from.as_str()),
            ("last", ""),
            ("signer", ""),
            ("reason", "Asked for a while to look at it."),
        ];
        let path = format!("{screen}/holds");
        let started = Instant::now();
        let answer = self.client.post_in_parts(&path, &self.cookie, &fields)?;
        self.took("hold", started);
        match answer.status {
            303 => self.did(number, "hold.placed"),
            // There is one already.
            422 => {}
            other => bail!("{path}: {other}"),
        }
        Ok(())
    }

    fn page(&mut self, deed: &'static str, path: &str, more: &str) -> anyhow::Result<()> {
        self.thinks();
        let started = Instant::now();
        let answer = self.client.get(path, &self.cookie, more)?;
        self.took(deed, started);
        ensure!(
            matches!(answer.status, 200 | 422),
            "{path}: {}",
            answer.status
        );
        Ok(())
    }

    fn form(
        &mut self,
        deed: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        let answer = self.send(deed, path, fields)?;
        ensure!(answer.status == 303, "{path}: {}", answer.status);
        Ok(())
    }

    fn send(
        &mut self,
        deed: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        self.thinks();
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        let started = Instant::now();
        let answer = self.client.post(path, &self.cookie, &all)?;
        self.took(deed, started);
        Ok(answer)
    }

    fn took(&mut self, deed: &'static str, started: Instant) {
        let times = self.worked.times.entry(deed).or_default();
        times.push(started.elapsed());
    }

    fn did(&mut self, number: &str, deed: &'static str) {
        let done = self.worked.done.entry((number.to_owned(), deed));
        *done.or_default() += 1;
    }

    /// Half of the usual time to one and a half of it.
    fn thinks(&mut self) {
        let percent = 50 + self.draw() % 101;
        let think = self
            .think
            .saturating_mul(u32::try_from(percent).unwrap_or(100));
        std::thread::sleep(think / 100);
    }

    fn draw(&mut self) -> u64 {
        self.turn += 1;
        mixed(self.turn, self.number + 1)
    }
}

/// The first address on a page that begins so and goes on.
fn linked(text: &str, begins: &str) -> Option<String> {
    let parts = text.split('"');
    let found = parts.filter(|part| part.starts_with(begins) && part.len() > begins.len());
    found.map(str::to_owned).next()
}

/// What a field of a page holds, as a form sends it.
fn value_of(text: &str, name: &str) -> Option<String> {
    let named = format!("name=\"{name}\"");
    let field = text.split(&named).nth(1)?.split('>').next()?;
    let value = field.split("value=\"").nth(1)?.split('"').next()?;
    Some(
        value
            .replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&#38;", "&")
            .replace("&amp;", "&"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_holds_is_sent_back_as_it_is() {
        let page = r#"<input id="name" name="name" type="text" value="Rosa O&#39;Brien"><a href="/office/bills/B-7">"#;
        assert_eq!(value_of(page, "name").as_deref(), Some("Rosa O'Brien"));
        assert_eq!(
            linked(page, "/office/bills/").as_deref(),
            Some("/office/bills/B-7")
        );
    }
}
