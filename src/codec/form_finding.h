#ifndef GIMON_CODEC_FORM_FINDING_H
#define GIMON_CODEC_FORM_FINDING_H

#include "core/finding_code.h"

/**
 * Everything that can be wrong with the form of a delivery, before any definition is asked.
 * X(constant, code of the finding, what is allowed, what is wrong and what to do).
 */
#define FORM_PROBLEMS(X)                                                                           \
    X(FORM_EMPTY, CODE_EMPTY_DELIVERY, "{\"cijfers\": {...}}",                                     \
      "De aanlevering is leeg. Stuur de cijfers mee als tekst die begint met { en eindigt met }.") \
    X(FORM_NOT_JSON, CODE_NOT_JSON, "", "Deze tekst is niet te lezen.")                            \
    X(FORM_NOT_OBJECT, CODE_NOT_OBJECT, "{\"cijfers\": {...}}",                                    \
      "Een aanlevering begint met { en eindigt met }, met daarbinnen \"cijfers\". Zet de hele "    \
      "aanlevering tussen { en }; is dit een CSV-bestand, stuur het dan met Content-Type: "        \
      "text/csv.")                                                                                 \
    X(FORM_TOO_DEEP, CODE_TOO_DEEP, "hoogstens 16 haakjes in elkaar",                              \
      "Hier staan te veel haakjes { of [ in elkaar. Haal de overbodige weg: een aanlevering "      \
      "heeft er hoogstens 16 nodig.")                                                              \
    X(FORM_BOM, CODE_BOM, "UTF-8 zonder BOM",                                                      \
      "Het bestand begint met een onzichtbaar merkteken (BOM). Kies bij het opslaan de codering "  \
      "UTF-8, zonder BOM.")                                                                        \
    X(FORM_INVALID_UTF8, CODE_INVALID_UTF8, "tekst in UTF-8",                                      \
      "Deze tekst bevat tekens die niet als UTF-8 zijn opgeslagen, vaak letters als é of ë. "    \
      "Kies bij het opslaan de codering UTF-8 en stuur het bestand opnieuw.")                      \
    X(FORM_CONTROL, CODE_CONTROL, "zichtbare tekens, \\n en \\t",                                  \
      "Deze tekst bevat een onzichtbaar stuurteken. Haal het weg; schrijf een nieuwe regel als "   \
      "\\n en een tab als \\t.")                                                                   \
    X(FORM_HALF_CHARACTER, CODE_HALF_CHARACTER, "beide helften, zoals \\ud83d\\ude00",             \
      "Hier staat een half teken: van een code die uit twee helften bestaat, ontbreekt er "        \
      "één. Typ het teken zelf of haal de code weg.")                                              \
    X(FORM_ESCAPE, CODE_ESCAPE, "\\\\ \\\" \\/ \\n \\r \\t \\uXXXX",                               \
      "Na een backslash (\\) staat hier iets wat daar niet mag staan. Schrijf een gewone "         \
      "backslash dubbel: \\\\.")                                                                   \
    X(FORM_DUPLICATE_KEY, CODE_DUPLICATE_KEY, "elke naam één keer",                                \
      "Deze naam staat hier meer dan één keer, zodat niet duidelijk is welke waarde geldt. "     \
      "Laat er één staan.")                                                                        \
    X(FORM_EMPTY_KEY, CODE_EMPTY_KEY, "een naam tussen de aanhalingstekens",                       \
      "Hier staat een waarde zonder naam. Zet tussen de aanhalingstekens vóór de dubbele punt "  \
      "de naam waar de waarde bij hoort.")                                                         \
    X(FORM_UNKNOWN_KEY, CODE_UNKNOWN_KEY, "",                                                      \
      "Deze naam is hier niet bekend. Verbeter de naam of haal die weg, met wat erachter staat.")  \
    X(FORM_MISSING_KEY, CODE_MISSING_KEY, "", "Hier ontbreekt iets. Vul het in.")                  \
    X(FORM_WRONG_KIND, CODE_WRONG_KIND, "",                                                        \
      "Hier wordt iets anders verwacht. Verbeter de waarde.")                                      \
    X(FORM_NO_NUMBER, CODE_NO_NUMBER, "een getal, bijvoorbeeld 1834 of 12.6",                      \
      "Dit is niet als getal te lezen. Schrijf alleen cijfers: geen nullen vooraan, geen punt of " \
      "spatie tussen duizendtallen, en een punt voor decimalen.")                                  \
    X(FORM_TOO_LARGE, CODE_TOO_LARGE, "hoogstens 18 cijfers",                                      \
      "Dit getal is te groot om te kloppen. Controleer of er cijfers te veel staan.")              \
    X(FORM_TOO_FINE, CODE_TOO_FINE, "hoogstens 9 decimalen",                                       \
      "Dit getal heeft te veel cijfers achter de punt. Rond het af.")                              \
    X(FORM_NOT_WHOLE, CODE_NOT_WHOLE, "een heel getal vanaf 0",                                    \
      "Een aantal is een heel getal. Schrijf het zonder decimalen.")                               \
    X(FORM_NEGATIVE, CODE_NEGATIVE, "een heel getal vanaf 0",                                      \
      "Een aantal kan niet onder nul liggen. Haal het minteken weg of verbeter het getal.")        \
    X(FORM_BAD_DATE, CODE_BAD_DATE, "een datum als \"2024-10-01\"",                                \
      "Dit is geen bestaande datum in de vorm jaar-maand-dag. Schrijf 1 oktober 2024 als "         \
      "\"2024-10-01\".")                                                                           \
    X(FORM_BLANK_NOTE, CODE_BLANK_NOTE, "1 t/m 1000 tekens",                                       \
      "Deze toelichting is leeg. Schrijf een reden of haal de regel weg.")                         \
    X(FORM_LONG_NOTE, CODE_LONG_NOTE, "1 t/m 1000 tekens",                                         \
      "Deze toelichting is te lang. Kort haar in tot hoogstens 1000 tekens.")                      \
    X(FORM_PERSON, CODE_PERSON, "",                                                                \
      "In deze tekst staat iets wat op een burgerservicenummer lijkt. Haal het weg: hier staan "   \
      "nooit gegevens van personen.")

