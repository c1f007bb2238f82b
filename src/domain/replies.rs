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

/// Reads a text that came: the first word counts, as with the carriers; of a service that is out, any word names it.
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
    let service = words.iter().find_map(|word| service_named(word));
    match first {
        "STOP" | "STOPALL" | "UNSUBSCRIBE" | "CANCEL" | "END" | "QUIT" | "REVOKE" | "OPTOUT"
        | "ALTO" | "PARAR" | "PARE" | "DETENER" | "CANCELAR" | "TERMINAR" | "BAJA" => Reply::Stop,
        "START" | "YES" | "UNSTOP" | "INICIAR" | "INICIO" | "COMENZAR" | "EMPEZAR" | "SÍ"
        | "ALTA" => Reply::Start,
        "HELP" | "INFO" | "AYUDA" => Reply::Help,
        "OUT" | "OUTAGE" | "CORTE" | "APAGÓN" | "APAGON" => Reply::Out(service),
        // "No water", "sin luz": without a service they are answers to something else.
        "NO" | "SIN" if service.is_some() => Reply::Out(service),
        _ => Reply::Other,
    }
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
        assert_eq!(read_reply("Start"), Reply::Start);
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
    }
}
