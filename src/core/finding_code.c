/*
 * The list of codes, one row a code: what deliverers can build on, what /v1/monitors/{monitor}
 * serves and what docs/bevindingen.md says.
 */
#include "core/finding_code.h"

static const struct finding_code_entry ENTRIES[FINDING_CODE_COUNT] = {
#define FINDING_ROW(constant, code, about, how_bad, what, sentence)                                \
    [constant] = {                                                                                 \
        .id = (code),                                                                              \
        .kind = (about),                                                                           \
        .severities = (how_bad),                                                                   \
        .meaning = (what),                                                                         \
        .todo = (sentence),                                                                        \
    },
    FINDING_CODES(FINDING_ROW)
#undef FINDING_ROW
};

static const char *const KIND_IDS[FINDING_KIND_COUNT] = {
#define FINDING_ID(constant, id) [constant] = (id),
    FINDING_KINDS(FINDING_ID)
#undef FINDING_ID
};

const struct finding_code_entry *finding_code_entry(enum finding_code code)
{
    return &ENTRIES[code];
}

struct slice finding_code_id(enum finding_code code)
{
    return slice_of(ENTRIES[code].id);
}

const char *finding_kind_id(enum finding_kind kind)
{
    return KIND_IDS[kind];
}
