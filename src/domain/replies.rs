//! What a text that somebody sends us means, in either language: no more texts, texts again, help, or that a service is out.

use crate::domain::commodity::Commodity;

/// What somebody who texts us wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
    /// Who are you?
    Help,
    /// To tell that a service is out; which, where it is said.
    Out(Option<Commodity>),
    /// Something else.
    Other,
}

/// Words that stand between "no" and the service without saying anything of it.
const BESIDE_NO: [&str; 3] = ["HAY", "TENGO", "TENEMOS"];

/// The same between "out" and the service.
const BESIDE_OUT: [&str; 10] = [
    "NO", "SIN", "HAY", "TENGO", "TENEMOS", "DE", "LA", "EL", "OF", "THE",
];

/// Reads a text that came: the first word counts, as with the carriers. What is out is named right after it: what follows later may be about
/// anything.
#[must_use]
pub fn read_reply(text: &str) -> Reply {
    let upper = text.to_uppercase();
    let words: Vec<&str> = upper
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let first = words.first().copied().unwrap_or_default();
    if first == "OPT" && words.get(1) == Some(&"OUT") {
        return Reply::Stop;
    }
    match first {
        "STOP" | "STOPALL" | "UNSUBSCRIBE" | "CANCEL" | "END" | "QUIT" | "REVOKE" | "OPTOUT"
        | "ALTO" | "PARAR" | "PARE" | "DETENER" | "CANCELAR" | "TERMINAR" | "BAJA" => Reply::Stop,
        "START" | "YES" | "UNSTOP" | "INICIAR" | "INICIO" | "COMENZAR" | "EMPEZAR" | "SÍ"
        | "ALTA" => Reply::Start,
        // Telephones leave the accent out; with more words it may be "if".
        "SI" if words.len() == 1 => Reply::Start,
        "HELP" | "INFO" | "AYUDA" => Reply::Help,
        "OUT" | "OUTAGE" | "CORTE" | "APAGÓN" | "APAGON" => {
            Reply::Out(service_among(&words, &BESIDE_OUT, 2))
        }
        // "No water", "sin luz": without a service they are answers to something else.
        "NO" | "SIN" => match service_among(&words, &BESIDE_NO, 1) {
            Some(service) => Reply::Out(Some(service)),
            None => Reply::Other,
        },
        _ => Reply::Other,
    }
}

/// The service that one of the next so many words after the first names; some are passed over.
fn service_among(words: &[&str], beside: &[&str], within: usize) -> Option<Commodity> {
    let next = words.iter().skip(1).filter(|word| !beside.contains(word));
    next.take(within).find_map(|word| service_named(word))
}

/// What a text names right after the service that is out: the number of a house or an account, where it is one.
#[must_use]
pub fn place_named(text: &str) -> Option<&str> {
    let mut words = text
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
        .filter(|word| !word.is_empty());
    words.find(|word| service_named(&word.to_uppercase()).is_some())?;
    words.next()
}

fn service_named(word: &str) -> Option<Commodity> {
    match word {
        "WATER" | "AGUA" => Some(Commodity::Water),
        "POWER" | "ELECTRIC" | "ELECTRICITY" | "LIGHTS" | "LUZ" | "ELECTRICIDAD" | "CORRIENTE" => {
            Some(Commodity::Electric)
        }
        "GAS" => Some(Commodity::Gas),
        "SEWER" | "ALCANTARILLADO" | "DRENAJE" => Some(Commodity::Sewer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_end_texts_are_known_in_both_languages() {
        for text in ["STOP", "stop.", " Alto por favor", "parar", "Unsubscribe"] {
            assert_eq!(read_reply(text), Reply::Stop, "{text}");
        }
        assert_eq!(read_reply("ayuda"), Reply::Help);
        for text in ["Start", "Sí", "si", "SI."] {
            assert_eq!(read_reply(text), Reply::Start, "{text}");
        }
        assert_eq!(read_reply("si vienen hoy, avisen"), Reply::Other);
        assert_eq!(read_reply("don't stop the water"), Reply::Other);
        assert_eq!(read_reply(""), Reply::Other);
    }

    #[test]
    fn an_outage_is_told_in_few_words_of_either_language() {
        let electric = Reply::Out(Some(Commodity::Electric));
        for text in [
            "OUT power",
            "No power since 6",
            "sin luz",
            "apagón: no hay luz",
        ] {
            assert_eq!(read_reply(text), electric, "{text}");
        }
        assert_eq!(read_reply("sin agua"), Reply::Out(Some(Commodity::Water)));
        assert_eq!(read_reply("out"), Reply::Out(None));
        assert_eq!(read_reply("Opt out"), Reply::Stop);
        assert_eq!(read_reply("no"), Reply::Other);
        assert_eq!(read_reply("no thanks"), Reply::Other);
        for text in ["no hay luz", "No tengo luz", "corte de luz en mi calle"] {
            assert_eq!(read_reply(text), electric, "{text}");
        }
    }

    #[test]
    fn a_service_that_is_named_later_is_about_something_else() {
        for text in [
            "No, I already paid my water bill",
            "No I am not home, the gas man may come",
            "no, ya pagué la luz",
            "sin embargo pagué el agua",
        ] {
            assert_eq!(read_reply(text), Reply::Other, "{text}");
        }
        assert_eq!(
            read_reply("out since yesterday, I paid for water"),
            Reply::Out(None)
        );
    }

    #[test]
    fn the_place_is_named_right_after_the_service() {
        assert_eq!(place_named("OUT WATER 123"), Some("123"));
        assert_eq!(place_named("no hay luz, 12B"), Some("12B"));
        assert_eq!(place_named("No power since 6"), Some("since"));
        assert_eq!(place_named("Out power"), None);
        assert_eq!(place_named("Out 123"), None);
    }
}
