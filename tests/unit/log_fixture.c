#include "unit/log_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "codec/payload.h"
#include "codec/redaction_json.h"
#include "codec/submission_json.h"

void log_fixture_init(struct log_fixture *log)
{
    *log = (struct log_fixture){.state = state_new(), .ms = 1000};
    arena_init(&log->arena);
}

void log_fixture_done(struct log_fixture *log)
{
    state_free(log->state);
    arena_done(&log->arena);
}

void log_fixture_decide(const struct log_fixture *log, struct showings *showings,
                        const struct edition *edition)
{
    for (;;) {
        struct showing_task *task = showings_begin(showings, log->state, edition);
        if (task == NULL) return;
        showing_task_run(task);
        showings_end(showings, task);
    }
}

struct slice log_fixture_read(struct arena *arena, const char *path)
{
    struct slice name = arena_print(arena, "%s/%s", GIMON_SOURCE_DIR, path);
    FILE *file = fopen(name.ptr, "rb");
    if (file == NULL) fail_msg("cannot read %s", name.ptr);
    char *bytes = arena_new(arena, 1 << 20);
    size_t len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return slice_from(bytes, len);
}

/*
 * Fills in what the journal fills in, folds through the same payload reader and lays out as the
 * journal does; log_fixture_replay does not, so a test that compares the two holds that as well.
 */
static struct fate append(struct log_fixture *log, struct record *record)
{
    struct text text = {0};
    struct digest digest = digest_of(record->fields[FIELD_CONTENT]);
    digest_put(&text, &digest);
    record->fields[FIELD_DIGEST] = text_keep(&text, &log->arena);

    struct digest head = state_head(log->state);
    text_init(&text);
    record_previous_put(&text, state_last(log->state), &head);
    record->fields[FIELD_PREVIOUS] = text_keep(&text, &log->arena);
    record->fields[FIELD_FORMAT] = slice_of("1");
    record->fields[FIELD_BY] = slice_of("proef");
    record->fields[FIELD_FINDINGS] = slice_of("[]");
    record->id = log->last = (struct record_id){.ms = ++log->ms};
    log->records = arena_room(&log->arena, log->records, log->record_count, sizeof *record);
    log->records[log->record_count++] = *record;
    const struct fate fate = state_fold(log->state, record, payload_read(record));
    state_lay_out(log->state);
    return fate;
}

struct fate log_fixture_append(struct log_fixture *log, const struct record *record)
{
    struct record copy = *record;
    const struct fate fate = append(log, &copy);
    assert_false(fate.chain_broken);
    return fate;
}

struct fate log_fixture_say(struct log_fixture *log, enum record_kind kind, const char *peildatum,
                            const char *organisation, const char *content)
{
    struct record record = {0};
    record.fields[FIELD_KIND] = slice_of(record_kind_text(kind));
    record.fields[FIELD_PEILDATUM] = slice_of(peildatum);
    record.fields[FIELD_ORGANISATION] = slice_of(organisation);
    record.fields[FIELD_CONTENT] = arena_copy(&log->arena, slice_of(content));
    return log_fixture_append(log, &record);
}

static struct record without_texts(struct log_fixture *log, const struct record *record)
{
    struct record left = *record;
    const struct digest was = record_digest(record);
    struct text text = {0};
    redaction_put_content(&text, record_kind_of(record), record->fields[FIELD_CONTENT]);
    left.fields[FIELD_CONTENT] = text_keep(&text, &log->arena);
    redaction_put_findings(&text, record->fields[FIELD_FINDINGS]);
    left.fields[FIELD_FINDINGS] = text_keep(&text, &log->arena);
    digest_put(&text, &was);
    left.stand_in = text_keep(&text, &log->arena);
    return left;
}

struct fate log_fixture_redact(struct log_fixture *log, size_t at)
{
    const struct record left = without_texts(log, &log->records[at]);
    const struct redaction redaction = {
        .target = left.id, .was = record_digest(&left), .rest = record_fields_digest(&left)};
    struct text text = {0};
    struct record record = {0};
    redaction_json_write(&text, &redaction, slice_of("er stond een naam"));
    record.fields[FIELD_KIND] = slice_of("geredigeerd");
    record.fields[FIELD_PEILDATUM] = left.fields[FIELD_PEILDATUM];
    record.fields[FIELD_ORGANISATION] = left.fields[FIELD_ORGANISATION];
    record.fields[FIELD_CONTENT] = text_keep(&text, &log->arena);
    const struct fate fate = append(log, &record);
    log->records[at] = left;
    return fate;
}

struct state *log_fixture_replay(const struct log_fixture *log, size_t count)
{
    struct state *state = state_new();
    for (size_t i = 0; i < count; i++)
        state_fold(state, &log->records[i], payload_read(&log->records[i]));
    return state;
}

void log_fixture_adopt(struct log_fixture *log, const struct rulebook_sources *sources)
{
    struct faults faults;
    faults_init(&faults, &log->arena);
    struct rulebook *rulebook = rulebook_yaml_read(sources, &faults);
    for (size_t i = 0; i < faults.count; i++)
        print_error("%.*s:%u:%u: %.*s\n", (int)faults.items[i].file.len, faults.items[i].file.ptr,
                    faults.items[i].line, faults.items[i].column, (int)faults.items[i].message.len,
                    faults.items[i].message.ptr);
    assert_non_null(rulebook);

    struct record record = {0};
    record.fields[FIELD_KIND] = slice_of("definitie");
    record.fields[FIELD_CONTENT] = arena_copy(&log->arena, rulebook->canonical);
    rulebook_free(rulebook);
    struct fate fate = append(log, &record);
    assert_int_equal(fate.outcome, OUTCOME_ADOPTED);
}

