/*
 * The life of a rulebook: made empty, filled once by its reader, then only read. Everything in it
 * lives in its own arena, so freeing it is one stroke.
 */
#include "core/rulebook.h"

#include "base/memory.h"

struct rulebook *rulebook_new(void)
{
    struct rulebook *rulebook = memory_new(sizeof *rulebook);
    arena_init(&rulebook->arena);
    return rulebook;
}

void rulebook_free(struct rulebook *rulebook)
{
    if (rulebook == NULL) return;
    arena_done(&rulebook->arena);
    memory_free(rulebook);
}

unsigned rulebook_expected(const struct rulebook *rulebook, struct date peildatum)
{
    const struct directory *directory = &rulebook->directory;
    unsigned expected = 0;
    for (size_t i = 0; i < directory->organisation_count; i++) {
        if (organisation_expected(&directory->organisations[i], rulebook->monitor.id, peildatum))
            expected++;
    }
    return expected;
}
