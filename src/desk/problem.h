#ifndef GIMON_DESK_PROBLEM_H
#define GIMON_DESK_PROBLEM_H

#include "core/finding.h"
#include "desk/message.h"

/**
 * Every way to say no: constant, HTTP status, path of `type` under `/problemen/`, Dutch title.
 * X(constant, status, id, title).
 */
#define PROBLEMS(X)                                                                                \
    X(PROBLEM_BAD_QUERY, 400, "ongeldige-vraag", "De vraag klopt niet")                            \
    X(PROBLEM_BAD_DELIVERY, 400, "ongeldige-aanlevering", "De aanlevering is niet aanvaard")       \
    X(PROBLEM_BAD_BODY, 400, "ongeldige-inhoud", "Wat is gestuurd, klopt niet")                    \
    X(PROBLEM_NO_TOKEN, 401, "niet-aangemeld", "Een geldig token is nodig")                        \
    X(PROBLEM_FORBIDDEN, 403, "geen-toegang", "Dit token geeft hier geen toegang toe")             \
    X(PROBLEM_NOT_FOUND, 404, "niet-gevonden", "Dit bestaat niet")                                 \
    X(PROBLEM_METHOD, 405, "methode-niet-toegestaan", "Deze methode bestaat hier niet")            \
    X(PROBLEM_NOT_ACCEPTABLE, 406, "vorm-niet-leverbaar", "Deze vorm wordt hier niet geleverd")    \
    X(PROBLEM_CONFLICT, 409, "al-in-gebruik", "Deze naam is al in gebruik")                        \
    X(PROBLEM_PRECONDITION, 412, "voorwaarde-niet-vervuld", "Er staat een andere revisie")         \
    X(PROBLEM_TOO_LARGE, 413, "te-groot", "De aanlevering is te groot")                            \
    X(PROBLEM_TARGET_TOO_LONG, 414, "adres-te-lang", "Het adres is te lang")                       \
    X(PROBLEM_MEDIA_TYPE, 415, "onbekende-vorm", "Deze vorm wordt hier niet gelezen")              \
    X(PROBLEM_TOO_MANY, 429, "te-veel-verzoeken", "Te veel verzoeken achter elkaar")               \
    X(PROBLEM_HEADERS_TOO_LARGE, 431, "koppen-te-groot", "De koppen zijn te groot")                \
    X(PROBLEM_INTERNAL, 500, "interne-fout", "Er ging iets mis")                                   \
    X(PROBLEM_NOT_READY, 503, "nog-niet-gereed", "De gegevens worden nog ingelezen")               \
    X(PROBLEM_NOT_STORED, 503, "niet-bewaard", "Dit kan nu niet worden bewaard")                   \
    X(PROBLEM_UNKNOWN, 503, "onbekend-of-bewaard", "Het is onbekend of dit is bewaard")

enum problem {
#define PROBLEM_CONSTANT(constant, status, id, title) constant,
    PROBLEMS(PROBLEM_CONSTANT)
#undef PROBLEM_CONSTANT
        PROBLEM_COUNT
};

/** What is always so of a problem: its status, the path of its type, its title. */
unsigned problem_status(enum problem problem);
const char *problem_type(enum problem problem);
const char *problem_title(enum problem problem);

/**
 * Makes the reply for a problem: application/problem+json with type, status, title, detail, and
 * `bevindingen` where findings are given (NULL: none). `detail` is a Dutch sentence.
 */
struct reply problem_reply(enum problem problem, const char *detail,
                           const struct findings *findings);

#endif
