//! What the packet of a dispute says, part by part, in one language: whole, or without whatever says who and where. A number that stands on a
//! customer's paper says who, to anybody who has seen the paper: only the dispute's own stays, by which the packet is asked for.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::documents::dispute_packet::{Packet, Section};
use crate::documents::request_letters::how_it_ended;
use crate::domain::ids::RequestNumber;
use crate::domain::requests::Side;
use crate::i18n::Words;
use crate::store::account_history::NoticeLine;
use crate::store::audit::AuditRow;
use crate::store::dispute_screen::{EarlierRow, PaidRow, ReadRow};
use crate::store::disputes::DisputeRow;
use crate::store::hearings::HearingRow;
use crate::store::request_documents::DocumentRow;
use crate::web::evidence::{self, Evidence, warmer};
use crate::web::office::deed_words;
use crate::web::office::disputes::workbench::Workbench;
use crate::web::office::requests::Line;
use crate::web::request_view::Said;

/// Everything that the packet tells.
pub struct Gathered {
    /// The request, whose and who works it.
    pub line: Line,
    /// What is disputed.
    pub dispute: DisputeRow,
    /// The evidence that the customer sees.
    pub evidence: Evidence,
    /// The evidence that the office sees.
    pub bench: Workbench,
    /// What the customer wrote.
    pub answers: Vec<(String, String)>,
    /// Everything said and done.
    pub said: Vec<Said>,
    /// The hearings.
    pub hearings: Vec<HearingRow>,
    /// The documents.
    pub papers: Vec<DocumentRow>,
    /// The trail.
    pub deeds: Vec<AuditRow>,
}

/// Writes the packet in one language, with or without what says who and where.
pub struct Writer {
    /// The language.
    pub t: Words,
    /// Whose clock.
    pub zone: Tz,
    /// The day.
    pub today: NaiveDate,
    /// Whether what says who and where is withheld.
    pub is_redacted: bool,
}

impl Writer {
    /// What is personal; a mark in its place where it is withheld.
    fn personal(&self, text: &str) -> String {
        if self.is_redacted {
            self.t.packet_withheld().to_owned()
        } else {
            text.to_owned()
        }
    }

