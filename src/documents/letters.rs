//! What we tell people by mail, in words: one form for all letters, so that each looks and reads like the others.

use askama::Template;

use crate::documents::alert_letters;
use crate::documents::appointment_letters;
use crate::documents::arrangement_letters;
use crate::documents::autopay_letters;
use crate::documents::budget_letters;
use crate::documents::contact_letters;
use crate::documents::deposit_letters;
use crate::documents::hold_letters;
use crate::documents::landlord_letters;
use crate::documents::lead_letters;
use crate::documents::outage_letters;
use crate::documents::payment_letters;
use crate::documents::request_letters;
use crate::documents::scheduled_letters;
use crate::documents::sharing_letters;
use crate::documents::sign_in_letters;
use crate::documents::usage_letters;
use crate::domain::customers::Language;
use crate::domain::ids::BillNumber;
use crate::domain::notice::Notice;
use crate::domain::outages::OutageKind;
use crate::i18n::{Own, Words, words};

/// Where the house is reached, as letters print it.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The public address, without a slash at the end.
    pub public_url: String,
    /// The telephone number.
    pub phone: String,
    /// The notices that the house puts in words of its own.
    pub own: Own,
}

/// Something that a letter asks for or offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Where it leads.
    pub address: String,
    /// What the button or the link says.
    pub words: &'static str,
}

/// A letter in words, before it is set as text or HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language it is written in.
    pub language: Language,
    /// What it is about.
    pub subject: &'static str,
    /// Greeting and text.
    pub paragraphs: Vec<String>,
    /// The link under each paragraph, for those that have one: what is offered beside the one thing to do, and what a mail with several
    /// reminders asks for.
    pub links: Vec<Option<Action>>,
    /// A code to type.
    pub code: Option<String>,
    /// What to do.
    pub action: Option<Action>,
    /// What to do if it was not the reader who asked.
    pub otherwise: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "email/letter.txt")]
struct AsText<'a> {
    t: Words,
    letter: &'a Letter,
    phone: &'a str,
    leave: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "email/letter.html")]
struct AsHtml<'a> {
    t: Words,
    letter: &'a Letter,
    phone: &'a str,
    leave: Option<&'a str>,
}

impl Letter {
    /// The link under a paragraph.
    #[must_use]
    pub fn link(&self, place: &usize) -> Option<&Action> {
        self.links.get(*place)?.as_ref()
    }

    /// A letter that says something and asks for nothing.
    #[must_use]
    pub fn of(language: Language, subject: &'static str, paragraphs: Vec<String>) -> Self {
        Self {
            language,
            subject,
            paragraphs,
            links: Vec::new(),
            code: None,
            action: None,
            otherwise: None,
        }
    }

    /// As plain text, with the address that ends mails of this kind, where there is one.
    ///
    /// # Errors
    /// When the template fails to print.
    pub fn text(&self, head: &Letterhead, leave: Option<&str>) -> Result<String, askama::Error> {
        let view = AsText {
            t: words(self.language),
            letter: self,
            phone: &head.phone,
            leave,
        };
        view.render()
    }

    /// As HTML for a mail reader, with the address that ends mails of this kind, where there is one.
    ///
    /// # Errors
    /// When the template fails to print.
    pub fn html(&self, head: &Letterhead, leave: Option<&str>) -> Result<String, askama::Error> {
        let view = AsHtml {
            t: words(self.language),
            letter: self,
            phone: &head.phone,
            leave,
        };
        view.render()
    }
}

