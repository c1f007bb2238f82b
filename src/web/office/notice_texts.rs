//! Notices in the utility's own words: every place that may be worded, ours and theirs in both languages, looked at with sample values before
//! it holds.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Days;

use crate::app::App;
use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::domain::own_texts::{OwnText, OwnTextFault, OwnTexts, Slot};
use crate::i18n::{EDITABLE, Editable, ValueKind, Words, may_stand, words};
use crate::store::db::Tx;
use crate::usecases::notice_texts::{self, NoticeTextError};
use crate::usecases::seen::{self, Unseen, Wording};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

const LANGUAGES: [Language; 2] = [Language::English, Language::Spanish];

/// One place of the list.
struct Line {
    key: &'static str,
    /// What stands there in the reader's language.
    said: String,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "office/notice_texts/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    mails: Vec<Line>,
    texts: Vec<Line>,
}

impl Index {
    /// Mails and letters, then texts: a heading, its id, the places.
    fn parts(&self) -> [(&'static str, &'static str, &[Line]); 2] {
        [
            (self.t.own_texts_mails(), "mails", &self.mails),
            (self.t.own_texts_texts(), "texts", &self.texts),
        ]
    }
}

#[derive(Template)]
#[template(path = "office/notice_texts/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    place: &'static Editable,
    form: Form,
    /// How it will read, in each language, where somebody asked to see it.
    previews: Vec<(Language, String)>,
}

impl Show {
    fn ours(&self) -> [(Language, String); 2] {
        LANGUAGES.map(|language| (language, self.place.ours(language)))
    }

    /// The values that may stand in it, and whether each must.
    fn values(&self) -> impl Iterator<Item = (&'static str, bool)> + use<> {
        let must = self.place.must();
        let values = self.place.values.iter();
        values.map(move |(name, _)| (*name, must.contains(name)))
    }
}

fn find(key: &str) -> Result<&'static Editable, PageError> {
    let found = EDITABLE.iter().find(|place| place.key == key);
    found.ok_or(PageError::NotFound)
}

fn line(place: &'static Editable, own: &OwnTexts, language: Language) -> Line {
    let theirs = own.find(language, place.key).map(OwnText::plain);
    Line {
        key: place.key,
        said: theirs.map_or_else(|| place.ours(language), str::to_owned),
        is_own: LANGUAGES
            .iter()
            .any(|language| own.find(*language, place.key).is_some()),
    }
}

/// GET /office/notice-texts
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let own = app.db.read(notice_texts::current).await?.only(may_stand);
    let language = chrome.t.language;
    let lines = |is_text: bool| {
        let places = EDITABLE.iter();
        let of_kind = places.filter(|place| place.key.starts_with("text-") == is_text);
        of_kind.map(|place| line(place, &own, language)).collect()
    };
    page(&Index {
        t: chrome.t,
        mails: lines(false),
        texts: lines(true),
        chrome,
    })
}

/// GET /office/notice-texts/{key}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let place = find(&path)?;
    let own = app.db.read(notice_texts::current).await?;
    let mut form = Form::default();
    for language in LANGUAGES {
        if let Some(text) = own.find(language, place.key) {
            form = form.with(language.as_str(), text.plain());
            // More may have to be told by now than when it was written: our own words stand there.
            if let Err(fault) = place.read(text.plain()) {
                form.refuse(language.as_str(), said(chrome.t, &fault));
            }
        }
    }
    let form = form.seen(&LANGUAGES.map(Language::as_str));
    page(&view(chrome, place, form, Vec::new()))
}

/// What stood there when the form was opened.
fn looked_at(form: &Form) -> Option<Wording> {
    let words = |language: Language| {
        let saw = form.saw(language.as_str())?;
        Some((language, (!saw.is_empty()).then(|| saw.to_owned())))
    };
    LANGUAGES.into_iter().map(words).collect()
}

/// Says what somebody else wrote meanwhile.
fn changed(form: &mut Form, t: Words, now: &Wording) {
    let was = looked_at(form).unwrap_or_default();
    for (language, words) in now.iter().filter(|words| !was.contains(words)) {
        let said = words.as_deref().unwrap_or_else(|| t.seen_empty());
        let text = t.seen_changed(said);
        let now = words.as_deref().unwrap_or_default();
        form.changed_since(language.as_str(), now, text);
    }
}

