//! Who in the town is protected: one whose doctor's certificate ends in a few days, and one who serves away from home; and whose low income is
//! certified.

use chrono::{Days, NaiveDate};

use crate::cli::town::characters::{Character, LUIS, MARGARET};
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::holds::{EvidenceKind, HoldKind};
use crate::domain::ids::{AccountId, HoldId};
use crate::domain::income::IncomeProof;
use crate::store::db::Tx;
use crate::usecases::holds::{Grounds, HoldError, NewHold, look, place};
use crate::usecases::income::{IncomeError, NewCertification, certify};
use crate::usecases::papers::NewDocument;

/// A hold as the clerk placed it.
struct Placed {
    who: &'static Character,
    /// How many days ago.
    ago: u64,
    kind: HoldKind,
    signer: &'static str,
    reason: &'static str,
    paper: &'static str,
}

/// The certificate of sixty days ends within the week; the orders hold for some months more.
const PLACED: [Placed; 2] = [
    Placed {
        who: &MARGARET,
        ago: 54,
        kind: HoldKind::MedicalCertificate,
        signer: "Dr. Ada Kim, Larkspur Bend Clinic",
        reason: "The clinic sent its certificate; she asked what happens when it ends.",
        paper: "certificate.pdf",
    },
    Placed {
        who: &LUIS,
        ago: 40,
        kind: HoldKind::Military,
        signer: "National Guard, orders of the brigade",
        reason: "His sister brought the orders to the counter.",
        paper: "orders.pdf",
    },
];

/// So many days ago her low income was certified, for so many days.
const CERTIFIED: (u64, u64) = (48, 330);

/// What happened on a day of the past.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    let ago = |days: u64| day + Days::new(days) == office.today;
    for one in PLACED.iter().filter(|one| ago(one.ago)) {
        if let Some(account) = account_of(homes, one.who) {
            protect(office, one, (account, day))?;
        }
    }
    if let Some(account) = account_of(homes, &MARGARET).filter(|_| ago(CERTIFIED.0)) {
        let new = NewCertification {
            request_key: format!("town-income-{account}"),
            account,
            proof: IncomeProof::Liheap,
            from_on: day,
            last_on: day + Days::new(CERTIFIED.1),
            words: "Letter of the county's LIHEAP office, shown at the counter.".to_owned(),
        };
        let change = move |tx: &mut Tx<'_>| certify(tx, &new);
        office.write::<_, IncomeError>(office.clerk(day, 12), change)?;
    }
    let first = PLACED.iter().map(|one| one.ago).max();
    if first.is_some_and(|days| day + Days::new(days) >= office.today) {
        let round = |tx: &mut Tx<'_>| look(tx, HoldId(0));
        office.write(office.clock(day, 21), round)?;
    }
    Ok(())
}

/// The account of somebody whom a newcomer should meet; nothing where the town is too small for them.
pub fn account_of(homes: &[Home], who: &Character) -> Option<AccountId> {
    let lives = |home: &&Home| {
        let sign_in = home.sign_in.as_ref();
        sign_in.is_some_and(|sign_in| sign_in.email == who.email)
    };
    homes.iter().find(lives)?.account
}

fn protect(
    office: &Office<'_>,
    one: &Placed,
    (account, day): (AccountId, NaiveDate),
) -> anyhow::Result<()> {
    let new = NewHold {
        account,
        kind: one.kind,
        from_on: day,
        grounds: Grounds {
            request_key: format!("town-{}-{account}", one.kind),
            until_on: None,
            reason: one.reason.to_owned(),
            signer: one.signer.to_owned(),
            documents: vec![NewDocument {
                name: one.paper.to_owned(),
                kind: EvidenceKind::Pdf,
                bytes: paper(one.signer),
            }],
        },
    };
    let change = move |tx: &mut Tx<'_>| place(tx, &new);
    office.write::<_, HoldError>(office.clerk(day, 11), change)?;
    Ok(())
}

/// One page with one line, as small as a PDF can be.
fn paper(line: &str) -> Vec<u8> {
    let drawn = format!("BT /F1 14 Tf 72 720 Td ({line}) Tj ET");
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
    ];
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::holds::Evidence;

    #[test]
    fn the_papers_are_papers() {
        let kept = Evidence::of(paper("Dr. Ada Kim")).unwrap();
        assert_eq!(kept.kind, EvidenceKind::Pdf);
    }
}
