/*
 * The words that answers can hold where the program has a list of them, as schemas. They are named
 * here and taken from the lists, so that a word is never served and not described.
 */
#include "core/finding_code.h"
#include "core/point.h"
#include "core/reconciliation.h"
#include "core/response.h"
#include "desk/openapi_parts.h"

static const char *severity_word(unsigned index)
{
    return severity_id((enum severity)index);
}

static const char *kind_word(unsigned index)
{
    return finding_kind_id((enum finding_kind)index);
}

static const char *level_word(unsigned index)
{
    return level_id((enum level)index);
}

/* REASON_NONE is the first and has no word. */
static const char *reason_word(unsigned index)
{
    return reason_id((enum reason)(index + 1));
}

static const char *status_word(unsigned index)
{
    return status_id((enum status)index);
}

static const char *judgement_word(unsigned index)
{
    return judgement_id((enum judgement)index);
}

static const char *response_word(unsigned index)
{
    return response_status_id((enum response_status)index);
}

/* PERIOD_NONE is the first and has no word. */
static const char *period_name(unsigned index)
{
    return period_word((enum period)(index + 1));
}

static const struct {
    const char *name, *description;
    const char *(*word)(unsigned index);
    unsigned count;
} ENUMERATIONS[] = {
    {"Ernst",
     "`fout`: geweigerd. `toelichting-vereist`: geweigerd zolang er geen toelichting onder de code "
     "staat. `waarschuwing`: aanvaard.",
     severity_word, SEVERITY_COUNT},
    {"CodeSoort",
     "`vorm`: hoe iets is geschreven. `controle`: wat er staat, gehouden tegen vragenlijst en "
     "register. `eigen`: een controle die deze monitor toevoegt.",
     kind_word, FINDING_KIND_COUNT},
    {"Niveau", "Waarover een cijfer gaat.", level_word, LEVEL_COUNT},
    {"Reden",
     "Waarom er geen waarde is. `onderdrukt`: het cijfer zou iets verraden over een klein aantal; "
     "dat "
     "is er alleen zonder token.",
     reason_word, REASON_COUNT - 1},
    {"CijferStatus", "Hoe vast een cijfer is.", status_word, STATUS_COUNT},
    {"Oordeel", "Wat een regel van een aansluiting oplevert.", judgement_word, JUDGEMENT_COUNT},
    {"Periode", "Hoe lang de periode is waar een peildatum over gaat.", period_name,
     PERIOD_COUNT - 1},
    {"AanleverStatus", "Hoe het met een aanlevering staat.", response_word, RESPONSE_STATUS_COUNT},
};

void openapi_put_enumerations(struct openapi *openapi)
{
    struct json *json = &openapi->json;
    for (size_t i = 0; i < sizeof ENUMERATIONS / sizeof ENUMERATIONS[0]; i++) {
        json_open_object(json, ENUMERATIONS[i].name);
        json_puts(json, "type", "string");
        json_puts(json, "description", ENUMERATIONS[i].description);
        json_open_array(json, "enum");
        for (unsigned j = 0; j < ENUMERATIONS[i].count; j++)
            json_puts(json, NULL, ENUMERATIONS[i].word(j));
        json_close_array(json);
        json_close_object(json);
    }
}