/** What can be wrong with the form of a delivery in CSV only. In the same form. */
#define FORM_CSV_PROBLEMS(X)                                                                       \
    X(FORM_NOT_CSV, CODE_NOT_CSV, "een CSV-bestand met ; tussen de velden",                        \
      "Dit is geen CSV-bestand. Kies in Excel Opslaan als en dan CSV UTF-8 (door "                 \
      "lijstscheidingsteken gescheiden).")                                                         \
    X(FORM_NO_HEADER, CODE_NO_HEADER, "cijfer;deel;regio;sinds;waarde",                            \
      "De eerste regel noemt de kolommen niet. Begin het bestand met de kopregel van het "         \
      "sjabloon.")                                                                                 \
    X(FORM_UNKNOWN_COLUMN, CODE_UNKNOWN_COLUMN, "cijfer;deel;regio;sinds;waarde",                  \
      "Deze kolom is hier niet bekend. Verbeter de naam in de kopregel of haal de kolom weg.")     \
    X(FORM_DUPLICATE_COLUMN, CODE_DUPLICATE_COLUMN, "elke kolom één keer",                         \
      "Deze kolom staat twee keer in de kopregel. Haal er één weg.")                               \
    X(FORM_MISSING_COLUMN, CODE_MISSING_COLUMN, "cijfer;deel;regio;sinds;waarde",                  \
      "In de kopregel ontbreekt een kolom. Neem de kopregel van het sjabloon over.")               \
    X(FORM_SPARE_FIELD, CODE_SPARE_FIELD, "leeg",                                                  \
      "Op deze regel staat meer dan er kolommen zijn. Haal weg wat te veel is; hoort een komma "   \
      "of puntkomma bij de waarde, zet de waarde dan tussen dubbele aanhalingstekens.")            \
    X(FORM_FILLED_FIELD, CODE_FILLED_FIELD, "leeg",                                                \
      "Dit veld blijft op deze regel leeg. Haal weg wat er staat.")                                \
    X(FORM_EMPTY_FIELD, CODE_EMPTY_FIELD, "", "Dit veld is leeg. Vul het in.")                     \
    X(FORM_UNKNOWN_NAME, CODE_UNKNOWN_NAME, "",                                                    \
      "Deze naam is hier niet bekend. Verbeter de naam.")                                          \
    X(FORM_QUOTE, CODE_QUOTE, "een veld als \"tekst\"",                                            \
      "Dit veld begint met een aanhalingsteken dat niet goed wordt gesloten. Zet er aan het eind " \
      "één en schrijf een aanhalingsteken binnen het veld dubbel.")                                \
    X(FORM_AMBIGUOUS, CODE_AMBIGUOUS, "",                                                          \
      "De punt in dit getal kan duizendtallen scheiden of voor decimalen staan. Schrijf het "      \
      "zonder punt, en met een komma als er decimalen zijn.")                                      \
    X(FORM_DUPLICATE_LINE, CODE_DUPLICATE_LINE, "elke waarde één keer",                            \
      "Deze waarde staat twee keer in het bestand. Laat er één staan.")                            \
    X(FORM_MIXED_WAITING, CODE_MIXED_WAITING, "begindatums, of aantal en dagen, of n.v.t.",        \
      "Dezelfde wachtenden zijn op meer dan één manier ingevuld. Kies er "                       \
      "één: regels met een begindatum, of aantal en dagen samen, of n.v.t.")

enum form_problem {
#define FORM_CONSTANT(constant, code, allowed, message) constant,
    FORM_PROBLEMS(FORM_CONSTANT) FORM_CSV_PROBLEMS(FORM_CONSTANT)
#undef FORM_CONSTANT
        FORM_PROBLEM_COUNT
};

/** A longer explanation is refused. In characters. */
enum { FORM_NOTE_MOST = 1000 };

/** One thing that is wrong. NULL or empty means: as the table has it, or absent. */
struct form_report {
    enum form_problem problem;
    struct slice pointer;
    unsigned line;
    unsigned column;
    struct slice found; /**< raw, of any length and any bytes */
    bool found_is_text; /**< shown as text, also where it would be a value in JSON */
    const char *allowed;
    const char *message;
    struct slice nearest; /**< what was probably meant */
};

/** Whether another report would only be counted; then nothing needs to be prepared. */
bool form_finding_full(const struct findings *findings);

/** Adds the finding of a report, severity ERROR. Copies everything; quotes safely. */
void form_finding_add(struct findings *findings, const struct form_report *report);

#endif