    fn local(&self, at: NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    /// The whole packet.
    #[must_use]
    pub fn packet(&self, number: &RequestNumber, all: &Gathered) -> Packet {
        let t = self.t;
        let subtitle = if self.is_redacted {
            t.packet_public()
        } else {
            t.packet_whole()
        };
        let mut sections = vec![self.about(all), self.statement(all), self.lines(all)];
        sections.push(self.reads(&all.bench));
        sections.extend(self.uses(&all.evidence));
        sections.extend([
            self.paid(&all.bench),
            self.told(&all.bench),
            self.others(&all.bench),
            self.heard(&all.hearings),
            self.steps(&all.said),
            self.papers(&all.papers),
            self.trail(&all.deeds),
        ]);
        sections.retain(|section| {
            let is_empty = section.notes.is_empty() && section.facts.is_empty();
            !(is_empty && section.rows.is_empty())
        });
        Packet {
            title: t.packet_title(number),
            subtitle: subtitle.to_owned(),
            sections,
        }
    }

    fn about(&self, all: &Gathered) -> Section {
        let (t, row, dispute) = (self.t, &all.line.row, &all.dispute);
        let mut facts = Vec::new();
        if let Some(account) = &all.line.account {
            facts.extend([
                (t.col_account(), self.personal(&account.name)),
                (t.col_address(), self.personal(&account.address)),
                (t.packet_account(), self.personal(account.number.as_str())),
            ]);
        }
        facts.extend([
            (
                t.office_dispute_bill(),
                self.personal(dispute.bill.as_str()),
            ),
            (t.office_request_amount(), t.money(dispute.amount)),
            (
                t.office_dispute_reason(),
                t.dispute_reason(dispute.reason.as_str()),
            ),
            (
                t.office_dispute_came_by(),
                t.dispute_came_by(dispute.came_by.as_str()),
            ),
            (t.packet_opened(), t.date(row.asked_on)),
            (t.office_request_due(), t.date(row.due_on)),
        ]);
        if let Some(by) = &all.line.owner {
            facts.push((t.col_owner(), by.clone()));
        }
        let by_office = |said: &&Said| said.side == Side::Office;
        if let (Some(day), Some(first)) = (
            dispute.acknowledge_by,
            all.said.iter().find(by_office).map(|said| said.at.date()),
        ) {
            facts.push((t.office_dispute_acknowledge(), t.date(day)));
            facts.push((t.packet_acknowledged(), t.date(first)));
        }
        if let (Some(outcome), Some(day)) = (dispute.outcome, row.closed_on) {
            let how = how_it_ended(t, outcome, dispute.remedy, dispute.credit);
            facts.push((t.office_dispute_outcome(), how));
            facts.push((t.packet_resolved(), t.date(day)));
        }
        let days = t.days_count(row.days(self.today));
        facts.push((t.packet_days(), days));
        let named = |(name, text): (&str, String)| (name.to_owned(), text);
        Section {
            title: t.packet_about().to_owned(),
            facts: facts.into_iter().map(named).collect(),
            ..Section::default()
        }
    }

    fn statement(&self, all: &Gathered) -> Section {
        let answers = all.answers.iter();
        let facts = answers.map(|(name, text)| (name.clone(), self.personal(text)));
        Section {
            title: self.t.office_request_wrote().to_owned(),
            facts: facts.collect(),
            ..Section::default()
        }
    }

    fn lines(&self, all: &Gathered) -> Section {
        let t = self.t;
        let mut rows = Vec::new();
        for service in &all.bench.services {
            for line in &service.lines {
                let mark = if all.bench.is_marked(&all.dispute, &line.position) {
                    t.dispute_badge()
                } else {
                    ""
                };
                rows.push(vec![
                    t.service_name(service.segment.commodity.as_str()),
                    line.label.clone(),
                    line.formula.clone().unwrap_or_default(),
                    t.money(line.amount),
                    mark.to_owned(),
                ]);
            }
        }
        let head = [
            t.account_service(),
            t.bill_charge(),
            t.bill_working(),
            t.col_amount(),
            t.col_state(),
        ];
        table(t.bench_lines(), &head, rows)
    }

    fn reads(&self, bench: &Workbench) -> Section {
        let t = self.t;
        let row = |read: &ReadRow| {
            let unit = t.unit_short(read.unit.as_str());
            vec![
                t.date(read.on),
                self.personal(&read.serial),
                format!("{} {unit}", t.number(read.value.0)),
                t.read_quality(read.quality.as_str()),
                t.read_verdict(read.verdict.as_str()),
                format!(
                    "{}, {}",
                    t.read_source(read.source.as_str()),
                    self.personal(&read.recorded_by)
                ),
            ]
        };
        let head = [
            t.col_date(),
            t.col_meter(),
            t.col_value(),
            t.col_quality(),
            t.col_verdict(),
            t.col_source(),
        ];
        table(
            t.bench_reads(),
            &head,
            bench.reads.iter().map(row).collect(),
        )
    }

    /// The months of each service, with what its hours, the weather and similar homes say.
    fn uses(&self, evidence: &Evidence) -> Vec<Section> {
        let t = self.t;
        let head = [
            t.evidence_month(),
            t.evidence_used(),
            t.evidence_cost(),
            t.evidence_quality(),
        ];
        let mut sections = Vec::new();
        for uses in &evidence.services {
            let unit = t.unit_short(uses.unit.as_str());
            let row = |month: &evidence::Used| {
                let quality = if month.is_estimated {
                    "estimated"
                } else {
                    "actual"
                };
                vec![
                    t.month(month.month),
                    format!("{} {unit}", t.rounded(month.used, 0)),
                    t.money(month.cost),
                    t.read_quality(quality),
                ]
            };
            let rows = uses.newest_first().map(row).collect();
            let mut section = table(&t.evidence_chart(uses.commodity.as_str()), &head, rows);
            section.notes = self.notes(uses);
            sections.push(section);
        }
        if let (Some(first), Some((mean, before))) = (sections.first_mut(), &evidence.weather) {
            first.notes.push(before.as_ref().map_or_else(
                || t.evidence_weather_alone(mean),
                |before| t.evidence_weather(mean, warmer(mean, before), before),
            ));
        }
        sections
    }

    fn notes(&self, uses: &evidence::Uses) -> Vec<String> {
        let (t, mut notes) = (self.t, Vec::new());
        if let Some(hours) = &uses.hours {
            notes.push(hours.leak.map_or_else(
                || t.evidence_no_leak().to_owned(),
                |leak| {
                    t.evidence_leak(
                        leak.kind.as_str(),
                        leak.since,
                        leak.until,
                        t.rounded(leak.a_day, 0),
                        t.unit_name(hours.unit.as_str()),
                    )
                },
            ));
        }
        if let Some(similar) = &uses.similar {
            notes.push(t.evidence_similar(
                similar.homes,
                t.rounded(similar.middle, 0),
                t.unit_name(uses.unit.as_str()),
                t.rounded(uses.own(), 0),
            ));
        }
        notes
    }

    fn paid(&self, bench: &Workbench) -> Section {
        let t = self.t;
        let row = |paid: &PaidRow| {
            vec![
                t.date(paid.on),
                t.entry_kind(paid.kind.as_str()),
                t.money(paid.amount),
            ]
        };
        let head = [t.col_date(), t.col_type(), t.col_amount()];
        table(t.bench_paid(), &head, bench.paid.iter().map(row).collect())
    }

    fn told(&self, bench: &Workbench) -> Section {
        let t = self.t;
        let row = |notice: &NoticeLine| {
            vec![
                t.moment(self.local(notice.created_at)),
                t.notice_kind(notice.kind.as_str()),
                t.notice_channel(notice.channel.as_str()),
                t.notice_state(notice.state.as_str()),
            ]
        };
        let head = [t.col_date(), t.col_notice(), t.col_channel(), t.col_state()];
        let rows = bench.notices.iter().rev().map(row).collect();
        table(t.bench_notices(), &head, rows)
    }

    fn others(&self, bench: &Workbench) -> Section {
        let t = self.t;
        let row = |other: &EarlierRow| {
            let outcome = other.outcome.map(|outcome| {
                other.remedy.map_or_else(
                    || t.dispute_outcome(outcome.as_str()),
                    |remedy| t.dispute_remedy(remedy.as_str()),
                )
            });
            vec![
                t.date(other.asked_on),
                self.personal(&other.number.to_string()),
                self.personal(other.bill.as_str()),
                t.money(other.amount),
                outcome.unwrap_or_default(),
            ]
        };
        let head = [
            t.col_date(),
            t.packet_number(),
            t.col_bill(),
            t.col_amount(),
            t.office_dispute_outcome(),
        ];
        let rows = bench.others.iter().rev().map(row).collect();
        table(t.bench_others(), &head, rows)
    }

    fn heard(&self, hearings: &[HearingRow]) -> Section {
        let t = self.t;
        let row = |hearing: &HearingRow| {
            let said = |text: &Option<String>| self.personal(text.as_deref().unwrap_or_default());
            vec![
                t.hearing_when(hearing.on_date, &hearing.hour),
                self.personal(&hearing.place),
                said(&hearing.attended),
                said(&hearing.words),
            ]
        };
        let head = [
            t.hearing_day(),
            t.hearing_place(),
            t.hearing_attended(),
            t.hearing_words(),
        ];
        table(t.hearing_title(), &head, hearings.iter().map(row).collect())
    }

    fn steps(&self, said: &[Said]) -> Section {
        let t = self.t;
        let row = |said: &Said| {
            let state = said.state.map(|state| t.request_state(state.as_str()));
            let words = said.words.as_deref().map(|words| self.personal(words));
            let by = match said.side {
                Side::Office => said.by.clone(),
                Side::Customer => self.personal(&said.by),
            };
            vec![
                t.moment(said.at),
                by,
                state.unwrap_or_default(),
                words.unwrap_or_default(),
            ]
        };
        let head = [t.col_date(), t.col_who(), t.col_state(), t.packet_words()];
        table(t.request_history(), &head, said.iter().map(row).collect())
    }

    fn papers(&self, papers: &[DocumentRow]) -> Section {
        let t = self.t;
        let row = |paper: &DocumentRow| {
            vec![
                t.moment(self.local(paper.sent_at)),
                self.personal(&paper.name),
                parted(&paper.sha256),
            ]
        };
        let head = [t.col_date(), t.packet_file(), t.hold_fingerprint()];
        table(
            t.request_documents(),
            &head,
            papers.iter().map(row).collect(),
        )
    }

    fn trail(&self, deeds: &[AuditRow]) -> Section {
        let t = self.t;
        let row = |deed: &AuditRow| {
            let by = if matches!(deed.actor_kind.as_str(), "login" | "visitor") {
                self.personal(&deed.actor_name)
            } else {
                deed.actor_name.clone()
            };
            vec![
                t.moment(self.local(deed.at)),
                by,
                deed_words::deed(t, &deed.action),
            ]
        };
        let head = [t.col_date(), t.col_who(), t.col_deed()];
        table(t.packet_trail(), &head, deeds.iter().map(row).collect())
    }
}

/// A fingerprint in groups, so that a column holds it.
fn parted(sha256: &str) -> String {
    let mut parted = String::new();
    for (place, letter) in sha256.chars().enumerate() {
        if place > 0 && place % 16 == 0 {
            parted.push(' ');
        }
        parted.push(letter);
    }
    parted
}

fn table(title: &str, head: &[&str], rows: Vec<Vec<String>>) -> Section {
    Section {
        title: title.to_owned(),
        head: head.iter().map(|name| (*name).to_owned()).collect(),
        rows,
        ..Section::default()
    }
}
