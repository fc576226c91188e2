/*
 * What notes are made of: one line each, nothing escaped. It cannot fail.
 */
#include "codec/note.h"

void note_put_flat(struct text *text, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.ptr[i];
        text_putc(text, byte == '\n' || byte == '\r' ? ' ' : byte);
    }
}

bool note_is_incomplete(const struct point *point)
{
    return point->value.present && point->received < point->expected;
}

/* `‡ Reeksbreuk op 1 oktober 2024, Workload per fte: ...` with the reason of the definition. */
void note_put_break(struct text *text, const struct point *point, struct slice name)
{
    const struct version *version = indicator_version_on(point->indicator, point->peildatum);
    text_puts(text, MARK_BREAK " Reeksbreuk op ");
    date_put_dutch(text, point->peildatum);
    text_puts(text, ", ");
    note_put_flat(text, name);
    text_puts(text, ": ");
    if (version && version->reason.len > 0)
        note_put_flat(text, version->reason);
    else
        text_puts(text, "de definitie is gewijzigd.");
    text_putc(text, '\n');
}
