/*
 * What an analyst says of a delivery, a peildatum or the figures: a value with its text in an arena
 * of its own, because it travels from a request or a record to the fold and ends there. Nothing can
 * fail.
 */
#include "core/notice.h"

#include "base/memory.h"

bool notice_is_kind(enum record_kind kind)
{
    return kind == RECORD_SET_ASIDE || kind == RECORD_REMARK || kind == RECORD_REOPENING ||
           kind == RECORD_EDITION;
}

struct notice *notice_new(enum record_kind kind)
{
    struct notice *notice = memory_new(sizeof *notice);
    arena_init(&notice->arena);
    notice->kind = kind;
    return notice;
}

void notice_free(struct notice *notice)
{
    if (notice == NULL) return;
    arena_done(&notice->arena);
    memory_free(notice);
}
