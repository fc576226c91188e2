#ifndef GIMON_TESTS_INQUEST_BENCH_H
#define GIMON_TESTS_INQUEST_BENCH_H

#include "base/arena.h"
#include "core/inquest.h"

/* An honest log of ten records, to be tampered with, and what an inquest says of it. */

enum { RECORDS = 10, RECORDS_MOST = 16, FLAWS_MOST = 16 };

struct bench {
    struct arena arena;
    struct record records[RECORDS_MOST];
    struct redaction redactions[RECORDS_MOST]; /* of the `geredigeerd` records among them */
    bool ill_formed[RECORDS_MOST];
    size_t count;
    struct flaw flaws[FLAWS_MOST];
    size_t flaw_count;
};

/* Ten records, each by a writer who knew all before it; and the end of them. */
void bench_init(struct bench *bench);
void bench_done(struct bench *bench);

/* A record as a writer makes it who knew the first `known` ones. */
struct record *bench_append(struct bench *bench, const char *kind, size_t known);

/* Takes the texts out of a record and has one more vouch for it. */
void bench_redact(struct bench *bench, size_t at);

/* Audits what stands there; the flaws are in `flaws` afterwards. */
void bench_run(struct bench *bench);

/* Fails unless that flaw is of that kind, at the record of that time. */
void bench_expect(const struct bench *bench, size_t at, enum flaw_kind kind, uint64_t ms);

/* The time of the record that was made at that place. */
uint64_t bench_ms(size_t at);

/* The head after the first `count` records, and `vorige` of a writer who knew those. */
struct digest bench_head(const struct bench *bench, size_t count);
struct slice bench_previous(struct bench *bench, size_t count);

/* SHA-256 in hexadecimal digits. */
struct slice bench_hex(struct bench *bench, struct slice content);

#endif
