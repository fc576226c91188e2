#ifndef GIMON_CORE_FINDING_CODE_H
#define GIMON_CORE_FINDING_CODE_H

#include "core/finding.h"

/** How bad a finding with a code can be. */
enum {
    ONLY_ERROR = 1u << SEVERITY_ERROR,
    ONLY_EXPLAIN = 1u << SEVERITY_EXPLAIN,
    ONLY_WARNING = 1u << SEVERITY_WARNING,
    ERROR_OR_WARNING = ONLY_ERROR | ONLY_WARNING,
};

/** What a code is about. X(constant, id in answers). */
#define FINDING_KINDS(X)                                                                           \
    X(FINDING_FORM, "vorm")      /* how something was written */                                   \
    X(FINDING_CHECK, "controle") /* what it says, held against questionnaire and register */       \
    X(FINDING_OWN, "eigen")      /* a check that a definition adds */

enum finding_kind {
#define FINDING_CONSTANT(constant, id) constant,
    FINDING_KINDS(FINDING_CONSTANT)
#undef FINDING_CONSTANT
        FINDING_KIND_COUNT
};

/**
 * Every code that the program itself gives to a finding; a definition has codes of its own besides
 * (struct check). Codes are for ever: deliverers build on them. X(constant, code, what it is about,
 * severities, what it means, what to do).
 */
