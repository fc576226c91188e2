#include "unit/inquest_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct slice bench_hex(struct bench *bench, struct slice content)
{
    const struct digest digest = digest_of(content);
    struct text text = {0};
    digest_put(&text, &digest);
    return text_keep(&text, &bench->arena);
}

/* The head after the first `count` records. */
struct digest bench_head(const struct bench *bench, size_t count)
{
    struct digest head = {0};
    for (size_t i = 0; i < count; i++)
        head = record_chain(&head, &bench->records[i]);
    return head;
}

struct slice bench_previous(struct bench *bench, size_t count)
{
    const struct digest head = bench_head(bench, count);
    const struct record_id last = count == 0 ? (struct record_id){0} : bench->records[count - 1].id;
    struct text text = {0};
    record_previous_put(&text, last, &head);
    return text_keep(&text, &bench->arena);
}

/* A record as a writer makes it who knew the first `known` ones. */
struct record *bench_append(struct bench *bench, const char *kind, size_t known)
{
    struct record *record = &bench->records[bench->count];
    *record = (struct record){.id = {.ms = 1000 + 10 * (bench->count + 1)}};
    record->fields[FIELD_FORMAT] = slice_of("1");
    record->fields[FIELD_KIND] = slice_of(kind);
    record->fields[FIELD_BY] = slice_of("proef");
    record->fields[FIELD_ATTEMPT] = arena_print(&bench->arena, "poging %zu", bench->count);
    record->fields[FIELD_PREVIOUS] = bench_previous(bench, known);
    record->fields[FIELD_CONTENT] = arena_print(&bench->arena, "inhoud %zu", bench->count);
    record->fields[FIELD_DIGEST] = bench_hex(bench, record->fields[FIELD_CONTENT]);
    record->fields[FIELD_FINDINGS] = slice_of("[]");
    bench->count++;
    return record;
}

void bench_init(struct bench *bench)
{
    *bench = (struct bench){0};
    arena_init(&bench->arena);
    for (size_t i = 0; i < RECORDS; i++)
        bench_append(bench, "aanlevering", i);
}

static void on_flaw(void *self, const struct flaw *flaw)
{
    struct bench *bench = self;
    assert_true(bench->flaw_count < FLAWS_MOST);
    bench->flaws[bench->flaw_count++] = *flaw;
}

void bench_run(struct bench *bench)
{
    struct inquest *inquest = inquest_new(on_flaw, bench);
    bench->flaw_count = 0;
    for (size_t i = 0; i < bench->count; i++) {
        const struct record *record = &bench->records[i];
        const bool says = record_kind_of(record) == RECORD_REDACTION;
        inquest_take(inquest, record, !bench->ill_formed[i], says ? &bench->redactions[i] : NULL);
    }
    inquest_end(inquest);
    assert_int_equal(inquest_chain(inquest)->count, bench->count);
    inquest_free(inquest);
}

void bench_done(struct bench *bench)
{
    arena_done(&bench->arena);
}

uint64_t bench_ms(size_t at)
{
    return 1000 + 10 * (at + 1);
}

void bench_expect(const struct bench *bench, size_t at, enum flaw_kind kind, uint64_t ms)
{
    if (at >= bench->flaw_count) fail_msg("flaw %zu is not there", at);
    const struct flaw *flaw = &bench->flaws[at];
    if (flaw->kind != kind || flaw->record.ms != ms)
        fail_msg("flaw %zu: %s at %llu", at, flaw_text(flaw->kind),
                 (unsigned long long)flaw->record.ms);
}

/* Takes the texts out of a record and has an eleventh one vouch for it. */
void bench_redact(struct bench *bench, size_t at)
{
    struct record *record = &bench->records[at];
    const struct digest was = record_digest(record);
    struct text hex = {0};
    digest_put(&hex, &was);
    record->stand_in = text_keep(&hex, &bench->arena);
    record->fields[FIELD_CONTENT] = slice_of("{}");
    bench_append(bench, "geredigeerd", bench->count);
    bench->redactions[bench->count - 1] =
        (struct redaction){.target = record->id, .was = was, .rest = record_fields_digest(record)};
}
