/*
 * From a record on the log to what it says: a delivery, a definition, a notice or a redaction; a
 * withdrawal says nothing. All were checked before they were appended, so findings are of no
 * interest here; what cannot be read any more says nothing, and the fold goes on.
 */
#include "codec/payload.h"

#include "codec/notice_json.h"
#include "codec/redaction_json.h"
#include "codec/rulebook_yaml.h"
#include "codec/submission_json.h"

static struct payload read_submission(struct slice content, struct arena *arena)
{
    struct findings findings;
    findings_init(&findings, arena);
    struct submission *read = submission_json_read(content, &findings);
    if (read == NULL) return (struct payload){.submission = NULL};
    const struct payload payload = {.submission = submission_pack(read)};
    submission_free(read);
    return payload;
}

static struct payload read_rulebook(struct slice content, struct arena *arena)
{
    struct faults faults;
    faults_init(&faults, arena);
    return (struct payload){.rulebook = rulebook_canonical_read(content, &faults)};
}

static struct payload read_notice(enum record_kind kind, struct slice content, struct arena *arena)
{
    struct findings findings;
    findings_init(&findings, arena);
    return (struct payload){.notice = notice_json_read(kind, content, &findings)};
}

struct payload payload_read(const struct record *record)
{
    const enum record_kind kind = record_kind_of(record);
    const struct slice content = record->fields[FIELD_CONTENT];
    struct payload payload = {.submission = NULL};
    struct arena arena;
    arena_init(&arena);
    if (kind == RECORD_SUBMISSION) payload = read_submission(content, &arena);
    if (kind == RECORD_DEFINITION) payload = read_rulebook(content, &arena);
    if (notice_is_kind(kind)) payload = read_notice(kind, content, &arena);
    if (kind == RECORD_REDACTION) payload.redaction = redaction_json_read(content);
    arena_done(&arena);
    return payload;
}
