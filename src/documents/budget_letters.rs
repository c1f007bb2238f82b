//! The letters about level payment plans: the copy of what was agreed, a review, the end of a year, the end of the plan.

use crate::documents::letters::{Action, Letter};
use crate::domain::budget_billing::{BudgetNews, BudgetTold};
use crate::i18n::Words;

/// News of a level payment plan in words.
#[must_use]
pub fn letter(t: Words, told: &BudgetTold, url: &str) -> Letter {
    let (subject, text) = says(t, told);
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(text);
    Letter {
        language: t.language,
        subject,
        paragraphs,
        links: Vec::new(),
        code: None,
        action: Some(Action {
            address: format!("{url}/level-plan?account={}", told.account_number.as_str()),
            words: t.notice_budget_action(),
        }),
        otherwise: None,
    }
}

fn says(t: Words, told: &BudgetTold) -> (&'static str, Vec<String>) {
    let account = told.account_number.masked();
    match &told.news {
        BudgetNews::Joined { agreement } => (
            t.notice_budget_joined_subject(),
            vec![
                t.notice_budget_joined_text(account),
                agreement.clone(),
                t.notice_budget_keep().to_owned(),
            ],
        ),
        BudgetNews::Reviewed {
            before,
            monthly,
            difference,
        } => {
            let mut text = vec![t.notice_budget_reviewed_text(account, *monthly, *before)];
            if difference.is_positive() {
                text.push(t.notice_budget_off(*difference));
            } else if difference.is_negative() {
                text.push(t.notice_budget_ahead(difference.abs()));
            }
            (t.notice_budget_reviewed_subject(), text)
        }
        BudgetNews::Settled {
            credit,
            spread,
            monthly,
        } => {
            let mut text = vec![t.notice_budget_settled_text(account)];
            if credit.is_positive() {
                text.push(t.notice_budget_settled_credit(*credit));
            }
            if spread.is_positive() {
                text.push(t.notice_budget_settled_spread(*spread));
            } else if spread.is_negative() {
                text.push(t.notice_budget_settled_lower(spread.abs()));
            }
            text.push(t.notice_budget_settled_monthly(*monthly));
            (t.notice_budget_settled_subject(), text)
        }
        BudgetNews::Ended {
            is_removed,
            difference,
            due_on,
        } => {
            let what = if *is_removed {
                t.notice_budget_removed_text(account)
            } else {
                t.notice_budget_ended_text(account)
            };
            let then = if difference.is_positive() {
                t.notice_budget_ended_owed(*difference, *due_on)
            } else if difference.is_negative() {
                t.notice_budget_ended_credit(difference.abs())
            } else {
                t.notice_budget_ended_even().to_owned()
            };
            (t.notice_budget_ended_subject(), vec![what, then])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::AccountNumber;
    use crate::domain::money::Money;
    use crate::i18n::words;

    fn told(news: BudgetNews) -> BudgetTold {
        BudgetTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            news,
        }
    }

    #[test]
    fn a_review_tells_the_old_amount_the_new_one_and_what_is_put_off() {
        let news = told(BudgetNews::Reviewed {
            before: Money::from_cents(10_000),
            monthly: Money::from_cents(12_050),
            difference: Money::from_cents(4_400),
        });
        let all = letter(words(Language::English), &news, "")
            .paragraphs
            .join(" ");
        for amount in ["$100.00", "$120.50", "$44.00"] {
            assert!(all.contains(amount), "{all}");
        }
        assert!(!all.contains(news.account_number.as_str()), "{all}");
    }

    #[test]
    fn what_was_paid_ahead_is_never_told_as_a_negative_amount() {
        let news = told(BudgetNews::Ended {
            is_removed: false,
            difference: Money::from_cents(-1_250),
            due_on: "2026-12-30".parse().unwrap(),
        });
        let all = letter(words(Language::Spanish), &news, "")
            .paragraphs
            .join(" ");
        assert!(
            all.contains("$12.50") && !all.contains('-') && !all.contains('−'),
            "{all}"
        );
    }
}
