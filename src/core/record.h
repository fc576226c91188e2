#ifndef GIMON_CORE_RECORD_H
#define GIMON_CORE_RECORD_H

#include "base/date.h"
#include "core/digest.h"

/** The fields of an entry, format 1, in their order on the log for ever. X(constant, name). */
#define RECORD_FIELDS(X)                                                                           \
    X(FIELD_FORMAT, "v")                                                                           \
    X(FIELD_KIND, "soort")                                                                         \
    X(FIELD_PEILDATUM, "peildatum")                                                                \
    X(FIELD_ORGANISATION, "organisatie")                                                           \
    X(FIELD_BY, "door")                                                                            \
    X(FIELD_ATTEMPT, "poging")                                                                     \
    X(FIELD_EXPECTED, "verwacht")                                                                  \
    X(FIELD_PREVIOUS, "vorige")                                                                    \
    X(FIELD_DIGEST, "sha256")                                                                      \
    X(FIELD_CONTENT, "inhoud")                                                                     \
    X(FIELD_FINDINGS, "bevindingen")

enum record_field {
#define RECORD_CONSTANT(constant, name) constant,
    RECORD_FIELDS(RECORD_CONSTANT)
#undef RECORD_CONSTANT
        FIELD_COUNT
};

/** What happened. X(constant, text of `soort`). */
#define RECORD_KINDS(X)                                                                            \
    X(RECORD_DEFINITION, "definitie")                                                              \
    X(RECORD_SUBMISSION, "aanlevering")                                                            \
    X(RECORD_WITHDRAWAL, "intrekking")                                                             \
    X(RECORD_EDITION, "editie")                                                                    \
    X(RECORD_REOPENING, "heropening")                                                              \
    X(RECORD_SET_ASIDE, "terzijde")                                                                \
    X(RECORD_REMARK, "opmerking")                                                                  \
    X(RECORD_REDACTION, "geredigeerd")

enum record_kind {
#define RECORD_CONSTANT(constant, name) constant,
    RECORD_KINDS(RECORD_CONSTANT)
#undef RECORD_CONSTANT
        RECORD_KIND_COUNT /**< a kind that this version does not know */
};

/** The id Redis gave an entry: its time in milliseconds and a sequence number. */
struct record_id {
    uint64_t ms;
    uint64_t seq;
};

/** Longer than the text of any id, NUL included. */
enum { RECORD_ID_ROOM = 48 };

/**
 * One entry of the log as it stands there. An absent field is an empty slice. An entry whose free
 * texts were taken out carries one field more, `geredigeerd`: the digest that it had with them.
 */
struct record {
    struct record_id id;
    struct slice fields[FIELD_COUNT];
    struct slice stand_in; /**< `geredigeerd`, empty on all others */
};

/** The name of that field. */
extern const char RECORD_STAND_IN[];

/** The name of a field on the log. */
const char *record_field_name(enum record_field field);

/** The text of a kind, and the kind of a text (RECORD_KIND_COUNT if unknown). */
const char *record_kind_text(enum record_kind kind);
enum record_kind record_kind_of(const struct record *record);

/** Reads `1732262400123-0`; false for anything else. */
bool record_id_parse(struct slice text, struct record_id *ret_id)
    __attribute__((warn_unused_result));

/** Appends `1732262400123-0`. */
void record_id_put(struct text *text, struct record_id id);

/** Below, equal, above zero: log order. */
int record_id_compare(struct record_id a, struct record_id b);

/** The moment of a record: the time in its id and nothing else. */
struct moment record_id_moment(struct record_id id);

/** SHA-256 of the fields, each as `name=length:bytes`, in their order. */
struct digest record_fields_digest(const struct record *record);

/** Whether the entry was redacted: `geredigeerd` holds a digest. */
bool record_is_redacted(const struct record *record);

/**
 * What the chain runs over: the digest of the fields, or, where the entry was redacted, the digest
 * that they had before (docs/log.md).
 */
struct digest record_digest(const struct record *record);

/**
 * The chain: H(n) = SHA-256(H(n-1) as 32 bytes, id as text, LF, record_digest as 32 bytes).
 * H(0) is 32 zero bytes.
 */
struct digest record_chain(const struct digest *before, const struct record *record);

/** One step of the chain, where the digest of the record is known already. */
struct digest record_chain_step(const struct digest *before, struct record_id id,
                                const struct digest *digest);

/** Writes `vorige`: the id and chain head of the newest record the writer had folded. */
void record_previous_put(struct text *text, struct record_id id, const struct digest *head);

/** Reads `vorige`; false for anything else. */
bool record_previous_parse(struct slice text, struct record_id *ret_id, struct digest *ret_head)
    __attribute__((warn_unused_result));

#endif