/// A notice in the words of a language.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of letter")]
#[must_use]
pub fn letter(notice: &Notice, language: Language, head: &Letterhead) -> Letter {
    let t = head.own.words(language);
    let url = &head.public_url;
    let plain = |subject, paragraphs| Letter::of(language, subject, paragraphs);
    let to_name = |name: &str, text: &str| vec![t.notice_greeting(name), text.to_owned()];
    let link = |path: &str, words| {
        let address = format!("{url}{path}");
        Some(Action { address, words })
    };
    match notice {
        Notice::VerifyEmail { name, token } => Letter {
            action: link(
                &format!("/verify?token={token}"),
                t.notice_verify_email_action(),
            ),
            otherwise: Some(t.notice_verify_email_otherwise()),
            ..plain(
                t.notice_verify_email_subject(),
                to_name(name, t.notice_verify_email_text()),
            )
        },
        Notice::AlreadyRegistered { name } => Letter {
            action: link("/sign-in", t.notice_already_registered_action()),
            ..plain(
                t.notice_already_registered_subject(),
                to_name(name, t.notice_already_registered_text()),
            )
        },
        Notice::ResetPassword { name, token } => Letter {
            action: link(
                &format!("/password/new?token={token}"),
                t.notice_reset_password_action(),
            ),
            otherwise: Some(t.notice_reset_password_otherwise()),
            ..plain(
                t.notice_reset_password_subject(),
                to_name(name, t.notice_reset_password_text()),
            )
        },
        Notice::PasswordChanged { name } => Letter {
            otherwise: Some(t.notice_password_changed_otherwise()),
            ..plain(
                t.notice_password_changed_subject(),
                to_name(name, t.notice_password_changed_text()),
            )
        },
        Notice::NewDevice { name, device } => Letter {
            action: link("/security", t.notice_new_device_action()),
            otherwise: Some(t.notice_new_device_otherwise()),
            ..plain(
                t.notice_new_device_subject(),
                to_name(
                    name,
                    &t.notice_new_device_text(if device.is_empty() {
                        t.security_unknown()
                    } else {
                        device
                    }),
                ),
            )
        },
        Notice::ChangeEmail { name, token } => Letter {
            action: link(
                &format!("/email/verify?token={token}"),
                t.notice_change_email_action(),
            ),
            otherwise: Some(t.notice_change_email_otherwise()),
            ..plain(
                t.notice_change_email_subject(),
                to_name(name, t.notice_change_email_text()),
            )
        },
        Notice::EmailChanged { name, to, is_done } => Letter {
            otherwise: Some(if *is_done {
                t.notice_email_changed_otherwise()
            } else {
                t.notice_email_asked_otherwise()
            }),
            ..plain(
                t.notice_email_changed_subject(),
                to_name(
                    name,
                    &if *is_done {
                        t.notice_email_changed_text(to)
                    } else {
                        t.notice_email_asked_text(to)
                    },
                ),
            )
        },
        Notice::AccountAdded {
            name,
            account_number,
        } => Letter {
            otherwise: Some(t.notice_account_added_otherwise()),
            ..plain(
                t.notice_account_added_subject(),
                to_name(name, &t.notice_account_added_text(account_number.masked())),
            )
        },
        Notice::AccountFollowed {
            name,
            account_number,
        } => Letter {
            otherwise: Some(t.notice_account_followed_otherwise()),
            ..plain(
                t.notice_account_followed_subject(),
                to_name(
                    name,
                    &t.notice_account_followed_text(account_number.masked()),
                ),
            )
        },
        Notice::AccountTaken {
            name,
            account_number,
        } => Letter {
            otherwise: Some(t.notice_account_taken_otherwise()),
            ..plain(
                t.notice_account_taken_subject(),
                to_name(name, &t.notice_account_taken_text(account_number.masked())),
            )
        },
        Notice::DeliveryChanged {
            name,
            account_number,
            delivery,
            bills_in,
            on,
        } => Letter {
            action: link("/delivery", t.notice_delivery_action()),
            otherwise: Some(t.notice_delivery_otherwise()),
            ..plain(
                t.notice_delivery_subject(),
                to_name(
                    name,
                    &t.notice_delivery_text(
                        delivery.as_str(),
                        account_number.masked(),
                        *on,
                        bills_in.as_str(),
                    ),
                ),
            )
        },
        Notice::ClaimCode {
            account_number,
            code,
        } => Letter {
            code: Some(code.clone()),
            otherwise: Some(t.notice_claim_code_otherwise()),
            ..plain(
                t.notice_claim_code_subject(),
                vec![t.notice_claim_code_text(account_number)],
            )
        },
        Notice::PaymentReceived(told) => payment_letters::received(t, told, url),
        Notice::PaymentFailed { told, reason } => payment_letters::failed(t, told, reason, url),
        Notice::PaymentReturned { told, reason, fee } => {
            payment_letters::returned(t, told, (reason, *fee), url)
        }
        Notice::RefundGiven(told) => payment_letters::refunded(t, told, url),
        Notice::RefundFailed(told) => payment_letters::refund_failed(t, told, url),
        Notice::BillReady {
            name,
            account_number,
            bill,
            total,
            balance,
            due_on,
        } => {
            let ready = t.notice_bill_ready_text(account_number.masked(), *total);
            let before = *balance - *total;
            let to_pay = if before.is_positive() && total.is_positive() {
                t.notice_bill_ready_both(*total, *due_on, before)
            } else if before.is_positive() && balance.is_positive() {
                t.notice_bill_ready_before(*balance)
            } else if balance.is_positive() {
                t.notice_bill_ready_owed(*balance, *due_on)
            } else {
                t.notice_bill_ready_nothing().to_owned()
            };
            Letter {
                action: link(
                    &format!("/bills/{}", BillNumber::of(bill.0)),
                    t.notice_bill_ready_action(),
                ),
                ..plain(
                    t.notice_bill_ready_subject(),
                    vec![t.notice_greeting(name), ready, to_pay],
                )
            }
        }
        Notice::DueSoon(told) => alert_letters::due_soon(t, told, url),
        Notice::PastDue(told) => alert_letters::past_due(t, told, head),
        Notice::HighUsage {
            name,
            account_number,
            bill,
            commodity,
            used,
            unit,
            percent,
        } => {
            let of = alert_letters::Use {
                commodity: *commodity,
                used: *used,
                unit: *unit,
                percent: *percent,
            };
            alert_letters::high_usage(t, name, (account_number, *bill), &of, url)
        }
        Notice::HighBill {
            name,
            account_number,
            bill,
            total,
            limit,
        } => {
            let amounts = (*total, *limit);
            alert_letters::high_bill(t, name, (account_number, *bill), amounts, url)
        }
        Notice::Usage(told) => usage_letters::letter(t, told, url),
        Notice::Outage(told) => outage_letters::letter(t, OutageKind::Outage, told, url),
        Notice::PlannedWork(told) => outage_letters::letter(t, OutageKind::PlannedWork, told, url),
        Notice::UrgentNotice(told) => {
            outage_letters::letter(t, OutageKind::UrgentNotice, told, url)
        }
        Notice::Digest { name, items } => alert_letters::digest(t, name, items, head),
        Notice::TextCode { code } => Letter {
            code: Some(code.clone()),
            ..plain(t.notice_claim_code_subject(), Vec::new())
        },
        Notice::Autopay(told) => autopay_letters::letter(t, told, url),
        Notice::Scheduled(told) => scheduled_letters::letter(t, told, url),
        Notice::Sharing(told) => sharing_letters::letter(t, told, url),
        Notice::PastDueCopy { told, of } => sharing_letters::past_due_copy(t, told, of),
        Notice::Request(told) => request_letters::letter(t, told, url),
        Notice::Arrangement(told) => arrangement_letters::letter(t, told, url),
        Notice::Budget(told) => budget_letters::letter(t, told, url),
        Notice::Landlord(told) => landlord_letters::letter(t, told, url),
        Notice::Hold(told) => hold_letters::letter(t, told, url),
        Notice::Appointment(told) => appointment_letters::letter(t, told, url),
        Notice::Deposit(told) => deposit_letters::letter(t, told, url),
        Notice::LeadLine(told) => lead_letters::letter(t, told, url),
        Notice::SignIn(told) => sign_in_letters::letter(t, told, url),
        Notice::Contact(told) => contact_letters::letter(t, told, url),
        Notice::StaffInvitation { name, token } => Letter {
            action: link(
                &format!("/office/invitation?token={token}"),
                t.notice_staff_invitation_action(),
            ),
            ..plain(
                t.notice_staff_invitation_subject(),
                to_name(name, t.notice_staff_invitation_text()),
            )
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Letterhead {
        Letterhead {
            public_url: "https://bills.example.gov".to_owned(),
            phone: "(555) 010-0142".to_owned(),
            own: Own::default(),
        }
    }

    #[test]
    fn a_link_is_in_both_forms_and_names_are_escaped() {
        let notice = Notice::ResetPassword {
            name: "Rosa <b>".to_owned(),
            token: "abc-123".to_owned(),
        };
        let letter = letter(&notice, Language::Spanish, &head());
        let (text, html) = (
            letter.text(&head(), None).unwrap(),
            letter.html(&head(), None).unwrap(),
        );
        let address = "https://bills.example.gov/password/new?token=abc-123";
        assert!(text.contains(address) && html.contains(address));
        assert!(text.contains("Rosa <b>") && !html.contains("Rosa <b>"));
        assert_eq!(letter.subject, "Elija una contraseña nueva");
    }

    #[test]
    fn no_mail_shows_a_whole_account_number() {
        let number = crate::domain::ids::AccountNumber::of(27160);
        let notice = Notice::AccountAdded {
            name: "Rosa".to_owned(),
            account_number: number.clone(),
        };
        let text = letter(&notice, Language::English, &head())
            .text(&head(), None)
            .unwrap();
        assert!(!text.contains(&number.to_string()) && text.contains(&number.masked()));
    }
    #[test]
    fn a_new_bill_gives_its_day_to_its_own_charges_alone() {
        let said = |total: i64, balance: i64| {
            let notice = Notice::BillReady {
                name: "Rosa".to_owned(),
                account_number: crate::domain::ids::AccountNumber::of(27160),
                bill: crate::domain::ids::BillId(1),
                total: crate::domain::money::Money::from_cents(total),
                balance: crate::domain::money::Money::from_cents(balance),
                due_on: "2026-07-24".parse().unwrap(),
            };
            let letter = letter(&notice, Language::English, &head());
            letter.text(&head(), None).unwrap()
        };
        assert!(said(3_000, 3_000).contains("Please pay $30.00 by Jul 24, 2026."));
        assert!(said(3_000, 8_000).contains("Please pay $30.00 by Jul 24, 2026. $50.00 was open"));
        let credited = said(-1_000, 4_000);
        assert!(
            credited.contains("Please pay $40.00. It was open before"),
            "{credited}"
        );
        assert!(!credited.contains("Jul 24"), "{credited}");
        assert!(said(3_000, 0).contains("Nothing is due."));
    }
}
