/* A text and how many hold it. */
#include "base/shared.h"

#include "base/memory.h"

struct shared {
    struct text text;
    size_t holders;
};

struct shared *shared_new(struct text *text)
{
    struct shared *shared = memory_new(sizeof *shared);
    *shared = (struct shared){.text = *text, .holders = 1};
    text_init(text);
    return shared;
}

struct shared *shared_hold(struct shared *shared)
{
    shared->holders++;
    return shared;
}

void shared_drop(struct shared *shared)
{
    if (shared == NULL || --shared->holders > 0) return;
    text_done(&shared->text);
    memory_free(shared);
}

struct slice shared_slice(const struct shared *shared)
{
    return text_slice(&shared->text);
}