#define FINDING_CODES(X)                                                                           \
    X(CODE_EMPTY_DELIVERY, "lege-aanlevering", FINDING_FORM, ONLY_ERROR,                           \
      "De aanlevering is leeg.", "Stuur de cijfers mee, in de vorm die bij Content-Type staat.")   \
    X(CODE_NOT_JSON, "geen-json", FINDING_FORM, ONLY_ERROR, "De tekst is niet te lezen als JSON.", \
      "Verbeter de tekst op de genoemde regel en kolom; daarna kan nog meer blijken.")             \
    X(CODE_NOT_OBJECT, "geen-object", FINDING_FORM, ONLY_ERROR,                                    \
      "De tekst begint niet met { of eindigt niet met }.", "Zet het geheel tussen { en }.")        \
    X(CODE_TOO_DEEP, "te-diep", FINDING_FORM, ONLY_ERROR,                                          \
      "Er staan meer dan 16 haakjes { of [ in elkaar.", "Haal de overbodige haakjes weg.")         \
    X(CODE_BOM, "bom", FINDING_FORM, ONLY_ERROR,                                                   \
      "Het bestand begint met een onzichtbaar merkteken (BOM).",                                   \
      "Sla het op als UTF-8 zonder BOM.")                                                          \
    X(CODE_INVALID_UTF8, "ongeldige-utf8", FINDING_FORM, ONLY_ERROR,                               \
      "De tekst bevat tekens die niet als UTF-8 zijn opgeslagen.",                                 \
      "Sla het bestand op als UTF-8.")                                                             \
    X(CODE_CONTROL, "stuurteken", FINDING_FORM, ONLY_ERROR,                                        \
      "De tekst bevat een onzichtbaar stuurteken.",                                                \
      "Haal het weg; schrijf een nieuwe regel als \\n en een tab als \\t.")                        \
    X(CODE_HALF_CHARACTER, "half-teken", FINDING_FORM, ONLY_ERROR,                                 \
      "Van een teken dat als twee codes is geschreven, ontbreekt er één.",                         \
      "Typ het teken zelf of haal de code weg.")                                                   \
    X(CODE_ESCAPE, "onbekende-backslash", FINDING_FORM, ONLY_ERROR,                                \
      "Na een backslash staat iets wat daar niet mag.", "Schrijf een gewone backslash dubbel.")    \
    X(CODE_DUPLICATE_KEY, "dubbele-sleutel", FINDING_FORM, ONLY_ERROR,                             \
      "Dezelfde naam staat er twee keer, zodat niet duidelijk is welke waarde geldt.",             \
      "Laat er één staan.")                                                                        \
    X(CODE_EMPTY_KEY, "lege-sleutel", FINDING_FORM, ONLY_ERROR,                                    \
      "Er staat een waarde zonder naam.",                                                          \
      "Zet vóór de dubbele punt de naam waar de waarde bij hoort.")                                \
    X(CODE_UNKNOWN_KEY, "onbekende-sleutel", FINDING_FORM, ONLY_ERROR,                             \
      "Deze naam is hier niet bekend.",                                                            \
      "Gebruik een naam die bij verwacht staat, of haal de regel weg.")                            \
    X(CODE_MISSING_KEY, "ontbrekende-sleutel", FINDING_FORM, ONLY_ERROR,                           \
      "Er ontbreekt iets wat nodig is.", "Vul aan wat bij verwacht staat.")                        \
    X(CODE_WRONG_KIND, "verkeerde-soort", FINDING_FORM, ONLY_ERROR,                                \
      "De waarde is van een andere soort dan hier past, zoals een tekst waar een getal hoort.",    \
      "Schrijf de waarde zoals bij verwacht staat.")                                               \
    X(CODE_NO_NUMBER, "geen-getal", FINDING_FORM, ONLY_ERROR, "Dit is niet als getal te lezen.",   \
      "Schrijf alleen cijfers, zonder duizendtallen te scheiden.")                                 \
    X(CODE_TOO_LARGE, "te-groot-getal", FINDING_FORM, ONLY_ERROR,                                  \
      "Het getal heeft meer cijfers dan kan kloppen.", "Controleer of er cijfers te veel staan.")  \
    X(CODE_TOO_FINE, "te-veel-decimalen", FINDING_FORM, ONLY_ERROR,                                \
      "Het getal heeft meer decimalen dan hier passen.", "Rond het af.")                           \
    X(CODE_NOT_WHOLE, "geen-heel-getal", FINDING_FORM, ONLY_ERROR,                                 \
      "Hier past alleen een heel getal.", "Schrijf het getal zonder decimalen.")                   \
    X(CODE_NEGATIVE, "negatief-aantal", FINDING_FORM, ONLY_ERROR,                                  \
      "Een aantal kan niet onder nul liggen.", "Haal het minteken weg of verbeter het getal.")     \
    X(CODE_BAD_DATE, "ongeldige-datum", FINDING_FORM, ONLY_ERROR, "Dit is geen bestaande datum.",  \
      "Schrijf de datum als jaar-maand-dag, zoals 2024-10-01.")                                    \
    X(CODE_BLANK_NOTE, "lege-toelichting", FINDING_FORM, ONLY_ERROR, "De toelichting is leeg.",    \
      "Schrijf een reden of haal de regel weg.")                                                   \
    X(CODE_LONG_NOTE, "te-lange-toelichting", FINDING_FORM, ONLY_ERROR,                            \
      "De toelichting is langer dan 1000 tekens.", "Kort haar in.")                                \
    X(CODE_PERSON, "lijkt-op-bsn", FINDING_FORM, ONLY_ERROR,                                       \
      "Hier staat iets wat op een burgerservicenummer lijkt.",                                     \
      "Haal het weg: een aanlevering bevat nooit gegevens van personen.")                          \
    X(CODE_BAD_VALUE, "ongeldige-waarde", FINDING_FORM, ONLY_ERROR,                                \
      "De waarde van deze sleutel of kop is hier niet mogelijk.",                                  \
      "Geef een waarde zoals bij verwacht of in de melding staat.")                                \
    X(CODE_NOT_CSV, "geen-csv", FINDING_FORM, ONLY_ERROR, "Het bestand is niet te lezen als CSV.", \
      "Sla het in Excel op als CSV UTF-8 (door lijstscheidingsteken gescheiden).")                 \
    X(CODE_NO_HEADER, "geen-kopregel", FINDING_FORM, ONLY_ERROR,                                   \
      "De eerste regel noemt de kolommen niet.",                                                   \
      "Begin het bestand met de kopregel van het sjabloon.")                                       \
    X(CODE_UNKNOWN_COLUMN, "onbekende-kolom", FINDING_FORM, ONLY_ERROR,                            \
      "Deze kolom is hier niet bekend.", "Verbeter de naam in de kopregel of haal de kolom weg.")  \
    X(CODE_DUPLICATE_COLUMN, "dubbele-kolom", FINDING_FORM, ONLY_ERROR,                            \
      "Een kolom staat twee keer in de kopregel.", "Haal er één weg.")                             \
    X(CODE_MISSING_COLUMN, "ontbrekende-kolom", FINDING_FORM, ONLY_ERROR,                          \
      "In de kopregel ontbreekt een kolom.", "Neem de kopregel van het sjabloon over.")            \
    X(CODE_SPARE_FIELD, "veld-zonder-kolom", FINDING_FORM, ONLY_ERROR,                             \
      "Op een regel staat meer dan er kolommen zijn.",                                             \
      "Haal weg wat te veel is, of zet een waarde met een komma of puntkomma tussen dubbele "      \
      "aanhalingstekens.")                                                                         \
    X(CODE_FILLED_FIELD, "veld-niet-leeg", FINDING_FORM, ONLY_ERROR,                               \
      "Dit veld blijft op deze regel leeg.", "Haal weg wat er staat.")                             \
    X(CODE_EMPTY_FIELD, "leeg-veld", FINDING_FORM, ONLY_ERROR, "Een veld dat nodig is, is leeg.",  \
      "Vul het in.")                                                                               \
    X(CODE_UNKNOWN_NAME, "onbekende-naam", FINDING_FORM, ONLY_ERROR,                               \
      "Deze naam is hier niet bekend.", "Gebruik een naam die bij verwacht staat.")                \
    X(CODE_QUOTE, "aanhalingsteken", FINDING_FORM, ONLY_ERROR,                                     \
      "Een veld begint met een aanhalingsteken dat niet goed wordt gesloten.",                     \
      "Sluit het, en schrijf een aanhalingsteken binnen het veld dubbel.")                         \
    X(CODE_AMBIGUOUS, "dubbelzinnig-getal", FINDING_FORM, ONLY_ERROR,                              \
      "De punt in het getal kan duizendtallen scheiden of voor decimalen staan.",                  \
      "Schrijf het zonder punt, en met een komma als er decimalen zijn.")                          \
    X(CODE_DUPLICATE_LINE, "dubbele-regel", FINDING_FORM, ONLY_ERROR,                              \
      "Dezelfde waarde staat twee keer in het bestand.", "Laat er één staan.")                     \
    X(CODE_MIXED_WAITING, "wachtenden-dubbel", FINDING_FORM, ONLY_ERROR,                           \
      "Dezelfde wachtenden zijn op meer dan één manier ingevuld.",                                 \
      "Kies er één: begindatums, of aantal en dagen samen, of n.v.t.")                             \
    X(CODE_UNKNOWN_MEASURE, "onbekend-cijfer", FINDING_CHECK, ONLY_ERROR,                          \
      "Dit cijfer hoort niet bij deze monitor.", "Gebruik een naam die bij verwacht staat.")       \
    X(CODE_UNKNOWN_PART, "onbekend-deel", FINDING_CHECK, ONLY_ERROR,                               \
      "Dit deel hoort niet bij dit cijfer.", "Gebruik een naam die bij verwacht staat.")           \
    X(CODE_UNKNOWN_REGION, "onbekende-regio", FINDING_CHECK, ONLY_ERROR,                           \
      "Deze regio staat niet in het register.", "Gebruik een code van /v1/regios.")                \
    X(CODE_UNKNOWN_INDICATOR, "onbekende-indicator", FINDING_CHECK, ONLY_ERROR,                    \
      "Deze indicator hoort niet bij deze monitor.", "Gebruik een naam die bij verwacht staat.")   \
    X(CODE_NO_REGIONS, "geen-regios", FINDING_CHECK, ONLY_ERROR,                                   \
      "Dit cijfer wordt niet per regio geleverd.", "Haal het weg bij de regio's.")                 \
    X(CODE_PARTS_NEEDED, "deel-nodig", FINDING_CHECK, ONLY_ERROR, "Dit cijfer is uitgesplitst.",   \
      "Geef bij elk deel een eigen waarde.")                                                       \
    X(CODE_NO_PARTS, "geen-delen", FINDING_CHECK, ONLY_ERROR, "Dit cijfer is niet uitgesplitst.",  \
      "Geef één waarde, zonder delen.")                                                            \
    X(CODE_OUT_OF_RANGE, "buiten-bereik", FINDING_CHECK, ONLY_ERROR,                               \
      "Het getal ligt buiten wat voor dit cijfer mogelijk is.", "Controleer het getal.")           \
    X(CODE_SINCE_FUTURE, "sinds-na-peildatum", FINDING_CHECK, ONLY_ERROR,                          \
      "Iemand zou wachten sinds een dag na de peildatum.", "Verbeter de datum.")                   \
    X(CODE_SINCE_PAST, "sinds-te-lang-geleden", FINDING_CHECK, ONLY_ERROR,                         \
      "De begindatum ligt langer geleden dan mogelijk is.", "Verbeter de datum.")                  \
    X(CODE_DAYS_ONLY, "dagen-zonder-aantal", FINDING_CHECK, ONLY_ERROR,                            \
      "Er zijn wachtdagen zonder wachtenden.", "Vul het aantal in, of zet ook de dagen op 0.")     \
    X(CODE_WAIT_SHORT, "wachttijd-te-kort", FINDING_CHECK, ONLY_ERROR,                             \
      "De wachtdagen zijn te weinig voor dit aantal wachtenden.",                                  \
      "Geef bij dagen de som over alle wachtenden.")                                               \
    X(CODE_WAIT_LONG, "wachttijd-te-lang", FINDING_CHECK, ONLY_ERROR,                              \
      "De wachtdagen zijn te veel voor dit aantal wachtenden.",                                    \
      "Geef bij dagen de som over alle wachtenden.")                                               \
    X(CODE_NO_FIGURES, "geen-cijfers", FINDING_CHECK, ONLY_ERROR,                                  \
      "Er staan geen cijfers in de aanlevering.", "Vul de cijfers in.")                            \
    X(CODE_MISSING_MEASURE, "ontbrekend-cijfer", FINDING_CHECK, ERROR_OR_WARNING,                  \
      "Een cijfer ontbreekt; is het verplicht, dan is dat een fout.",                              \
      "Vul het in, of zeg dat het niet van toepassing is (null, in CSV n.v.t.).")                  \
    X(CODE_MISSING_PART, "ontbrekend-deel", FINDING_CHECK, ONLY_WARNING,                           \
      "Een deel van een cijfer ontbreekt.",                                                        \
      "Vul het in, of zeg dat het niet van toepassing is (null, in CSV n.v.t.).")                  \
    X(CODE_REGIONS_ABOVE, "regios-boven-totaal", FINDING_CHECK, ONLY_ERROR,                        \
      "De regio's zijn samen meer dan het totaal.", "Verbeter de regio's of het totaal.")          \
    X(CODE_REGIONS_INCOMPLETE, "regios-onvolledig", FINDING_CHECK, ONLY_WARNING,                   \
      "Een deel van het totaal is niet over regio's verdeeld.", "Vul de regio's aan als dat kan.") \
    X(CODE_DECLARED_DIFFERS, "opgegeven-wijkt-af", FINDING_CHECK, ONLY_WARNING,                    \
      "De opgegeven indicator is niet wat uit de cijfers volgt.",                                  \
      "Controleer welk van de twee klopt.")                                                        \
    X(CODE_NOT_YET_OPEN, "nog-niet-open", FINDING_CHECK, ONLY_ERROR,                               \
      "Aanleveren voor deze peildatum kan nog niet.",                                              \
      "Lever aan vanaf de dag die in de melding staat.")                                           \
    X(CODE_CLOSED, "gesloten", FINDING_CHECK, ONLY_EXPLAIN, "De peildatum is gesloten.",           \
      "Leg onder toelichtingen bij gesloten uit waarom dit later komt.")                           \
    X(CODE_LATE, "te-laat", FINDING_CHECK, ONLY_WARNING,                                           \
      "De aanlevering komt na de uiterste dag en wordt zo gemerkt.",                               \
      "Er hoeft niets te gebeuren.")                                                               \
    X(CODE_ON_BEHALF, "namens", FINDING_CHECK, ONLY_EXPLAIN,                                       \
      "Een analist levert aan voor de organisatie.",                                               \
      "Leg onder toelichtingen bij namens uit waarom.")                                            \
    X(CODE_NOT_EXPECTED, "niet-verwacht", FINDING_CHECK, ONLY_ERROR,                               \
      "De organisatie levert volgens het register niet aan deze monitor voor deze peildatum.",     \
      "Controleer organisatie en peildatum, of laat het register aanpassen.")

enum finding_code {
#define FINDING_CONSTANT(constant, id, kind, severities, meaning, todo) constant,
    FINDING_CODES(FINDING_CONSTANT)
#undef FINDING_CONSTANT
        FINDING_CODE_COUNT
};

/** What is known of a code beforehand. */
struct finding_code_entry {
    const char *id;
    enum finding_kind kind;
    unsigned severities; /**< bit (1u << enum severity) for each it can have */
    const char *meaning; /**< one Dutch sentence, whatever the case */
    const char *todo;    /**< another, saying what to do */
};

/** The entry of a code; never NULL. */
const struct finding_code_entry *finding_code_entry(enum finding_code code);

/** The code as findings have it: `geen-json`. */
struct slice finding_code_id(enum finding_code code);

/** The id of a kind: `vorm`. */
const char *finding_kind_id(enum finding_kind kind);

#endif
