/*
 * Faults: what is wrong in a file, all of it, so that an operator mends it in one go. The list
 * grows in the arena it was given and ends with it.
 */
#include "base/fault.h"

#include <stdarg.h>

void faults_init(struct faults *faults, struct arena *arena)
{
    *faults = (struct faults){.arena = arena};
}

void faults_add(struct faults *faults, struct place place, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const struct slice message = arena_print_list(faults->arena, format, list);
    va_end(list);
    faults->items = arena_room(faults->arena, faults->items, faults->count, sizeof(*faults->items));
    faults->items[faults->count++] = (struct fault){
        .file = place.file,
        .line = place.line,
        .column = place.column,
        .message = message,
    };
}
