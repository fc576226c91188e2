#ifndef GIMON_TESTS_LOG_FIXTURE_H
#define GIMON_TESTS_LOG_FIXTURE_H

#include "codec/rulebook_yaml.h"
#include "core/series.h"
#include "core/showing.h"

/*
 * A log in memory for tests: records are made as a writer would make them (canonical content,
 * digest, `vorige`) and folded, one millisecond apart.
 */
struct log_fixture {
    struct state *state;
    struct arena arena;
    uint64_t ms; /* time of the newest record */
    struct record_id last;
    struct record *records; /* everything put on the log so far, in order */
    size_t record_count;
};

/* An empty log and state; and the end of it. */
void log_fixture_init(struct log_fixture *log);
void log_fixture_done(struct log_fixture *log);

/*
 * Puts a definition on the log: that of the YAML texts of a monitor and of the register, with the
 * regions and calendars of conf/.
 */
void log_fixture_define(struct log_fixture *log, const char *monitor, const char *monitor_yaml,
                        const char *organisations_yaml);

/* Puts the definition `conf/monitors/<monitor>.yaml` on the log. */
void log_fixture_define_shipped(struct log_fixture *log, const char *monitor);

/* The files of that definition, without what was published; to change before they are adopted. */
struct rulebook_sources log_fixture_sources(struct log_fixture *log, const char *monitor);

/* Puts a definition on the log that differs from the one in force. */
void log_fixture_adopt(struct log_fixture *log, const struct rulebook_sources *sources);

/* Puts a delivery on the log and says what became of it. `expected` is If-Match ("" for none). */
struct fate log_fixture_deliver(struct log_fixture *log, const char *peildatum,
                                const char *organisation, const char *expected,
                                struct slice delivery);

/*
 * Puts everything on the log that is shipped of the monitor: a delivery of each organisation that
 * is expected on a peildatum. Says how many.
 */
size_t log_fixture_deliver_shipped(struct log_fixture *log, const char *monitor);

/*
 * Puts any record on the log: the fixture adds digest, `vorige`, `door` and the id. The chain must
 * hold.
 */
struct fate log_fixture_append(struct log_fixture *log, const struct record *record);

/* Puts a withdrawal or notice on the log; an empty organisation is the peildatum as a whole. */
struct fate log_fixture_say(struct log_fixture *log, enum record_kind kind, const char *peildatum,
                            const char *organisation, const char *content);

/*
 * Takes the texts out of a record: appends and folds the `geredigeerd` record as a follower would,
 * and leaves the record in `records` as it stands on the log from then on.
 */
struct fate log_fixture_redact(struct log_fixture *log, size_t at);

/* A fresh state that has folded the first `count` records of the log; the caller frees it. */
struct state *log_fixture_replay(const struct log_fixture *log, size_t count);

/* Decides all that showing an edition of the log needs. */
void log_fixture_decide(const struct log_fixture *log, struct showings *showings,
                        const struct edition *edition);

/* Reads a file below the source folder; fails the test where it cannot. */
struct slice log_fixture_read(struct arena *arena, const char *path);

/* Asks one indicator on one peildatum; organisation NULL: national. Fails without a point. */
struct point log_fixture_ask(struct log_fixture *log, const char *indicator,
                             const char *organisation, const char *peildatum,
                             struct record_id known);

/* The value of a point as text in shortest form, or its reason. */
const char *log_fixture_value(struct log_fixture *log, const struct point *point);

#endif
