//! Taking a payment at the office: cash, a check, a card at the utility's own terminal. No card number is ever written here.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::ids::PaymentNumber;
use crate::domain::money::Money;
use crate::domain::payments::doubts::Doubt;
use crate::domain::payments::{Channel, ClearedPayment, ReceiptRefused, Tender};
use crate::i18n::Words;
use crate::usecases::payments::{PaymentError, take_payment};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// The ways money comes to the office.
const CHANNELS: [Channel; 4] = [
    Channel::Office,
    Channel::DropBox,
    Channel::Phone,
    Channel::Lockbox,
];

/// What it comes as.
const TENDERS: [Tender; 3] = [Tender::Check, Tender::Cash, Tender::Card];

#[derive(Template)]
#[template(path = "office/takings/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    /// What is asked, and whether it is about the amount.
    doubt: Option<(String, bool)>,
}

impl New {
    fn channels(&self) -> Vec<(Channel, String)> {
        let words = |channel: Channel| (channel, self.t.taking_channel(channel.as_str()));
        CHANNELS.map(words).to_vec()
    }

    fn tenders(&self) -> Vec<(Tender, String)> {
        let words = |tender: Tender| (tender, self.t.taking_tender(tender.as_str()));
        TENDERS.map(words).to_vec()
    }
}

/// GET /office/accounts/{number}/payments/new
pub async fn new(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let subject = subject::find(&app, &path).await?;
    let mut form = Form::default()
        .with("received_on", app.clock.today())
        .with("key", uuid::Uuid::new_v4());
    if (subject.balance - subject.pending).is_positive() {
        form = form.with("amount", (subject.balance - subject.pending).dollars());
    }
    view(chrome, subject, (form, None), StatusCode::OK)
}

/// POST /office/accounts/{number}/payments — posts it at once; the same form sent twice posts once.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(&app, &path).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(cleared) = read(&mut form, t, &subject) else {
        return view(chrome, subject, (form, None), refused);
    };
    let (amount, is_sure) = (cleared.amount, form.has("again"));
    let taken = app.db.write(staff.stamp(&app), move |tx| {
        take_payment(tx, &cleared, is_sure)
    });
    match taken.await {
        Ok(id) => {
            let address = format!("/office/payments/{}", PaymentNumber::of(id.0));
            see_other_saying(address, Tone::Good, t.taking_done(amount))
        }
        Err(PaymentError::Doubtful(doubt)) => {
            let words = (doubted(t, doubt, amount), doubt.is_of_amount());
            let answer = if doubt.is_of_amount() {
                t.taking_large_answer()
            } else {
                t.taking_doubt_answer()
            };
            form.refuse("again", answer);
            view(chrome, subject, (form, Some(words)), refused)
        }
        Err(PaymentError::Receipt(why)) => {
            refuse(&mut form, t, why);
            view(chrome, subject, (form, None), refused)
        }
        Err(PaymentError::FormUsed) => Err(PageError::Conflict),
        Err(PaymentError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

fn read(form: &mut Form, t: Words, subject: &Subject) -> Option<ClearedPayment> {
    let amount = form.parse::<Money>("amount", t.form_not_money());
    let tender = form.parse::<Tender>("tender", t.form_choose());
    let channel = form.parse::<Channel>("channel", t.form_choose());
    let received_on = form.day("received_on", t.form_not_a_date());
    let key = form.value("key").to_owned();
    let label = form.value("label").to_owned();
    if uuid::Uuid::parse_str(&key).is_err() {
        form.refuse("amount", t.error_expired_title());
        return None;
    }
    Some(ClearedPayment {
        account_id: subject.label.id,
        amount: amount?,
        tender: tender?,
        channel: channel?,
        received_on: received_on?,
        reference: key,
        label: (!label.is_empty()).then_some(label),
    })
}

fn refuse(form: &mut Form, t: Words, why: ReceiptRefused) {
    match why {
        ReceiptRefused::Amount(_) => form.refuse("amount", t.taking_wrong_amount()),
        ReceiptRefused::NoSuchWay { tender, channel } => form.refuse(
            "tender",
            t.taking_no_such_way(tender.as_str(), channel.as_str()),
        ),
        ReceiptRefused::NotYet(_) => form.refuse("received_on", t.taking_not_yet()),
        ReceiptRefused::TooLongAgo(_) => form.refuse("received_on", t.taking_too_long_ago()),
        ReceiptRefused::CardNumber => form.refuse("label", t.taking_card_number()),
    }
}

fn doubted(t: Words, doubt: Doubt, amount: Money) -> String {
    match doubt {
        Doubt::Equal => t.taking_doubt_equal(amount),
        Doubt::Covered { pending } => t.taking_doubt_covered(pending),
        Doubt::Large { owed } if owed.is_positive() => t.taking_doubt_large(amount, owed),
        Doubt::Large { .. } => t.taking_doubt_large_none(amount),
    }
}

fn view(
    chrome: Chrome,
    subject: Subject,
    (form, doubt): (Form, Option<(String, bool)>),
    status: StatusCode,
) -> PageResult {
    let view = New {
        t: chrome.t,
        chrome,
        form,
        subject,
        doubt,
    };
    page_with(status, &view)
}