static struct rulebook_sources sources_of(struct log_fixture *log, const char *id,
                                          struct slice monitor, struct slice organisations)
{
    return (struct rulebook_sources){
        .monitor = {.name = arena_print(&log->arena, "%s.yaml", id), .text = monitor},
        .organisations = {.name = slice_of("organisaties.yaml"), .text = organisations},
        .regions = {.name = slice_of("regios.yaml"),
                    .text = log_fixture_read(&log->arena, "conf/regios.yaml")},
        .calendars = {.name = slice_of("kalender.yaml"),
                      .text = log_fixture_read(&log->arena, "conf/kalender.yaml")},
    };
}

struct rulebook_sources log_fixture_sources(struct log_fixture *log, const char *monitor)
{
    struct slice path = arena_print(&log->arena, "conf/monitors/%s.yaml", monitor);
    return sources_of(log, monitor, log_fixture_read(&log->arena, path.ptr),
                      log_fixture_read(&log->arena, "conf/organisaties.yaml"));
}

void log_fixture_define(struct log_fixture *log, const char *monitor, const char *monitor_yaml,
                        const char *organisations_yaml)
{
    const struct rulebook_sources sources =
        sources_of(log, monitor, slice_of(monitor_yaml), slice_of(organisations_yaml));
    log_fixture_adopt(log, &sources);
}

void log_fixture_define_shipped(struct log_fixture *log, const char *monitor)
{
    const struct rulebook_sources sources = log_fixture_sources(log, monitor);
    log_fixture_adopt(log, &sources);
}

struct fate log_fixture_deliver(struct log_fixture *log, const char *peildatum,
                                const char *organisation, const char *expected,
                                struct slice delivery)
{
    struct findings findings;
    findings_init(&findings, &log->arena);
    struct submission *submission = submission_json_read(delivery, &findings);
    assert_non_null(submission);
    assert_int_equal(findings.count, 0);

    struct text text = {0};
    submission_json_write(&text, submission);
    submission_free(submission);
    struct record record = {0};
    record.fields[FIELD_KIND] = slice_of("aanlevering");
    record.fields[FIELD_PEILDATUM] = slice_of(peildatum);
    record.fields[FIELD_ORGANISATION] = slice_of(organisation);
    record.fields[FIELD_EXPECTED] = slice_of(expected);
    record.fields[FIELD_CONTENT] = text_keep(&text, &log->arena);
    return log_fixture_append(log, &record);
}

static void deliver_example(struct log_fixture *log, const char *monitor, const char *peildatum,
                            const char *organisation)
{
    const struct slice path =
        arena_print(&log->arena, "conf/voorbeeld/%s/%s/%s.json", monitor, peildatum, organisation);
    const struct fate fate = log_fixture_deliver(log, peildatum, organisation, "",
                                                 log_fixture_read(&log->arena, path.ptr));
    assert_int_equal(fate.outcome, OUTCOME_NEW);
}

size_t log_fixture_deliver_shipped(struct log_fixture *log, const char *monitor)
{
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    size_t count = 0;
    for (size_t i = 0; i < rulebook->monitor.peildatum_count; i++) {
        const struct date date = rulebook->monitor.peildata[i].date;
        struct text day = {0};
        date_put(&day, date);
        const char *peildatum = text_keep(&day, &log->arena).ptr;
        for (size_t j = 0; j < rulebook->directory.organisation_count; j++) {
            const struct organisation *organisation = &rulebook->directory.organisations[j];
            if (!organisation_expected(organisation, slice_of(monitor), date)) continue;
            deliver_example(log, monitor, peildatum, arena_copy(&log->arena, organisation->id).ptr);
            count++;
        }
    }
    return count;
}

struct point log_fixture_ask(struct log_fixture *log, const char *indicator,
                             const char *organisation, const char *peildatum,
                             struct record_id known)
{
    const struct rulebook *rulebook = state_rulebook(log->state, known, NULL);
    struct subject subject;
    struct slice organisations[] = {slice_of(organisation)};
    struct date date;
    assert_non_null(rulebook);
    assert_true(subject_find(rulebook, slice_of(indicator), &log->arena, &subject));
    assert_true(date_parse(slice_of(peildatum), &date));

    struct question question = {
        .subjects = &subject,
        .subject_count = 1,
        .level = organisation == NULL ? LEVEL_NATIONAL : LEVEL_ORGANISATION,
        .organisations = organisations,
        .organisation_count = organisation == NULL ? 0 : 1,
        .has_from = true,
        .has_to = true,
        .from = date,
        .to = date,
        .known = known,
    };
    struct series series = series_answer(log->state, &question, &log->arena);
    assert_int_equal(series.count, 1);
    return series.points[0];
}

const char *log_fixture_value(struct log_fixture *log, const struct point *point)
{
    struct text text = {0};
    if (!point->value.present) return reason_id(point->reason);
    decimal_put(&text, point->value.value);
    return text_keep(&text, &log->arena).ptr;
}