fn view(
    chrome: Chrome,
    place: &'static Editable,
    form: Form,
    previews: Vec<(Language, String)>,
) -> Show {
    Show {
        t: chrome.t,
        chrome,
        place,
        form,
        previews,
    }
}

/// POST /office/notice-texts/{key} — look at it, or let it hold. An empty field leaves our own words there.
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (path, mut form): (Path<String>, Form),
) -> PageResult {
    let place = find(&path)?;
    let mut previews = Vec::new();
    let mut wanted: Vec<(Language, Option<String>)> = Vec::new();
    for language in LANGUAGES {
        let typed = form.value(language.as_str()).trim().to_owned();
        if typed.is_empty() {
            wanted.push((language, None));
            continue;
        }
        match place.read(&typed) {
            Ok(own) => {
                let samples = samples(&app, place, language);
                let shown: Vec<(&str, &str)> = samples
                    .iter()
                    .map(|(name, shown)| (*name, shown.as_str()))
                    .collect();
                previews.push((language, own.filled(&shown)));
                wanted.push((language, Some(typed)));
            }
            Err(fault) => form.refuse(language.as_str(), said(chrome.t, &fault)),
        }
    }
    if !form.is_good() {
        let view = view(chrome, place, form, previews);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    if form.value("act") == "look" {
        return page(&view(chrome, place, form, previews));
    }
    let saw = looked_at(&form);
    let change = move |tx: &mut Tx<'_>| {
        let (values, must) = (place.names(), place.must());
        let slot = Slot {
            key: place.key,
            values: &values,
            must: &must,
        };
        seen::wording(tx, &slot, (saw.as_ref(), &wanted))
    };
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = chrome.t.own_texts_saved();
            see_other_saying("/office/notice-texts", Tone::Good, words)
        }
        Err(Unseen::Refused(NoticeTextError::Fault(fault))) => Err(fault.into()),
        Err(Unseen::Refused(NoticeTextError::Wrong(_))) => Err(PageError::Conflict),
        Err(Unseen::ChangedSince(now)) => {
            changed(&mut form, chrome.t, &now);
            let view = view(chrome, place, form, previews);
            page_with(StatusCode::CONFLICT, &view)
        }
    }
}

fn said(t: Words, fault: &OwnTextFault) -> String {
    match fault {
        OwnTextFault::Empty => t.form_required().to_owned(),
        OwnTextFault::TooLong(most) => t.own_texts_too_long(*most),
        OwnTextFault::Unclosed => t.own_texts_unclosed().to_owned(),
        OwnTextFault::Unknown(name) => t.own_texts_unknown(name),
        OwnTextFault::Missing(name) => t.own_texts_missing(name),
    }
}

/// Values such as a notice may have, as it tells them.
fn samples(app: &App, place: &Editable, language: Language) -> Vec<(&'static str, String)> {
    let t = words(language);
    let day = app.clock.today() + Days::new(10);
    let sample = |(name, kind): &(&'static str, ValueKind)| {
        let shown = match kind {
            ValueKind::Money => t.money(Money::from_cents(8_410)),
            ValueKind::Date => t.date(day),
            ValueKind::Day => t.day(day),
            ValueKind::LongDay => t.long_day(day),
            ValueKind::Month => t.month(day),
            ValueKind::Number => t.whole(12),
            ValueKind::Decimal => t.number(rust_decimal::Decimal::from(1_200)),
            ValueKind::Text => in_words(t, name),
        };
        (*name, shown)
    };
    place.values.iter().map(sample).collect()
}

/// A word such as may stand for a value.
fn in_words(t: Words, name: &str) -> String {
    match name {
        "name" => "Rosa Núñez".to_owned(),
        "account" => "…0019".to_owned(),
        "phone" => "(555) 010-0142".to_owned(),
        "method" => "Visa ••4242".to_owned(),
        "service" => t.service_name("water").to_owned(),
        other => format!("[{other}]"),
    }
}
