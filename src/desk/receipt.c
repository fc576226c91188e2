/*
 * What a client keeps as proof: what happened, and what the log says of it (time, digest, chain).
 * Of a delivery also what was found, what changed against the revision it replaced, and the figures
 * that follow from it beside those of the preceding peildatum; of a notice its words.
 *
 * Everything is taken as of the event's own record: the rulebook then in force and what then stood
 * elsewhere. It cannot fail.
 */
#include "desk/receipt.h"

#include "desk/comparison.h"

const char *receipt_outcome_word(enum outcome outcome)
{
    if (outcome == OUTCOME_NEW) return "nieuw";
    return outcome == OUTCOME_CHANGED ? "gewijzigd" : "ongewijzigd";
}

/* What happened, in one word. */
static const char *event_word(const struct event *event)
{
    static const char *const words[RECORD_KIND_COUNT] = {
        [RECORD_WITHDRAWAL] = "ingetrokken",
        [RECORD_SET_ASIDE] = "terzijde-gelegd",
        [RECORD_REMARK] = "opgemerkt",
        [RECORD_REOPENING] = "heropend",
    };
    if (event->kind == RECORD_SUBMISSION)
        return receipt_outcome_word(event->revision->before == NULL ? OUTCOME_NEW
                                                                    : OUTCOME_CHANGED);
    return event->kind == RECORD_SET_ASIDE && !event->aside ? "teruggelegd" : words[event->kind];
}

static void put_id(struct json *json, const char *key, struct record_id id)
{
    struct text text;
    text_init(&text);
    record_id_put(&text, id);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_digest(struct json *json, const char *key, const struct digest *digest)
{
    struct text text;
    text_init(&text);
    digest_put(&text, digest);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_record(struct json *json, const struct receipt *receipt)
{
    const struct event *event = receipt->event;
    put_id(json, "kenmerk", event->id);
    json_text(json, "monitor", receipt->monitor);
    json_date(json, "peildatum", receipt->peildatum);
    json_text_if(json, "organisatie", receipt->organisation);
    if (event->revision != NULL) json_int(json, "revisie", event->revision->number);
    json_puts(json, "uitkomst",
              receipt->unchanged ? receipt_outcome_word(OUTCOME_UNCHANGED) : event_word(event));
    json_moment(json, "ontvangenOp", record_id_moment(event->id));
    json_text(json, "door", event->by);
    json_text(json, "sha256", event->sha256);
    put_digest(json, "keten", &event->head);
    if (event->redacted.ms > 0) put_id(json, "geredigeerd", event->redacted);
}

static void put_delivery(struct json *json, const struct receipt *receipt, struct arena *arena)
{
    const struct revision *revision = receipt->event->revision;
    const struct revision *before = receipt->unchanged ? NULL : revision->before;
    const struct comparison comparison = {
        .state = receipt->state,
        .rulebook = state_rulebook(receipt->state, revision->id, NULL),
        .known = revision->id,
        .peildatum = receipt->peildatum,
        .organisation = receipt->organisation,
        .submission = revision->submission,
        .arena = arena,
    };
    json_raw(json, "bevindingen", revision->findings.len > 0 ? revision->findings : slice_of("[]"));
    comparison_put_changes(json, "verschil", &comparison,
                           before == NULL ? NULL : before->submission);
    comparison_put_indicators(json, "indicatoren", &comparison);
}

static void put_notice(struct json *json, const struct event *event)
{
    if (event->kind == RECORD_REOPENING) json_date(json, "tot", event->until);
    json_text_if(json, event->kind == RECORD_REMARK ? "opmerking" : "reden", event->text);
}

void receipt_put(struct json *json, const struct receipt *receipt, struct arena *arena)
{
    put_record(json, receipt);
    if (receipt->event->kind == RECORD_SUBMISSION)
        put_delivery(json, receipt, arena);
    else
        put_notice(json, receipt->event);
}

void receipt_write(struct text *text, const struct receipt *receipt, struct arena *arena)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    receipt_put(&json, receipt, arena);
    json_close_object(&json);
}
